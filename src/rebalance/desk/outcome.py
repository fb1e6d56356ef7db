"""An outcome at the desk: shown, and every figure of its plan as a table."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import pandas as pd
from rich.console import RenderableType

from rebalance import outcome as core
from rebalance.audit import Audit, audit
from rebalance.desk.frames import frame, named, shows
from rebalance.desk.rows import LevelRow, ReachedRow
from rebalance.desk.shown import Shown
from rebalance.plan import Plan
from rebalance.record.plan import Tables, finding_rows, tables_of
from rebalance.record.rows import (
    AgencyRow,
    BorrowedRow,
    CoverageRow,
    DispatchedRow,
    FindingRow,
    MatterRow,
    PeopleRow,
    PlacedRow,
    PositionRow,
    StationRow,
)
from rebalance.words import _
from rebalance.writing.goals import goals
from rebalance.writing.numbers import value
from rebalance.writing.outcome import confirmed, report
from rebalance.writing.summary import summary
from rebalance.writing.townships import townships


class Outcome(Shown, core.Outcome):
    """A scenario with the best plan found for it, and what is proven about that plan.

    Its tables hold what plan.json holds, a row a fact, under the same names; `columns()` says what each means.
    """

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance solve` says of it."""
        return report(self, self.checks if self.plan is not None else None)

    def brief(self) -> Iterator[RenderableType]:
        """The answer, the goals and the townships; `show()` has the rest, `reached()` how long each goal took."""
        if self.plan is None:
            yield from self.parts()
            return
        yield from summary(self)
        yield from confirmed(self.checks)
        yield from goals(self, timed=False)
        yield from townships(self.plan)

    @cached_property
    def checks(self) -> Audit:
        """The audit of the plan, which knows nothing of the solver."""
        return audit(self.scenario, found(self), self.goals)

    def named(self, table: pd.DataFrame) -> pd.DataFrame:
        """A table with the name beside every id, in the language spoken: `holder`, then `holder_name`."""
        return named(self.scenario.problem, table)

    @shows(PositionRow)
    def positions(self) -> pd.DataFrame:
        """What every holder owns of every category, year by year."""
        return frame(PositionRow, self._tables.positions)

    @shows(PeopleRow)
    def people(self) -> pd.DataFrame:
        """Who retires, moves and is hired, where anybody does."""
        return frame(PeopleRow, self._tables.people)

    @shows(AgencyRow)
    def agencies(self) -> pd.DataFrame:
        """Every agency of every township, year by year."""
        return frame(AgencyRow, self._tables.agencies)

    @shows(PlacedRow)
    def placed(self) -> pd.DataFrame:
        """Where positions are placed, year by year."""
        return frame(PlacedRow, self._tables.placed)

    @shows(StationRow)
    def stations(self) -> pd.DataFrame:
        """Stations that have been handed down, year by year."""
        return frame(StationRow, self._tables.stations)

    @shows(DispatchedRow)
    def dispatched(self) -> pd.DataFrame:
        """Staff dispatched to townships, year by year."""
        return frame(DispatchedRow, self._tables.dispatched)

    @shows(BorrowedRow)
    def borrowed(self) -> pd.DataFrame:
        """Staff borrowed from townships, year by year."""
        return frame(BorrowedRow, self._tables.borrowed)

    @shows(MatterRow)
    def matters(self) -> pd.DataFrame:
        """Matters that townships have taken on, year by year."""
        return frame(MatterRow, self._tables.matters)

    @shows(CoverageRow)
    def coverage(self) -> pd.DataFrame:
        """How much of every township's work is covered, year by year."""
        return frame(CoverageRow, self._tables.coverage)

    @shows(FindingRow)
    def findings(self, *, everything: bool = False) -> pd.DataFrame:
        """What is broken, inherited or without room; or `everything` that the rules have looked at."""
        return frame(FindingRow, finding_rows(self.checks, everything=everything))

    @shows(ReachedRow)
    def reached(self) -> pd.DataFrame:
        """What every goal came to, and how sure that is."""
        both = enumerate(zip(self.scenario.goals, self.goals, strict=False), 1)
        rows = (
            ReachedRow(
                rank,
                one.name,
                one.value,
                one.bound,
                one.proven,
                one.conditional,
                one.freedom,
                one.slack,
                one.seconds,
                value(goal, one.value),
            )
            for rank, (goal, one) in both
        )
        return frame(ReachedRow, rows)

    @shows(LevelRow)
    def levels(self) -> pd.DataFrame:
        """The levels of every goal that looks at the worst first, from the worst up."""
        profiles = [(rank, one, one.value) for rank, one in enumerate(self.goals, 1) if isinstance(one.value, tuple)]
        rows = (LevelRow(rank, one.name, *level) for rank, one, profile in profiles for level in profile)
        return frame(LevelRow, rows)

    @cached_property
    def _tables(self) -> Tables:
        return tables_of(found(self))


def found(outcome: core.Outcome) -> Plan:
    """The plan of an outcome.

    Raises:
        ValueError: there is none.
    """
    if outcome.plan is None:
        raise ValueError(_("{outcome}. There is no plan to look at.").format(outcome=outcome))
    return outcome.plan
