"""`rebalance explain SCENARIO`: why is there no such plan, and what is the least to give up?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from rebalance.cli.options import limit_option, whole
from rebalance.cli.output import EXIT_CODES, misused, print_answer, told
from rebalance.cli.verb import Verb, json_option, scenario_argument
from rebalance.text import _, quoted

LARGEST = 10**6


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
    """Read, look for the clash and the ways out, print."""
    from rebalance.api.explain import UnknownWeightError
    from rebalance.api.explain import explain as explained
    from rebalance.api.scenario import read_scenario

    asked = read_scenario(scenario)
    weights = dict(_weights(weigh))
    try:
        found = explained(asked, clashes=clashes, repairs=repairs, weigh=weights, limit=time_limit, file=scenario.name)
    except UnknownWeightError as error:
        raise misused(error, "--weigh") from None
    if found.possible is None and found.ending == "interrupted":
        return EXIT_CODES[found.ending]
    if as_json or found.possible is False:
        return print_answer(found, as_json=as_json)
    for sentence in found.parts():
        told(str(sentence), 0)
    return EXIT_CODES[found.ending]


def _weights(given: Sequence[str]) -> Iterator[tuple[str, int]]:
    """What is to be weighed, and how much it counts.

    Raises:
        click.UsageError: it does not say so.
    """
    for one in given:
        name, _equals, number = one.partition("=")
        if not (number.isascii() and number.isdecimal() and len(number) <= len(str(LARGEST))):
            message = _("--weigh: not accepted (got {value}). Write NAME=N, such as pinned=5.")
            raise misused(message.format(value=quoted(one)))
        yield name, int(number)
