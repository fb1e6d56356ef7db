"""Outcomes side by side: what was asked differently, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rebalance.analysis.cases import Answered, Case
from rebalance.analysis.measures import Value, figure_name, measures, of_townships, of_units
from rebalance.goals.canonical import Canonical
from rebalance.goals.goal import Goal, better
from rebalance.goals.stay_close import StayClose, close_to
from rebalance.model.plan import Plan
from rebalance.plans.outcome import Outcome
from rebalance.scenario.inputs import Input, inputs
from rebalance.scenario.scenario import Scenario

Figures = Callable[[Plan], Mapping[tuple[str, str], Value]]


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of every outcome (None: no plan, or no such thing there); of a goal, or of a holder, or of the whole.

    `id` is what programs call it, `name` what people do.
    """

    name: str
    values: tuple[Value | None, ...]
    holder: str = ""
    goal: Goal | None = None
    id: str = ""

    @property
    def differs(self) -> bool:
        """Whether not all are the same."""
        return any(value != self.values[0] for value in self.values[1:])


@dataclass(frozen=True)
class Comparison:
    """Everything about some outcomes, in their order; `dominated` has pairs (the worse one, the better one)."""

    names: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    inputs: tuple[Input, ...]
    goals: tuple[Row, ...]
    measures: tuple[Row, ...]
    townships: tuple[Row, ...]
    units: tuple[Row, ...]
    dominated: tuple[tuple[str, str], ...]

    @property
    def alike(self) -> bool:
        """Whether nothing differs, neither in what was asked nor in what came of it."""
        rows = (*self.goals, *self.measures, *self.townships, *self.units)
        endings = {outcome.ending for outcome in self.outcomes}
        same = not any(one.differs for one in self.inputs) and not any(row.differs for row in rows)
        return same and len(endings) == 1

    @property
    def unproven(self) -> tuple[str, ...]:
        """Those with a plan of which it is not known whether it is the best."""
        pairs = zip(self.names, self.outcomes, strict=True)
        return tuple(name for name, outcome in pairs if outcome.plan is not None and not outcome.proven)


def compare(outcomes: Sequence[Outcome]) -> Comparison:
    """Set outcomes side by side; the first is the one the others are compared with."""
    names = distinct([str(outcome.scenario) for outcome in outcomes])
    plans = [outcome.plan for outcome in outcomes]
    return Comparison(
        names,
        tuple(outcomes),
        tuple(inputs([outcome.scenario for outcome in outcomes])),
        tuple(Row("", _each(goal.measure, plans), goal=goal) for goal in _goals(outcomes)),
        tuple(Row(measure.name, _each(measure.of, plans), id=measure.id) for measure in measures()),
        tuple(_by_holder(of_townships, plans)),
        tuple(_by_holder(of_units, plans)),
        tuple(_dominated(names, outcomes)),
    )


def distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Names that tell one from another: those that repeat get a number."""
    found: list[str] = []
    for name in names:
        number, label = 2, name
        while label in found:
            label, number = f"{name} ({number})", number + 1
        found.append(label)
    return tuple(found)


def _goals(outcomes: Sequence[Outcome]) -> list[Goal]:
    """Every goal that any of them has, once."""
    found: list[Goal] = []
    for outcome in outcomes:
        found += [goal for goal in outcome.scenario.goals if goal not in found]
    return found


def _each(figure: Callable[[Plan], Value], plans: Sequence[Plan | None]) -> tuple[Value | None, ...]:
    return tuple(None if plan is None else figure(plan) for plan in plans)


def _by_holder(figures: Figures, plans: Sequence[Plan | None]) -> Iterator[Row]:
    found = [{} if plan is None else figures(plan) for plan in plans]
    for holder, figure in dict.fromkeys(key for one in found for key in one):
        yield Row(figure_name(figure), tuple(one.get((holder, figure)) for one in found), holder, id=figure)


def _dominated(names: Sequence[str], outcomes: Sequence[Outcome]) -> Iterator[tuple[str, str]]:
    """Each outcome to which another is at least equal in every goal that all have, and better in one."""
    planned = [(name, outcome) for name, outcome in zip(names, outcomes, strict=True) if outcome.plan is not None]
    goals = [
        goal
        for goal in (outcomes[0].scenario.goals if outcomes else ())
        if not isinstance(goal, Canonical) and all(goal in outcome.scenario.goals for outcome in outcomes)
    ]
    for name, outcome in planned:
        rival = next((other for other, one in planned if _beats(one, outcome, goals)), None)
        if rival is not None:
            yield name, rival


def _beats(one: Outcome, other: Outcome, goals: Sequence[Goal]) -> bool:
    if one.plan is None or other.plan is None:
        return False
    values = [(goal.measure(one.plan), goal.measure(other.plan)) for goal in goals]
    return any(better(mine, theirs) for mine, theirs in values) and not any(
        better(theirs, mine) for mine, theirs in values
    )


def close(scenario: Scenario, reference: Plan) -> Scenario:
    """The scenario with one more goal, after all that choose: as near as can be to the reference."""
    goal, accounts = close_to(reference), set(scenario.problem.accounts)
    return scenario.but(replace(goal, to=tuple(row for row in goal.to if (row.holder, row.category) in accounts)))


def as_asked(outcome: Outcome, scenario: Scenario) -> Outcome:
    """What came of a scenario so changed, under the scenario as it was: the goal that only settled ties left out."""
    pairs = zip(outcome.scenario.goals, outcome.goals, strict=False)
    goals = tuple(result for goal, result in pairs if goal in scenario.goals or not isinstance(goal, StayClose))
    return replace(outcome, scenario=scenario, goals=goals)


Solving = Callable[[Sequence[Case]], Iterable[tuple[int, Answered]]]
"""Solves cases, and gives each answer with the number of its case."""


@dataclass(frozen=True)
class Gathered:
    """The outcomes by their number among what was asked for, and the answers that are none."""

    outcomes: dict[int, Outcome]
    failed: tuple[Answered, ...]

    @property
    def in_order(self) -> list[Outcome]:
        """The outcomes as they were asked for."""
        return [self.outcomes[number] for number in sorted(self.outcomes)]


def gathered(those: Sequence[Scenario | Outcome], solving: Solving, limit: float | None) -> Gathered:
    """The outcome of each; each scenario may take `limit` seconds."""
    outcomes = {number: one for number, one in enumerate(those) if isinstance(one, Outcome)}
    left = {number: one for number, one in enumerate(those) if isinstance(one, Scenario)}
    failed: list[Answered] = []
    for place, answer in solving([Case(one.name, one, limit) for one in left.values()]):
        if answer.outcome is None:
            failed.append(answer)
        else:
            outcomes[list(left)[place]] = answer.outcome
    return Gathered(outcomes, tuple(failed))


def gathered_close(those: Sequence[Scenario | Outcome], solving: Solving, limit: float | None) -> Gathered:
    """The same, what the goals leave open settled as close to the first plan as can be.

    Where the first has no plan, nothing else is solved.
    """
    first = gathered(those[:1], solving, limit)
    reference = first.outcomes[0].plan if first.outcomes else None
    if reference is None:
        return first
    near = [close(one, reference) if isinstance(one, Scenario) else one for one in those[1:]]
    rest = gathered(near, solving, limit)
    found = {number + 1: as_asked(one, scenario_of(those[number + 1])) for number, one in rest.outcomes.items()}
    return Gathered(first.outcomes | found, first.failed + rest.failed)


def scenario_of(one: Scenario | Outcome) -> Scenario:
    """What was asked."""
    return one.scenario if isinstance(one, Outcome) else one
