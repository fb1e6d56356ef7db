"""What one position more is worth, and one step of every limit that is tight: the goals solved again in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from rebalance.audit import Audit
from rebalance.explaining.effect import Effect, effect
from rebalance.explaining.offering import choices
from rebalance.goals.goal import Value
from rebalance.leeway.levers import Lever, Without
from rebalance.leeway.loosening import Instance, levers
from rebalance.scenario import Scenario
from rebalance.solving.asking import Asking
from rebalance.solving.choice import Choice, Thing
from rebalance.solving.gift import gifts
from rebalance.solving.spread import Told

UNKNOWN = Effect(possible=None)
"""There was no time to find out."""


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
        count = len(scenario.problem.categories) + len(tight)
        found: dict[str | Lever, Effect] = {}
        positions = self._priced(gifts(scenario))
        limits = chain.from_iterable(self._priced(choice) for choice in choices(scenario, list(tight)))
        every: Iterator[tuple[str | Lever, Effect]] = chain(positions, limits)
        for of, one in every:
            found[of] = one
            self.told(len(found), count)
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


def tight_levers(scenario: Scenario, checks: Audit) -> dict[Lever, tuple[Instance, ...]]:
    """Every number that keeps a plan from being otherwise somewhere, with the places; never of a rule that is law."""
    members = [(rule, found.place) for rule, found in checks.tight if not scenario.rules[rule].law]
    places: dict[Lever, list[Instance]] = {}
    for instance, several in levers(scenario, members).items():
        for lever in several:
            if not isinstance(lever, Without):
                places.setdefault(lever, []).append(instance)
    return {lever: tuple(where) for lever, where in places.items()}


def _merit(value: Value) -> tuple[object, ...]:
    """The larger the better: an amount is to be small, a profile to have few at its low levels."""
    if isinstance(value, int):
        return (-value,)
    return (*((level, -count) for level, count in value), (float("inf"), 0))
