"""Plans that are as good, or nearly, and as different as can be: what is left for people to choose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from rich.console import RenderableType

from rebalance.county.county import made_up
from rebalance.frame import DataFrame, frame, shows
from rebalance.goals.goal import Goal, Value, value
from rebalance.model.plan import Plan
from rebalance.plans.columns import Category, GoalName, Holder, PlanNumber, Rank, Said, Today
from rebalance.plans.columns import Value as ValueFact
from rebalance.plans.file import written_value
from rebalance.plans.outcome import Ending, Outcome
from rebalance.plans.reached import GoalResult
from rebalance.scenario.parts import goal_name
from rebalance.scenario.scenario import Scenario
from rebalance.scenario.settings import titled
from rebalance.screen import Answer, line, on_screen
from rebalance.table import Cell, Fact, Figure, Table, Unit, sheet
from rebalance.text import _


def measured(scenario: Scenario, plan: Plan) -> Outcome:
    """A plan as an outcome: its goals measured, nothing claimed about how good they are."""
    goals = tuple(
        GoalResult(goal_name(goal), goal.measure(plan), None, proven=False, seconds=0.0, conditional=number > 0)
        for number, goal in enumerate(scenario.goals)
    )
    return Outcome(scenario, Ending.DONE, plan, goals)


def numbered(number: int, first: int, last: int) -> int:
    """The number of a plan that there is.

    Raises:
        ValueError: there is none of this number.
    """
    if not first <= number <= last:
        message = _("no such plan (got {value}). Accepted: {first} to {last}.")
        raise ValueError(message.format(value=number, first=first, last=last))
    return number


Account = tuple[str, str]


@dataclass(frozen=True, slots=True)
class PlanGoalRow:
    """What a goal comes to in one of several plans."""

    plan: PlanNumber
    rank: Rank
    goal: GoalName
    value: ValueFact
    said: Said


@dataclass(frozen=True, slots=True)
class PlanHolderRow:
    """What a holder owns at the end in one of several plans."""

    plan: PlanNumber
    holder: Holder
    category: Category
    today: Today
    after: Annotated[int, Fact("Positions owned at the end.", Unit.POSITIONS)]


@dataclass(frozen=True, slots=True)
class Alternative:
    """A plan and its goals' values; `distance` to the nearest of the plans before (`proven`: none is further)."""

    plan: Plan
    values: tuple[Value, ...]
    distance: int
    proven: bool

    @property
    def proof(self) -> Figure:
        """Whether it is as far as can be, as people read it."""
        return Figure(self.proven, _("proven") if self.proven else _("NOT PROVEN"))

    @property
    def heard(self) -> str:
        """The plan in a line, as it is found."""
        return _("plan found: distance {distance} ({proof})").format(distance=self.distance, proof=self.proof.shown)


