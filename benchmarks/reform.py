"""The whole reform on a synthetic county: stations, dispatched and borrowed staff, delegated matters; every rule on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random

from benchmarks.below import COMPULSORY
from benchmarks.contest import OURS, contest
from benchmarks.generator import all_goals, generate, scenario
from benchmarks.report import heading, table
from benchmarks.solving import COUNTY, LARGE, SMALL, Size, say
from rebalance.county.county import County
from rebalance.county.holders import HolderKind, Position, UnitKind
from rebalance.county.norms import WorkingTime
from rebalance.county.reform import Borrowed, Dispatched, Matter, MatterKind, Station, Volume
from rebalance.goals.few_units_touched import FewUnitsTouched
from rebalance.goals.goal import Goal, Slack
from rebalance.goals.serve_early import ServeEarly
from rebalance.problem.problem import Problem
from rebalance.rules.agency_quota import AgencyQuota
from rebalance.rules.enforcement_brigade import EnforcementBrigade
from rebalance.rules.platforms import Platforms
from rebalance.rules.return_borrowed import ReturnBorrowed
from rebalance.rules.rule import Range
from rebalance.rules.stations_go_down import StationsGoDown
from rebalance.rules.work_follows_matters import WorkFollowsMatters
from rebalance.scenario.scenario import Scenario

MATTERS, STATIONS, ROWS = 40, 24, 30
KINDS = ("finance", "veterinary")
MOST = 3
"""Positions of a station, at the most."""

SMALLEST = 8
"""Positions in a category, at the least, of a unit that has a station or sends staff."""


def reformed(county: County, seed: int = 0) -> County:
    """The county with the tables of the reform filled in, the same for the same seed."""
    rng = Random(seed)
    units = {row.unit for row in county.units if row.kind is not UnitKind.VERTICAL}
    able = [row for row in county.positions if row.holder in units and min(row.authorised, row.in_post) >= SMALLEST]
    matters = tuple(_matters(rng, county))
    return replace(
        county,
        stations=tuple(_stations(rng, county, able)),
        dispatched=tuple(_dispatched(rng, county, able)),
        borrowed=tuple(_borrowed(rng, county)),
        matters=matters,
        volumes=tuple(Volume(one.matter, t.township, rng.randint(5, 60)) for one in matters for t in county.townships),
        working_time=WorkingTime(leave=Decimal(10), holidays=Decimal(11)),
    )


def _stations(rng: Random, county: County, able: Sequence[Position]) -> Iterator[Station]:
    """Only where a route is open to them, and floor and ceiling leave room, or they could not go."""
    ways = {(row.category, row.from_) for row in county.routes}
    kinds = {row.unit: HolderKind(row.kind) for row in county.units}
    room = {(row.holder, row.category): row.ceiling - row.authorised for row in county.positions if row.ceiling}
    free = [row for row in able if (row.category, kinds[row.holder]) in ways and _spare(row) >= MOST]
    for number, row in enumerate(rng.sample(free, min(STATIONS, len(free))), 1):
        size, staff = rng.randint(2, MOST), rng.choice((1, 2))
        towns = [t.township for t in county.townships if room.get((t.township, row.category), size) >= size]
        town, agency = rng.choice(towns), rng.choice(county.agencies[:COMPULSORY]).agency
        room[town, row.category] = room.get((town, row.category), size) - size
        yield Station(f"S{number:02}", row.holder, town, agency, row.category, size, staff, KINDS[number % len(KINDS)])


def _spare(row: Position) -> int:
    """Positions above the floor."""
    return row.authorised - (row.floor or 0)


def _dispatched(rng: Random, county: County, able: Sequence[Position]) -> Iterator[Dispatched]:
    places = {(row.holder, row.category, rng.choice(county.townships).township) for row in able}
    for unit, category, town in rng.sample(sorted(places), min(ROWS, len(places))):
        yield Dispatched(unit, town, rng.choice(county.agencies[:COMPULSORY]).agency, category, rng.choice((1, 2)))


def _borrowed(rng: Random, county: County) -> Iterator[Borrowed]:
    for row in county.townships:
        here = [one for one in county.positions if one.holder == row.township and one.in_post >= SMALLEST]
        yield from (Borrowed(one.holder, rng.choice(county.units).unit, one.category, 1) for one in here[:1])


def _matters(rng: Random, county: County) -> Iterator[Matter]:
    """Every other one belongs to the base set; an hour to six a case."""
    for number in range(1, MATTERS + 1):
        unit, agency = rng.choice(county.units).unit, rng.choice(county.agencies[:COMPULSORY]).agency
        hours = Decimal(rng.randint(100, 600)) / 100
        yield Matter(
            f"M{number:02}", f"Matter {number}", MatterKind.APPROVAL, unit, agency, hours=hours, base=number % 2 == 0
        )


def usual_goals() -> tuple[Goal, ...]:
    """Every goal, with the slack that the baseline of Langxi gives to two of them."""
    slack: dict[Goal, Goal] = {
        FewUnitsTouched(): FewUnitsTouched(Slack(Fraction(4))),
        ServeEarly(): ServeEarly(Slack(Fraction(2), percent=True)),
    }
    return tuple(slack.get(goal, goal) for goal in all_goals())


def reform(county: County, goals: tuple[Goal, ...]) -> Scenario:
    """Every rule on, the reform's own with something to say."""
    asked, first = scenario(county, goals), county.years[0]
    quota = asked.rules["agency_quota"]
    assert isinstance(quota, AgencyQuota)  # noqa: S101  # so says the generator
    return replace(asked, problem=Problem(county)).but(
        replace(quota, steady=True),
        StationsGoDown(kinds=KINDS, by=county.years[-1]),
        ReturnBorrowed(by=first),
        WorkFollowsMatters(base_by=first, options=Range(at_most=0)),
        EnforcementBrigade(least=4, by=county.years[-1]),
        Platforms(least=2),
    )


