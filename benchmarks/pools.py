"""Single pools for many places by `worst_off_first` alone: thousands of positions each, or a few; ours alone."""

from __future__ import annotations

from random import Random

from benchmarks.contest import OURS, contest
from benchmarks.report import heading, standings
from benchmarks.solving import say
from rebalance.county.agencies import Demand
from rebalance.county.county import County
from rebalance.county.holders import Category, Position, Township, TownshipKind, Unit, UnitKind
from rebalance.goals.worst_off_first import WorstOffFirst
from rebalance.problem.problem import Problem
from rebalance.rules import RULES
from rebalance.scenario.scenario import Scenario

YEAR = 2026
HELD = "institution_full"
IN_FORCE = ("hold_total", "cut_above_add_below", "vacancies_first", "holder_limits")
THOUSANDS, FEW = (400, 6000), (3, 40)


def pools(*, quick: bool) -> None:
    """60, 100 and 284 places with work for thousands each, and 2,896 places with work for a few."""
    sizes = {"thousands each": (THOUSANDS, (20, 60) if quick else (60, 100, 284)), "a few each": (FEW, (200,))}
    if not quick:
        sizes["a few each"] = (FEW, (2896,))
    for text, (held, counts) in sizes.items():
        for places in counts:
            title = f"Single pool: {places} places, {text}"
            finishes = contest(pool(places, held), {OURS: 20.0 if quick else 120.0}, 1, say)
            heading(title)
            standings(finishes)


def pool(places: int, held: tuple[int, int]) -> Scenario:
    """Places that give up to a fifth to a pool, or get up to a fifth from it; one that cannot get near the others."""
    rng = Random(1)
    has = [rng.randint(*held) for _place in range(places)]
    needs = [has[0] * 3, *(round(size * rng.uniform(0.85, 1.3)) for size in has[1:])]
    low = [size * 8 // 10 for size in has]
    all_ = sum(has) * 95 // 100
    ids = [f"t{number:04}" for number in range(places)]
    county = County(
        name=f"Made up, {places} places",
        code="000000",
        years=(YEAR,),
        categories=(Category(HELD, "Institutions", ceiling=all_),),
        units=(Unit("pool", "Pool", UnitKind.INSTITUTION),),
        townships=tuple(Township(one, one, TownshipKind.TOWN) for one in ids),
        positions=(
            Position("pool", HELD, all_ - sum(low), 0, floor=0),
            *(
                Position(one, HELD, least, least, floor=least, ceiling=size * 12 // 10)
                for one, least, size in zip(ids, low, has, strict=True)
            ),
        ),
        demand=tuple(Demand(one, "", 100 * need) for one, need in zip(ids, needs, strict=True)),
        synthetic=True,
    )
    rules = {name: RULES[name]() for name in IN_FORCE}
    return Scenario(county.name, Problem(county), rules, (WorstOffFirst(),))
