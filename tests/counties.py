"""Tiny counties: sketched in a sentence for a test that says something, dealt at random for one that looks.

A random county is no likelier to be in order than a real one: some holders are over-established, beyond a
floor, a ceiling or a quota, or have placed more positions than they own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any, TypeVar

from rebalance.county.agencies import Agency, Demand, Placed, Platform
from rebalance.county.county import County
from rebalance.county.holders import (
    RESERVE,
    Approval,
    Category,
    Hiring,
    HolderKind,
    Position,
    Retirement,
    Route,
    Township,
    TownshipKind,
    Unit,
    UnitKind,
)
from rebalance.goals.canonical import Canonical
from rebalance.goals.few_people_moved import FewPeopleMoved
from rebalance.goals.few_units_touched import FewUnitsTouched
from rebalance.goals.fill_shortages import FillShortages, Weight
from rebalance.goals.fill_vacancies import FillVacancies
from rebalance.goals.goal import Goal
from rebalance.goals.serve_early import ServeEarly
from rebalance.goals.spare_the_units import SpareTheUnits
from rebalance.goals.worst_off_first import Of, Per, WorstOffFirst
from rebalance.problem.problem import Problem
from rebalance.rules import RULES, Rule
from rebalance.rules.agency_quota import AgencyQuota
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.hold_total import HoldTotal
from rebalance.rules.holder_limits import HolderLimits
from rebalance.rules.ledgers import Ledgers
from rebalance.rules.no_worse_on_the_way import NoWorseOnTheWay
from rebalance.rules.phasing import Phasing
from rebalance.rules.pinned import Pin, PinAgency, PinHired, Pinned, PinTotal
from rebalance.rules.rule import Range
from rebalance.rules.sure_retirements import SureRetirements
from rebalance.scenario.parts import rule_name
from rebalance.scenario.scenario import Scenario
from tests.reform import Reform

ADMIN = "admin"
"""The category of a sketch that does not name any."""

FIRST = 2026
"""The first year a sketch plans."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Has:
    """What a holder has of one category; `staff` is as many as it has positions unless said."""

    positions: int
    staff: int | None = None
    floor: int | None = None
    ceiling: int | None = None
    needed: int | None = None
    willing: int = 0

    def row(self, holder: str, category: str) -> Position:
        """The row of the `positions` table."""
        staff = self.positions if self.staff is None else self.staff
        limits = (self.floor, self.ceiling, self.needed, self.willing)
        return Position(holder, category, self.positions, staff, *limits)


Holding = int | Has | Mapping[str, int | Has]
"""Positions of one category, or of several by name."""


