"""Why a place has what it has: its story, or what another number there would lead to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import RenderableType

from rebalance.analysis.effect import ChangeRow, Effect, ShiftRow
from rebalance.analysis.ending import ending
from rebalance.analysis.story import ReasonRow, Story
from rebalance.county.county import made_up
from rebalance.frame import DataFrame, frame, shows
from rebalance.plans.audit import Audit
from rebalance.plans.outcome import Ending
from rebalance.rules.rule import Range
from rebalance.screen import Answer, line
from rebalance.table import Table
from rebalance.text import _

NOTHING = Effect(possible=True, settled=True)
"""What follows where nothing is asked for."""


@dataclass(frozen=True, repr=False)
class Why(Answer):
    """The story of a place; where another number was asked for, what that would lead to."""

    story: Story
    wanted: Range
    effect: Effect | None = None
    interrupted: bool = False

    @property
    def checks(self) -> Audit:
        """The audit of the plan that is asked about."""
        return self.story.checks

    @property
    def ending(self) -> Ending:
        """Whether there is an answer, a proven one, or that it cannot be."""
        found = self.effect or NOTHING
        return ending(possible=found.possible, settled=found.settled, interrupted=self.interrupted)

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance why` says."""
        scenario, story = self.checks.scenario, self.story
        place, year = story.where.name(scenario.problem), scenario.problem.last
        yield line(f"{place} · {scenario}", "bold")
        yield from made_up(scenario.problem.county)
        if self.effect is None:
            yield from story.report()
            return
        number = self.wanted.at_least
        text = _("{place}: {now} at the end of {year}. If it were at least {number}:")
        if number is None:
            number = self.wanted.at_most
            text = _("{place}: {now} at the end of {year}. If it were at most {number}:")
        yield line(text.format(place=place, now=story.now, year=year, number=number))
        yield from self.effect.parts(scenario)

    def tables(self) -> tuple[Table, ...]:
        """Of what the place has how much, and what leaves it no room; or who would have more and who fewer."""
        return self.story.tables() if self.effect is None else self.effect.tables(self.checks.scenario)

    def to_json(self) -> dict[str, Any]:
        """What `rebalance why --json` says."""
        if self.effect is None:
            return self.story.to_json()
        return self.story.to_json() | asdict(self.wanted) | self.effect.to_json(self.checks.scenario)

    @shows(ReasonRow)
    def reasons(self) -> DataFrame:
        """The limits that leave the place no room, and those of the whole county."""
        return frame(ReasonRow, self.story.reason_rows())

    @shows(ChangeRow)
    def changes(self) -> DataFrame:
        """The goals that would come to something else."""
        return frame(ChangeRow, (self.effect or NOTHING).change_rows())

    @shows(ShiftRow)
    def shifts(self) -> DataFrame:
        """Who would have more or fewer positions at the end, and which agencies more or less strength."""
        return frame(ShiftRow, (self.effect or NOTHING).shift_rows())
