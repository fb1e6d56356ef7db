"""`rebalance price PLAN`: what is one position more worth, and one step of every limit that is tight?"""

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
        "Say what one position more of every category is worth, and one step of every limit that leaves no room:"
        " what each goal gains, the goals solved again in order, the largest effect first."
    )
    short = _("Say what one more of everything is worth.")
    options = (county_option(), limit_option(), quiet_option(), json_option())
    return Verb("price", price, plan_argument(), *options, about=about, short=short)


def price(plan: Path, county: Path | None, as_json: bool, **wanted: Any) -> int:  # noqa: ANN401
    """Read, ask, tell."""
    from rebalance.cli.asking_all import carry_out_price

    return carry_out_price(plan, county, as_json=as_json, **wanted)
