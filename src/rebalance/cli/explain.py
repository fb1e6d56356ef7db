"""`rebalance explain SCENARIO`: why is there no such plan, and what is the least to give up?"""

from __future__ import annotations

from pathlib import Path

import click

from rebalance.cli.numbers import whole
from rebalance.cli.options import limit_option
from rebalance.cli.verb import Verb, json_option, scenario_argument
from rebalance.words import _


def command() -> click.Command:
    """The verb."""
    about = _(
        "Explain why a scenario has no plan: the rules that cannot hold together, where their numbers stand, and"
        " the cheapest repairs, each verified by solving. What is law is never blamed and never repaired."
    )
    short = _("Explain why a scenario is impossible, and how to repair it.")
    clashes = _("So many clashes are shown (default: 1).")
    repairs = _("So many repairs are shown (default: 3).")
    weigh = _("Count a change of this rule, table or number N times; 0: never change it.")
    options = (
        click.Option(["--clashes"], callback=whole(1, 100), metavar="N", default="1", help=clashes),
        click.Option(["--repairs"], callback=whole(0, 100), metavar="N", default="3", help=repairs),
        click.Option(["--weigh"], multiple=True, metavar="NAME=N", help=weigh),
        limit_option(),
        json_option(),
    )
    return Verb("explain", explain, scenario_argument(), *options, about=about, short=short)


def explain(  # noqa: PLR0917  # named after its options
    scenario: Path, clashes: int, repairs: int, weigh: tuple[str, ...], time_limit: float | None, as_json: bool
) -> int:
    """Read, look for the clash and the ways out, tell."""
    from rebalance.cli.explaining import Wanted, carry_out

    return carry_out(scenario, Wanted(clashes, repairs, weigh, time_limit), as_json=as_json)
