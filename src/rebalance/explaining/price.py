"""What one position more is worth, and one step of every limit that is tight: the goals solved again in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rebalance.audit import Audit
from rebalance.draft import Draft
from rebalance.explaining.effect import Effect, effect
from rebalance.explaining.levers import Lever, Without
from rebalance.explaining.loosening import Instance, levers
from rebalance.goals.goal import Value
from rebalance.scenario import Scenario
from rebalance.solving.asking import Asking
from rebalance.solving.gift import gifted
from rebalance.solving.lexicographic import drafted
from rebalance.solving.spread import Told


@dataclass(frozen=True)
class Price:
    """What something is worth: one position more of a category, or one step of a limit at `places`."""

    of: str | Lever
    effect: Effect
    places: tuple[Instance, ...] = ()

    @property
    def worth(self) -> bool:
        """Whether any goal gains."""
        return bool(self.effect.changes)


@dataclass(frozen=True)
class Pricing:
    """A plan, asked what everything that bounds it is worth."""

    asking: Asking
    checks: Audit
    told: Told = lambda _done, _of: None

    def prices(self) -> tuple[Price, ...]:
        """Everything, the largest effect first."""
        scenario = self.asking.scenario
        tight = tight_levers(scenario, self.checks)
        every = [*scenario.problem.categories, *tight]
        found: dict[str | Lever, Effect] = {}
        for category in scenario.problem.categories:
            found[category] = self._effect(gifted(scenario, category))
            self.told(len(found), len(every))
        for lever, one in self._priced(list(tight)):
            found[lever] = one
            self.told(len(found), len(every))
        prices = (Price(of, one, tight.get(of, ()) if not isinstance(of, str) else ()) for of, one in found.items())
        return tuple(sorted(prices, key=self._rank, reverse=True))

    def _priced(self, these: Sequence[Lever]) -> Iterator[tuple[Lever, Effect]]:
        """Each limit's worth; limits of which not even all together are worth anything need no closer look."""
        draft = drafted(_all_moved(self.asking.scenario, these))
        if not these:
            return
        if len(these) == 1:
            yield these[0], self._effect(draft)
        elif not self.asking.gains(draft):
            yield from ((lever, Effect(possible=True, settled=self.asking.proven)) for lever in these)
        else:
            half = len(these) // 2
            yield from self._priced(these[:half])
            yield from self._priced(these[half:])

    def _effect(self, draft: Draft) -> Effect:
        return effect(self.asking, self.asking.loosened(draft))

    def _rank(self, price: Price) -> tuple[object, ...]:
        """How good every goal would be, the first goals deciding."""
        after = {change.rank: change.after for change in price.effect.changes}
        known = enumerate(self.asking.values, 1)
        return tuple(_merit(after.get(rank, value)) for rank, value in known)


def tight_levers(scenario: Scenario, checks: Audit) -> dict[Lever, tuple[Instance, ...]]:
    """Every number that keeps a plan from being otherwise somewhere, with the places; never of a rule that is law."""
    members = [(rule, found.place) for rule, found in checks.tight if not scenario.rules[rule].law]
    places: dict[Lever, list[Instance]] = {}
    for instance, several in levers(scenario, members).items():
        for lever in several:
            if not isinstance(lever, Without):
                places.setdefault(lever, []).append(instance)
    return {lever: tuple(where) for lever, where in places.items()}


def _all_moved(scenario: Scenario, these: Sequence[Lever]) -> Scenario:
    for lever in these:
        scenario = lever.moved(scenario, 1)
    return scenario


def _merit(value: Value) -> tuple[object, ...]:
    """The larger the better: an amount is to be small, a profile to have few at its low levels."""
    if isinstance(value, int):
        return (-value,)
    return (*((level, -count) for level, count in value), (float("inf"), 0))
