"""How high the shares of a leximin goal might get: the levels of the linear relaxation, from the worst up.

With parts of positions allowed, raising the worst share first takes a few linear programmes, each warm from the one
before: those at the level found that hold it down are left there, and the others are raised further. Most of these
levels are attained, or nearly, by whole positions. They are floats, and only say where to look.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import floor, gcd, inf, isclose

from ortools.math_opt.python import mathopt
from ortools.util.python.solve_interrupter import SolveInterrupter

from rebalance.goals.goal import Leximin, Ratio, Steps
from rebalance.model.finding import Place
from rebalance.model.linear import Constraint, Linear, total
from rebalance.model.model import Model
from rebalance.solver.engine import Clock, aside
from rebalance.solver.leximin import tops
from rebalance.solver.narrowed import Narrowed

LEVELS = 40
"""So many levels are worked out; the shares above stay at the last of them."""

STEEPEST, HEAVIEST = 64, 10**8
"""So many times a level outweighs the next higher one, where the lowest does not weigh more than that in all."""

ZERO = 1e-7
"""A price that is nearer to nothing is nothing."""

ALIKE = 1e-6
"""Levels that are nearer to each other are the same."""


@dataclass(frozen=True, slots=True)
class Guide:
    """What a leximin goal comes to in the linear relaxation of a model.

    Attributes:
        levels: how high each ratio gets, as far as it is known
        values: one value per variable, rounded: no plan, but hardly ever far from a good one
    """

    levels: tuple[float | None, ...]
    values: list[int]

    def shortage(self, model: Model, aim: Leximin) -> Linear:
        """By how much amounts fall short of their levels; the variables for that are added to the model."""
        short: list[Linear] = []
        ranks = sorted({level for level in self.levels if level is not None}, reverse=True)
        steep = min(STEEPEST, int(HEAVIEST ** (1 / max(1, len(ranks) - 1))))
        for ratio, level in zip(aim.ratios, self.levels, strict=True):
            if level is None:
                continue
            for whole, present in ratio.wholes:
                weight = steep ** ranks.index(level)
                needed = _attainable(ratio, floor(level * whole + ALIKE))
                missing = model.variable(("short", len(short)), 0, max(0, needed))
                model.add(ratio.amount + missing >= needed * present, Place())
                model.add(missing >= (present - ratio.active) * needed, Place())
                short.append(missing * weight)
        return total(short)

    def alike(self, other: Guide, depth: int) -> bool:
        """Whether the lowest levels are the same."""
        ours, theirs = (sorted(level for level in one.levels if level is not None) for one in (self, other))
        return all(
            isclose(mine, yours, abs_tol=ALIKE) for mine, yours in zip(ours[:depth], theirs[:depth], strict=True)
        )


def _attainable(ratio: Ratio, numerator: int) -> int:
    """The largest amount that its coefficients allow and that comes to no more than a numerator."""
    step, constant = gcd(*ratio.amount.terms.values()) or 1, ratio.amount.constant
    return constant + (numerator // ratio.scale.serves(1) - constant) // step * step


@dataclass(slots=True)
class Relaxation:
    """The linear programme: the lowest share of those not yet settled, as high as can be."""

    model: Model
    aim: Leximin
    clock: Clock
    programme: mathopt.Model = field(default_factory=mathopt.Model)
    variables: list[mathopt.Variable] = field(default_factory=list)

    def guide(self, most: int = LEVELS) -> Guide | None:
        """The levels; None where there is nothing to guide, or no time."""
        level = self._level()
        held = {
            number: self._above(level, ratio) for number, ratio in enumerate(self.aim.ratios) if self._linear(ratio)
        }
        if not held:
            return None
        self.programme.maximize(level)
        solver = mathopt.IncrementalSolver(self.programme, mathopt.SolverType.GLOP)
        ends = [float(top) for top in tops(self.model, self.aim.ratios)]
        found: dict[int, float] = {}
        reached, values = -inf, list[float]()
        most = min(most, self.aim.depth or most)
        while held and most:
            result = self._solved(solver, [row for rows in held.values() for row in rows])
            if result is None:
                break
            before, reached, values = reached, result.objective_value(), result.variable_values(self.variables)
            most = 0 if reached <= before else most - 1  # where so many are stuck one by one, floats stop rising
            priced = {number: result.dual_values(rows) for number, rows in held.items()}
            stuck = [
                number
                for number, prices in priced.items()
                if ends[number] <= reached + ALIKE or any(abs(price) > ZERO for price in prices)
            ]
            if not stuck or not most or (self.aim.enough is not None and reached >= self.aim.enough - ALIKE):
                stuck = list(held)
            for number in stuck:
                found[number] = reached
                self._leave(level, held.pop(number), reached)
        if not values:
            return None
        return Guide(tuple(map(found.get, range(len(self.aim.ratios)))), [round(value) for value in values])

    def _level(self) -> mathopt.Variable:
        """Say in floats what the model requires; the variable is the lowest share."""
        narrowed = Narrowed(self.model)
        ends = zip(narrowed.least, narrowed.most, strict=True)
        self.variables += [self.programme.add_variable(lb=least, ub=most) for least, most in ends]
        for constraint in narrowed.constraints:
            self._add(constraint)
        enough = self.aim.enough
        return self.programme.add_variable(lb=-inf, ub=inf if enough is None else float(enough))

    def _add(self, constraint: Constraint) -> None:
        least, most = constraint.at_least, constraint.at_most
        self.programme.add_linear_constraint(
            lb=-inf if least is None else least,
            ub=inf if most is None else most,
            expr=self._sum(Linear(constraint.terms)),
        )

    def _sum(self, amount: Linear) -> mathopt.LinearSum:
        return mathopt.fast_sum([self.variables[index] * factor for index, factor in amount.terms.items()])

    def _linear(self, ratio: Ratio) -> bool:
        """Whether a share can be spoken of in a linear programme."""
        sometimes = len(ratio.wholes) > 1 or any(present.terms for _whole, present in ratio.wholes)
        known = not ratio.moving.terms and isinstance(ratio.scale, Steps)
        return known and not (sometimes and self.aim.enough is None)

    def _above(self, level: mathopt.Variable, ratio: Ratio) -> list[mathopt.LinearConstraint]:
        """The share is no lower than the level, in whichever case is present."""
        rows = []
        for whole, present in ratio.wholes:
            spare = Linear() if self.aim.enough is None else (1 - present) * (whole * -(-self.aim.enough // 1))
            amount = ratio.amount * ratio.scale.serves(1) + spare
            row = self._sum(amount) - level * whole >= -amount.constant
            rows.append(self.programme.add_linear_constraint(row))
        return rows

    def _leave(self, level: mathopt.Variable, rows: list[mathopt.LinearConstraint], reached: float) -> None:
        """Hold a share at the level reached, within what floats can tell."""
        for row in rows:
            whole = -row.get_coefficient(level)
            row.set_coefficient(level, 0)
            row.lower_bound += (reached - ALIKE / 1000) * whole

    def _solved(
        self, solver: mathopt.IncrementalSolver, priced: list[mathopt.LinearConstraint]
    ) -> mathopt.SolveResult | None:
        """The answer to the programme as it stands, with the prices of some rows, unless time is over before."""
        interrupter, wanted = (
            SolveInterrupter(),
            mathopt.ModelSolveParameters(
                dual_values_filter=mathopt.SparseVectorFilter(filtered_items=priced),
                reduced_costs_filter=mathopt.SparseVectorFilter(filtered_items=()),
            ),
        )
        if self.clock.over:
            return None
        result = aside(
            self.clock, lambda: solver.solve(interrupter=interrupter, model_params=wanted), interrupter.interrupt
        )
        solved = result is not None and result.termination.reason is mathopt.TerminationReason.OPTIMAL
        return result if solved else None
