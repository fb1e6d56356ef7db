"""The search for prices: limits that leave the same things to decide are asked about in one model together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from rebalance.analysis.effect import Effect
from rebalance.analysis.marginal import Choice, Thing, marginal_units
from rebalance.analysis.price import Price
from rebalance.analysis.questions import effect
from rebalance.analysis.variability import Steps
from rebalance.analysis.what_if import WhatIf
from rebalance.goals.goal import Value
from rebalance.model.finding import Place
from rebalance.model.linear import Constraint, Linear, total
from rebalance.model.linear_model import NamedConstraint
from rebalance.model.model import Model
from rebalance.plans.audit import Audit
from rebalance.scenario.scenario import Scenario
from rebalance.solver.engine import as_far_as_it_came
from rebalance.solver.lexicographic import model_of
from rebalance.solver.relaxable import Instance, RelaxableLimit, Without, relaxable_limits, rows

Spot = tuple[str, Place]

Sum = frozenset[tuple[int, int]]

Bounded = Mapping[Sum, int]
"""The most that each of several sums may come to."""


def choices(scenario: Scenario, relaxables: Sequence[RelaxableLimit]) -> Iterator[Choice[RelaxableLimit]]:
    """One choice among all limits that leave the same things to decide; of any other, that or nothing."""

    def alone(relaxable: RelaxableLimit) -> Model:
        return model_of(relaxable.moved(scenario, 1))

    offer = Offer(model_of(scenario))
    for relaxable in relaxables:
        model = alone(relaxable)
        if not offer.takes(relaxable, model):
            yield Choice(model, {relaxable: Linear(constant=1)}, alone)
    if offer.done:
        yield Choice(offer.drafted(), offer.done, alone)


class Offer:
    """A model, and what each of some limits would change in it."""

    def __init__(self, model: Model) -> None:
        """Begin with the model as it is."""
        self.model = model
        self.as_is = _said(model.requirements)
        self.own = list(model.variables)
        self.done: dict[RelaxableLimit, Linear] = {}
        self.changes: dict[Spot, dict[RelaxableLimit, Bounded]] = defaultdict(dict)
        self.wider: dict[int, dict[RelaxableLimit, int]] = defaultdict(dict)

    def takes(self, relaxable: RelaxableLimit, moved: Model) -> bool:
        """Take a limit in, if the model in which it is moved is about the same variables from the same least on."""
        if [(one.name, one.least) for one in moved.variables] != [(one.name, one.least) for one in self.own]:
            return False
        for index, (before, after) in enumerate(zip(self.own, moved.variables, strict=True)):
            if before.most != after.most:
                self.wider[index][relaxable] = after.most
        said = _said(moved.requirements)
        for spot in {**self.as_is, **said}:
            if self.as_is.get(spot) != said.get(spot):
                self.changes[spot][relaxable] = _bounded(said.get(spot, ()))
        self.done[relaxable] = self.model.variable(("moved", len(self.done)), 0, 1)
        return True

    def drafted(self) -> Model:
        """The model in which at most one of them is moved."""
        model = self.model
        model.define(total(self.done.values()) <= 1)
        for index, ends in self.wider.items():
            most = model.variables[index].most
            model.variables[index] = replace(model.variables[index], most=max(most, *ends.values()))
            model.define(Linear({index: 1}) <= self._either(most, ends))
        model.requirements = [one for one in model.requirements if (one.rule, one.place) not in self.changes]
        for (rule, place), changed in self.changes.items():
            as_is = _bounded(self.as_is.get((rule, place), ()))
            for terms in dict.fromkeys(key for bounded in (as_is, *changed.values()) for key in bounded):
                model.requirements.append(NamedConstraint(self._statement(terms, as_is, changed), rule, place))
        return model

    def _statement(self, terms: Sum, as_is: Bounded, changed: Mapping[RelaxableLimit, Bounded]) -> Constraint:
        """A sum within its bound, whichever limit is moved; where it has none, within what it can be at all."""
        amount = Linear(dict(terms))
        free = self.model.bounds(amount)[1]
        ends = {relaxable: bounded.get(terms, free) for relaxable, bounded in changed.items()}
        return amount <= self._either(as_is.get(terms, free), ends)

    def _either(self, as_is: int, ends: Mapping[RelaxableLimit, int]) -> Linear:
        return total((as_is, *(self.done[relaxable] * (end - as_is) for relaxable, end in ends.items())))


def _said(requirements: Sequence[NamedConstraint]) -> dict[Spot, list[Constraint]]:
    said: dict[Spot, list[Constraint]] = defaultdict(list)
    for one in requirements:
        said[one.rule, one.place].append(one.constraint)
    return dict(said)


def _bounded(constraints: Sequence[Constraint]) -> Bounded:
    """What statements say, sum by sum; of two about the same, the tighter."""
    found: dict[Sum, int] = {}
    for terms, most in (row for constraint in constraints for row in rows(constraint)):
        key = frozenset(terms.items())
        found[key] = min(most, found.get(key, most))
    return found


UNKNOWN = Effect(possible=None)
"""There was no time to find out."""


@dataclass(frozen=True)
class Pricing:
    """A plan, asked what everything that bounds it is worth."""

    asking: WhatIf
    checks: Audit
    progress: Steps = lambda _done, _of: None

    def prices(self) -> tuple[Price, ...]:
        """Everything, the largest effect first."""
        scenario = self.asking.scenario
        tight = tight_limits(scenario, self.checks)
        count = len(scenario.problem.categories) + len(tight)
        found: dict[str | RelaxableLimit, Effect] = {}
        positions = self._priced(marginal_units(scenario))
        limits = chain.from_iterable(self._priced(choice) for choice in choices(scenario, list(tight)))
        every: Iterator[tuple[str | RelaxableLimit, Effect]] = chain(positions, limits)
        with as_far_as_it_came(self.asking.clock):
            for of, one in every:
                found[of] = one
                self.progress(len(found), count)
        prices = (Price(of, one, tight.get(of, ()) if not isinstance(of, str) else ()) for of, one in found.items())
        return tuple(sorted(prices, key=self._rank, reverse=True))

    def _priced(self, choice: Choice[Thing]) -> Iterator[tuple[Thing, Effect]]:
        """What each is worth; whatever no goal gains by is settled together with the others like it."""
        nothing = dict.fromkeys(choice.done)
        for of, rank in self.asking.gains(choice):
            del nothing[of]
            yield of, UNKNOWN if rank is None else effect(self.asking, self.asking.loosened(choice.alone(of), rank))
        yield from ((of, Effect(possible=True, settled=self.asking.proven)) for of in nothing)

    def _rank(self, price: Price) -> tuple[object, ...]:
        """How good every goal would be, the first goals deciding."""
        after = {change.rank: change.after for change in price.effect.changes}
        known = enumerate(self.asking.values, 1)
        return tuple(_merit(after.get(rank, value)) for rank, value in known)


def tight_limits(scenario: Scenario, checks: Audit) -> dict[RelaxableLimit, tuple[Instance, ...]]:
    """Every number that keeps a plan from being otherwise somewhere, with the places; never of a rule that is law."""
    members = [(rule, found.place) for rule, found in checks.tight if not scenario.rules[rule].law]
    places: dict[RelaxableLimit, list[Instance]] = {}
    for instance, several in relaxable_limits(scenario, members).items():
        for relaxable in several:
            if not isinstance(relaxable, Without):
                places.setdefault(relaxable, []).append(instance)
    return {relaxable: tuple(where) for relaxable, where in places.items()}


def _merit(value: Value) -> tuple[object, ...]:
    """The larger the better: an amount is to be small, a profile to have few at its low levels."""
    if isinstance(value, int):
        return (-value,)
    return (*((level, -count) for level, count in value), (float("inf"), 0))