def whole_reform(*, quick: bool) -> None:
    """All rules and goals with 40 matters, 24 stations and 30 dispatched rows, beside the same county without them."""
    _beside("The whole reform", SMALL if quick else COUNTY, usual_goals(), 20.0 if quick else 400.0)


def whole_reform_to_the_last(*, quick: bool) -> None:
    """The same, every goal to its very best: without slack, which makes the last two hard."""
    _beside("The whole reform, no slack", SMALL if quick else COUNTY, all_goals(), 20.0 if quick else 400.0)


def whole_reform_large(*, quick: bool) -> None:
    """The same as the first on 200 x 30 x 3 x 3, goal by goal as far as it comes."""
    _beside("The whole reform, large county", COUNTY if quick else LARGE, usual_goals(), 20.0 if quick else 600.0)


def _beside(title: str, size: Size, goals: tuple[Goal, ...], limit: float) -> None:
    """Seconds of processor time, goal by goal."""
    county = generate(*size)
    asked = {"plain": scenario(county, goals), "reform": reform(reformed(county), goals)}
    found = {}
    for name, one in asked.items():
        say(f"{title}, {name}")
        found[name] = contest(one, {OURS: limit}, 1)[OURS]
    heading(f"{title}: {' x '.join(map(str, size))}", "seconds of processor time; ?: not proven")
    plain, all_in = found["plain"], found["reform"]
    names = ["until the first goal", *(goal.name for goal in all_in.goals)]
    proofs = [True, *(goal.proven for goal in all_in.goals)]
    rows = [
        (name, f"{before:.2f}", f"{after:.2f}{'' if proof else '?'}", f"{after / before:.1f}" if before else "")
        for name, before, after, proof in zip(names, plain.laps, all_in.laps, proofs, strict=False)
    ]
    whole = ("all", f"{plain.total:.2f}", f"{all_in.total:.2f}", f"{all_in.total / plain.total:.1f}")
    proven = ("goals proven", f"{plain.proven} of {len(plain.goals)}", f"{all_in.proven} of {len(all_in.goals)}", "")
    table(("seconds", "plain", "whole reform", "ratio"), [*rows, whole, proven])
