"""The plan while it is still unknown, with the work that is served under it: what goals look at."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from itertools import product
from typing import Self

from rebalance.county.reform import Matter
from rebalance.model.finding import Place
from rebalance.model.ledger_model import LedgerModel
from rebalance.model.linear import Linear, total
from rebalance.problem.problem import Problem
from rebalance.problem.work import WHOLE, Brought
from rebalance.problem.working import HUNDRED

ALWAYS = Linear(constant=1)


Workplace = tuple[str, str, int]
"""A township, one of its agencies (or `WHOLE`), and a year."""


@dataclass(slots=True)
class Workings:
    """What has been worked out of the work to do, and the variables defined for it: said once, then looked up.

    Attributes:
        demands: every amount of work a workplace may have, with the 0/1 that says it is the one
        arriving: the work that falls to it with matters that need not be delegated
        served: the work served there
        staffed: the work served in a township as far as there are people to do it, by township and year
        landing: whether a matter has been delegated and its own, optional agency is open, by matter, township and year
    """

    demands: dict[Workplace, tuple[tuple[int, Linear], ...]] = field(default_factory=dict)
    arriving: dict[Workplace, Linear] = field(default_factory=dict)
    served: dict[Workplace, Linear] = field(default_factory=dict)
    staffed: dict[tuple[str, int], Linear] = field(default_factory=dict)
    landing: dict[tuple[str, str, int], Linear] = field(default_factory=dict)

    def copy(self) -> Workings:
        """The same, to be added to apart from these."""
        copied = (dict(self.arriving), dict(self.served), dict(self.staffed), dict(self.landing))
        return Workings(dict(self.demands), *copied)


class Model(LedgerModel):
    """The ledgers, and the work that is served.

    Attributes:
        workings: what has been asked for so far of the work
    """

    def __init__(self, problem: Problem) -> None:
        """Create a variable for each decided cell."""
        super().__init__(problem)
        self.workings = Workings()

    def copy(self) -> Self:
        """A copy that shares what has been said so far; what is defined in it is not known here."""
        other = super().copy()
        other.workings = self.workings.copy()
        return other

    def seen_as(self, problem: Problem) -> Self:
        """The same plan with other work to do, or other people retiring; whatever is defined there is defined here."""
        other = copy(self)
        other.problem = problem
        other.workings = Workings()
        other.staffed_anew()
        return other

    def served(self, township: str, agency: str, year: int) -> Linear:
        """Hundredths of positions of the agency's work that its strength can do; nothing where it is not open.

        The variable lies at or below the smaller of strength and demand. Only ever require, or aim at, more of it:
        then it is as good as equal, because raising it to that smaller number breaks nothing, and a plan's own figure
        is never less than what was claimed.
        """
        key, served = (township, agency, year), self.workings.served
        if key not in served:
            served[key] = self._define_served(*key)
        return served[key]

    def _define_served(self, township: str, agency: str, year: int) -> Linear:
        """Whole positions of work, and the last part of one, each of which takes a position of its own.

        Served work is a concave function of a whole number of positions; stated like this its linear relaxation is
        exactly its hull, where `served ≤ 100·strength` alone would let a solver believe in fractions of a position.
        """
        here = Place(township, agency, "", year)
        strength, parts, wholes = self.strength(township, agency, year), [], []
        opened = self.open(township, agency, year) if agency != WHOLE else ALWAYS
        if self.arriving(township, agency, year).terms:
            return self._define_moving(township, agency, year)
        for number, (needs, present) in enumerate(self.demands(township, agency, year)):
            whole, rest = divmod(needs, HUNDRED)
            wholes.append(present * whole)
            if rest:
                part = self.variable(("part", township, agency, year, number), 0, 1)
                self.define(part <= present, here)
                self.define(part <= opened, here)
                parts.append((part, rest))
        room = total(wholes)
        full = self.variable(("full", township, agency, year), 0, self.bounds(room)[1])
        self.define(full <= room, here)
        self.define(full <= self.bounds(room)[1] * opened, here)
        # Each last part takes a whole position, however small it is: this is what the relaxation would not know.
        self.define(total((full, *(part for part, _rest in parts))) <= strength, here)
        return total((full * HUNDRED, *(part * rest for part, rest in parts)))

    def _define_moving(self, township: str, agency: str, year: int) -> Linear:
        """The same where delegation is free, and the work with it: no more than is there, nor than can be done.

        What is a whole position of work and what a last part depends on what is delegated, so there are no parts here,
        and the relaxation is looser.
        """
        here = Place(township, agency, "", year)
        opened = self.open(township, agency, year) if agency != WHOLE else ALWAYS
        work = total((*(p * n for n, p in self.demands(township, agency, year)), self.arriving(township, agency, year)))
        most = self.bounds(work)[1]
        done = self.variable(("done", township, agency, year), 0, most)
        self.define(done <= self.strength(township, agency, year) * HUNDRED, here)
        self.define(done <= work, here)
        self.define(done <= opened * most, here)
        return done

    def base(self, township: str, agency: str, year: int) -> int:
        """Hundredths of positions of an agency's own work, with the matters that are delegated in any case."""
        brought = self._taken(self.problem.work.matters_at(township, agency), township, year)
        return self.problem.work.demand.get((township, agency), 0) + sum(
            work * taken.constant
            for matter, work, taken in brought
            if not taken.terms and agency in {WHOLE, matter.agency}
        )

    def arriving(self, township: str, agency: str, year: int) -> Linear:
        """Hundredths of positions of work that falls to the agency with matters that need not be delegated.

        Its own, or that of an agency that is not open. For goals, once every rule has been posted.
        """
        key, arriving = (township, agency, year), self.workings.arriving
        if key not in arriving:
            brought = self._taken(self.problem.work.matters_at(township, agency), township, year)
            arriving[key] = total(self._lands(*key, m, taken) * work for m, work, taken in brought if taken.terms)
        return arriving[key]

    def _taken(self, brought: Brought, township: str, year: int) -> Iterator[tuple[Matter, int, Linear]]:
        """Each matter that brings work, the work, and whether it is delegated."""
        for row, work in brought:
            yield row, work, self.settled(self.delegated(row.matter, township, year))

    def _lands(self, township: str, agency: str, year: int, matter: Matter, taken: Linear) -> Linear:
        """1 when a matter that may fall to the agency has been delegated and does."""
        if agency == WHOLE or not self.problem.agency[matter.agency].else_:
            return taken
        both = self._both(taken, township, year, matter)
        return both if agency == matter.agency else taken - both

    def _both(self, taken: Linear, township: str, year: int, matter: Matter) -> Linear:
        """1 when the matter has been delegated and its own, optional agency is open."""
        opened = self.open(township, matter.agency, year)
        key, landing = (matter.matter, township, year), self.workings.landing
        if key not in landing:
            here = Place(township, matter.agency, "", year)
            both = landing[key] = self.variable(("lands", *key), 0, 1)
            self.define(both <= taken, here)
            self.define(both <= opened, here)
            self.define(both >= taken + opened - 1, here)
        return landing[key]

    def work(self, township: str, year: int) -> Linear:
        """Hundredths of positions the work of the township needs, with what has been delegated to it."""
        brought = self._taken(self.problem.work.matters_in(township), township, year)
        moved = (taken * work for _matter, work, taken in brought)
        return total((self.problem.work.of(township), *moved))

    def needed(self, unit: str, year: int) -> Linear:
        """Hundredths of positions the unit's work needs, without its stations that have gone and what it delegates."""
        need = self.problem.delegation.need
        matters = (self.settled(self.delegated(*key, year)) * work for key, work in need.matters_of(unit))
        stations = (self.settled(self.handed(station, year)) * work for station, work in need.stations_of(unit))
        return HUNDRED * self.problem.needed(unit) - total((*matters, *stations))

    def settled(self, amount: Linear) -> Linear:
        """The amount itself, or a constant where the rules leave only one value."""
        least, most = self.tight_bounds(amount)
        return Linear(constant=least) if least == most else amount

    def demands(self, township: str, agency: str, year: int) -> tuple[tuple[int, Linear], ...]:
        """Every amount of work an agency may have, in hundredths, each with the 0/1 that says it is the one.

        The work of an optional agency that is not open is none of them; it has gone elsewhere.
        """
        key, demands = (township, agency, year), self.workings.demands
        if key not in demands:
            demands[key] = tuple(self._define_demands(*key))
        return demands[key]

    def _define_demands(self, township: str, agency: str, year: int) -> Iterator[tuple[int, Linear]]:
        own = self.base(township, agency, year)
        heirs = self.problem.work.falling_to(township, agency) if agency != WHOLE else ()
        falls = {other: work for other in heirs if (work := self.base(township, other, year))}
        others = tuple(falls)
        cases = list(product((False, True), repeat=len(others)))
        if len(cases) == 1:
            optional = agency != WHOLE and self.problem.agency[agency].else_
            yield own, self.open(township, agency, year) if optional else ALWAYS
            return
        here = Place(township, agency, "", year)
        present = [self.variable(("case", township, agency, year, n), 0, 1) for n in range(len(cases))]
        self.define(total(present).equals(1), here)
        for position, other in enumerate(others):
            closed = total(p for p, case in zip(present, cases, strict=True) if case[position])
            still = total(p for p, case in zip(present, cases, strict=True) if not case[position])
            self.define(closed <= 1 - self.open(township, other, year), here)
            self.define(still <= self.open(township, other, year), here)
        for p, case in zip(present, cases, strict=True):
            yield own + sum(falls[o] for o, out in zip(others, case, strict=True) if out), p

    def covered(self, township: str, year: int) -> Linear:
        """Hundredths of positions of the township's work that are served."""
        return total(self.served(township, agency, year) for agency in self.problem.work.places[township])

    def staffed(self, township: str, year: int) -> Linear:
        """Hundredths of positions of its work that are served, and for which there are people.

        Like `served`, a variable at or below the true figure: only ever require, or aim at, more of it.
        """
        if (township, year) not in self.workings.staffed:
            covered, place = self.covered(township, year), Place(township, year=year)
            people = total(self.working(township, category, year) for category in self.problem.categories)
            most = self.bounds(covered)[1]
            done = self.variable(("staffed", township, year), 0, most)
            self.define(done <= covered, place)
            self.define(done <= people * HUNDRED + self._missing(people, most, done, place), place)
            self.workings.staffed[township, year] = done
        return self.workings.staffed[township, year]

    def _missing(self, people: Linear, most: int, done: Linear, place: Place) -> Linear:
        """What keeps work done by fewer people than none, as books may have it, at nothing instead of below."""
        fewest = min(0, self.bounds(people)[0])
        if not fewest:
            return Linear()
        nobody = self.variable(("nobody", place.holder, place.year), 0, 1)
        self.define(done <= most - most * nobody, place)
        return nobody * (-fewest * HUNDRED)


Draft = Model
"""The older name of a model, which rules of other people's hold on to."""
