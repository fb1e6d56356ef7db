"""`rebalance check PACKAGE`: is this county sound, and what does it hold?"""

from __future__ import annotations

from pathlib import Path

import click

from rebalance.cli.trouble import DONE
from rebalance.cli.verb import Verb, json_option, path_argument
from rebalance.words import _


def command() -> click.Command:
    """The verb."""
    about = _(
        "Check a county package, a folder or one .xlsx file: all faults at once, or else what it holds,"
        " what is odd about it, and what today's state already breaks."
    )
    short = _("Check a county's tables.")
    return Verb("check", check, path_argument("package"), json_option(), about=about, short=short)


def check(package: Path, as_json: bool) -> int:
    """Print the faults, or the report."""
    from rebalance.audit import today
    from rebalance.cli.answers import answer, refuse, show
    from rebalance.county.remarks import remarks
    from rebalance.fault import FaultsError
    from rebalance.reading.package import read_county

    try:
        county = read_county(package)
    except FaultsError as error:
        return refuse(error, as_json=as_json, answers=True)
    if as_json:
        from rebalance.cli.plain import checked

        answer(checked(county, remarks(county), today(county)))
    else:
        from rebalance.writing.check import report

        show(report(county, remarks(county), today(county)))
    return DONE
