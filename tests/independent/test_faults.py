"""A slip of the pen in what model and audit share makes the audit and the independent checker differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import pytest

from rebalance.county.agencies import Demand, Method
from rebalance.county.county import County
from rebalance.county.norms import Band, BandUse
from rebalance.county.read import read_county
from rebalance.goals.few_moves import FewMoves
from rebalance.goals.few_people_moved import FewPeopleMoved
from rebalance.goals.few_units_touched import FewUnitsTouched
from rebalance.goals.fill_shortages import FillShortages, Weight
from rebalance.goals.goal import Goal
from rebalance.goals.hand_down_matters import Counted, HandDownMatters
from rebalance.goals.in_proportion import InProportion
from rebalance.goals.in_proportion import Method as Divisor
from rebalance.goals.serve_early import ServeEarly
from rebalance.goals.spare_the_units import SpareTheUnits
from rebalance.goals.stay_close import StayClose
from rebalance.goals.worst_off_first import Per, WorstOffFirst
from rebalance.model.plan import decisions, status_quo
from rebalance.problem.classes import score_sheet
from rebalance.rules import Rule
from tests.counties import Dealer, Size, random_county
from tests.independent.above import cells
from tests.independent.books import Cell, Decided
from tests.independent.classes import class_of, scores_of
from tests.independent.comparing import Both
from tests.independent.county import Register
from tests.independent.faults import FAULTS, Fault, slip
from tests.rules.agreement import RICH

SIZES = (Size(2, 2, 2, 2, 3), Size(3, 2, 1, 2, 3))
COUNTIES = 36
PLANS = 3

GOALS: tuple[Goal, ...] = (
    WorstOffFirst(),
    WorstOffFirst(Per.AGENCY, depth=1),
    FillShortages(),
    SpareTheUnits(),
    HandDownMatters(),
    HandDownMatters(Counted.WORK),
    FewPeopleMoved(),
    FewUnitsTouched(),
    FewMoves(),
    ServeEarly(),
    StayClose(),
    InProportion(),
    InProportion(method=Divisor.HUNTINGTON_HILL),
)


def guessed(register: Register, dice: Random) -> Decided:
    """Any plan that can be read, lawful or not: small numbers, stations and matters that stay down."""
    found: dict[Cell, int] = {}
    for cell, most in cells(register).items():
        least = found.get((*cell[:-1], int(cell[-1]) - 1), 0) if cell[0] in {"handed", "delegated"} else 0
        found[cell] = dice.randint(least, min(most, 3))
    return found


@cache
def tiny() -> tuple[tuple[County, dict[str, Rule], Sequence[Decided]], ...]:
    """Random counties with everything the reform adds, and guesses."""
    return tuple(_dealt(seed) for seed in range(COUNTIES))


def _dealt(seed: int) -> tuple[County, dict[str, Rule], Sequence[Decided]]:
    dice, size = Random(f"guess {seed}"), SIZES[seed % 2]
    county = random_county(seed, size, reform=RICH if seed % 3 else 0)
    peopled = tuple(replace(row, population=dice.randint(1, 9)) for row in county.townships)
    county, dealer = replace(county, townships=peopled), Dealer(dice, size)
    # where work is given for the township as one, and where only optional agencies have any, to which another is heir
    places = {1: [""], 2: [row.agency for row in county.agencies if row.else_]}.get(seed % 4, [])
    if places:
        demand = (Demand(row.township, place, dice.randint(100, 900)) for row in county.townships for place in places)
        county = replace(county, demand=tuple(demand))
    rules = {name: dealer.rule(name, county) for name in ("ledgers", "hold_total", "budget", "unified_use")}
    register = Register(county)
    return county, rules, [guessed(register, dice) for _number in range(PLANS)]


@cache
def large() -> tuple[County, ...]:
    """The example county as it is, and with bands, posts, entropy and a score for classes."""
    county = read_county(Path(__file__).parents[2] / "models" / "langxi")
    populations = sorted(row.population or 0 for row in county.townships)
    bands = [Band(BandUse.STAFFING, people, 3 + number, 99) for number, people in enumerate(populations)]
    banded = dict.fromkeys([row.agency for row in county.agencies[:2]], Method.BANDS)
    methods = banded | {"general_office": Method.POSTS}  # one township has posts of its own there
    agencies = tuple(replace(row, demand=methods.get(row.agency, row.demand)) for row in county.agencies)
    unsaid = tuple(replace(row, class_="") for row in county.townships)
    indices = tuple(replace(row, entropy=True) for row in county.indices)
    other = replace(county, agencies=agencies, bands=(*county.bands, *reversed(bands)), townships=unsaid)
    return county, replace(other, indices=indices)


def apart() -> bool:
    """Whether the two differ anywhere."""
    return any(_apart_in_the_tiny()) or any(_apart_in_the_large(county) for county in large())


def _apart_in_the_tiny() -> Iterator[bool]:
    for county, rules, plans in tiny():
        both = Both(county, rules, (*GOALS, FillShortages((Weight("T1", 3),))))
        yield dict(decisions(both.problem)) != cells(both.demand.register)
        for decided in plans:
            yield any(not one.agree for one in both.verdicts({(str(v), *ids): n for (v, *ids), n in decided.items()}))


def _apart_in_the_large(county: County) -> bool:
    both = Both(county, {}, GOALS)
    problem, register = both.problem, both.demand.register
    sheet = score_sheet(county)
    scores = {line.township: line.score for line in sheet.scores} if sheet else {}
    return (
        both.demand.of != problem.work.demand
        or scores_of(register) != scores
        or any(problem.class_of(town) != class_of(register, town) for town in register.township)
        or any(not one.agree for one in both.verdicts(status_quo(problem).decided))
    )


def test_without_a_slip_they_say_the_same() -> None:
    assert not apart()


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_slip_of_the_pen_is_noticed(fault: Fault) -> None:
    with slip(fault):
        assert apart()
