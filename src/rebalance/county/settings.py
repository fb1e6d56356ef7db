"""What `county.toml` says beside names and categories: working time, how classes are told apart, letterhead."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """A year of one member of staff: weeks of so many days, less the days nobody works; hours in a day."""

    weeks: Decimal = Decimal(52)
    days_a_week: Decimal = Decimal(5)
    hours_a_day: Decimal = Decimal(8)
    leave: Decimal = Decimal(0)
    holidays: Decimal = Decimal(0)
    sick: Decimal = Decimal(0)
    training: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Classes:
    """How townships are told apart as large or medium: weights of a score, given or by entropy, and one cut-off.

    `large`: the number of large ones; `score`: the least score of a large one. Exactly one of the two is given.
    """

    entropy: bool = False
    population: Decimal = Decimal(0)
    area_km2: Decimal = Decimal(0)
    gdp: Decimal = Decimal(0)
    revenue: Decimal = Decimal(0)
    large: int | None = None
    score: Decimal | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the papers carry at their head and foot; empty where it is not known, never invented."""

    issuer: str = ""
    issuer_zh: str = ""
    addressee: str = ""
    addressee_zh: str = ""
    number: str = ""
    signatory: str = ""
    contact: str = ""
    date: str = ""