@dataclass(frozen=True, repr=False)
class Alternatives(Answer):
    """The best plan of a scenario, number 0, and others within the slack, as different as can be.

    `complete`: any further plan would own the same as one of these.
    """

    best: Outcome
    others: tuple[Alternative, ...]
    complete: bool
    ending: Ending
    seconds: float = 0.0

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The best plan and the others."""
        return tuple(one for one in (self.best.plan, *(other.plan for other in self.others)) if one is not None)

    def outcome(self, number: int) -> Outcome:
        """One of the plans; of any but the best, nothing is claimed of its goals.

        Raises:
            ValueError: there is no such plan.
        """
        return self.best if number == 0 and self.plans else self.measured(number)

    def measured(self, number: int) -> Outcome:
        """One of the plans; nothing is claimed of its goals.

        Raises:
            ValueError: there is no such plan.
        """
        return measured(self.best.scenario, self.plans[numbered(number, 0, len(self.plans) - 1)])

    def differing(self) -> Mapping[Account, tuple[int, ...]]:
        """Holders and categories of which the plans do not own the same number at the end, with each plan's."""
        problem, plans = self.best.scenario.problem, self.plans
        sizes = {key: tuple(plan.owned(*key, problem.last) for plan in plans) for key in problem.accounts}
        return {key: found for key, found in sizes.items() if len(set(found)) > 1}

    @property
    def state(self) -> str:
        """How many there are, and whether that is all."""
        if not self.plans:
            return {
                Ending.IMPOSSIBLE: _("There is no such plan: rules of the scenario cannot hold together."),
                Ending.INTERRUPTED: _("Stopped before any plan was found."),
            }.get(self.ending, _("Out of time before any plan was found. Allow more with --time-limit."))
        if self.complete and not self.others:
            return _("No other plan within the slack gives or leaves anybody other numbers: that is proven.")
        if self.complete:
            return _("Other plans: {count}. Any further plan within the slack owns the same as one of these.").format(
                count=len(self.others)
            )
        return _("Other plans: {count}. There may be more.").format(count=len(self.others))

    def said(self) -> Iterator[RenderableType]:
        """What was asked, and whether there are more."""
        scenario = self.best.scenario
        yield line(f"{scenario.problem.county} · {scenario}", "bold")
        yield from made_up(scenario.problem.county)
        yield line(self.state, "green" if self.best.proven else "yellow")
        if self.plans and not self.best.proven:
            yield line(_("NOT PROVEN: plan 0 may not be the best, and the slack is counted from it."), "yellow")

    def tables(self) -> list[Table]:
        """How the plans do, and by which holders they differ."""
        return [*self._plans(), *self._holders()]

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance alternatives` says."""
        yield from self.said()
        yield from map(on_screen, self.tables())

    def to_json(self) -> dict[str, Any]:
        """The answer as plain data, as `rebalance alternatives --json` prints it."""
        others = [
            {"distance": one.distance, "proven": one.proven, "values": [written_value(each) for each in one.values]}
            for one in self.others
        ]
        return {
            "scenario": self.best.scenario.name,
            "complete": self.complete,
            "ending": self.ending.value,
            "goals": [goal_name(goal) for goal in self.best.scenario.goals],
            "best": {"proven": self.best.proven, "values": [written_value(one.value) for one in self.best.goals]},
            "others": others,
            "differing": [
                {"holder": holder, "category": category, "owned": list(sizes)}
                for (holder, category), sizes in self.differing().items()
            ],
            "seconds": round(self.seconds, 3),
        }

    @shows(PlanGoalRow)
    def reached(self) -> DataFrame:
        """What every goal comes to in every plan."""
        goals = self.best.scenario.goals
        rows = (
            PlanGoalRow(number, rank, goal_name(goal), found, value(goal, found))
            for number, plan in enumerate(self.plans)
            for rank, (goal, found) in enumerate(((goal, goal.measure(plan)) for goal in goals), 1)
        )
        return frame(PlanGoalRow, rows)

    @shows(PlanHolderRow)
    def positions(self) -> DataFrame:
        """What distinguishes the plans: holders and categories of which they do not own the same at the end."""
        authorised = self.best.scenario.problem.authorised
        rows = (
            PlanHolderRow(number, *account, authorised(*account), size)
            for account, sizes in self.differing().items()
            for number, size in enumerate(sizes)
        )
        return frame(PlanHolderRow, rows)

    def _plans(self) -> Iterator[Table]:
        """A plan a column."""
        if not self.plans:
            return
        best = tuple(result.value for result in self.best.goals)
        values = [best, *(other.values for other in self.others)]
        rows: list[tuple[Cell, ...]] = [
            (titled(goal), *(_reached(goal, each[number]) for each in values))
            for number, goal in enumerate(self.best.scenario.goals)
        ]
        rows.append((_("distance to the nearest before"), None, *(other.distance for other in self.others)))
        rows.append((_("as far as can be"), None, *(other.proof for other in self.others)))
        yield sheet(_("Plans"), (_("goal"), *self._numbers()), rows)

    def _holders(self) -> Iterator[Table]:
        """A holder a row."""
        problem, differing = self.best.scenario.problem, self.differing()
        if not differing:
            return
        rows: list[tuple[Cell, ...]] = [
            (problem.name(holder), problem.name(category), problem.authorised(holder, category), *sizes)
            for (holder, category), sizes in differing.items()
        ]
        title = _("What distinguishes them: positions owned in {year}").format(year=problem.last)
        yield sheet(title, (_("holder"), _("category"), _("today"), *self._numbers()), rows, figures=2)

    def _numbers(self) -> tuple[str, ...]:
        return tuple(_("plan {number}").format(number=number) for number in range(len(self.plans)))


def _reached(goal: Goal, found: Value | None) -> Figure:
    plain = written_value(found)
    return Figure(plain if isinstance(plain, int | str) else str(plain), value(goal, found))
