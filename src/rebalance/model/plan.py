"""What was decided, year by year: plain integers, and the two ledgers that follow from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from rebalance.county.agencies import Nature
from rebalance.county.county import span
from rebalance.county.holders import RESERVE
from rebalance.county.reform import Matter
from rebalance.problem.problem import Problem
from rebalance.problem.work import WHOLE
from rebalance.problem.working import HUNDRED
from rebalance.text import _

Decision = tuple[str, *tuple[str | int, ...]]
"""One decided number: the verb, then the ids and the year, such as ("cut", "U012", "institution_full", 2025)."""

Bounded = tuple[Decision, int]


def decisions(problem: Problem) -> Iterator[Bounded]:
    """Every cell that is decided, in a fixed order, with the largest number that makes sense."""
    everything = problem.most
    for year in problem.years:
        yield from _positions(problem, everything, year)
        yield from _people(problem, everything, year)
        yield from _staffing(problem, year)
        yield from _matters(problem, year)
        yield from _agencies(problem, everything, year)


def _positions(problem: Problem, everything: Mapping[str, int], year: int) -> Iterator[Bounded]:
    for holder, category in problem.accounts:
        if holder in problem.unit:
            yield ("cut", holder, category, year), problem.authorised(holder, category)
        elif holder in problem.township:
            yield ("added", holder, category, year), everything[category]
        else:
            yield ("reserve", category, year), everything[category]


def _people(problem: Problem, everything: Mapping[str, int], year: int) -> Iterator[Bounded]:
    for holder, category in problem.accounts:
        if holder in problem.unit and problem.position[holder, category].willing:
            yield ("moved_out", holder, category, year), problem.in_post(holder, category)
        elif holder in problem.township and category in problem.movable:
            yield ("moved_in", holder, category, year), everything[category]
        if holder != RESERVE and {"", holder} & set(problem.hiring.get((category, year), ())):
            yield ("hired", holder, category, year), everything[category]


def _staffing(problem: Problem, year: int) -> Iterator[Bounded]:
    for station in problem.county.stations:
        yield ("handed", station.station, year), 1
    for row in problem.county.dispatched:
        key = (row.unit, row.township, row.agency, row.category)
        yield ("dispatched", *key, year), max(row.staff, row.most or 0)
    for lent in problem.county.borrowed:
        yield ("borrowed", lent.township, lent.unit, lent.category, year), lent.staff


def _matters(problem: Problem, year: int) -> Iterator[Bounded]:
    for matter in problem.delegation.matters:
        for township in problem.townships:
            yield ("delegated", matter, township, year), 1


def _agencies(problem: Problem, everything: Mapping[str, int], year: int) -> Iterator[Bounded]:
    for township in problem.townships:
        for agency in problem.agencies:
            yield ("open", township, agency, year), 1
            for category in problem.categories:
                most = everything[category] + problem.excess(township, category)
                yield ("placed", township, agency, category, year), most


def natures(problem: Problem) -> Iterator[Decision]:
    """The cells that say whether an agency that may be either is an office: decided only where a rule asks for it."""
    either = [row.agency for row in problem.county.agencies if row.nature is Nature.EITHER]
    for year in problem.years:
        yield from (("office", township, agency, year) for township in problem.townships for agency in either)


@dataclass(frozen=True)
class Plan:
    """The decided integers and the ledgers they lead to.

    `owned` and `in_post` are the ledgers at the end of each year, by (holder, category, year), the year
    `problem.today` included. A plan typed by hand may hold anything; the rules judge it.
    """

    problem: Problem
    owned_: Mapping[tuple[str, str, int], int]
    in_post_: Mapping[tuple[str, str, int], int]
    decided: Mapping[Decision, int]

    def __str__(self) -> str:
        """The county, the years, and how many positions go down."""
        return _("{county}, {years}: positions going down: {count}").format(
            county=self.problem, years=span(self.problem.years), count=self.down
        )

    def __repr__(self) -> str:
        """The same; the numbers are too long for a line."""
        return f"Plan({self})"

    @property
    def down(self) -> int:
        """Positions that go down: what the townships own at the end beyond what they own today."""
        first, last = self.problem.today, self.problem.last
        accounts = (account for account in self.problem.accounts if account[0] in self.problem.township)
        return sum(self.owned(*account, last) - self.owned(*account, first) for account in accounts)

    def owned(self, holder: str, category: str, year: int) -> int:
        """Positions the holder owns at the end of the year."""
        return self.owned_.get((holder, category, year), 0)

    def in_post(self, holder: str, category: str, year: int) -> int:
        """Staff in post at the end of the year."""
        return self.in_post_.get((holder, category, year), 0)

    def vacant(self, holder: str, category: str, year: int) -> int:
        """Positions nobody is in; below zero: over-established."""
        return self.owned(holder, category, year) - self.in_post(holder, category, year)

    def cut(self, unit: str, category: str, year: int) -> int:
        """Positions a unit gives in the year, beside stations handed down."""
        gone = self.owned(unit, category, year - 1) - self.owned(unit, category, year)
        return gone + self.sunk(unit, category, year)

    def added(self, township: str, category: str, year: int) -> int:
        """Positions a township receives in the year, beside stations handed down."""
        come = self.owned(township, category, year) - self.owned(township, category, year - 1)
        return come - self.sunk(township, category, year)

    def reserve(self, category: str, year: int) -> int:
        """Level of the county's reserve at the end of the year."""
        return self.owned(RESERVE, category, year)

    def held(self, category: str, year: int) -> int:
        """Positions all holders together own at the end of the year."""
        return sum(self.owned(holder, found, year) for holder, found in self.problem.accounts if found == category)

    def granted(self, category: str, year: int) -> int:
        """Positions granted to the county from above in the year; below zero: given back."""
        return self.held(category, year) - self.held(category, year - 1)

    def moved_out(self, unit: str, category: str, year: int) -> int:
        """People who leave a unit with their position."""
        return self.decided.get(("moved_out", unit, category, year), 0)

    def moved_in(self, township: str, category: str, year: int) -> int:
        """People who come to a township with their position."""
        return self.decided.get(("moved_in", township, category, year), 0)

    def hired(self, holder: str, category: str, year: int) -> int:
        """People the holder hires."""
        return self.decided.get(("hired", holder, category, year), 0)

    def handed(self, station: str, year: int) -> int:
        """1 when the station has been handed down by the end of the year, else 0."""
        return self.decided.get(("handed", station, year), 0)

    def sunk(self, holder: str, category: str, year: int, *, people: bool = False) -> int:
        """Positions (or people) that come to a township in the year with stations; below zero: that leave a unit.

        The people are those who are still in post at the end of the year before.
        """
        staffing = self.problem.staffing
        come = 0
        for row, sign in staffing.stations.get((holder, category), ()):
            now = self.handed(row.station, year) - self.handed(row.station, year - 1)
            come += sign * now * (staffing.staff(row.station, year - 1) if people else row.authorised)
        return come

    def in_stations(self, unit: str, category: str, year: int, *, people: bool = False) -> int:
        """Positions (or people) of a unit that are not at its headquarters, but in stations it has not handed down."""
        staffing = self.problem.staffing
        rows = [row for row, sign in staffing.stations.get((unit, category), ()) if sign < 0]
        sizes = {row: staffing.staff(row.station, year) if people else row.authorised for row in rows}
        return sum(size * (1 - self.handed(row.station, year)) for row, size in sizes.items())

    def retired(self, holder: str, category: str, year: int) -> int:
        """People who retire from the holder's books: its own, and those of stations it has at the end of the year."""
        staffing, retired = self.problem.staffing, self.problem.retired(holder, category, year)
        for row, sign in staffing.stations.get((holder, category), ()):
            down = self.handed(row.station, year)
            retired += staffing.leaving(row.station, year) * (down if sign > 0 else 1 - down)
        return retired

    def dispatched(self, unit: str, township: str, agency: str, category: str, year: int) -> int:
        """Staff the unit owns and the township uses at the end of the year."""
        return self.decided.get(("dispatched", unit, township, agency, category, year), 0)

    def borrowed(self, township: str, unit: str, category: str, year: int) -> int:
        """Staff the township owns and the unit uses at the end of the year."""
        return self.decided.get(("borrowed", township, unit, category, year), 0)

    def sent(self, holder: str, category: str, year: int) -> int:
        """Staff dispatched into a township, less those dispatched out of a unit: used less owned."""
        rows = self.problem.staffing.sent.get((holder, category), ())
        return sum(sign * self.decided.get(("dispatched", *key, year), 0) for key, sign in rows)

    def used(self, holder: str, category: str, year: int) -> int:
        """Positions the holder works with: those it owns, and those dispatched to it but not those it dispatches."""
        return self.owned(holder, category, year) + self.sent(holder, category, year)

    def working(self, holder: str, category: str, year: int) -> int:
        """People really working there: in post, with those dispatched and borrowed counted where they work."""
        lent = self.lent(holder, category, year)
        return self.in_post(holder, category, year) + self.sent(holder, category, year) + lent

    def lent(self, holder: str, category: str, year: int) -> int:
        """Staff a unit has borrowed; below zero: that a township has lent."""
        rows = self.problem.staffing.lent.get((holder, category), ())
        return sum(sign * self.decided.get(("borrowed", *key, year), 0) for key, sign in rows)

    def delegated(self, matter: str, township: str, year: int) -> int:
        """1 when the township has taken the matter on by the end of the year, else 0."""
        return self.decided.get(("delegated", matter, township, year), 0)

    def open(self, township: str, agency: str, year: int) -> int:
        """1 when the township has the agency, else 0."""
        return self.decided.get(("open", township, agency, year), 0)

    def office(self, township: str, agency: str, year: int) -> int:
        """1 when the township has the agency as an internal office, else 0."""
        nature = self.problem.agency[agency].nature
        if nature is Nature.EITHER:
            return self.decided.get(("office", township, agency, year), 0)
        return self.open(township, agency, year) if nature is Nature.OFFICE else 0

    def nature(self, township: str, agency: str, year: int) -> Nature | None:
        """What the township's agency is: an office or an institution; None where it is not open, or not decided."""
        nature = self.problem.agency[agency].nature
        undecided = nature is Nature.EITHER and ("office", township, agency, year) not in self.decided
        if undecided or not self.open(township, agency, year):
            return None
        return Nature.OFFICE if self.office(township, agency, year) else Nature.INSTITUTION

    def placed(self, township: str, agency: str, category: str, year: int) -> int:
        """Positions of the township placed in the agency."""
        return self.decided.get(("placed", township, agency, category, year), 0)

    def strength(self, township: str, agency: str, year: int) -> int:
        """What the agency can work with; for `WHOLE`, everything used in the township."""
        if agency == WHOLE:
            return sum(self.used(township, category, year) for category in self.problem.categories)
        rows = self.problem.staffing.dispatched_to.get((township, agency), ())
        sent = sum(self.dispatched(row.unit, township, agency, row.category, year) for row in rows)
        return sent + sum(self.placed(township, agency, category, year) for category in self.problem.categories)

    def arriving(self, township: str, agency: str, year: int) -> int:
        """Hundredths of positions of delegated work that falls to the agency, its own or that of one not open."""
        matters = self.problem.work.matters_at(township, agency)
        return sum(work for row, work in matters if self._lands(row, township, agency, year))

    def _lands(self, matter: Matter, township: str, agency: str, year: int) -> bool:
        """Whether a matter that may fall to the agency does."""
        if not self.delegated(matter.matter, township, year):
            return False
        if agency == WHOLE or not self.problem.agency[matter.agency].else_:
            return True
        return (agency == matter.agency) == bool(self.open(township, matter.agency, year))

    def demand(self, township: str, agency: str, year: int) -> int:
        """Hundredths of positions of work: the agency's own if it is open, and what falls to it from those not open."""
        work = self.problem.work
        needs, arriving = work.demand.get((township, agency), 0), self.arriving(township, agency, year)
        if agency == WHOLE:
            return needs + arriving
        own = needs * self.open(township, agency, year) if self.problem.agency[agency].else_ else needs
        closed = (other for other in work.falling_to(township, agency) if not self.open(township, other, year))
        return arriving + own + sum(work.demand.get((township, other), 0) for other in closed)

    def served(self, township: str, agency: str, year: int) -> int:
        """Hundredths of positions of the agency's work that its strength can do; nothing where it is not open."""
        if agency != WHOLE and not self.open(township, agency, year):
            return 0
        return min(HUNDRED * self.strength(township, agency, year), self.demand(township, agency, year))

    def covered(self, township: str, year: int) -> int:
        """Hundredths of positions of the township's work that are served."""
        return sum(self.served(township, agency, year) for agency in self.problem.work.places[township])

    def work(self, township: str, year: int) -> int:
        """Hundredths of positions the work of the township needs, with what has been delegated to it."""
        matters = self.problem.work.matters_in(township)
        return self.problem.work.of(township) + sum(w * self.delegated(m.matter, township, year) for m, w in matters)

    def needed(self, unit: str, year: int) -> int:
        """Hundredths of positions the unit's work needs, without its stations that have gone and what it delegates."""
        need = self.problem.delegation.need
        gone = sum(work * self.delegated(*key, year) for key, work in need.matters_of(unit))
        down = sum(work for station, work in need.stations_of(unit) if self.handed(station, year))
        return HUNDRED * self.problem.needed(unit) - gone - down

    def coverage(self, township: str, year: int) -> Fraction:
        """Served work over needed work, exactly; 1 where no work is given."""
        work = self.work(township, year)
        return Fraction(self.covered(township, year), work) if work else Fraction(1)

    def staffed(self, township: str, year: int) -> Fraction:
        """Coverage by the people at work, put where they serve most: no more than they are can be served."""
        work = self.work(township, year)
        people = sum(self.working(township, category, year) for category in self.problem.categories)
        done = max(0, min(self.covered(township, year), HUNDRED * people))
        return Fraction(done, work) if work else Fraction(1)


