"""A rule that one plan has to keep whatever happens: in every case, with the books of that case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from rebalance.model.finding import Finding, Place
from rebalance.model.linear import Constraint
from rebalance.model.model import Model
from rebalance.model.plan import Plan, plan_of
from rebalance.problem.problem import Problem
from rebalance.rules import AboutRule, Rule, about

Terms = frozenset[tuple[int, int]]


@dataclass(frozen=True)
class InEveryCase:
    """What a rule says, said of the same decisions in every case: as many may retire, and as much may be to do.

    Most of what a rule says is the same in most cases, and is required once.
    """

    rule: Rule
    name: str
    cases: tuple[Problem, ...]
    tables: ClassVar[tuple[str, ...]] = ()

    @property
    def source(self) -> str:
        """Where the rule comes from."""
        return self.rule.source

    @property
    def law(self) -> bool:
        """Whether the rule is law."""
        return self.rule.law

    def about(self) -> AboutRule:
        """What is said about the rule."""
        return about(self.rule, self.name)

    def post(self, model: Model) -> None:
        """Require of the decisions what the rule requires in any case."""
        said = Said()
        for case in self.cases:
            view = model.copy()
            self.rule.post(view.seen_as(case))
            said.add_to(model, view)

    def check(self, plan: Plan) -> Iterator[Finding]:
        """What the rule finds in each case, the books being kept with its figures."""
        for case in self.cases:
            yield from self.rule.check(plan_of(case, plan.decided))

    def explain(self, problem: Problem, place: Place) -> str:
        """The rule's own words."""
        return self.rule.explain(problem, place)


@dataclass(slots=True)
class Said:
    """What has been required so far: of a sum of decisions the tightest bounds; of all else, how it was put."""

    bounds: dict[Terms, tuple[int | None, int | None]] = field(default_factory=dict)
    put: set[tuple[object, ...]] = field(default_factory=set)

    def add_to(self, model: Model, view: Model) -> None:
        """Let the model have what its copy says beyond it, unless that has been said."""
        known = len(model.variables)
        variables = view.variables[known:]
        new = view.requirements[len(model.requirements) :]
        plain = [one for one in new if max(one.constraint.terms, default=0) < known]
        linked = [one for one in new if max(one.constraint.terms, default=0) >= known]
        ends = tuple((one.name, one.least, one.most) for one in variables)
        put = (ends, *(_put(one.constraint, known) for one in linked))
        if variables and put not in self.put:
            self.put.add(put)
            model.variables += variables
            model.requirements += linked
            model.strengths.update(view.strengths)
        model.requirements += [one for one in plain if self._tighter(one.constraint)]

    def _tighter(self, constraint: Constraint) -> bool:
        """Whether a constraint asks for more than has been asked of the same sum; if so it is noted."""
        terms = frozenset(constraint.terms.items())
        if terms not in self.bounds:
            self.bounds[terms] = (constraint.at_least, constraint.at_most)
            return True
        least, most = self.bounds[terms]
        lower = _larger(least, constraint.at_least)
        upper = _smaller(most, constraint.at_most)
        self.bounds[terms] = (lower, upper)
        return (lower, upper) != (least, most)


def _larger(one: int | None, other: int | None) -> int | None:
    return max((n for n in (one, other) if n is not None), default=None)


def _smaller(one: int | None, other: int | None) -> int | None:
    return min((n for n in (one, other) if n is not None), default=None)


def _put(constraint: Constraint, known: int) -> tuple[object, ...]:
    """How a constraint is put, the new variables being numbered from the first of them."""
    terms = ((index if index < known else known - 1 - index, factor) for index, factor in constraint.terms.items())
    return (frozenset(terms), constraint.at_least, constraint.at_most)
