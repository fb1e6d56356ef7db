"""Why a scenario has no plan, and the cheapest ways out, at the desk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd
from rich.console import RenderableType

from rebalance import scenario as core
from rebalance.desk.frames import frame, shows
from rebalance.desk.reason_rows import MemberRow, MoveRow
from rebalance.desk.scenario import Scenario
from rebalance.desk.shown import Answer, recast
from rebalance.explaining.repair import Mending, Repair, Repairs
from rebalance.finding import Place
from rebalance.leeway.loosening import levers
from rebalance.outcome import Clash
from rebalance.solving.clock import Clock, heeding
from rebalance.solving.feasible import Feasible
from rebalance.words import _
from rebalance.writing.repair import explained, named, overlay
from rebalance.writing.terminal import line

FILE = "scenario.toml"
"""What a repair extends, as long as nobody says otherwise."""

NO_REPAIRS = Repairs((), complete=True)


@dataclass(frozen=True, repr=False)
class Explanation(Answer):
    """What cannot hold together, and what to change. `possible`: whether there is a plan (None: no time to say)."""

    asked: core.Scenario
    possible: bool | None
    clashes: tuple[Clash, ...] = ()
    repairs: Repairs = NO_REPAIRS

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance explain` says."""
        if self.possible is None:
            yield line(_("There was no time to find out."), "yellow")
        elif self.possible:
            yield line(_("This scenario is possible: there is nothing to explain."), "green")
        else:
            where = levers(self.asked, [member for clash in self.clashes for member in clash.members])
            yield from explained(self.asked, self.clashes, where, self.repairs, FILE)

    @shows(MemberRow)
    def members(self) -> pd.DataFrame:
        """What cannot hold together: without any one of a clash, its others can."""
        rows = (
            MemberRow(number, rule, *_ids(place), self.asked.rules[rule].explain(self.asked.problem, place))
            for number, clash in enumerate(self.clashes, 1)
            for rule, place in clash.members
        )
        return frame(MemberRow, rows)

    @shows(MoveRow)
    def changes(self) -> pd.DataFrame:
        """The changes of every repair."""
        rows = (
            MoveRow(
                number,
                move.lever.name,
                named(self.asked.problem, move.lever),
                move.lever.number(move.steps),
                repair.verified,
            )
            for number, repair in enumerate(self.repairs.found, 1)
            for move in repair.moves
        )
        return frame(MoveRow, rows)

    def scenario(self, number: int = 1) -> Scenario:
        """The scenario as a repair makes it.

        Raises:
            ValueError: there is no such repair.
        """
        return recast(self._repair(number).scenario, Scenario)

    def toml(self, number: int = 1, extends: str = FILE) -> str:
        """A repair as a scenario file that extends the impossible one.

        Raises:
            ValueError: there is no such repair.
        """
        return "\n".join(overlay(self._repair(number), extends)) + "\n"

    def _repair(self, number: int) -> Repair:
        if not 1 <= number <= len(self.repairs.found):
            message = _("no such repair (got {value}). There are {count}.")
            raise ValueError(message.format(value=number, count=len(self.repairs.found)))
        return self.repairs.found[number - 1]


def explain(
    scenario: core.Scenario,
    *,
    clashes: int = 1,
    repairs: int = 3,
    weigh: Mapping[str, int] | None = None,
    limit: float | None = None,
) -> Explanation:
    """Which rules of an impossible scenario cannot hold together, and the cheapest repairs, each verified by solving.

    What is law is never blamed and never repaired.

    Args:
        scenario: the scenario that has no plan.
        clashes: so many clashes at most.
        repairs: so many repairs at most.
        weigh: how many times a change of a rule, a table or one of their numbers counts (0: never change it).
        limit: seconds in all.
    """
    clock = Clock(limit)
    with heeding(clock):
        found = Feasible(clock).clashes(scenario, clashes)
        if not found:
            return Explanation(scenario, None if found is None else True)
        if not repairs:
            return Explanation(scenario, possible=False, clashes=tuple(found))
        mended = Mending(scenario, Feasible(clock), weigh or {}).repairs(repairs)
    return Explanation(scenario, possible=False, clashes=tuple(found), repairs=mended)


def _ids(place: Place) -> tuple[str, str, str, int, str, str]:
    return place.holder, place.agency, place.category, place.year, place.aspect, place.item
