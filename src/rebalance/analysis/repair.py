"""What would make an impossible scenario possible."""

from __future__ import annotations

from dataclasses import dataclass

from rebalance.scenario.scenario import Scenario
from rebalance.solver.relaxable import RelaxableLimit


@dataclass(frozen=True, slots=True)
class Move:
    """A number moved by so many steps."""

    relaxable: RelaxableLimit
    steps: int


@dataclass(frozen=True)
class Repair:
    """Changes that make a scenario possible: none of them superfluous, none larger than need be.

    `price` counts the changes, then the steps, both by weight; `verified` when the changed scenario has been solved.
    """

    moves: tuple[Move, ...]
    price: tuple[int, int, int]
    scenario: Scenario
    verified: bool


@dataclass(frozen=True)
class Repairs:
    """The repairs found, the cheapest first; `complete` when there are no others as cheap as the first."""

    found: tuple[Repair, ...]
    complete: bool
