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
    """A holder of a positions is next in line at `times` · a(a + 1), compared with a multiple of its figure's square.

    Of a holder of none that would be nothing, whatever its figure; it stands at `none` instead, below every other.
    """

    none: int
    times: int

    def serves(self, amount: int) -> int:
        """The product, or what stands for it."""
        return self.times * amount * (amount + 1) if amount else self.none

    def needs(self, numerator: int) -> int:
        """The fewest positions that come to it."""
        if numerator <= self.none:
            return 0
        product = -(-numerator // self.times)
        near = isqrt(product)
        return near if near and near * (near + 1) >= product else near + 1


@dataclass(frozen=True)
class InProportion:
    """What townships own at the end, in proportion to their `figure`, as nearly as whole numbers allow.

    Leximin of who is next in line, for a township with a positions and the figure p:

        webster           (2a + 1) / p
        huntington_hill   a (a + 1) / p²; where a = 0, (s / P)² / p², with s the smallest and P the largest figure

    With nothing else in force this is the divisor method of that name. Where there are fewer positions than townships,
    Huntington–Hill has every township without one at the front of the line, all at nothing: the first positions go to
    the largest, as in published tables. So they stand at a key that is below that of everybody with a position, and
    lower the larger they are. With other rules in force, leximin and the least sum of squares can differ; leximin is
    what is meant here. Townships without the figure are left out. The
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
        figures = self._figures(model.problem)
        if self.method is Method.WEBSTER:
            return Leximin(tuple(self._ratio(model, t, p, Webster()) for t, p in figures.items()))
        smallest, largest = min(figures.values(), default=1), max(figures.values(), default=1)
        scale = HuntingtonHill(smallest**2, largest**2)
        return Leximin(tuple(self._ratio(model, t, (p * largest) ** 2, scale) for t, p in figures.items()))

    def _ratio(self, model: Model, township: str, whole: int, scale: Scale) -> Ratio:
        owned = total(model.owned(township, c, model.problem.last) for c in self._categories(model.problem))
        return Ratio(owned, ((whole, ALWAYS),), scale=scale)

    def measure(self, plan: Plan) -> LeximinVector:
        """The keys, on the plan."""
        last, categories = plan.problem.last, self._categories(plan.problem)
        figures = self._figures(plan.problem)
        keys = []
        for township, figure in figures.items():
            owned = sum(plan.owned(township, category, last) for category in categories)
            if self.method is Method.WEBSTER:
                keys.append(Fraction(owned + owned + 1, figure))
            elif owned:
                keys.append(Fraction(owned, figure) * Fraction(owned + 1, figure))
            else:
                keys.append((Fraction(min(figures.values()), max(figures.values())) / figure) ** 2)
        return leximin_vector(keys, None, None)

    def explain(self) -> str:
        """The goal in words."""
        return _("Townships own positions in proportion to a figure of theirs, as nearly as whole numbers allow.")

    def _categories(self, problem: Problem) -> tuple[str, ...]:
        return (self.category,) if self.category else problem.categories

    def _figures(self, problem: Problem) -> dict[str, int]:
        """The figures in whole multiples of their common step."""
        found = {t: getattr(row, self.figure.value) for t, row in problem.township.items()}
        exact = {t: Fraction(Decimal(figure)) for t, figure in found.items() if figure}
        step = lcm(*(figure.denominator for figure in exact.values()))
        return {t: int(figure * step) for t, figure in exact.items()}
