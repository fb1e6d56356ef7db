"""`check`, `template`, `new`: is a county sound; a workbook to fill in; a county of one's own to begin with."""

from __future__ import annotations

from pathlib import Path

import click

from rebalance.cli.output import DONE, NO, answer, force_option, misused, refuse, show, told, writing
from rebalance.cli.verb import Verb, json_option, path_argument
from rebalance.fault import FaultsError
from rebalance.text import _


def check_command() -> click.Command:
    """The verb."""
    about = _(
        "Check a county package, a folder or one .xlsx file: all faults at once, or else what it holds,"
        " what is odd about it, and what today's state already breaks."
    )
    short = _("Check a county's tables.")
    annotate = click.Option(
        ["--annotate"],
        type=click.Path(path_type=Path),
        metavar="FILE",
        help=_("Write a copy of a faulty workbook in which the faulty cells are marked."),
    )
    params = (
        path_argument("package", _("A county: a folder of tables, or one .xlsx file.")),
        annotate,
        force_option(),
        json_option(),
    )
    return Verb("check", check, *params, about=about, short=short, scenarios=False)


def check(package: Path, annotate: Path | None, *, force: bool, as_json: bool) -> int:
    """Print the faults, or the report."""
    from rebalance.api.start import check as checked

    try:
        found = checked(package)
    except FaultsError as error:
        if annotate is not None:
            _mark(package, error, annotate, force=force)
        return refuse(error, as_json=as_json, answers=True)
    if as_json:
        answer(found.to_json())
    else:
        show(found.parts())
    return DONE


def _mark(package: Path, error: FaultsError, to: Path, *, force: bool) -> None:
    """Write the marked copy, where the package is a workbook at all."""
    from rebalance.api.start import annotate

    try:
        with writing("--annotate"):
            annotate(package, error.faults, to, error.notes, force=force)
    except ValueError as problem:
        raise misused(problem, "--annotate") from None
    except FaultsError as problem:  # too damaged to be copied; its faults are told all the same
        told(str(problem), NO)
    else:
        told(_("The faults are marked in {file}.").format(file=to), DONE)


def template_command() -> click.Command:
    """The verb."""
    about = _(
        "Write a workbook for a county's tables: every column explained, with drop-down lists, in the language"
        " spoken; empty, or filled in from a package. `check` reads it."
    )
    short = _("Write a workbook to fill in.")
    package = click.Option(
        ["--from", "package"],
        type=click.Path(path_type=Path),
        metavar="PACKAGE",
        help=_("A county's package whose figures to fill in."),
    )
    return Verb(
        "template",
        template,
        path_argument("file", _("Workbook to write, ending in .xlsx.")),
        package,
        force_option(),
        about=about,
        short=short,
        scenarios=False,
    )


def template(file: Path, package: Path | None, *, force: bool) -> int:
    """Read, if anything is to be filled in; write."""
    from rebalance.api.start import read_county
    from rebalance.api.start import template as made

    try:
        with writing("FILE"):
            made(file, county=read_county(package) if package else None, force=force, read=package)
    except ValueError as problem:
        raise misused(problem, "FILE") from None
    return told(_("Written: {file}.").format(file=file), DONE)


def new_command() -> click.Command:
    """The verb."""
    about = _(
        "Start a county of your own in a new folder: the tables of a small made-up county, a scenario, a notebook and"
        " a README, in the language in use. It solves at once; put your own figures in, table by table. Nothing that"
        " is there is written over."
    )
    short = _("Start a county of your own.")
    example = click.Option(
        ["--example"],
        type=click.Choice(["langxi"]),
        help=_("Begin with a copy of the example county and all its scenarios instead (figures made up)."),
    )
    folder = path_argument("folder", _("Folder to make."))
    return Verb("new", new, folder, example, about=about, short=short, scenarios=False)


def new(folder: Path, example: str | None) -> int:
    """Write, and say how to go on."""
    from shlex import quote

    from rebalance.api.start import SCENARIO
    from rebalance.api.start import new as start

    try:
        with writing("FOLDER"):
            start(folder, example=example)
    except FileExistsError:
        message = _("FOLDER: something is there already (got {value}). Name a new folder.")
        raise misused(message.format(value=repr(str(folder)))) from None
    count = sum(file.is_file() for file in folder.rglob("*"))
    readme = "README.md" if example is None else f"models/{example}/README.md"
    text = _("Started in {folder}: {count} files, all figures made up. {readme} says what is what. Try:")
    told(text.format(folder=folder, count=count, readme=readme), DONE)
    command = f"rebalance solve {quote(str(folder / SCENARIO))} --out {quote(str(folder / 'out'))}"
    return told(f"  {command}", DONE)
