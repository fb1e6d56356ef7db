"""Options that several verbs have."""

from __future__ import annotations

from pathlib import Path

import click

from rebalance.cli.numbers import seconds, whole
from rebalance.words import _

MOST = 10**9


def county_option() -> click.Option:
    """Where the county is, if not where the plan says."""
    return click.Option(
        ["--county"],
        type=click.Path(path_type=Path),
        metavar="PACKAGE",
        help=_("The county's package, if it is not where the plan says."),
    )


def limit_option() -> click.Option:
    """How long it may take."""
    limit = _("Seconds in all (default: no limit).")
    return click.Option(["--time-limit"], callback=seconds, metavar="S", help=limit)


def number(name: str, about: str) -> click.Option:
    """A whole number, or none."""
    return click.Option([name], callback=_number, metavar="N", help=about)


def _number(context: click.Context, option: click.Parameter, value: str | None) -> int | None:
    return None if value is None else whole(0, MOST)(context, option, value)