def plan_of(problem: Problem, decided: Mapping[Decision, int]) -> Plan:
    """Keep the books: the plan that the decided numbers lead to."""
    owned = {(h, c, problem.today): problem.authorised(h, c) for h, c in problem.accounts}
    in_post = {(h, c, problem.today): problem.in_post(h, c) for h, c in problem.accounts}

    plan = Plan(problem, owned, in_post, dict(decided))

    def said(verb: str, *key: str | int) -> int:
        return decided.get((verb, *key), 0)

    for year in problem.years:
        for h, c in problem.accounts:
            change = said("added", h, c, year) - said("cut", h, c, year) + plan.sunk(h, c, year)
            owned[h, c, year] = said("reserve", c, year) if h == RESERVE else owned[h, c, year - 1] + change
            moved = said("moved_in", h, c, year) - said("moved_out", h, c, year)
            come = moved + said("hired", h, c, year) + plan.sunk(h, c, year, people=True)
            in_post[h, c, year] = in_post[h, c, year - 1] - plan.retired(h, c, year) + come
    return plan


def status_quo(problem: Problem) -> Plan:
    """The plan that changes nothing: today's ledgers, people retiring, agencies as they are."""
    decided: dict[Decision, int] = {}
    county = problem.county
    for year in problem.years:
        decided |= {("reserve", c, year): problem.authorised(RESERVE, c) for c in problem.reserves}
        decided |= {
            ("open", t, a, year): int(problem.open_today(t, a)) for t in problem.townships for a in problem.agencies
        }
        decided |= {("placed", t, a, c, year): count for (t, a, c), count in problem.placed.items()}
        decided |= {("dispatched", r.unit, r.township, r.agency, r.category, year): r.staff for r in county.dispatched}
        decided |= {("borrowed", r.township, r.unit, r.category, year): r.staff for r in county.borrowed}
    return plan_of(problem, decided)
