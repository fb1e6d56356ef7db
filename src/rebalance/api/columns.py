"""What the columns of every table mean that a value gives as a DataFrame."""

from __future__ import annotations

from collections.abc import Mapping

from rebalance.analysis.alternatives import PlanGoalRow, PlanHolderRow
from rebalance.analysis.compare import ComparedRow, FigureRow
from rebalance.analysis.effect import ChangeRow, ShiftRow
from rebalance.analysis.explanation import MemberRow
from rebalance.analysis.frontier import PointRow
from rebalance.analysis.price import PriceRow
from rebalance.analysis.range import SpanRow
from rebalance.analysis.repair import RelaxationRow
from rebalance.analysis.story import ReasonRow
from rebalance.analysis.stress import BreakingRow, SpreadRow, StressRow
from rebalance.analysis.sweep import CaseFigureRow, SweptRow
from rebalance.frame import DataFrame, described
from rebalance.plans import rows as plan
from rebalance.plans.audit import MeasuredRow
from rebalance.plans.outcome import LevelRow, ReachedRow
from rebalance.plans.timings import TimingRow
from rebalance.scenario.inputs import AskedRow

TABLES: Mapping[str, type] = {
    "positions": plan.PositionRow,
    "people": plan.PeopleRow,
    "agencies": plan.AgencyRow,
    "placed": plan.PlacedRow,
    "stations": plan.StationRow,
    "dispatched": plan.DispatchedRow,
    "borrowed": plan.BorrowedRow,
    "matters": plan.MatterRow,
    "coverage": plan.CoverageRow,
    "findings": plan.FindingRow,
    "reached": ReachedRow,
    "levels": LevelRow,
    "timings": TimingRow,
    "audit.reached": MeasuredRow,
    "comparison.asked": AskedRow,
    "comparison.reached": ComparedRow,
    "comparison.figures": FigureRow,
    "sweep.reached": SweptRow,
    "sweep.figures": CaseFigureRow,
    "frontier.reached": PointRow,
    "alternatives.reached": PlanGoalRow,
    "alternatives.positions": PlanHolderRow,
    "stress.by_case": StressRow,
    "stress.spreads": SpreadRow,
    "stress.breaking": BreakingRow,
    "explanation.members": MemberRow,
    "explanation.changes": RelaxationRow,
    "why.reasons": ReasonRow,
    "why.changes": ChangeRow,
    "why.shifts": ShiftRow,
    "ranges.numbers": SpanRow,
    "prices.worth": PriceRow,
}


def columns(table: str | None = None) -> DataFrame:
    """What the columns of a table mean, or those of all tables: a row a column, with its unit and a note.

    The tables of an outcome are named like those of plan.json; those of an answer like the answer and its method,
    such as `comparison.figures`. Every column is exact: whole numbers, work in hundredths of positions, `Fraction`s.
    Beside fractions, and values of any sort, stands a column with `_float` at the end of its name, for pictures.

    Raises:
        ValueError: there is no such table.
    """
    return described(TABLES, table)
