"""What a synthetic county has above: its units, their positions, who retires from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from rebalance.county.holders import Level, Position, Retirement, Unit, UnitKind

SMALLEST, LARGEST = 6, 90
VACANT, RETIRING = 7, 3  # percent of the positions, and of the people every year


def units(rng: Random, count: int) -> tuple[Unit, ...]:
    """Departments and institutions in about equal number; few are under vertical management."""
    kinds = rng.choices((UnitKind.DEPARTMENT, UnitKind.INSTITUTION, UnitKind.VERTICAL), (9, 9, 2), k=count)
    return tuple(_unit(identifier("U", n, count), kind, n) for n, kind in enumerate(kinds, 1))


def _unit(unit: str, kind: UnitKind, number: int) -> Unit:
    level = Level.ABOVE if kind is UnitKind.VERTICAL else Level.COUNTY
    return Unit(unit, f"Unit {number}", kind, f"第{number}单位", level)


def identifier(letter: str, number: int, count: int) -> str:
    """An id that sorts by its number: U007 of two hundred units."""
    return f"{letter}{number:0{len(str(count))}d}"


def unit_positions(rng: Random, rows: Sequence[Unit], categories: Sequence[str]) -> Iterator[Position]:
    """One to three accounts a unit: its own category, now and then a second one, and some of the last (support)."""
    for row in rows:
        own = _own_category(rng, row.kind, categories)
        sizes = {own: min(rng.randint(SMALLEST, LARGEST) for _ in range(2))}
        if chance(rng, 25):
            sizes.setdefault(rng.choice(categories), rng.randint(1, 8))
        if chance(rng, 40):
            sizes.setdefault(categories[-1], rng.randint(1, 4))
        for category in sorted(sizes):
            yield _position(rng, row.unit, category, sizes[category])


def _own_category(rng: Random, kind: UnitKind, categories: Sequence[str]) -> str:
    if kind is UnitKind.DEPARTMENT or len(categories) == 1:
        return categories[0]
    return rng.choice(categories[1:-1] or categories[1:]) if kind is UnitKind.INSTITUTION else rng.choice(categories)


def _position(rng: Random, holder: str, category: str, authorised: int) -> Position:
    """Staff and limits: one account in twelve is over-established, one limit in twenty is already broken."""
    over = chance(rng, 8)
    staff = authorised + rng.randint(1, 2) if over else authorised - times(rng, authorised, VACANT)
    floor = authorised * rng.randint(70, 92) // 100 if chance(rng, 50) else None
    ceiling = authorised + rng.randint(0, 3) if chance(rng, 30) else None
    if chance(rng, 5):
        floor = authorised + 1
    if ceiling is not None and chance(rng, 5):
        ceiling = authorised - 1
    needed = authorised * rng.randint(82, 104) // 100 if chance(rng, 60) else None
    willing = min(staff, rng.randint(1, 1 + authorised // 12)) if chance(rng, 35) else 0
    return Position(holder, category, authorised, staff, floor, ceiling, needed, willing)


def retirements(rng: Random, rows: Sequence[Position], years: Sequence[int]) -> Iterator[Retirement]:
    """Everybody may retire in any year, with the same small chance, and only once."""
    for row in rows:
        left = row.in_post
        for year in years:
            if count := times(rng, left, RETIRING):
                left -= count
                yield Retirement(row.holder, row.category, year, count)


def times(rng: Random, tries: int, percent: int) -> int:
    """How often something happens that has this chance each time."""
    return sum(chance(rng, percent) for _ in range(tries))


def chance(rng: Random, percent: int) -> bool:
    """Whether something happens that has this chance."""
    return rng.randrange(100) < percent
