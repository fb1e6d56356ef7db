"""The pictures that go with answers, by the functions that draw them."""

from __future__ import annotations

from rebalance.figures import frontier, stress_bands, swept

__all__ = ["frontier", "stress_bands", "swept"]
