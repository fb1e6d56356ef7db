"""Share positions out in proportion to a figure of the townships, in whole numbers: exact divisor methods."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import isqrt, lcm
from typing import Annotated

from rebalance.county.columns import Ref
from rebalance.goals.goal import ALWAYS, BARE, AboutGoal, Leximin, LeximinVector, Ratio, Scale, leximin_vector
from rebalance.model.linear import total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem
from rebalance.text import _


class Figure(StrEnum):
    """What the shares are in proportion to."""

    POPULATION = "population"
    AREA = "area_km2"
    GDP = "gdp"
    REVENUE = "revenue"
    VILLAGES = "villages"


class Method(StrEnum):
    """How whole numbers are compared with a proportional share."""

    WEBSTER = "webster"
    HUNTINGTON_HILL = "huntington_hill"


@dataclass(frozen=True, slots=True)
class Webster:
    """A holder of a positions is next in line at 2a + 1."""

    def serves(self, amount: int) -> int:
        """The odd number."""
        return 2 * amount + 1

    def needs(self, numerator: int) -> int:
        """The fewest positions that come to it."""
        return max(0, -(-(numerator - 1) // 2))


@dataclass(frozen=True, slots=True)
class HuntingtonHill:
    """A holder of a positions is next in line at a(a + 1), compared with the square of its figure."""

    def serves(self, amount: int) -> int:
        """The product."""
        return amount * (amount + 1)

    def needs(self, numerator: int) -> int:
        """The fewest positions that come to it."""
        near = isqrt(max(0, numerator))
        return near if near * (near + 1) >= numerator else near + 1


@dataclass(frozen=True)
class InProportion:
    """What townships own at the end, in proportion to their `figure`, as nearly as whole numbers allow.

    Leximin of who is next in line, for a township with a positions and the figure p:

        webster           (2a + 1) / p
        huntington_hill   a (a + 1) / p²

    With nothing else in force this is the divisor method of that name. With other rules in force, leximin and the
    least sum of squares can differ; leximin is what is meant here. Townships without the figure are left out. The
    figures stand in `townships.population`, `townships.area_km2`, `townships.gdp`, `townships.revenue` and
    `townships.villages`.

    Attributes:
        figure: what the shares are in proportion to
        method: how whole numbers are compared with a proportional share
        category: only positions of this category; none named: of all together

    References:
        M. L. Balinski and H. P. Young, Fair Representation (1982): divisor methods.
    """

    figure: Figure = Figure.POPULATION
    method: Method = Method.WEBSTER
    category: Annotated[str, Ref("category")] = ""

    def about(self) -> AboutGoal:
        """The title, and that a level is no percentage."""
        return AboutGoal(_("In proportion"), BARE, level=str)

    def aim(self, model: Model) -> Leximin:
        """A ratio for each township with the figure."""
        last = model.problem.last
        return Leximin(
            tuple(
                Ratio(
                    total(model.owned(t, c, last) for c in self._categories(model.problem)),
                    ((whole, ALWAYS),),
                    scale=self._scale,
                )
                for t, whole in self._wholes(model.problem).items()
            )
        )

    def measure(self, plan: Plan) -> LeximinVector:
        """The same ratios, on the plan."""
        last, categories = plan.problem.last, self._categories(plan.problem)
        owned = {t: sum(plan.owned(t, c, last) for c in categories) for t in plan.problem.townships}
        wholes = self._wholes(plan.problem)
        return leximin_vector(
            (Fraction(self._scale.serves(owned[t]), whole) for t, whole in wholes.items()), None, None
        )

    def explain(self) -> str:
        """The goal in words."""
        return _("Townships own positions in proportion to a figure of theirs, as nearly as whole numbers allow.")

    @property
    def _scale(self) -> Scale:
        return Webster() if self.method is Method.WEBSTER else HuntingtonHill()

    def _categories(self, problem: Problem) -> tuple[str, ...]:
        return (self.category,) if self.category else problem.categories

    def _wholes(self, problem: Problem) -> dict[str, int]:
        """The figures in whole multiples of their common step; squared where the method compares squares."""
        found = {t: getattr(row, self.figure.value) for t, row in problem.township.items()}
        exact = {t: Fraction(Decimal(figure)) for t, figure in found.items() if figure}
        step = lcm(*(figure.denominator for figure in exact.values()))
        power = 1 if self.method is Method.WEBSTER else 2
        return {t: int(figure * step) ** power for t, figure in exact.items()}
