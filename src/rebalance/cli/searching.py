"""The options of all verbs that explore."""

from __future__ import annotations

from pathlib import Path

import click

from rebalance.cli.numbers import seconds
from rebalance.cli.options import format_option
from rebalance.cli.verb import json_option
from rebalance.words import _


def shared_options(out: str) -> tuple[click.Option, ...]:
    """Named after the parameters of the verbs and the fields of `Wish`."""
    limit = _("Seconds in all (default: no limit).")
    return (
        click.Option(["--time-limit"], callback=seconds, metavar="S", help=limit),
        click.Option(["--out"], type=click.Path(path_type=Path), metavar="DIR", default=None, help=out),
        click.Option(["--quiet"], is_flag=True, help=_("Show no progress.")),
        format_option(),
        json_option(),
    )
