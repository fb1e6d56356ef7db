"""What could be otherwise in a plan, and what more would be worth, at the desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
from rich.console import RenderableType

from rebalance.desk.frames import frame, shows
from rebalance.desk.reason_rows import PriceRow, SpanRow
from rebalance.desk.reasons import sound
from rebalance.desk.shown import Answer
from rebalance.desk.waiting import steps
from rebalance.explaining.price import Price, Pricing
from rebalance.explaining.question import asking_about
from rebalance.explaining.range import Span, accounts, spans
from rebalance.explaining.range import agencies as every_agency
from rebalance.outcome import Outcome
from rebalance.scenario import Scenario, goal_name
from rebalance.writing import price as writing_price
from rebalance.writing import range as writing_range
from rebalance.writing.repair import named


@dataclass(frozen=True, repr=False)
class Ranges(Answer):
    """How far every number of a plan can move, one at a time, while no goal gets worse."""

    asked: Scenario
    spans: tuple[Span, ...]

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance range` says."""
        return writing_range.report(self.asked, self.spans)

    @shows(SpanRow)
    def numbers(self) -> pd.DataFrame:
        """A row a number."""
        return frame(SpanRow, map(_spanned, self.spans))


@dataclass(frozen=True, repr=False)
class Prices(Answer):
    """What one position more of each category is worth, and one step of every limit without room."""

    asked: Scenario
    prices: tuple[Price, ...]

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance price` says."""
        return writing_price.report(self.asked, self.prices)

    @shows(PriceRow)
    def worth(self) -> pd.DataFrame:
        """What each is worth, the most first: a row for every goal that gains."""
        return frame(PriceRow, (row for one in self.prices for row in self._rows(one)))

    def _rows(self, price: Price) -> Iterator[PriceRow]:
        is_position = isinstance(price.of, str)
        kind = "position" if is_position else "limit"
        of = price.of if isinstance(price.of, str) else named(self.asked.problem, price.of)
        settled = price.effect.settled
        if not price.effect.changes:
            yield PriceRow(kind, of, settled, None, "", None, None)
        for one in price.effect.changes:
            yield PriceRow(kind, of, settled, one.rank, goal_name(one.goal), one.before, one.after)


def ranges(outcome: Outcome, *, agencies: bool = False, limit: float | None = None, quiet: bool = False) -> Ranges:
    """Which numbers of a plan are forced, and which can move without any goal getting worse.

    Args:
        outcome: the plan, which has to pass the audit.
        agencies: also the strength of every agency.
        limit: seconds in all.
        quiet: show no progress.

    Raises:
        ValueError: the plan does not pass the audit.
    """
    checks = sound(outcome)
    problem = checks.plan.problem
    places = [*accounts(problem), *(every_agency(problem) if agencies else ())]
    with asking_about(outcome, checks.plan, limit) as asking, steps(quiet=quiet) as told:
        return Ranges(checks.scenario, spans(asking, places, told))


def prices(outcome: Outcome, *, limit: float | None = None, quiet: bool = False) -> Prices:
    """What one position more of each category is worth, and one step of every limit that leaves no room.

    Args:
        outcome: the plan, which has to pass the audit.
        limit: seconds in all.
        quiet: show no progress.

    Raises:
        ValueError: the plan does not pass the audit.
    """
    checks = sound(outcome)
    with asking_about(outcome, checks.plan, limit) as asking, steps(quiet=quiet) as told:
        return Prices(checks.scenario, Pricing(asking, checks, told).prices())


def _spanned(one: Span) -> SpanRow:
    where, ends = (one.where.holder, one.where.agency, one.where.category), one.ends
    return SpanRow(*where, one.now, ends.least, ends.most, ends.least_proven, ends.most_proven, one.forced)
