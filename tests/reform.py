"""What the reform adds to a random county, and random parameters for its rules.

Stations, dispatched and borrowed staff, matters with their volumes, posts, bands, and what units, agencies and
categories say about themselves. Dealt after everything else, so that a county without them stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any, TypeVar

from rebalance.county.agencies import Agency, Nature, Post, Role
from rebalance.county.county import County
from rebalance.county.holders import Hiring, Level, Position, Retirement, TownshipKind, Unit, UnitKind
from rebalance.county.norms import Band, BandUse, WorkingTime
from rebalance.county.reform import Actor, Borrowed, Dispatched, Matter, MatterKind, Side, Station, Step, Volume
from rebalance.rules import Rule
from rebalance.rules.agency_nature import AgencyNature
from rebalance.rules.budget import Budget
from rebalance.rules.dispatched_staff import DispatchedStaff
from rebalance.rules.enforcement_brigade import EnforcementBrigade
from rebalance.rules.leadership import Leadership
from rebalance.rules.platforms import Platforms
from rebalance.rules.posts_filled import PostsFilled
from rebalance.rules.return_borrowed import ReturnBorrowed
from rebalance.rules.rule import Range
from rebalance.rules.stations_go_down import StationsGoDown
from rebalance.rules.unified_use import Opening, UnifiedUse
from rebalance.rules.work_follows_matters import WorkFollowsMatters

Item = TypeVar("Item")

HOURS = WorkingTime(weeks=Decimal(50), days_a_week=Decimal(1), hours_a_day=Decimal(2))
"""A hundred hours a year, so that cases of one hour are hundredths of a position."""

SHARES = (Fraction(1), Fraction(1, 2), Fraction(1, 3), Fraction(0))


@dataclass(slots=True)
class Reform:
    """Deals the tables of the reform, each so many times in a hundred."""

    dice: Random
    percent: int

    def chance(self, percent: int) -> bool:
        """True so many times in a hundred."""
        return self.dice.randrange(100) < percent

    def one_of(self, *choices: Item) -> Item:
        """One of the choices, each as likely."""
        return self.dice.choice(choices)

    def county(self, county: County) -> County:
        """The county with what the reform adds to it."""
        county = self._said_of(county)
        above = {row.unit for row in county.units}
        units = [row for row in county.positions if row.holder in above and row.authorised]
        towns = [row for row in county.positions if row.holder in {one.township for one in county.townships}]
        stations = self._stations(county, units) if self.chance(self.percent) else ()
        lent = [row for row in towns if row.in_post] if self.chance(self.percent * 2 // 3) else []
        matters = self._matters(county) if self.chance(min(90, 2 * self.percent)) else ()
        whole = replace(
            county,
            bands=self._bands() if self.chance(max(40, self.percent)) else (),
            posts=self._posts(county) if self.chance(max(40, self.percent)) else (),
            stations=stations,
            dispatched=self._dispatched(county, units) if self.chance(self.percent) else (),
            borrowed=tuple(self._borrowed(county, row) for row in lent[:1]),
            matters=matters,
            volumes=self._volumes(county, matters),
            working_time=HOURS if matters else None,
        )
        hiring = self._hiring(whole) if self.chance(50) else whole.hiring
        whole = self._drawn(replace(whole, retirements=self._in_order(self._retirements(whole)), hiring=hiring))
        frozen = tuple(replace(row, frozen=self.chance(15)) for row in whole.categories)
        return replace(whole, categories=frozen)

    def _hiring(self, county: County) -> tuple[Hiring, ...]:
        """With a row for units with stations: whoever is hired comes to headquarters."""
        known = {(row.category, row.year, row.holder): row for row in county.hiring}
        for row in county.stations:
            year = self.one_of(*county.years)
            known.setdefault((row.category, year, row.unit), Hiring(row.category, year, self.one_of(1, 2), row.unit))
        return tuple(row for _key, row in sorted(known.items()))

    def _in_order(self, rows: Iterable[Retirement]) -> tuple[Retirement, ...]:
        return tuple(sorted(rows, key=lambda row: (row.holder, row.category, row.year, row.station)))

    def _retirements(self, county: County) -> Iterator[Retirement]:
        """Those there are, but for more than headquarters have, and some of the people of stations."""
        staff = {(row.holder, row.category): row.in_post for row in county.positions}
        for station in county.stations:
            staff[station.unit, station.category] -= station.in_post
        above = {row.unit for row in county.stations}
        for row in county.retirements:
            account = (row.holder, row.category)
            count = min(row.count, staff.get(account, 0)) if row.holder in above else row.count
            if count:
                staff[account] = staff.get(account, 0) - count
                yield replace(row, count=count)
        for station in county.stations:
            left = station.in_post
            for year in county.years if left else ():
                if left and self.chance(60):
                    count = self.dice.randint(1, left)
                    left -= count
                    yield Retirement(station.unit, station.category, year, count, station.station)

    def _drawn(self, county: County) -> County:
        """The same matters, some of which are for cooperation only, some drawn step by step; last of all."""
        kinds = (*MatterKind, MatterKind.APPROVAL)
        sides = (*(None,) * 6, *Side)
        told = (replace(row, kind=self.one_of(*kinds), responsible=self.one_of(*sides)) for row in county.matters)
        steps = (step for row in county.matters if self.chance(25) for step in self._steps(row))
        return replace(county, matters=tuple(told), steps=tuple(steps))

    def _steps(self, row: Matter) -> tuple[Step, ...]:
        """Two or three steps of half an hour or an hour, or of no known length."""
        lengths = (None, Decimal(30), Decimal(60))
        actors = (*Actor, Actor.TOWNSHIP)[: self.one_of(2, 3, 4)]
        return tuple(
            Step(
                row.matter, str(n), "Step", actor, next=(str(n + 1),) * (n < len(actors)), minutes=self.one_of(*lengths)
            )
            for n, actor in enumerate(actors, 1)
        )

    def _said_of(self, county: County) -> County:
        """The same holders, agencies and categories, which say more about themselves."""
        costs = (None, Decimal(1), Decimal(2), Decimal("1.5"))
        names = [row.category for row in county.categories]
        return replace(
            county,
            units=tuple(self._unit(row) for row in county.units),
            agencies=tuple(self._agency(row, names) for row in county.agencies),
            categories=tuple(replace(row, cost=self.one_of(*costs)) for row in county.categories),
        )

    def _unit(self, row: Unit) -> Unit:
        level = Level.ABOVE if self.chance(10) else Level.COUNTY
        leaders = self.one_of(None, 0, 1, 2, 3)
        there = self.one_of(None, 0, 2, 4)
        force = self.one_of("", "", "police", "market")
        return replace(row, level=level, force=force, leaders_authorised=leaders, leaders_in_post=there)

    def _agency(self, row: Agency, names: Sequence[str]) -> Agency:
        role = Role.BRIGADE if self.chance(35) else row.role
        categories = (self.one_of(*names),) if self.chance(15) else ()
        return replace(row, role=role, nature=self.one_of(*Nature), categories=categories)

    def _bands(self) -> tuple[Band, ...]:
        sizes = sorted(self.dice.sample(range(5), self.one_of(1, 2, 3, 4)))
        return tuple(Band(BandUse.LEADERSHIP, size, 0, most) for most, size in enumerate(sizes, self.one_of(0, 0, 1)))

    def _posts(self, county: County) -> tuple[Post, ...]:
        where = [row.township for row in county.townships] if self.chance(50) else [""]
        keys = [(t, a.agency, c.category) for t in where for a in county.agencies for c in county.categories]
        chosen = [key for key in keys if self.chance(60)]
        return tuple(Post(t, a, f"P{c}", "Post", c, self.one_of(0, 1, 1, 2)) for t, a, c in chosen)

    def _stations(self, county: County, units: Sequence[Position]) -> tuple[Station, ...]:
        chosen = self.dice.sample(list(units), min(len(units), self.one_of(1, 1, 2)))
        return tuple(self._station(county, f"S{n}", row) for n, row in enumerate(chosen, 1))

    def _station(self, county: County, name: str, row: Position) -> Station:
        township, agency = self._workplace(county)
        authorised = self.dice.randint(1, min(2, row.authorised))
        in_post = min(row.in_post, max(0, authorised + self.one_of(-1, 0, 0, 0, 1)))
        kind = self.one_of("finance", "veterinary")
        return Station(name, row.holder, township, agency, row.category, authorised, in_post, kind)

    def _workplace(self, county: County) -> tuple[str, str]:
        """A township, and one of its agencies unless its demand is of the township as a whole."""
        township = self.one_of(*county.townships).township
        whole = {row.township for row in county.demand if not row.agency}
        return township, "" if township in whole or not county.agencies else self.one_of(*county.agencies).agency

    def _dispatched(self, county: County, units: Sequence[Position]) -> tuple[Dispatched, ...]:
        senders = [row for row in units if row.in_post]
        chosen = self.dice.sample(senders, min(len(senders), self.one_of(1, 1, 2)))
        return tuple(self._row(county, row) for row in sorted(chosen, key=lambda row: (row.holder, row.category)))

    def _row(self, county: County, row: Position) -> Dispatched:
        staff = self.dice.randint(0, min(2, row.in_post))
        least = max(0, staff - self.one_of(0, 1)) if self.chance(50) else None
        most = staff + self.one_of(0, 1, 1) if self.chance(60) else None
        year = self.one_of(*county.years) if self.chance(40) else None
        if staff and self.chance(20):  # some have to go home
            least, most = 0, staff - 1
        return Dispatched(row.holder, *self._workplace(county), row.category, staff, year, least, most)

    def _borrowed(self, county: County, row: Position) -> Borrowed:
        return Borrowed(row.holder, self.one_of(*county.units).unit, row.category, min(row.in_post, self.one_of(1, 2)))

    def _matters(self, county: County) -> tuple[Matter, ...]:
        agencies = [row.agency for row in county.agencies if row.compulsory or row.else_]
        count = self.one_of(1, 1, 2) if agencies else 0
        return tuple(self._matter(county, f"M{number}", agencies) for number in range(1, count + 1))

    def _matter(self, county: County, name: str, agencies: Sequence[str]) -> Matter:
        unit, agency = self.one_of(*county.units).unit, self.one_of(*agencies)
        follows = self.one_of("", *(row.category for row in county.categories))
        base = self.chance(40)
        return Matter(name, name, MatterKind.APPROVAL, unit, agency, hours=Decimal(1), base=base, category=follows)

    def _volumes(self, county: County, matters: Sequence[Matter]) -> tuple[Volume, ...]:
        cases = (0, 30, 75, 100, 100, 150, 200, 220)
        return tuple(Volume(m.matter, t.township, self.one_of(*cases)) for m in matters for t in county.townships)

    def rule(self, name: str, county: County) -> Rule:
        """One of the reform's rules with random parameters."""
        made: dict[str, Any] = {
            "agency_nature": self._nature,
            "platforms": self._platforms,
            "stations_go_down": self._go_down,
            "dispatched_staff": lambda _county: DispatchedStaff(self.one_of(None, 0, 1, 2)),
            "return_borrowed": lambda county: ReturnBorrowed(self.one_of(None, *county.years, *county.years)),
            "enforcement_brigade": self._brigade,
            "unified_use": self._unified,
            "posts_filled": self._filled,
            "work_follows_matters": self._work,
            "leadership": lambda _county: Leadership(
                self.one_of((), (), (UnitKind.DEPARTMENT,)), follow=self.chance(25)
            ),
            "budget": self._budget,
        }
        rule: Rule = made[name](county)
        return rule

    def _by(self, county: County) -> int | None:
        return self.one_of(None, *county.years)

    def _nature(self, county: County) -> AgencyNature:
        names = [row.category for row in county.categories]
        lists = ((), tuple(names[:1]), tuple(names[1:]))
        apart = (lists[1], lists[2])
        return AgencyNature(*(apart if self.chance(60) else (self.one_of(*lists), self.one_of(*lists))))

    def _platforms(self, county: County) -> Platforms:
        return Platforms(self.one_of(0, 1, 1, 2), self._by(county))

    def _go_down(self, county: County) -> StationsGoDown:
        there = {row.kind for row in county.stations}
        kinds, by = self.one_of((), ("finance",), ("finance", "veterinary")), self._by(county)
        return StationsGoDown(_among(kinds, there), by, _among(self.one_of((), ("veterinary",)), there))

    def _brigade(self, county: County) -> EnforcementBrigade:
        least, by, there = self.one_of(0, 1, 2), self._by(county), sorted({row.force for row in county.units} - {""})
        forces = self.one_of((), *((force,) for force in there), tuple(there))
        return EnforcementBrigade(least, by, forces, self.one_of(0, 1, 2))

    def _unified(self, county: County) -> UnifiedUse:
        kind, township = self.one_of(None, *TownshipKind), self.one_of("", "T1")
        opening = Opening(kind, township, self._by(county), self.one_of(*SHARES))
        beside = (Opening(share=Fraction(0)),) if township else ()  # where two are open, the wider counts
        return UnifiedUse((opening, *beside) if self.chance(60) else ())

    def _filled(self, county: County) -> PostsFilled:
        return PostsFilled(self.one_of(*SHARES), self.one_of(Fraction(0), *SHARES), self._by(county))

    def _work(self, county: County) -> WorkFollowsMatters:
        options = Range(self.one_of(None, None, 0, 1), self.one_of(None, 1, 2))
        return WorkFollowsMatters(self._by(county), options, self.one_of(*SHARES))

    def _leadership(self, _county: County) -> Leadership:
        return Leadership(self.one_of((), (), (UnitKind.DEPARTMENT,)), follow=self.chance(10))

    def _budget(self, county: County) -> Budget:
        above = {row.unit for row in county.units if row.above}
        own = {row.category: row.cost or Decimal(0) for row in county.categories}
        today = sum(
            (row.authorised * own[row.category] for row in county.positions if row.holder not in above), Decimal(0)
        )
        near = Fraction(today) + self.one_of(Fraction(-1), Fraction(0), Fraction(1, 3), Fraction(2))
        return Budget(self.one_of(max(near, Fraction(0)), max(near, Fraction(0)), None))


def _among(words: tuple[str, ...], known: set[str]) -> tuple[str, ...]:
    """Those of the words that the county has."""
    return tuple(word for word in words if word in known)
