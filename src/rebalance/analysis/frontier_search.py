"""The search for the exact trade-off between two or three goals, every point of it proven.

A plan is a point when no lawful plan is at least as good in all of these goals and better in one. The points are found
one after another (ε-constraint): wherever a better value of some goal is still open, the best plan there is a point,
because whatever were better would lie there too; then what that point rules out is closed. When nothing is open, there
are no more points. What is open is a list of corners (Klamroth, Lacour, Vanderpooten 2015): beyond a corner every goal
costs less than the corner says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import chain
from math import inf

from rebalance.analysis.alternatives_search import unfinished
from rebalance.analysis.frontier import Frontier, Point
from rebalance.fault import MisuseError
from rebalance.goals import GOALS
from rebalance.goals.canonical import Canonical
from rebalance.goals.goal import Goal, Leximin, Mark, Minimise
from rebalance.model.plan import Plan
from rebalance.scenario.parts import goal_name
from rebalance.scenario.scenario import Scenario
from rebalance.solver.engine import Clock, Progress, Silent, Status, as_far_as_it_came, heeding
from rebalance.solver.feasible_set import FeasibleSet, better, cut_off, feasible_set, mark
from rebalance.solver.lexicographic import Run
from rebalance.text import _, near_miss, quoted

FEWEST, MOST = 2, 3


def traded(scenario: Scenario, wanted: Sequence[str | Goal]) -> tuple[Goal, ...]:
    """The goals to trade against each other: each by name, with the options the scenario gives it, or as itself.

    Raises:
        MisuseError: too few or too many, one twice, one unknown, or one that has nothing to trade.
    """
    goals = tuple(_known(scenario, one) if isinstance(one, str) else one for one in wanted)
    if not FEWEST <= len(goals) <= MOST:
        message = _("a trade-off is between two or three goals (got {count}). Name so many.")
        raise MisuseError(message.format(count=len(goals)))
    for number, goal in enumerate(goals):
        if goal in goals[:number]:
            message = _("{goal} is named twice. Name different goals, or give them different options.")
            raise MisuseError(message.format(goal=goal_name(goal)))
    for last in (goal for goal in goals if isinstance(goal, Canonical)):
        message = _("{goal} chooses among equals and has nothing to trade. Name another goal.")
        raise MisuseError(message.format(goal=goal_name(last)))
    return goals


def above(scenario: Scenario, goals: Sequence[Goal]) -> tuple[Goal, ...]:
    """The goals that a scenario ranks before the first of some goals; none where it ranks none of these.

    A goal with other options than the scenario gives it stands where the scenario first names it.
    """
    ranks = (_rank(scenario, goal) for goal in goals)
    return scenario.goals[: min((rank for rank in ranks if rank is not None), default=0)]


def _rank(scenario: Scenario, goal: Goal) -> int | None:
    if goal in scenario.goals:
        return scenario.goals.index(goal)
    return next((rank for rank, one in enumerate(scenario.goals) if type(one) is type(goal)), None)


def _known(scenario: Scenario, name: str) -> Goal:
    """The goal as the scenario has it, or with its defaults."""
    own = next((goal for goal in scenario.goals if goal_name(goal) == name), None)
    if own is None and name not in GOALS:
        message = _("unknown goal (got {value}). Accepted: {accepted}.")
        text = message.format(value=quoted(name), accepted=", ".join(GOALS))
        raise MisuseError(text + near_miss(name, GOALS))
    return own or GOALS[name]()


Corner = tuple[float | Fraction, ...]
"""For each goal a cost that has to be undercut; infinite where anything will do."""


def frontier(
    scenario: Scenario,
    goals: Sequence[str | Goal],
    *,
    limit: float | None = None,
    progress: Progress | None = None,
    told: Callable[[Point], None] | None = None,
) -> Frontier:
    """The trade-off between two or three goals of a scenario, within `limit` seconds in all.

    A goal is named, and then has the options the scenario gives it, or is given as itself. Of a leximin goal the worst
    share counts. Goals that the scenario ranks before the first of them are brought to their best and held there;
    those in between and after are left aside. `told` hears of every point.

    Raises:
        MisuseError: fewer than two goals or more than three, one of them twice, or one that has nothing to trade.
    """
    wanted = traded(scenario, goals)
    clock = Clock(limit)
    with heeding(clock):
        whole = feasible_set(scenario, clock)
        ranked = replace(scenario, goals=above(scenario, wanted))
        held = Run(ranked, whole.engine, clock, progress or Silent(), lambda: whole.second).outcome()
        search = Search(whole, clock, tuple(_axis(goal, whole) for goal in wanted), told or (lambda _point: None))
        if held.plan is not None:
            for goal, result in zip(ranked.goals, held.goals, strict=True):
                if (value := result.held) is not None:
                    whole.hold(goal.aim(whole.model), value)
            with as_far_as_it_came(clock):
                search.run(whole.values(held.plan) or [])
    points = tuple(sorted(search.points, key=lambda point: search.costs(point.marks)))
    ending = held.ending if held.plan is None or not search.corners else unfinished(clock)
    complete = held.proven and not search.corners
    return Frontier(scenario, wanted, held, points, complete, ending, clock.elapsed)


@dataclass(frozen=True, slots=True)
class Axis:
    """One goal of the trade-off. Its marks turned so that less is better are costs."""

    goal: Goal
    aim: Minimise | Leximin

    def mark(self, plan: Plan) -> Mark:
        """What a plan comes to, worked out without the solver."""
        value = self.goal.measure(plan)
        match self.aim, value:
            case Minimise(), int():
                return value
            case Leximin(), tuple():
                return value[0][0] if value else cut_off(self.aim)
        raise TypeError(value)

    def cost(self, mark: Mark) -> Mark:
        """A mark as a cost, and back."""
        return mark if isinstance(self.aim, Minimise) else -mark

    def closed(self, corner: float | Fraction) -> bool:
        """Whether nothing can cost less, because everybody has enough."""
        if isinstance(self.aim, Minimise) or corner == inf:
            return False
        return not self.aim.ratios or (self.aim.enough is not None and -corner >= self.aim.enough)


def _axis(goal: Goal, whole: FeasibleSet) -> Axis:
    aim = goal.aim(whole.model)
    if not isinstance(aim, Minimise | Leximin):
        raise TypeError(goal)
    return Axis(goal, aim)


@dataclass(slots=True)
class Search:
    """A frontier on its way: the points so far, the corners beyond which more may lie, those where nothing does."""

    whole: FeasibleSet
    clock: Clock
    axes: tuple[Axis, ...]
    told: Callable[[Point], None]
    points: list[Point] = field(default_factory=list)
    corners: list[Corner] = field(default_factory=list)
    empty: list[Corner] = field(default_factory=list)

    def run(self, values: list[int]) -> None:
        """Find points, starting from any plan, until nothing is open or the time is over."""
        self.corners = [(inf,) * len(self.axes)]
        while self.corners and not self.clock.over:
            corner, start = self.corners[0], self.clock.elapsed
            part = self._beyond(corner)
            answer = part.solve(hint=values)
            if answer.values is not None:
                values, proven = self._descend(part, answer.values, self._ceiling(corner))
                self._found(values, start, proven=proven)
                if not proven:
                    return
                self._close(corner, self.costs(self.points[-1].marks))
            elif answer.status is Status.INFEASIBLE:
                self.empty.append(corner)
            else:
                return
            self.corners = [one for one in self.corners if not self._is_empty(one)]

    def costs(self, marks: Sequence[Mark]) -> tuple[Mark, ...]:
        """Marks as costs."""
        return tuple(axis.cost(mark) for axis, mark in zip(self.axes, marks, strict=True))

    def _beyond(self, corner: Corner) -> FeasibleSet:
        """The plans that undercut a corner in every goal."""
        finite = ((axis, cost) for axis, cost in zip(self.axes, corner, strict=True) if not isinstance(cost, float))
        return self.whole.narrowed(*chain.from_iterable(better(axis.aim, axis.cost(cost)) for axis, cost in finite))

    def _ceiling(self, corner: Corner) -> Fraction | None:
        """The best worst share in the first goal beyond a corner, as far as earlier points tell."""
        known = [least for least, *rest in self.empty if _within(corner[1:], tuple(rest)) and least != inf]
        return Fraction(-max(known)) if known and isinstance(self.axes[0].aim, Leximin) else None

    def _descend(self, part: FeasibleSet, values: list[int], ceiling: Fraction | None) -> tuple[list[int], bool]:
        """The best in the first goal, of those the best in the second, and so on: nothing there is better than it."""
        proven = True
        for number, axis in enumerate(self.axes):
            values, sure = part.bring(axis.aim, values, None if number else ceiling)
            part.hold(axis.aim, mark(axis.aim, values))
            proven = proven and sure
        return values, proven

    def _found(self, values: list[int], start: float, *, proven: bool) -> None:
        plan = self.whole.model.plan(values)
        marks = tuple(axis.mark(plan) for axis in self.axes)
        self.points.append(Point(marks, plan, proven, self.clock.elapsed - start))
        self.told(self.points[-1])

    def _close(self, corner: Corner, costs: Corner) -> None:
        """Close what a point rules out; beyond its own corner nothing is cheaper in the first goal."""
        self.empty.append((costs[0], *corner[1:]))
        hit = [one for one in self.corners if all(cost < most for cost, most in zip(costs, one, strict=True))]
        split = [(*one[:n], cost, *one[n + 1 :]) for one in hit for n, cost in enumerate(costs)]
        rest = dict.fromkeys([one for one in self.corners if one not in hit] + split)
        self.corners = [one for one in rest if not any(_within(one, other) for other in rest if other != one)]

    def _is_empty(self, corner: Corner) -> bool:
        closed = any(axis.closed(cost) for axis, cost in zip(self.axes, corner, strict=True))
        return closed or any(_within(corner, known) for known in self.empty)


def _within(corner: Corner, other: Corner) -> bool:
    """Whether everything beyond a corner lies beyond another too."""
    return all(cost <= most for cost, most in zip(corner, other, strict=True))
