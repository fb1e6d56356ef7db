"""A synthetic county of any size, the same for the same seed, and a scenario with every rule and every goal for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from random import Random

from benchmarks import above, below
from rebalance.county.county import County
from rebalance.county.holders import (
    RESERVE,
    Approval,
    Category,
    Hiring,
    HolderKind,
    Position,
    Route,
    TownshipKind,
    UnitKind,
)
from rebalance.goals.canonical import Canonical
from rebalance.goals.few_people_moved import FewPeopleMoved
from rebalance.goals.few_units_touched import FewUnitsTouched
from rebalance.goals.fill_shortages import FillShortages
from rebalance.goals.goal import Goal
from rebalance.goals.serve_early import ServeEarly
from rebalance.goals.spare_the_units import SpareTheUnits
from rebalance.goals.worst_off_first import Per, WorstOffFirst
from rebalance.problem.problem import Problem
from rebalance.rules import RULES, Rule
from rebalance.rules.agency_quota import AgencyQuota
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.holder_limits import HolderLimits
from rebalance.rules.phasing import Phasing
from rebalance.rules.pinned import Pin, Pinned
from rebalance.rules.rule import Range
from rebalance.scenario.scenario import Scenario

FIRST_YEAR = 2025
NAMES = ("administrative", "institution_full", "institution_partial", "support")
TOTAL = Fraction(8, 100)
SHARE = Fraction(1, 5)
PHASING = Fraction(2, 5)
LONG = 3  # years over which a yearly share of PHASING can spread all moves


def generate(  # noqa: PLR0913, PLR0917  # a size is four numbers, in the order in which everybody says them
    units: int, townships: int, categories: int, years: int, agencies: int = 8, seed: int = 0
) -> County:
    """A plausible county: too much work below; vacancies, retirements and people willing to go above."""
    rng = Random(seed)
    names = tuple(NAMES[n] if n < len(NAMES) else f"category_{n + 1}" for n in range(categories))
    calendar = tuple(range(FIRST_YEAR, FIRST_YEAR + years))
    units_, townships_ = above.units(rng, units), below.townships(rng, townships)
    agencies_ = below.agencies(rng, agencies)
    positions = list(above.unit_positions(rng, units_, names))
    positions += below.township_positions(rng, townships_, names)
    retirements = tuple(above.retirements(rng, positions, calendar))
    work = below.work(rng, townships_, agencies_, positions)
    positions.append(_reserve(rng, names))
    return County(
        name=f"Synthetic county {units} x {townships} x {categories} x {years}, seed {seed}",
        code=f"{units}-{townships}-{categories}-{years}-{agencies}-{seed}",
        years=calendar,
        categories=tuple(_categories(rng, names, positions)),
        units=units_,
        townships=townships_,
        positions=tuple(sorted(positions, key=lambda row: (row.holder, row.category))),
        synthetic=True,
        retirements=retirements,
        hiring=tuple(_hiring(rng, names, calendar, positions)),
        routes=tuple(_routes(names)),
        agencies=agencies_,
        placed=work.placed,
        demand=work.demand,
    )


def _reserve(rng: Random, names: Sequence[str]) -> Position:
    """A small reserve, in the category most institutions have."""
    level = rng.randint(2, 5)
    return Position(RESERVE, names[min(1, len(names) - 1)], level, 0, floor=1, ceiling=level + 4)


def _categories(rng: Random, names: Sequence[str], positions: Sequence[Position]) -> Iterator[Category]:
    """Ceilings set from above: a little more than there is, and for one category in ten a little less."""
    for name in names:
        now = sum(row.authorised for row in positions if row.category == name)
        ceiling = now - 1 if above.chance(rng, 10) else now + rng.randint(0, 9)
        yield Category(name, name.replace("_", " ").capitalize(), ceiling=ceiling)


def _hiring(rng: Random, names: Sequence[str], years: Sequence[int], positions: Sequence[Position]) -> Iterator[Hiring]:
    """People to be hired over the whole county: about as many as one in fifty positions."""
    for name, year in product(sorted(names), years):
        now = sum(row.authorised for row in positions if row.category == name)
        yield Hiring(name, year, rng.randint(now // 80, now // 40))


def _routes(names: Sequence[str]) -> Iterator[Route]:
    """Every category but the last goes down (a single one, too); the first not from institutions."""
    routed = names[:-1] or names
    for name, giver, taker in product(sorted(routed), sorted(UnitKind), sorted((*TownshipKind, RESERVE))):
        first = name == names[0] and len(names) > 1
        approval = Approval.PROVINCE if first else Approval.COUNTY
        if not (first and giver is UnitKind.INSTITUTION):
            yield Route(name, HolderKind(giver), HolderKind(taker), approval)
    for name, taker in product(sorted(routed), sorted(TownshipKind)):
        yield Route(name, HolderKind.RESERVE, HolderKind(taker), Approval.COUNTY)


def scenario(county: County, goals: tuple[Goal, ...] | None = None) -> Scenario:
    """What a commission would ask of the county: every rule on, all goals in their usual order (or the ones given)."""
    problem = Problem(county)
    sizes = {unit: problem.size(unit) for unit in problem.units}
    most = max(1, int(sum(sizes.values()) * TOTAL))
    years, first, agencies = len(county.years), problem.units[0], len(county.agencies)
    rules: dict[str, Rule] = {name: kind() for name, kind in RULES.items()}
    rules |= {
        "cut_above_add_below": CutAboveAddBelow(SHARE, Range(at_most=most)),
        "holder_limits": HolderLimits(smallest=5),
        "agency_quota": AgencyQuota(large=agencies, medium=max(agencies - 1, below.COMPULSORY)),
        "phasing": Phasing(PHASING if years >= LONG else min(Fraction(1), Fraction(1, years) + Fraction(1, 10))),
        "pinned": Pinned(cells=(Pin(first, at_least=sizes[first] - 2),)),
    }
    return Scenario(county.name, problem, rules, all_goals() if goals is None else goals)


def all_goals(depth: int = 3) -> tuple[Goal, ...]:
    """Every goal, in the usual order; agencies and units compared this many levels deep (0: to the last)."""
    return (
        WorstOffFirst(),
        FillShortages(),
        WorstOffFirst(Per.AGENCY, depth=depth),
        SpareTheUnits(depth),
        FewPeopleMoved(),
        FewUnitsTouched(),
        ServeEarly(),
        Canonical(),
    )
