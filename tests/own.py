"""A rule and a goal as somebody might write them for one county: not ours, but of the same shape."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from rebalance.county.columns import Ref
from rebalance.goals.goal import Minimise
from rebalance.model.finding import Finding, Place
from rebalance.model.linear import total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem


@dataclass(frozen=True)
class AtMostEach:
    """No township receives more than so many positions in all years together."""

    most: int
    source: str = ""
    law: bool = False
    tables: ClassVar[tuple[str, ...]] = ()

    def post(self, model: Model) -> None:
        """The sum of what each receives."""
        problem = model.problem
        for township in problem.townships:
            received = total(model.added(township, c, y) for c in problem.held[township] for y in problem.years)
            model.add(received <= self.most, Place(township))

    def check(self, plan: Plan) -> Iterator[Finding]:
        """What each owns at the end beyond today."""
        problem = plan.problem
        for township in problem.townships:
            ends = ((plan.owned(township, c, y) for c in problem.held[township]) for y in (problem.last, problem.today))
            last, today = map(sum, ends)
            yield Finding(Place(township), last - today, at_most=self.most)

    def explain(self, problem: Problem, place: Place) -> str:
        """The limit of one township."""
        return f"{problem.name(place.holder)} receives at most {self.most}."


@dataclass(frozen=True)
class SpareOne:
    """One unit gives as little as possible."""

    unit: Annotated[str, Ref("unit")]

    def aim(self, model: Model) -> Minimise:
        """Everything it gives."""
        problem = model.problem
        return Minimise(total(model.cut(self.unit, c, y) for c in problem.held[self.unit] for y in problem.years))

    def measure(self, plan: Plan) -> int:
        """Today's size less that of the end."""
        problem = plan.problem
        return sum(
            plan.owned(self.unit, c, problem.today) - plan.owned(self.unit, c, problem.last)
            for c in problem.held[self.unit]
        )

    def explain(self) -> str:
        """The goal in words."""
        return f"{self.unit} gives as little as possible."


class Nothing:
    """Neither a rule nor a goal."""