@dataclass(frozen=True)
class Sketch:
    """A county in one sentence: holders with what they have, and whatever else the test is about.

    Keys are ids; a demand is a text such as "3.5", by township or by (township, agency). Holders are
    departments and towns unless `kinds` says otherwise.
    """

    units: Mapping[str, Holding] = field(default_factory=dict)
    townships: Mapping[str, Holding] = field(default_factory=dict)
    reserve: Holding | None = None
    years: int = 1
    demand: Mapping[str | tuple[str, str], str] = field(default_factory=dict)
    agencies: Sequence[Agency] = ()
    placed: Mapping[tuple[str, str], Holding] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    classes: Mapping[str, str] = field(default_factory=dict)
    ceilings: Mapping[str, int] = field(default_factory=dict)
    retirements: Mapping[tuple[str, int], int] = field(default_factory=dict)
    hiring: Mapping[tuple[str, int], int] = field(default_factory=dict)
    routes: Iterable[tuple[str, str]] = ()
    about: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What units and townships say about themselves beside their kind, by id."""
    costs: Mapping[str, str] = field(default_factory=dict)
    frozen: Iterable[str] = ()
    tables: Mapping[str, Any] = field(default_factory=dict)
    """Further tables of the county, as they are."""

    @property
    def county(self) -> County:
        """The county, its tables in order."""
        positions = tuple(sorted(self._positions(), key=lambda row: (row.holder, row.category)))
        county = County(
            name="Tiny",
            code="000000",
            years=tuple(range(FIRST, FIRST + self.years)),
            categories=self._categories(positions),
            units=tuple(self._unit(u) for u in sorted(self.units)),
            townships=tuple(self._township(t) for t in sorted(self.townships)),
            positions=positions,
            retirements=tuple(
                Retirement(h, ADMIN, year, count) for (h, year), count in sorted(self.retirements.items())
            ),
            hiring=tuple(Hiring(ADMIN, year, most, h) for (h, year), most in sorted(self.hiring.items())),
            routes=tuple(self._routes()),
            agencies=tuple(sorted(self.agencies, key=lambda row: row.agency)),
            placed=tuple(sorted(self._placed(), key=lambda row: (row.township, row.agency, row.category))),
            demand=tuple(sorted(self._demand(), key=lambda row: (row.township, row.agency))),
        )
        return replace(county, **self.tables)

    @property
    def problem(self) -> Problem:
        """The county as rules and goals see it."""
        return Problem(self.county)

    def scenario(self, *rules: Rule, goals: Sequence[Goal] = ()) -> Scenario:
        """The county under `ledgers`, `hold_total` and these rules, with these goals before `canonical`."""
        return asked(self.county, (Ledgers(), HoldTotal(), *rules), (*goals, Canonical()))

    def _categories(self, positions: Iterable[Position]) -> tuple[Category, ...]:
        names = sorted({row.category for row in positions} | {ADMIN})
        costs = {name: Decimal(cost) for name, cost in self.costs.items()}
        return tuple(
            Category(name, name, "", self.ceilings.get(name), costs.get(name), name in self.frozen) for name in names
        )

    def _positions(self) -> Iterator[Position]:
        for holder, holding in {**self.units, **self.townships, RESERVE: self.reserve}.items():
            for category, has in _several(holding):
                yield has.row(holder, category)

    def _unit(self, name: str) -> Unit:
        return Unit(name, name, UnitKind(self.kinds.get(name, "department")), **self.about.get(name, {}))

    def _township(self, name: str) -> Township:
        kind = TownshipKind(self.kinds.get(name, "town"))
        return Township(name, name, kind, class_=self.classes.get(name, ""), **self.about.get(name, {}))

    def _routes(self) -> Iterator[Route]:
        for origin, to in sorted(self.routes):
            yield Route(ADMIN, HolderKind(origin), HolderKind(to), Approval.COUNTY)

    def _placed(self) -> Iterator[Placed]:
        for (township, agency), holding in self.placed.items():
            for category, has in _several(holding):
                yield Placed(township, agency, category, has.positions)

    def _demand(self) -> Iterator[Demand]:
        for place, needs in self.demand.items():
            township, agency = (place, "") if isinstance(place, str) else place
            yield Demand(township, agency, int(Fraction(needs) * 100))


def _several(holding: Holding | None) -> Iterator[tuple[str, Has]]:
    if holding is None:
        return
    several = holding if isinstance(holding, Mapping) else {ADMIN: holding}
    for category, has in several.items():
        yield category, has if isinstance(has, Has) else Has(has)


def office(name: str, least: int = 0, most: int | None = None) -> Agency:
    """A compulsory agency."""
    return Agency(name, name, Platform.PUBLIC_SERVICE, compulsory=True, least=least, most=most)


def optional(name: str, least: int = 0, most: int | None = None, falls_to: str = "") -> Agency:
    """An agency a township may have; without it, its work falls to another."""
    return Agency(name, name, Platform.PUBLIC_SERVICE, compulsory=False, least=least, most=most, else_=falls_to)


def asked(county: County, rules: Iterable[Rule], goals: Sequence[Goal]) -> Scenario:
    """A scenario of these rules and goals."""
    return Scenario("tiny", Problem(county), {rule_name(type(rule)): rule for rule in rules}, tuple(goals))


@dataclass(frozen=True, slots=True)
class Size:
    """How large a random county may become."""

    units: int
    townships: int
    categories: int
    years: int
    agencies: int
    biggest: int = 4
    """Positions of one category a unit has at most."""


TINY = (
    Size(1, 1, 1, 1, 3),
    Size(2, 1, 1, 1, 3),
    Size(2, 2, 1, 1, 2),
    Size(3, 2, 1, 1, 2),
    Size(3, 2, 1, 1, 0),
    Size(1, 1, 2, 1, 3),
    Size(2, 1, 2, 1, 2, biggest=3),
    Size(2, 2, 2, 1, 1, biggest=2),
    Size(1, 1, 1, 2, 2),
    Size(2, 1, 1, 2, 2, biggest=3),
    Size(2, 2, 1, 2, 0, biggest=2),
    Size(1, 1, 2, 2, 1, biggest=2),
)
"""Sizes whose plans can all be written out."""


LIKELY = {
    "cut_above_add_below": 70,
    "vacancies_first": 65,
    "routes": 60,
    "holder_limits": 60,
    "compulsory_agencies": 65,
    "agency_quota": 60,
    "hiring": 80,
    "phasing": 40,
    "pinned": 30,
    "agency_nature": 30,
    "platforms": 10,
    "stations_go_down": 50,
    "dispatched_staff": 60,
    "return_borrowed": 60,
    "enforcement_brigade": 15,
    "unified_use": 30,
    "posts_filled": 15,
    "work_follows_matters": 50,
    "leadership": 35,
    "budget": 35,
    "sure_retirements": 30,
    "no_worse_on_the_way": 30,
}
"""Times in a hundred that a random scenario has a rule (the law: always)."""

PLAIN = {"ledgers", "vacancies_first", "routes", "compulsory_agencies", "hiring"}
"""Rules without parameters."""

LEEWAY = (Fraction(0), Fraction(0), Fraction(1, 10), Fraction(1, 3))
"""By how much coverage may fall."""

HEADROOM: tuple[bool | int, ...] = (False, True, 1)
"""Nothing granted, all there is room for, one position of each category."""

KINDS = (UnitKind.DEPARTMENT, UnitKind.DEPARTMENT, UnitKind.INSTITUTION, UnitKind.INSTITUTION, UnitKind.VERTICAL)
"""Kinds of units: few under vertical management, which mostly give nothing."""

SHARES = (Fraction(1, 2), Fraction(2, 5), Fraction(1, 3), Fraction(3, 4), Fraction(0), Fraction(1))


REFORM = 25
"""Times in a hundred that a random county has stations, dispatched staff or matters."""


def random_county(seed: int, size: Size | None = None, reform: int = REFORM) -> County:
    """A county dealt from a seed, orderly or not; `reform`: how often it has what the reform adds."""
    county = Dealer(Random(f"county {seed}"), size or TINY[seed % len(TINY)]).county()
    return Reform(Random(f"reform {seed}"), reform).county(county)


def random_scenario(seed: int, size: Size | None = None, reform: int = REFORM) -> Scenario:
    """A random county with a random choice of rules and goals, feasible or not."""
    size = size or TINY[seed % len(TINY)]
    county = random_county(seed, size, reform)
    dealer = Dealer(Random(f"scenario {seed}"), size)
    total = Dealer(Random(f"total {seed}"), size).rule("hold_total", county)
    return asked(county, (Ledgers(), total, *dealer.rules(county)), dealer.goals(county))


@dataclass(slots=True)
class Dealer:
    """Deals tables, rules and goals."""

    dice: Random
    size: Size

    def chance(self, percent: int) -> bool:
        """True so many times in a hundred."""
        return self.dice.randrange(100) < percent

    def one_of(self, *choices: Item) -> Item:
        """One of the choices, each as likely."""
        return self.dice.choice(choices)

    def county(self) -> County:
        """All tables, in order."""
        years = tuple(range(FIRST, FIRST + self.size.years))
        names = [f"c{n}" for n in range(1, self.size.categories + 1)]
        units = [Unit(f"U{n}", f"Unit {n}", self.one_of(*KINDS)) for n in range(1, self.size.units + 1)]
        townships = [self._township(n) for n in range(1, self.size.townships + 1)]
        positions = self._positions(names, units, townships)
        agencies = self._agencies()
        return County(
            name="Random",
            code="000000",
            years=years,
            categories=tuple(self._category(name, positions) for name in names),
            units=tuple(units),
            townships=tuple(townships),
            positions=positions,
            retirements=self._retirements(positions, years),
            hiring=self._hiring(names, years, units, townships),
            routes=self._routes(names, units, townships),
            agencies=agencies,
            placed=self._placed(agencies, positions, townships),
            demand=tuple(row for township in townships for row in self._demand(township, agencies)),
        )

    def _township(self, number: int) -> Township:
        kind, class_ = self.one_of(*TownshipKind), self.one_of("large", "medium", "")
        return Township(f"T{number}", f"Township {number}", kind, class_=class_)

    def _category(self, name: str, positions: Sequence[Position]) -> Category:
        today = sum(row.authorised for row in positions if row.category == name)
        ceiling = max(0, today + self.one_of(-1, 0, 1)) if self.chance(40) else None
        return Category(name, f"Category {name}", ceiling=ceiling)

    def _positions(
        self, names: Sequence[str], units: Sequence[Unit], townships: Sequence[Township]
    ) -> tuple[Position, ...]:
        below = [self._position(row.township, c, 2) for row in townships for c in names if self.chance(80)]
        above = [self._position(row.unit, c, self.size.biggest) for row in units for c in names if self.chance(85)]
        pool = [Position(RESERVE, c, self.one_of(0, 0, 1, 2), 0) for c in names if self.chance(35)]
        willing = {row: self.one_of(1, 1, 2) for row in above if self.chance(50)}
        needs = {row: self.dice.randint(0, 5) for row in above if self.chance(60)}
        moved = [_with(row, willing.get(row, 0), needs.get(row)) for row in above]
        return tuple(sorted([*below, *moved, *pool], key=lambda row: (row.holder, row.category)))

    def _position(self, holder: str, category: str, most: int) -> Position:
        authorised = self.dice.randint(0, most)
        in_post = max(0, authorised + self.one_of(-2, -1, -1, 0, 0, 1, 1, 2))
        floor = max(0, authorised + self.one_of(-2, -1, 0, 1)) if self.chance(25) else None
        ceiling = max(0, authorised + self.one_of(-1, 0, 1, 2)) if self.chance(25) else None
        return Position(holder, category, authorised, in_post, floor, ceiling)

    def _retirements(self, positions: Sequence[Position], years: Sequence[int]) -> tuple[Retirement, ...]:
        people = [row for row in positions if row.holder != RESERVE and (row.in_post or self.chance(10))]
        dealt = [(row, year, self.one_of(1, 1, 2)) for row in people for year in years if self.chance(25)]
        return tuple(Retirement(row.holder, row.category, year, count) for row, year, count in dealt)

    def _hiring(
        self, names: Sequence[str], years: Sequence[int], units: Sequence[Unit], townships: Sequence[Township]
    ) -> tuple[Hiring, ...]:
        if self.chance(65):
            return ()
        holders = ["", *(row.township for row in townships), *(row.unit for row in units)]
        keys = [(c, year, holder) for c in names for year in years for holder in holders]
        chosen = sorted(self.dice.sample(keys, self.dice.randint(1, min(3, len(keys)))))
        most = {key: self.one_of(0, 1, 1, 2) for key in chosen}
        return tuple(Hiring(*key[:2], n, key[2], self._fewest(n)) for key, n in most.items())

    def _fewest(self, most: int) -> int:
        """Mostly nobody has to be hired."""
        return self.one_of(0, 0, 0, 0, 0, min(1, most))

    def _routes(self, names: Sequence[str], units: Sequence[Unit], townships: Sequence[Township]) -> tuple[Route, ...]:
        if self.chance(35):
            return ()
        pool = {HolderKind.RESERVE}
        origins = sorted({HolderKind(row.kind) for row in units} | pool)
        ends = sorted({HolderKind(row.kind) for row in townships} | pool)
        ways = [(c, origin, to) for c in names for origin in origins for to in ends if self.chance(60)]
        return tuple(Route(*way, self.one_of(*Approval)) for way in sorted(ways))

    def _agencies(self) -> tuple[Agency, ...]:
        count = self.dice.randint(0, self.size.agencies)
        compulsory = [self.chance(60) for _number in range(count)]
        heirs = [f"A{n}" for n, must in enumerate(compulsory, 1) if must]
        return tuple(self._agency(n, heirs, must=must) for n, must in enumerate(compulsory, 1))

    def _agency(self, number: int, heirs: Sequence[str], *, must: bool) -> Agency:
        least = self.one_of(0, 0, 1, 2)
        most = max(0, least + self.one_of(-1, 0, 1, 1)) if self.chance(40) else None
        heir = self.one_of(*heirs, "") if heirs and not must else ""
        platform = self.one_of(*Platform)
        return Agency(f"A{number}", f"Agency {number}", platform, must, least=least, most=most, else_=heir)

    def _placed(
        self, agencies: Sequence[Agency], positions: Sequence[Position], townships: Sequence[Township]
    ) -> tuple[Placed, ...]:
        if not agencies or self.chance(40):
            return ()
        ids = {row.township for row in townships}
        rows = [row for row in positions if row.holder in ids]
        most = 3 if self.chance(25) else 1
        keys = sorted((row.holder, one.agency, row.category) for row in rows for one in agencies if self.chance(60))
        return tuple(Placed(*key, self.dice.randint(0, most)) for key in keys)

    def _demand(self, township: Township, agencies: Sequence[Agency]) -> Iterator[Demand]:
        if not agencies or self.chance(30):
            if self.chance(85):
                yield Demand(township.township, "", self._hundredths())
            return
        for one in agencies:
            if self.chance(75):
                yield Demand(township.township, one.agency, self._hundredths())

    def _hundredths(self) -> int:
        if self.chance(5):
            return 0
        return self.one_of(self.dice.randint(1, 350), 50 * self.dice.randint(1, 7), 100 * self.dice.randint(1, 4))

    def rules(self, county: County) -> Iterator[Rule]:
        """A random choice of the rules that are not law, with random parameters."""
        yield from (self.rule(name, county) for name, percent in LIKELY.items() if self.chance(percent))

    def rule(self, name: str, county: County) -> Rule:
        """One rule with random parameters."""
        made: Mapping[str, Callable[[], Rule]] = {
            "hold_total": lambda: self._hold_total(county),
            "cut_above_add_below": self._cut_above_add_below,
            "holder_limits": lambda: HolderLimits(self.one_of(0, 0, 1, 2)),
            "agency_quota": self._agency_quota,
            "phasing": lambda: Phasing(self.one_of(*SHARES)),
            "sure_retirements": self._sure_retirements,
            "no_worse_on_the_way": lambda: NoWorseOnTheWay(self.one_of(*LEEWAY)),
            "pinned": lambda: self._pins(county),
        }
        if name in PLAIN:
            return RULES[name]()
        return made[name]() if name in made else Reform(self.dice, REFORM).rule(name, county)

    def _sure_retirements(self) -> SureRetirements:
        sure, but = self.one_of(Fraction(1), *SHARES), self.one_of(0, 0, 1, 2)
        return SureRetirements(Fraction(1) if but and self.chance(60) else sure, but)

    def _hold_total(self, county: County) -> HoldTotal:
        return HoldTotal(self.one_of(None, *county.years), headroom=self.one_of(*HEADROOM))

    def _agency_quota(self) -> AgencyQuota:
        large, medium = self.one_of(None, 1, 2), self.one_of(None, 0, 1, 2)
        return AgencyQuota(large, medium, large is None, self._apart(), self._apart())

    def _apart(self) -> Range:
        least = self.one_of(None, 1, 2, 2)
        return Range(least, self.one_of(None, least or 0, 2)) if self.chance(25) else Range()

    def _cut_above_add_below(self) -> CutAboveAddBelow:
        share = self.one_of(None, None, *SHARES)
        least = self.one_of(0, 1, 2) if self.chance(20) else None
        most = max(least or 0, self.one_of(0, 1, 2, 3)) if self.chance(40) else None
        return CutAboveAddBelow(share, Range(least, most), at_least_one=bool(share) and self.chance(60))

    def _pins(self, county: County) -> Pinned:
        cells = tuple(self._pin(county) for _number in range(self.one_of(0, 1, 1, 2)))
        totals = tuple(self._pin_total(county) for _number in range(self.one_of(0, 0, 1)))
        agencies = tuple(self._pin_agency(county) for _number in range(self.one_of(0, 0, 1) if county.agencies else 0))
        hires = tuple(self._pin_hired(county) for _number in range(self.one_of(0, 0, 1, 1) if county.hiring else 0))
        return Pinned(cells, totals, agencies, hires)

    def _pin(self, county: County) -> Pin:
        row = self.one_of(*county.positions) if county.positions else None
        if row is None:
            return Pin(county.townships[0].township, at_most=2)
        category, today = (row.category, row.authorised) if self.chance(70) else ("", row.authorised + 1)
        return Pin(row.holder, category, self._some_year(county), *self._pinned(today))

    def _pin_total(self, county: County) -> PinTotal:
        category = self.one_of("", *(row.category for row in county.categories))
        return PinTotal(category, self._some_year(county), *self._pinned(1))

    def _pin_agency(self, county: County) -> PinAgency:
        township, agency = self.one_of(*county.townships), self.one_of(*county.agencies)
        return PinAgency(township.township, agency.agency, self._some_year(county), *self._pinned(1))

    def _pin_hired(self, county: County) -> PinHired:
        row = self.one_of(*county.hiring)
        holder, category = self.one_of("", row.holder), self.one_of("", row.category)
        return PinHired(holder, category, self._some_year(county), *self._pinned(1))

    def _some_year(self, county: County) -> int | None:
        return self.one_of(None, *county.years)

    def _pinned(self, near: int) -> tuple[int | None, int | None, int | None]:
        low, high = max(0, near + self.one_of(-1, 0, 0, 1)), near + self.one_of(-1, 0, 1, 1)
        return self.one_of((low, None, None), (None, max(0, high), None), (None, None, low), (low, low + 1, None))

    def goals(self, county: County) -> tuple[Goal, ...]:
        """Some goals in some order, with options, and `canonical` last."""
        order: list[Goal] = [
            self._worst_off_first(Per.TOWNSHIP),
            FillShortages(self._weights(county)),
            FillVacancies(),
            self._worst_off_first(Per.AGENCY),
            SpareTheUnits(self.one_of(0, 1, 2, 3)),
            FewPeopleMoved(),
            FewUnitsTouched(),
            ServeEarly(),
        ]
        if self.chance(60):
            self.dice.shuffle(order)
        if self.chance(40):
            order = order[: self.dice.randint(0, len(order))]
        return (*order, Canonical())

    def _worst_off_first(self, per: Per) -> WorstOffFirst:
        enough = (Fraction(1), Fraction(1), Fraction(1, 2), Fraction(2, 3), Fraction(9, 10), Fraction(0))
        of = self.one_of(Of.POSITIONS, Of.POSITIONS, Of.PEOPLE) if per is Per.TOWNSHIP else Of.POSITIONS
        return WorstOffFirst(per, self.one_of(*enough), of=of)

    def _weights(self, county: County) -> tuple[Weight, ...]:
        rows = [row for row in county.townships if self.chance(20)]
        return tuple(Weight(row.township, self.one_of(0, 2, 3)) for row in rows)


def _with(row: Position, willing: int, needed: int | None) -> Position:
    has = Has(row.authorised, row.in_post, row.floor, row.ceiling, needed, willing)
    return has.row(row.holder, row.category)
