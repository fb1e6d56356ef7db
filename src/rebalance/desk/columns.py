"""Every table that values give, by name, and what its columns mean."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from rebalance.desk import reason_rows as why
from rebalance.desk import rows as asked
from rebalance.desk.frames import described
from rebalance.record import rows as plan

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
    "reached": asked.ReachedRow,
    "levels": asked.LevelRow,
    "audit.reached": asked.MeasuredRow,
    "comparison.asked": asked.AskedRow,
    "comparison.reached": asked.ComparedRow,
    "comparison.figures": asked.FigureRow,
    "sweep.reached": asked.SweptRow,
    "sweep.figures": asked.CaseFigureRow,
    "frontier.reached": asked.PointRow,
    "alternatives.reached": asked.PlanGoalRow,
    "alternatives.positions": asked.PlanHolderRow,
    "stress.by_case": asked.StressRow,
    "stress.spreads": asked.SpreadRow,
    "stress.breaking": asked.BreakingRow,
    "explanation.members": why.MemberRow,
    "explanation.changes": why.MoveRow,
    "why.reasons": why.ReasonRow,
    "why.changes": why.ChangeRow,
    "why.shifts": why.ShiftRow,
    "ranges.numbers": why.SpanRow,
    "prices.worth": why.PriceRow,
}


def columns(table: str | None = None) -> pd.DataFrame:
    """What the columns of a table mean, or those of all tables: a row a column, with its unit and a note.

    The tables of an outcome are named like those of plan.json; those of an answer like the answer and its method,
    such as `comparison.figures`. Every column is exact: whole numbers, work in hundredths of positions, `Fraction`s.
    Beside fractions, and values of any sort, stands a column with `_float` at the end of its name, for pictures.

    Raises:
        ValueError: there is no such table.
    """
    return described(TABLES, table)
