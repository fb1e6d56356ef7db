"""Counties with figures of townships, matters, norms: said in one call, everything else left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from rebalance.county.agencies import Agency, Method, Platform
from rebalance.county.county import County
from rebalance.county.holders import Township, TownshipKind
from rebalance.county.norms import Allowance, AllowanceKind, WorkingTime
from rebalance.county.reform import Matter, MatterKind

YEAR = WorkingTime(
    weeks=Decimal(52),
    days_a_week=Decimal(5),
    hours_a_day=Decimal(8),
    leave=Decimal(10),
    holidays=Decimal(11),
    sick=Decimal(4),
    training=Decimal(5),
)
"""52 × 5 − 10 − 11 − 4 − 5 = 230 days of 8 hours: 1840 hours."""


def county(townships: Sequence[Township], **tables: object) -> County:
    """A county of these townships and tables."""
    bare = County("Tiny", "000000", (2026,), categories=(), units=(), townships=tuple(townships), positions=())
    known: dict[str, Any] = tables
    return replace(bare, **known)


def town(name: str, population: int | None = None, class_: str = "", **figures: str) -> Township:
    """A town with some figures."""
    decimals: dict[str, Any] = {key: Decimal(value) for key, value in figures.items()}
    return Township(name, name, TownshipKind.TOWN, population=population, class_=class_, **decimals)


def towns(**populations: int) -> list[Township]:
    """Towns with nothing but a population."""
    return [town(name, population) for name, population in sorted(populations.items())]


def agency(name: str, demand: Method, **more: str) -> Agency:
    """A compulsory agency whose demand is worked out this way."""
    known: dict[str, Any] = more
    return Agency(name, name, Platform.PUBLIC_SERVICE, compulsory=True, demand=demand, **known)


def matter(name: str, hours: str = "0", unit: str = "", at: str = "A") -> Matter:
    """A matter that takes so many hours."""
    return Matter(name, name, MatterKind.APPROVAL, unit, at, hours=Decimal(hours))


def everybody(name: str, percent: str, at: str = "A") -> Allowance:
    """A category allowance."""
    return Allowance(at, name, AllowanceKind.CATEGORY, percent=Decimal(percent))


def some(name: str, hours: str, staff: int, at: str = "A") -> Allowance:
    """An individual allowance of so many hours a year."""
    return Allowance(at, name, AllowanceKind.INDIVIDUAL, hours=Decimal(hours), staff=staff)


def amounts(found: Mapping[tuple[str, str], int]) -> dict[str, int]:
    """Hundredths by township, of a county with one agency."""
    return {township: hundredths for (township, _agency), hundredths in found.items()}
