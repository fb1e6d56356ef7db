"""`rebalance template FILE.xlsx`: a workbook for a county's tables, to be filled in."""

from __future__ import annotations

from pathlib import Path

import click

from rebalance.cli.trouble import DONE, misused, told
from rebalance.cli.verb import Verb, path_argument
from rebalance.words import _

WORKBOOK = ".xlsx"


def command() -> click.Command:
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
        about=about,
        short=short,
        scenarios=False,
    )


def template(file: Path, package: Path | None) -> int:
    """Read, if anything is to be filled in; write."""
    from rebalance.cli.files import writable
    from rebalance.papers.template import template as made
    from rebalance.reading.package import read_county
    from rebalance.writing.files import write_bytes

    if file.suffix.casefold() != WORKBOOK:
        message = _("FILE: not the name of a workbook (got {value}). End it in .xlsx.")
        raise misused(message.format(value=repr(file.name)))
    content = made(read_county(package) if package else None)
    writable(file.parent, "FILE")
    write_bytes(file, content)
    return told(_("Written: {file}.").format(file=file), DONE)
