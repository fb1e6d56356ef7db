"""`rebalance check PACKAGE`: is this county sound, and what does it hold?"""

from __future__ import annotations

from pathlib import Path

import click

from rebalance.cli.trouble import DONE, NO, misused, told
from rebalance.cli.verb import Verb, json_option, path_argument
from rebalance.fault import FaultsError
from rebalance.words import _


def command() -> click.Command:
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
    params = (path_argument("package", _("A county: a folder of tables, or one .xlsx file.")), annotate, json_option())
    return Verb("check", check, *params, about=about, short=short, scenarios=False)


def check(package: Path, annotate: Path | None, as_json: bool) -> int:
    """Print the faults, or the report."""
    from rebalance.audit import today
    from rebalance.cli.answers import answer, refuse, show
    from rebalance.county.remarks import remarks
    from rebalance.reading.package import read_county

    try:
        county = read_county(package)
    except FaultsError as error:
        if annotate is not None:
            _mark(package, error, annotate)
        return refuse(error, as_json=as_json, answers=True)
    if as_json:
        from rebalance.cli.plain import checked

        answer(checked(county, remarks(county), today(county)))
    else:
        from rebalance.writing.check import report

        show(report(county, remarks(county), today(county)))
    return DONE


def _mark(package: Path, error: FaultsError, to: Path) -> None:
    """Write the marked copy, where the package is a workbook at all."""
    from rebalance.cli.files import writable
    from rebalance.papers.annotate import annotated
    from rebalance.reading.package import WORKBOOK
    from rebalance.writing.files import write_bytes

    if package.suffix.casefold() != WORKBOOK or to.suffix.casefold() != WORKBOOK:
        message = _("--annotate: only a workbook can be marked, and the copy is one too. End both names in .xlsx.")
        raise misused(message)
    try:
        content = annotated(package, error.faults)
    except FaultsError as problem:  # too damaged to be copied; its faults are told all the same
        told(str(problem), NO)
        return
    writable(to.parent, "--annotate")
    write_bytes(to, content)
    told(_("The faults are marked in {file}.").format(file=to), DONE)
