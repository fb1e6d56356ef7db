"""What one goal costs another, and what other plans are as good, at the desk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd
from rich.console import RenderableType

from rebalance.desk.changing import slack_given
from rebalance.desk.frames import frame, shows
from rebalance.desk.outcome import Outcome
from rebalance.desk.rows import PlanGoalRow, PlanHolderRow, PointRow
from rebalance.desk.shown import Answer, recast
from rebalance.desk.waiting import watching
from rebalance.exploring import alternatives as other
from rebalance.exploring import frontier as core
from rebalance.exploring.choosing import above, traded
from rebalance.exploring.claims import measured
from rebalance.goals import Goal
from rebalance.goals.slack import Slack
from rebalance.scenario import Scenario, goal_name
from rebalance.words import _
from rebalance.writing import alternatives as writing_alternatives
from rebalance.writing import frontier as writing_frontier
from rebalance.writing.numbers import percent, value
from rebalance.writing.sheets import on_screen


class Frontier(Answer, core.Frontier):
    """Every point of a trade-off: plans that cannot be better in one goal without being worse in another."""

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance frontier` says, but for how long it took, which is in `reached()`."""
        yield from writing_frontier.said(self)
        yield from map(on_screen, writing_frontier.sheets(self, timed=False))

    @shows(PointRow)
    def reached(self) -> pd.DataFrame:
        """Where every point stands in every goal."""
        rows = (
            PointRow(number, goal_name(goal), mark, point.proven, point.seconds, _marked(goal, mark))
            for number, point in enumerate(self.points, 1)
            for goal, mark in zip(self.goals, point.marks, strict=True)
        )
        return frame(PointRow, rows)

    def outcome(self, number: int) -> Outcome:
        """The plan of a point, numbered from 1 as in the table; nothing is claimed of its goals.

        Raises:
            ValueError: there is no such point.
        """
        _known(number, 1, len(self.points))
        return recast(measured(self.scenario, self.points[number - 1].plan), Outcome)


class Alternatives(Answer, other.Alternatives):
    """The best plan of a scenario, number 0, and others within the slack, as different as can be."""

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance alternatives` says."""
        yield from writing_alternatives.said(self)
        yield from map(on_screen, writing_alternatives.sheets(self))

    @shows(PlanGoalRow)
    def reached(self) -> pd.DataFrame:
        """What every goal comes to in every plan."""
        goals = self.best.scenario.goals
        rows = (
            PlanGoalRow(number, rank, goal_name(goal), found, value(goal, found))
            for number, plan in enumerate(self.plans)
            for rank, (goal, found) in enumerate(((goal, goal.measure(plan)) for goal in goals), 1)
        )
        return frame(PlanGoalRow, rows)

    @shows(PlanHolderRow)
    def positions(self) -> pd.DataFrame:
        """What distinguishes the plans: holders and categories of which they do not own the same at the end."""
        authorised = self.best.scenario.problem.authorised
        rows = (
            PlanHolderRow(number, *account, authorised(*account), size)
            for account, sizes in self.differing().items()
            for number, size in enumerate(sizes)
        )
        return frame(PlanHolderRow, rows)

    def outcome(self, number: int) -> Outcome:
        """One of the plans; of any but the best, nothing is claimed of its goals.

        Raises:
            ValueError: there is no such plan.
        """
        _known(number, 0, len(self.plans) - 1)
        if number == 0:
            return recast(self.best, Outcome)
        return recast(measured(self.best.scenario, self.others[number - 1].plan), Outcome)


def frontier(
    scenario: Scenario, goals: Sequence[str | Goal], *, limit: float | None = None, quiet: bool = False
) -> Frontier:
    """The trade-off between two or three goals of a scenario, every point of it proven. Stopped, it keeps its points.

    A goal is named, and then has the options the scenario gives it, or is given as itself. Of a goal that looks at
    the worst first, the worst counts. Goals that the scenario ranks before the first of them are brought to their
    best and held there.

    Args:
        scenario: what is asked.
        goals: two or three.
        limit: seconds in all.
        quiet: show no progress.

    Raises:
        ValueError: fewer than two goals or more than three, one of them twice, or one that has nothing to trade.
    """
    wanted = traded(scenario, goals)
    with watching(above(scenario, wanted), quiet=quiet) as watch:
        return recast(core.frontier(scenario, wanted, limit=limit, progress=watch), Frontier)


def alternatives(
    scenario: Scenario,
    count: int = 3,
    *,
    slack: Mapping[str, Slack | str | int] | Slack | str | int | None = None,
    limit: float | None = None,
    quiet: bool = False,
) -> Alternatives:
    """The best plan and up to `count` others, each as far as can be from those before it. Stopped, it keeps those.

    Args:
        scenario: what is asked.
        count: how many others.
        slack: how much worse than its best every goal may be, or by the name of the goal: a whole number or "2 %".
        limit: seconds in all.
        quiet: show no progress.

    Raises:
        ValueError: a slack that is none, or of a goal that the scenario does not have.
    """
    given = slack_given(scenario, slack)
    with watching(scenario.goals, quiet=quiet) as watch:
        return recast(other.alternatives(scenario, count, slack=given, limit=limit, progress=watch), Alternatives)


def _marked(goal: Goal, mark: object) -> str:
    return value(goal, mark) if isinstance(mark, int) else percent(mark)  # type: ignore[arg-type]  # else a share


def _known(number: int, first: int, last: int) -> None:
    if not first <= number <= last:
        message = _("no such plan (got {value}). Accepted: {first} to {last}.")
        raise ValueError(message.format(value=number, first=first, last=last))
