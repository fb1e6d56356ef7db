"""`rebalance range PLAN`: which numbers are forced, and which could be otherwise without any goal getting worse?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from rebalance.cli.options import county_option, limit_option, quiet_option
from rebalance.cli.verb import Verb, json_option, plan_argument
from rebalance.words import _


def command() -> click.Command:
    """The verb."""
    about = _(
        "For what every holder owns at the end, say the least and the most it could be without any goal getting"
        " worse: which numbers are forced, and which are free to negotiate."
    )
    short = _("Say which numbers are forced and which can move.")
    agencies = click.Option(["--agencies"], is_flag=True, help=_("Ask about the strength of every agency too."))
    options = (agencies, county_option(), limit_option(), quiet_option(), json_option())
    return Verb("range", range_, plan_argument(), *options, about=about, short=short)


def range_(plan: Path, county: Path | None, as_json: bool, **wanted: Any) -> int:  # noqa: ANN401
    """Read, ask, tell."""
    from rebalance.cli.asking_all import carry_out_range

    return carry_out_range(plan, county, as_json=as_json, **wanted)
