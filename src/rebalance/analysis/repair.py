"""Repairs: what would make an impossible scenario possible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from rich.console import RenderableType

from rebalance.analysis.relaxation import Relaxation, overlay, stands
from rebalance.problem.problem import Problem
from rebalance.scenario.scenario import Scenario
from rebalance.screen import line
from rebalance.table import Fact, Unit
from rebalance.text import _


@dataclass(frozen=True, slots=True)
class RelaxationRow:
    """A change that, with the others of the same repair, makes a scenario possible."""

    repair: Annotated[int, Fact("The repair, the cheapest first.", Unit.RANK)]
    name: Annotated[str, Fact("The number or rule that is changed.", Unit.ID)]
    stands: Annotated[str, Fact("Where it stands, and what it is now.", Unit.TEXT)]
    after: Annotated[object, Fact("What it becomes; empty: the rule is left out.", Unit.OWN)]
    verified: Annotated[bool, Fact("The changed scenario has been solved.", Unit.TRUTH)]


@dataclass(frozen=True)
class Repair:
    """Changes that make a scenario possible: none of them superfluous, none larger than need be.

    `price` counts the changes, then the steps, both by weight; `scenario` is what they make of it; `verified` when
    that has been solved.
    """

    relaxations: tuple[Relaxation, ...]
    price: tuple[int, int, int]
    scenario: Scenario
    verified: bool

    def toml(self, extends: str) -> str:
        """A scenario file that extends the impossible one, and is possible."""
        return overlay(self.relaxations, self.scenario, extends)

    def to_json(self, problem: Problem, extends: str) -> dict[str, Any]:
        """As plain data."""
        changes = [one.to_json(problem) for one in self.relaxations]
        return {"verified": self.verified, "changes": changes, "toml": self.toml(extends)}


@dataclass(frozen=True)
class Repairs:
    """The repairs found, the cheapest first; `complete` when there are no others as cheap as the first."""

    found: tuple[Repair, ...]
    complete: bool

    def parts(self, problem: Problem, extends: str) -> Iterator[RenderableType]:
        """Each with its changes in words and as a scenario file."""
        if not self.found:
            text = _("No repair was found in the time there was: allow more time.")
            if self.complete:
                text = _("No repair was found: what is law, or must stay, does not allow any.")
            yield line(text, "red")
            return
        for rank, repair in enumerate(self.found, 1):
            yield line("")
            title = _("Repair {number}, numbers to change: {count}").format(number=rank, count=len(repair.relaxations))
            yield line(title + (_(" (the cheapest)") if rank == 1 else ""), "bold")
            for one in repair.relaxations:
                yield line("· " + one.describe(problem))
            if not repair.verified:
                yield line(_("NOT VERIFIED: solving the repaired scenario found no plan."), "red")
            yield from map(line, repair.toml(extends).removesuffix("\n").split("\n"))
        if not self.complete:
            yield line(_("There may be others as cheap: ask for more with --repairs, or allow more time."), "yellow")

    def rows(self, problem: Problem) -> Iterator[RelaxationRow]:
        """A row for every change."""
        for rank, repair in enumerate(self.found, 1):
            for one in repair.relaxations:
                after = one.limit.number(one.steps)
                yield RelaxationRow(rank, one.limit.name, stands(problem, one.limit), after, repair.verified)
