"""`rebalance explain SCENARIO`: why is there no such plan, and what is the least to give up?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from rebalance.analysis.correction_sets import CorrectionSets
from rebalance.analysis.repair import Repair, Repairs
from rebalance.cli.options import limit_option, whole
from rebalance.cli.output import DONE, NO, NO_TIME, STOPPED, answer, misused, show, told
from rebalance.cli.verb import Verb, json_option, scenario_argument
from rebalance.county.tables import TABLES
from rebalance.plans.file import plain_clash
from rebalance.plans.outcome import Conflict
from rebalance.rules import RULES
from rebalance.scenario.read import read_scenario
from rebalance.scenario.scenario import Scenario
from rebalance.solver.engine import Clock, heeding
from rebalance.solver.feasible import Feasible
from rebalance.solver.relaxable import RelaxableLimit, relaxable_limits
from rebalance.tables.answers import explained, named, overlay, written
from rebalance.text import _, near_miss, quoted

LARGEST = 10**6


@dataclass(frozen=True, slots=True)
class Wanted:
    """How much is asked for."""

    clashes: int = 1
    repairs: int = 3
    weigh: tuple[str, ...] = ()
    time_limit: float | None = None


def carry_out(file: Path, wanted: Wanted, *, as_json: bool) -> int:
    """Everything from the scenario file to the exit code."""
    scenario, clock = read_scenario(file), Clock(wanted.time_limit)
    weights = weighed(wanted.weigh, scenario)
    with heeding(clock):
        found = Feasible(clock).clashes(scenario, wanted.clashes)
        if not found:
            return STOPPED if clock.interrupted else _nothing(found, as_json=as_json)
        repairs = Repairs((), complete=True)
        if wanted.repairs:
            repairs = CorrectionSets(scenario, Feasible(clock), weights).repairs(wanted.repairs)
    where = relaxable_limits(scenario, [member for clash in found for member in clash.members])
    if as_json:
        answer(_plain(scenario, found, repairs, file.name))
    else:
        show(explained(scenario, found, where, repairs, file.name))
    return STOPPED if clock.interrupted else NO


def weighed(said: Sequence[str], scenario: Scenario) -> dict[str, int]:
    """Weights by name.

    Raises:
        click.UsageError: one is of nothing that has numbers, or is none.
    """
    known = {*RULES, *scenario.rules, *(table.name for table in TABLES)}
    found: dict[str, int] = {}
    for one in said:
        name, _equals, number = one.partition("=")
        if not (number.isascii() and number.isdecimal() and len(number) <= len(str(LARGEST))):
            message = _("--weigh: not accepted (got {value}). Write NAME=N, such as pinned=5.")
            raise misused(message.format(value=quoted(one)))
        if name.split(".")[0] not in known:
            message = _("--weigh: no rule and no table has this name (got {value}).")
            text = message.format(value=quoted(name)) + near_miss(name, sorted(known))
            raise misused(text)
        found[name] = int(number)
    return found


def _nothing(found: tuple[Conflict, ...] | None, *, as_json: bool) -> int:
    """Nothing to explain, or no time to find out."""
    if as_json:
        answer({"possible": None if found is None else True})
    elif found is None:
        return told(_("There was no time to find out."), NO_TIME)
    else:
        told(_("This scenario is possible: there is nothing to explain."), DONE)
    return NO_TIME if found is None else DONE


def _plain(scenario: Scenario, found: Sequence[Conflict], repairs: Repairs, file: str) -> dict[str, Any]:
    return {
        "possible": False,
        "clashes": [plain_clash(scenario, one) for one in found],
        "repairs": [_repair(scenario, one, file) for one in repairs.found],
        "complete": repairs.complete,
    }


def _repair(scenario: Scenario, repair: Repair, file: str) -> dict[str, Any]:
    moves = [
        {
            "name": move.relaxable.name,
            "stands": named(scenario.problem, move.relaxable),
            "before": _number(move.relaxable, 0),
            "after": _number(move.relaxable, move.steps),
            "steps": move.steps,
        }
        for move in repair.moves
    ]
    return {"verified": repair.verified, "changes": moves, "toml": "\n".join(overlay(repair, file)) + "\n"}


def _number(relaxable: RelaxableLimit, steps: int) -> str | None:
    number = relaxable.number(steps)
    return None if number is None else written(number)


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
    return carry_out(scenario, Wanted(clashes, repairs, weigh, time_limit), as_json=as_json)
