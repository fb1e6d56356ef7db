"""What was decided, year by year: plain integers, and the two ledgers that follow from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from rebalance.county.county import span
from rebalance.county.organisations import RESERVE
from rebalance.problem import HUNDRED, WHOLE, Problem
from rebalance.words import _

Cell = tuple[str, *tuple[str | int, ...]]
"""One decided number: the verb, then the ids and the year, such as ("cut", "U012", "institution_full", 2025)."""


def cells(problem: Problem) -> Iterator[tuple[Cell, int]]:
    """Every cell that is decided, in a fixed order, with the largest number that makes sense (the least is 0)."""
    everything = {c: sum(problem.authorised(h, k) for h, k in problem.accounts if k == c) for c in problem.categories}
    for year in problem.years:
        yield from _positions(problem, everything, year)
        yield from _people(problem, everything, year)
        yield from _agencies(problem, everything, year)


def _positions(problem: Problem, everything: Mapping[str, int], year: int) -> Iterator[tuple[Cell, int]]:
    for holder, category in problem.accounts:
        if holder in problem.unit:
            yield ("cut", holder, category, year), problem.authorised(holder, category)
        elif holder in problem.township:
            yield ("added", holder, category, year), everything[category]
        else:
            yield ("reserve", category, year), everything[category]


def _people(problem: Problem, everything: Mapping[str, int], year: int) -> Iterator[tuple[Cell, int]]:
    for holder, category in problem.accounts:
        if holder in problem.unit and problem.position[holder, category].willing:
            yield ("moved_out", holder, category, year), problem.in_post(holder, category)
        elif holder in problem.township and category in problem.movable:
            yield ("moved_in", holder, category, year), everything[category]
        if holder != RESERVE and {"", holder} & set(problem.hiring.get((category, year), ())):
            yield ("hired", holder, category, year), everything[category]


def _agencies(problem: Problem, everything: Mapping[str, int], year: int) -> Iterator[tuple[Cell, int]]:
    for township in problem.townships:
        for agency in problem.agencies:
            yield ("open", township, agency, year), 1
            for category in problem.categories:
                yield (
                    ("placed", township, agency, category, year),
                    everything[category] + problem.excess(township, category),
                )


@dataclass(frozen=True)
class Plan:
    """The decided integers and the ledgers they lead to.

    `owned` and `in_post` are the ledgers at the end of each year, by (holder, category, year), the year
    `problem.today` included. A plan typed by hand may hold anything; the rules judge it.
    """

    problem: Problem
    owned_: Mapping[tuple[str, str, int], int]
    in_post_: Mapping[tuple[str, str, int], int]
    decided: Mapping[Cell, int]

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
        """Positions a unit gives in the year."""
        return self.owned(unit, category, year - 1) - self.owned(unit, category, year)

    def added(self, township: str, category: str, year: int) -> int:
        """Positions a township receives in the year."""
        return self.owned(township, category, year) - self.owned(township, category, year - 1)

    def reserve(self, category: str, year: int) -> int:
        """Level of the county's reserve at the end of the year."""
        return self.owned(RESERVE, category, year)

    def moved_out(self, unit: str, category: str, year: int) -> int:
        """People who leave a unit with their position."""
        return self.decided.get(("moved_out", unit, category, year), 0)

    def moved_in(self, township: str, category: str, year: int) -> int:
        """People who come to a township with their position."""
        return self.decided.get(("moved_in", township, category, year), 0)

    def hired(self, holder: str, category: str, year: int) -> int:
        """People the holder hires."""
        return self.decided.get(("hired", holder, category, year), 0)

    def open(self, township: str, agency: str, year: int) -> int:
        """1 when the township has the agency, else 0."""
        return self.decided.get(("open", township, agency, year), 0)

    def placed(self, township: str, agency: str, category: str, year: int) -> int:
        """Positions of the township placed in the agency."""
        return self.decided.get(("placed", township, agency, category, year), 0)

    def strength(self, township: str, agency: str, year: int) -> int:
        """What the agency can work with; for `WHOLE`, everything used in the township."""
        if agency == WHOLE:
            return sum(self.owned(township, category, year) for category in self.problem.categories)
        return sum(self.placed(township, agency, category, year) for category in self.problem.categories)

    def demand(self, township: str, agency: str, year: int) -> int:
        """Hundredths of positions the agency's work needs.

        Its own if open, and that of those not open which falls to it.
        """
        needs = self.problem.demand.get((township, agency), 0)
        if agency == WHOLE:
            return needs
        own = needs * self.open(township, agency, year) if self.problem.agency[agency].else_ else needs
        others = self.problem.heirs_of(township, agency)
        return own + sum(
            self.problem.demand[township, other] for other in others if not self.open(township, other, year)
        )

    def served(self, township: str, agency: str, year: int) -> int:
        """Hundredths of positions of the agency's work that its strength can do; nothing where it is not open."""
        if agency != WHOLE and not self.open(township, agency, year):
            return 0
        return min(HUNDRED * self.strength(township, agency, year), self.demand(township, agency, year))

    def covered(self, township: str, year: int) -> int:
        """Hundredths of positions of the township's work that are served."""
        return sum(self.served(township, agency, year) for agency in self.problem.workplaces[township])

    def coverage(self, township: str, year: int) -> Fraction:
        """Served work over needed work, exactly; 1 where no work is given."""
        work = self.problem.work(township)
        return Fraction(self.covered(township, year), work) if work else Fraction(1)

    def staffed(self, township: str, year: int) -> Fraction:
        """Coverage by the people in post, put where they serve most: no more than they are can be served."""
        work = self.problem.work(township)
        people = sum(self.in_post(township, category, year) for category in self.problem.categories)
        return Fraction(min(self.covered(township, year), HUNDRED * people), work) if work else Fraction(1)


def plan_of(problem: Problem, decided: Mapping[Cell, int]) -> Plan:
    """Keep the books: the plan that the decided numbers lead to."""
    owned = {(h, c, problem.today): problem.authorised(h, c) for h, c in problem.accounts}
    in_post = {(h, c, problem.today): problem.in_post(h, c) for h, c in problem.accounts}

    def said(verb: str, *key: str | int) -> int:
        return decided.get((verb, *key), 0)

    for year in problem.years:
        for h, c in problem.accounts:
            before = owned[h, c, year - 1]
            change = said("added", h, c, year) - said("cut", h, c, year)
            owned[h, c, year] = said("reserve", c, year) if h == RESERVE else before + change
            moved = said("moved_in", h, c, year) - said("moved_out", h, c, year)
            stay = in_post[h, c, year - 1] - problem.retired(h, c, year)
            in_post[h, c, year] = stay + moved + said("hired", h, c, year)
    return Plan(problem, owned, in_post, dict(decided))


def standing_still(problem: Problem) -> Plan:
    """The plan that changes nothing: today's ledgers, people retiring, agencies as they are."""
    decided: dict[Cell, int] = {}
    for year in problem.years:
        decided |= {("reserve", c, year): problem.authorised(RESERVE, c) for c in problem.reserves}
        decided |= {
            ("open", t, a, year): int(problem.open_today(t, a)) for t in problem.townships for a in problem.agencies
        }
        decided |= {("placed", t, a, c, year): count for (t, a, c), count in problem.placed.items()}
    return plan_of(problem, decided)
