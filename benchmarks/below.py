"""What a synthetic county has below: townships, their positions, the agencies they are placed in, the work there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.above import VACANT, chance, identifier, times
from rebalance.county.agencies import Agency, Demand, Placed, Platform, Role
from rebalance.county.holders import Position, Township, TownshipKind

COMPULSORY = 6
SIZES = {"large": (100, 150), "medium": (60, 100)}
ROLES = (Role.OFFICE, Role.OFFICE, Role.OFFICE, Role.OFFICE, Role.BRIGADE, Role.CENTRE)


def townships(rng: Random, count: int) -> tuple[Township, ...]:
    """Towns mostly, some townships and sub-districts; two in five are of the large class."""
    kinds = rng.choices((TownshipKind.TOWN, TownshipKind.TOWNSHIP, TownshipKind.SUBDISTRICT), (6, 2, 2), k=count)
    rows = []
    for number, kind in enumerate(kinds, 1):
        class_ = "large" if chance(rng, 40) else "medium"
        people = rng.randint(9_000, 60_000)
        row = Township(identifier("T", number, count), f"Place {number}", kind, f"第{number}镇", people, class_=class_)
        rows.append(row)
    return tuple(rows)


def agencies(rng: Random, count: int) -> tuple[Agency, ...]:
    """Four offices, one brigade, one centre, and optional ones, each with another that does its work if need be."""
    compulsory = [identifier("A", number, count) for number in range(1, min(COMPULSORY, count) + 1)]
    platforms = tuple(Platform)
    rows = []
    for number in range(1, count + 1):
        needed = number <= COMPULSORY
        role = ROLES[number - 1] if needed else Role.OFFICE
        row = Agency(
            agency=identifier("A", number, count),
            name=f"Agency {number}",
            platform=platforms[number % len(platforms)],
            compulsory=needed,
            name_zh=f"第{number}机构",
            role=role,
            least=rng.randint(3, 5),
            most=rng.randint(18, 40) if chance(rng, 80) else None,
            else_="" if needed else rng.choice(compulsory),
        )
        rows.append(row)
    return tuple(rows)


def township_positions(rng: Random, rows: Sequence[Township], categories: Sequence[str]) -> Iterator[Position]:
    """An account in every category; few are over-established, one ceiling in ten is already broken."""
    weights = [rng.randint(2, 6) for _ in categories]
    for row in rows:
        drawn = rng.choices(categories, weights, k=rng.randint(*SIZES[row.class_]))
        for category in categories:
            authorised = drawn.count(category)
            over = chance(rng, 5)
            staff = authorised + 1 if over else authorised - times(rng, authorised, VACANT)
            ceiling = authorised * rng.randint(98, 140) // 100 if chance(rng, 40) else None
            yield Position(row.township, category, authorised, staff, ceiling=ceiling)


@dataclass(frozen=True, slots=True)
class Work:
    """Where a county's townships place their positions today, and how much work each agency has."""

    placed: tuple[Placed, ...]
    demand: tuple[Demand, ...]


def work(rng: Random, rows: Sequence[Township], offices: Sequence[Agency], positions: Sequence[Position]) -> Work:
    """Place nearly everybody; give each agency work for a tenth to a third more than it has, in hundredths."""
    owned: dict[str, list[str]] = {row.township: [] for row in rows}
    for position in positions:
        if position.holder in owned:
            owned[position.holder] += [position.category] * position.authorised
    weights = {office.agency: rng.randint(1, 4) for office in offices}
    placed: list[Placed] = []
    demand: list[Demand] = []
    for row in rows:
        there = _place(rng, owned[row.township], offices, weights)
        placed += [Placed(row.township, a, c, count) for (a, c), count in sorted(there.items())]
        demand += _demand(rng, row.township, offices, there)
    return Work(tuple(placed), tuple(demand))


def _place(
    rng: Random, owned: list[str], offices: Sequence[Agency], weights: Mapping[str, int]
) -> Mapping[tuple[str, str], int]:
    """Somebody in every compulsory agency, the others as they fall; one in thirty is placed nowhere."""
    opened = [office.agency for office in offices if office.compulsory or chance(rng, 60)]
    rng.shuffle(owned)
    there: dict[tuple[str, str], int] = {}
    for number, category in enumerate(owned):
        agency = opened[number] if number < len(opened) else rng.choices(opened, [weights[a] for a in opened])[0]
        if number < len(opened) or not chance(rng, 3):
            there[agency, category] = there.get((agency, category), 0) + 1
    return there


def _demand(
    rng: Random, township: str, offices: Sequence[Agency], there: Mapping[tuple[str, str], int]
) -> Iterator[Demand]:
    """Every township is short of positions, some more than others; an agency not open may have work, too."""
    percent = rng.randint(110, 130)
    for office in offices:
        strength = sum(count for (agency, _category), count in there.items() if agency == office.agency)
        if strength:
            yield Demand(township, office.agency, strength * (percent + rng.randint(-8, 8)) + rng.randint(0, 60))
        elif chance(rng, 50):
            yield Demand(township, office.agency, rng.randint(150, 600))
