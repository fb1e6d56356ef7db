"""The cheapest way out of what cannot be: the fewest numbers changed, and those by as little as possible.

Correction sets and conflicts are two sides of one thing: a set of changes is enough when it touches every conflict.
So the cheapest set that touches all conflicts known so far is tried with its numbers let go; where that is not
enough, there is one more conflict to know. How far each number has to move is then found by halving.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rebalance.analysis.relaxation import Relaxation
from rebalance.analysis.repair import Repair, Repairs
from rebalance.county.tables import TABLES
from rebalance.rules import RULES
from rebalance.scenario.scenario import Scenario
from rebalance.solver.conflict import HittingSets
from rebalance.solver.feasible import Feasible
from rebalance.solver.relaxable import Instance, RelaxableLimit, RuleNumber, Without, numbers, relaxable_limits
from rebalance.text import _, near_miss, quoted

UNWEIGHTED: Mapping[str, int] = {}


class UnknownWeightError(ValueError):
    """What a weight is given to is neither a rule nor a table, nor one of their numbers."""


def known_weights(scenario: Scenario, weights: Mapping[str, int]) -> Mapping[str, int]:
    """The same weights.

    Raises:
        UnknownWeightError: one is given to what no rule and no table is called.
    """
    known = {*RULES, *scenario.rules, *(table.name for table in TABLES)}
    for name in weights:
        if name.split(".")[0] not in known:
            message = _("no rule and no table has this name (got {value}).")
            raise UnknownWeightError(message.format(value=quoted(name)) + near_miss(name, sorted(known)))
    return weights


@dataclass(slots=True)
class CorrectionSets:
    """A search for repairs of a scenario that is not possible.

    `weights` say how many times a change of a rule, a table or one of their numbers counts (0: never to be touched).
    """

    scenario: Scenario
    feasible: Feasible
    weights: Mapping[str, int] = field(default_factory=lambda: UNWEIGHTED)
    _answers: dict[tuple[tuple[RelaxableLimit, int], ...], bool] = field(default_factory=dict)

    def repairs(self, most: int) -> Repairs:
        """Up to `most` repairs; all those that change as little as the first are weighed against each other."""
        tree: HittingSets[RelaxableLimit] = HittingSets(self.weight)
        found: list[Repair] = []
        for chosen in tree.sets():
            price = sum(map(self.weight, chosen))
            if self.feasible.over or (len(found) >= most and price > found[0].price[0]):
                break
            if self._possible(dict.fromkeys(chosen, None)):
                tree.enough.append(chosen)
                found.append(self._least(chosen))
            else:
                tree.clashes += self._conflict(chosen)
        cheapest = tuple(sorted(found, key=_rank))
        return Repairs(cheapest[:most], complete=not self.feasible.over and len(found) <= most)

    def weight(self, relaxable: RelaxableLimit) -> int:
        """How many times a change of this counts."""
        parts = relaxable.name.split(".")
        names = [".".join(parts[:end]) for end in range(len(parts), 0, -1)]
        return next((self.weights[name] for name in names if name in self.weights), 1)

    def _conflict(self, chosen: frozenset[RelaxableLimit]) -> list[tuple[RelaxableLimit, ...]]:
        """What else must be changed, one of these, where the chosen numbers are let go and it is still not possible."""
        relaxed = self._moved(dict.fromkeys(chosen, None))
        members = self.feasible.clash(relaxed)
        if members is None:
            return []
        known = self._limits(self.scenario, members) | self._limits(relaxed, members)
        return [tuple(relaxable for relaxable in known if relaxable not in chosen and self.weight(relaxable))]

    def _limits(self, scenario: Scenario, members: Sequence[Instance]) -> dict[RelaxableLimit, None]:
        """The relaxable limits of some instances that are numbers of the scenario as it was."""
        there = [member for member in members if member[0] in scenario.rules]
        found = (relaxable for several in relaxable_limits(scenario, there).values() for relaxable in several)
        return {relaxable: None for relaxable in found if self._original(relaxable)}

    def _original(self, relaxable: RelaxableLimit) -> bool:
        return not isinstance(relaxable, RuleNumber) or relaxable in numbers(self.scenario, relaxable.rule)

    def _possible(self, steps: Mapping[RelaxableLimit, int | None]) -> bool:
        """Whether the scenario is possible with numbers moved (None: let go); each is asked once."""
        key = tuple((relaxable, relaxable.most if count is None else count) for relaxable, count in steps.items())
        if key not in self._answers:
            self._answers[key] = self.feasible.possible(self._moved(steps))
        return self._answers[key]

    def _moved(self, steps: Mapping[RelaxableLimit, int | None]) -> Scenario:
        scenario = self.scenario
        for relaxable in sorted(steps, key=_last):
            count = steps[relaxable]
            scenario = relaxable.moved(scenario, relaxable.most if count is None else count)
        return scenario

    def _least(self, chosen: frozenset[RelaxableLimit]) -> Repair:
        """The smallest steps, by weight, that are enough."""
        order = sorted(chosen, key=lambda relaxable: (relaxable.name, str(relaxable)))
        cost, steps = min(self._ways(dict.fromkeys(order, None), order), key=lambda way: (way[0], way[1]))
        relaxations = tuple(map(Relaxation, order, steps))
        scenario = self.scenario
        for one in sorted(relaxations, key=lambda one: _last(one.limit)):
            scenario = one.limit.agreed(scenario, one.steps)
        dropped = sum(isinstance(relaxable, Without) for relaxable in order)
        price = (sum(map(self.weight, order)), dropped, cost)
        return Repair(relaxations, price, scenario, verified=self.feasible.possible(scenario))

    def _ways(
        self, steps: dict[RelaxableLimit, int | None], left: Sequence[RelaxableLimit]
    ) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Every way that could be the cheapest: each number as little as the ones before it allow."""
        relaxable, rest = left[0], left[1:]
        least = self._lowest(steps, relaxable)
        if not rest:
            yield least * self.weight(relaxable), (least,)
            return
        best: int | None = None
        for count in range(least, relaxable.most + 1):
            moved = {**steps, relaxable: count}
            bottom = count * self.weight(relaxable) + sum(self._lowest(moved, one) * self.weight(one) for one in rest)
            if best is not None and bottom >= best:
                if count * self.weight(relaxable) >= best:
                    return
                continue
            for cost, counts in self._ways(moved, rest):
                best = min(best or cost + count * self.weight(relaxable), cost + count * self.weight(relaxable))
                yield cost + count * self.weight(relaxable), (count, *counts)

    def _lowest(self, steps: Mapping[RelaxableLimit, int | None], relaxable: RelaxableLimit) -> int:
        """The fewest steps of a number that are enough, the others as they are."""
        low, high = 0, relaxable.most
        while low < high:
            middle = (low + high) // 2
            if self._possible({**steps, relaxable: middle}):
                high = middle
            else:
                low = middle + 1
        return high


def _rank(repair: Repair) -> tuple[tuple[int, int, int], str]:
    return repair.price, str([(one.limit.name, one.steps) for one in repair.relaxations])


def _last(relaxable: RelaxableLimit) -> bool:
    """Rules are left out after their numbers have been moved."""
    return isinstance(relaxable, Without)
