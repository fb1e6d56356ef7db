"""What one position more is worth, and one step of every limit that is tight: the goals solved again in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from rich.console import RenderableType

from rebalance.analysis.effect import Effect, Is, Was
from rebalance.analysis.ending import ending
from rebalance.analysis.relaxation import Relaxation, stands
from rebalance.county.county import made_up
from rebalance.frame import DataFrame, frame, shows
from rebalance.plans.columns import GoalName
from rebalance.plans.outcome import Ending
from rebalance.problem.problem import Problem
from rebalance.scenario.scenario import Scenario
from rebalance.scenario.settings import titled
from rebalance.screen import Answer, line, on_screen
from rebalance.solver.relaxable import Instance, RelaxableLimit
from rebalance.table import Cell, Fact, Kind, Table, Unit, figure, table_of, text_column
from rebalance.text import _


@dataclass(frozen=True, slots=True)
class PriceRow:
    """What a goal gains by one step of something; a row without a goal where none gains."""

    kind: Annotated[str, Fact("One `position` more, or one step of a `limit`.", Unit.ID)]
    of: Annotated[str, Fact("The category, or where the limit stands.", Unit.TEXT)]
    settled: Annotated[bool, Fact("What the goals come to then is proven.", Unit.TRUTH)]
    rank: Annotated[int | None, Fact("Which goal gains, in the order of the scenario.", Unit.RANK)]
    goal: GoalName
    before: Was
    after: Is


@dataclass(frozen=True)
class Price:
    """What something is worth: one position more of a category, or one step of a limit at `places`."""

    of: str | RelaxableLimit
    effect: Effect
    places: tuple[Instance, ...] = ()

    @property
    def worth(self) -> bool:
        """Whether any goal gains."""
        return bool(self.effect.changes)

    @property
    def kind(self) -> str:
        """A `position` more, or a `limit` moved."""
        return "position" if isinstance(self.of, str) else "limit"

    def name(self, problem: Problem) -> str:
        """The id of the category, or where the limit stands."""
        return self.of if isinstance(self.of, str) else stands(problem, self.of)

    def step(self, problem: Problem) -> str:
        """One position more, or the limit moved by one, in words."""
        if isinstance(self.of, str):
            return _("one position more: {category}").format(category=problem.name(self.of))
        return Relaxation(self.of, 1).describe(problem)

    def to_json(self, problem: Problem) -> dict[str, Any]:
        """As plain data."""
        return {
            "kind": self.kind,
            "of": self.name(problem),
            "places": len(self.places),
            "settled": self.effect.settled,
            "goals": [one.to_json() for one in self.effect.changes],
        }

    def rows(self, problem: Problem) -> Iterator[PriceRow]:
        """A row for every goal that gains, or one without a goal."""
        of = (self.kind, self.name(problem), self.effect.settled)
        if not self.worth:
            yield PriceRow(*of, None, "", None, None)
        for one in self.effect.change_rows():
            yield PriceRow(*of, one.rank, one.goal, one.before, one.after)


@dataclass(frozen=True, repr=False)
class Prices(Answer):
    """What one position more of each category is worth, and one step of every limit without room."""

    asked: Scenario
    prices: tuple[Price, ...]
    interrupted: bool = False

    @property
    def ending(self) -> Ending:
        """Whether all is settled."""
        settled = all(one.effect.settled for one in self.prices)
        return ending(possible=True, settled=settled, interrupted=self.interrupted)

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance price` says."""
        problem = self.asked.problem
        yield line(f"{problem.county} · {self.asked}", "bold")
        yield from made_up(problem.county)
        yield from (on_screen(table) for table in self.tables() if table.rows)
        nothing = sum(one.effect.settled and not one.worth for one in self.prices)
        yield line(_("Worth nothing, as no goal gains: {count}.").format(count=nothing))
        if unsettled := [one.step(problem) for one in self.prices if not one.effect.settled]:
            text = _("NOT SETTLED in the time there was: {what}.")
            yield line(text.format(what="; ".join(unsettled)), "yellow")

    def tables(self) -> tuple[Table, ...]:
        """A row for each goal that gains by something."""
        columns = (
            text_column("of", _("one step of")),
            figure("rank", "#", Kind.PLAIN),
            text_column("goal", _("goal")),
            text_column("gains", _("what it comes to")),
        )
        rows: list[tuple[Cell, ...]] = []
        for one in self.prices:
            for change in one.effect.changes:
                first = change is one.effect.changes[0]
                of = one.step(self.asked.problem) if first else ""
                rows.append((of, str(change.rank), titled(change.goal), change.difference()))
        return (table_of("prices", _("What it is worth, the most first"), columns, rows),)

    def to_json(self) -> dict[str, Any]:
        """What `rebalance price --json` says."""
        return {"prices": [one.to_json(self.asked.problem) for one in self.prices]}

    @shows(PriceRow)
    def worth(self) -> DataFrame:
        """What each is worth, the most first: a row for every goal that gains."""
        return frame(PriceRow, (row for one in self.prices for row in one.rows(self.asked.problem)))
