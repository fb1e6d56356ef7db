"""Every platform of every township has its strength."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rebalance.county.agencies import Agency, Platform
from rebalance.county.reform import Dispatched
from rebalance.model.plan import status_quo
from rebalance.rules.platforms import Platforms
from tests.counties import ADMIN, FIRST, Sketch, office
from tests.rules.judging import best_plan, complaints, done, inherited

LATER = FIRST + 1


def on(platform: Platform, name: str) -> Agency:
    """An agency on a platform."""
    return replace(office(name), platform=platform)


COUNTY = Sketch(
    units={"U": 4},
    townships={"T": 4},
    years=2,
    agencies=(on(Platform.ENFORCEMENT, "A"), on(Platform.ENFORCEMENT, "B"), on(Platform.PARTY_BUILDING, "C")),
    placed={("T", "A"): 1, ("T", "B"): 2, ("T", "C"): 1},
    demand={("T", "A"): "9"},
)


def placed(a: int, b: int, c: int) -> dict[tuple[str, str, int], int]:
    """The same in both years."""
    return {("T", agency, year): n for agency, n in zip("ABC", (a, b, c), strict=True) for year in (FIRST, LATER)}


def test_the_strength_of_all_its_agencies_counts() -> None:
    assert complaints(Platforms(least=1), done(COUNTY, placed=placed(0, 1, 1))) == set()
    assert complaints(Platforms(least=1), done(COUNTY, placed=placed(4, 0, 0))) == {"T"}


def test_a_platform_that_is_weaker_today_may_stay_so_but_not_get_weaker() -> None:
    still = status_quo(COUNTY.problem)
    assert complaints(Platforms(least=2), still) == set()
    assert inherited(Platforms(least=2), still) == {"T"}
    assert complaints(Platforms(least=2), done(COUNTY, placed=placed(2, 2, 0))) == {"T"}


def test_by_a_year_it_has_to_be_strong_enough_whatever_it_was() -> None:
    rule = Platforms(least=2, by=LATER)
    assert complaints(rule, status_quo(COUNTY.problem)) == {"T"}
    numbers = {**placed(1, 1, 1), ("T", "C", LATER): 2}
    assert complaints(rule, done(COUNTY, placed=numbers)) == set()


def test_dispatched_staff_are_part_of_it() -> None:
    county = replace(COUNTY, tables={"dispatched": (Dispatched("U", "T", "C", ADMIN, 1),)})
    assert complaints(Platforms(least=2, by=FIRST), done(county, placed=placed(2, 0, 1))) == set()


@pytest.mark.parametrize("least", [1, 3])
def test_the_solver_keeps_it(least: int) -> None:
    plan = best_plan(COUNTY, Platforms(least=least, by=LATER))
    assert plan is not None
    assert plan.strength("T", "C", LATER) == least
