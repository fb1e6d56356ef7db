"""The gate between rules and solvers: variables, the statements required of them, and who says so.

No solver is known here. Because the statements are data, every solver gets the very same ones, they can be copied to
another process, and a clash can be looked for among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from itertools import product
from typing import Self

from rebalance.county.holders import RESERVE
from rebalance.county.reform import Matter
from rebalance.model.finding import Place
from rebalance.model.linear import Bounds, Constraint, Linear, total
from rebalance.model.plan import Decision, Plan, decisions, plan_of
from rebalance.problem.problem import Problem
from rebalance.problem.work import WHOLE, Brought
from rebalance.problem.working import HUNDRED


@dataclass(frozen=True, slots=True)
class Variable:
    """A whole number between two bounds."""

    name: Decision
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class NamedConstraint:
    """A statement that must hold, and who says so: the name of a rule and the place, or nobody.

    A definition, or a goal that is held.
    """

    constraint: Constraint
    rule: str
    place: Place


class LinearModel:
    """Whole-number variables, and everything that has been required of them so far."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.variables: list[Variable] = []
        self.requirements: list[NamedConstraint] = []
        self.rule = ""
        self.shared: Self | None = None
        self._whole = True
        self._known = Bounds()
        self._learnt = (0, 0)

    def copy(self) -> Self:
        """A copy that shares what has been said so far; what is added to it does not come back here."""
        self._learn()
        other = copy(self)
        other._whole = False  # noqa: SLF001  # its own kind
        other.shared = self.shared or self
        other.variables, other.requirements = list(self.variables), list(self.requirements)
        return other

    def relaxed(self, kept: Callable[[NamedConstraint], bool]) -> Self:
        """A copy that requires only part of what this one does: nothing is better in this one than in the copy."""
        other = self.copy()
        other.shared = None
        other.requirements = [one for one in self.requirements if kept(one)]
        return other

    def variable(self, name: Decision, least: int, most: int) -> Linear:
        """Add a whole number of a rule's or goal's own; it follows from the cells and is not part of the plan."""
        self.variables.append(Variable(name, least, most))
        return Linear({len(self.variables) - 1: 1})

    def add(self, constraint: Constraint, place: Place | None = None) -> None:
        """Demand that a statement holds, in the name of the rule that is being posted."""
        self.requirements.append(NamedConstraint(constraint, self.rule, place or Place()))

    require = add  # the name that rules of other people's hold on to

    def define(self, constraint: Constraint, place: Place | None = None) -> None:
        """Say what a variable of one's own means, and where it belongs; nobody requires it."""
        self.requirements.append(NamedConstraint(constraint, "", place or Place()))

    def bounds(self, amount: Linear) -> tuple[int, int]:
        """The least and the most an amount can be, from its variables alone.

        What a rule may build on, as it holds without any other rule.
        """
        least = most = amount.constant
        for index, factor in amount.terms.items():
            ends = (factor * self.variables[index].least, factor * self.variables[index].most)
            least, most = least + min(ends), most + max(ends)
        return least, most

    def tight_bounds(self, amount: Linear) -> tuple[int, int]:
        """The same, judging by everything that is required so far (of the model this is a copy of).

        For goals, once every rule has been posted.
        """
        self._learn()
        return self._known.least(amount), self._known.most(amount)

    def _learn(self) -> None:
        if self._whole and self._learnt != (size := (len(self.variables), len(self.requirements))):
            self._learnt = size
            ends = [(variable.least, variable.most) for variable in self.variables]
            local = [one.constraint for one in self.requirements if one.place.holder]
            self._known.learn(ends, local)


class LedgerModel(LinearModel):
    """A variable for every decided cell of a problem, and the ledgers that follow from them."""

    def __init__(self, problem: Problem) -> None:
        """Create a variable for each decided cell."""
        super().__init__()
        self.problem = problem
        self.cells: dict[Decision, int] = {}
        self._owned: dict[tuple[str, str, int], Linear] = {}
        self._in_post: dict[tuple[str, str, int], Linear] = {}
        self._strength: dict[tuple[str, str, int], Linear] = {}
        for cell, most in decisions(problem):
            self.cells[cell] = len(self.variables)
            self.variable(cell, 0, most)

    def plan(self, values: list[int]) -> Plan:
        """The plan that one value per variable stands for."""
        return plan_of(self.problem, {cell: values[index] for cell, index in self.cells.items()})

    def begin(self, holder: str, category: str, more: Linear) -> None:
        """Let a holder own more today than the county says; to be said before anything is asked."""
        today = self.problem.today
        self._owned[holder, category, today] = self.owned(holder, category, today) + more

    def _cell(self, verb: str, *key: str | int) -> Linear:
        index = self.cells.get((verb, *key))
        return Linear() if index is None else Linear({index: 1})

    def cut(self, unit: str, category: str, year: int) -> Linear:
        """Positions a unit gives in the year."""
        return self._cell("cut", unit, category, year)

    def added(self, township: str, category: str, year: int) -> Linear:
        """Positions a township receives in the year."""
        return self._cell("added", township, category, year)

    def reserve(self, category: str, year: int) -> Linear:
        """Level of the county's reserve at the end of the year."""
        if year == self.problem.today:
            return Linear(constant=self.problem.authorised(RESERVE, category))
        return self._cell("reserve", category, year)

    def moved_out(self, unit: str, category: str, year: int) -> Linear:
        """People who leave a unit with their position."""
        return self._cell("moved_out", unit, category, year)

    def moved_in(self, township: str, category: str, year: int) -> Linear:
        """People who come to a township with their position."""
        return self._cell("moved_in", township, category, year)

    def hired(self, holder: str, category: str, year: int) -> Linear:
        """People the holder hires."""
        return self._cell("hired", holder, category, year)

    def handed(self, station: str, year: int) -> Linear:
        """1 when the station has been handed down by the end of the year, else 0."""
        return self._cell("handed", station, year)

    def sunk(self, holder: str, category: str, year: int, *, people: bool = False) -> Linear:
        """Positions (or people) that come to a township in the year with stations; below zero: that leave a unit."""
        rows = self.problem.staffing.stations.get((holder, category), ())
        return total(
            (self.handed(row.station, year) - self.handed(row.station, year - 1))
            * (sign * (row.in_post if people else row.authorised))
            for row, sign in rows
        )

    def dispatched(self, unit: str, township: str, agency: str, category: str, year: int) -> Linear:
        """Staff the unit owns and the township uses at the end of the year."""
        return self._cell("dispatched", unit, township, agency, category, year)

    def borrowed(self, township: str, unit: str, category: str, year: int) -> Linear:
        """Staff the township owns and the unit uses at the end of the year."""
        return self._cell("borrowed", township, unit, category, year)

    def sent(self, holder: str, category: str, year: int) -> Linear:
        """Staff dispatched into a township, less those dispatched out of a unit: used less owned."""
        rows = self.problem.staffing.sent.get((holder, category), ())
        return total(self._cell("dispatched", *key, year) * sign for key, sign in rows)

    def delegated(self, matter: str, township: str, year: int) -> Linear:
        """1 when the township has taken the matter on by the end of the year, else 0."""
        return self._cell("delegated", matter, township, year)

    def open(self, township: str, agency: str, year: int) -> Linear:
        """1 when the township has the agency, else 0."""
        return self._cell("open", township, agency, year)

    def placed(self, township: str, agency: str, category: str, year: int) -> Linear:
        """Positions of the township placed in the agency."""
        return self._cell("placed", township, agency, category, year)

    def owned(self, holder: str, category: str, year: int) -> Linear:
        """Positions the holder owns at the end of the year."""
        if holder == RESERVE:
            return self.reserve(category, year)
        key = (holder, category, year)
        if key not in self._owned:
            self._owned[key] = self._sum_owned(*key)
        return self._owned[key]

    def _sum_owned(self, holder: str, category: str, year: int) -> Linear:
        if year == self.problem.today:
            return Linear(constant=self.problem.authorised(holder, category))
        change = self.added(holder, category, year) - self.cut(holder, category, year)
        return total((self.owned(holder, category, year - 1), change, self.sunk(holder, category, year)))

    def in_post(self, holder: str, category: str, year: int) -> Linear:
        """Staff in post at the end of the year."""
        key = (holder, category, year)
        if key not in self._in_post:
            self._in_post[key] = self._sum_in_post(*key)
        return self._in_post[key]

    def _sum_in_post(self, holder: str, category: str, year: int) -> Linear:
        if year == self.problem.today:
            return Linear(constant=self.problem.in_post(holder, category))
        come = self.moved_in(holder, category, year) + self.hired(holder, category, year)
        go = self.moved_out(holder, category, year) + self.problem.retired(holder, category, year)
        sunk = self.sunk(holder, category, year, people=True)
        return total((self.in_post(holder, category, year - 1), come, -go, sunk))

    def strength(self, township: str, agency: str, year: int) -> Linear:
        """What the agency can work with; for `WHOLE`, everything used in the township.

        An agency's strength gets a variable of its own, equal to what is placed and dispatched there: a solver decides
        on the sum first, and the categories follow.
        """
        if agency == WHOLE:
            used = ((self.owned(township, c, year), self.sent(township, c, year)) for c in self.problem.categories)
            return total(part for parts in used for part in parts)
        key = (township, agency, year)
        if key not in self._strength:
            placed = (self.placed(township, agency, category, year) for category in self.problem.categories)
            rows = self.problem.staffing.dispatched_to.get((township, agency), ())
            sent = (self.dispatched(row.unit, township, agency, row.category, year) for row in rows)
            there = total((*placed, *sent))
            self._strength[key] = self.variable(("strength", *key), 0, self.bounds(there)[1])
            self.define(self._strength[key].equals(there), Place(holder=township, year=year))
        return self._strength[key]

    def values(self, decided: Mapping[Decision, int]) -> dict[int, int]:
        """The values of the cells, by variable, of a plan made elsewhere: a hint, or something to hold fixed."""
        return {index: decided.get(cell, 0) for cell, index in self.cells.items()}


ALWAYS = Linear(constant=1)


class Model(LedgerModel):
    """The accounts, and the work that is served: what goals look at."""

    def __init__(self, problem: Problem) -> None:
        """Create a variable for each decided cell."""
        super().__init__(problem)
        self._demands: dict[tuple[str, str, int], tuple[tuple[int, Linear], ...]] = {}
        self._arriving: dict[tuple[str, str, int], Linear] = {}
        self._served: dict[Decision, Linear] = {}

    def copy(self) -> Self:
        """A copy that shares what has been said so far; what is defined in it is not known here."""
        other = super().copy()
        other._strength, other._demands = dict(self._strength), dict(self._demands)  # noqa: SLF001  # its own kind
        other._served, other._arriving = dict(self._served), dict(self._arriving)  # noqa: SLF001  # its own kind
        return other

    def seen_as(self, problem: Problem) -> Self:
        """The same plan looked at with other work to do; whatever is defined there is defined here."""
        other = copy(self)
        other.problem = problem
        other._demands, other._arriving, other._served = {}, {}, {}  # noqa: SLF001  # its own kind
        return other

    def served(self, township: str, agency: str, year: int) -> Linear:
        """Hundredths of positions of the agency's work that its strength can do; nothing where it is not open.

        The variable lies at or below the smaller of strength and demand. Only ever require, or aim at, more of it:
        then it is as good as equal, because raising it to that smaller number breaks nothing, and a plan's own figure
        is never less than what was claimed.
        """
        key: Decision = ("served", township, agency, year)
        if key not in self._served:
            self._served[key] = self._define_served(township, agency, year)
        return self._served[key]

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
        self.define(total((full, *(part for part, _rest in parts))) <= strength, here)
        return total((full * HUNDRED, *(part * rest for part, rest in parts)))

    def _define_moving(self, township: str, agency: str, year: int) -> Linear:
        """The same where delegation is free, and the work with it: no more than is there, nor than can be done."""
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
        key = (township, agency, year)
        if key not in self._arriving:
            brought = self._taken(self.problem.work.matters_at(township, agency), township, year)
            self._arriving[key] = total(self._lands(*key, m, taken) * work for m, work, taken in brought if taken.terms)
        return self._arriving[key]

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
        key: Decision = ("lands", matter.matter, township, year)
        if key not in self._served:
            here = Place(township, matter.agency, "", year)
            both = self._served[key] = self.variable(key, 0, 1)
            self.define(both <= taken, here)
            self.define(both <= opened, here)
            self.define(both >= taken + opened - 1, here)
        return self._served[key]

    def work(self, township: str, year: int) -> Linear:
        """Hundredths of positions the work of the township needs, with what has been delegated to it."""
        brought = self._taken(self.problem.work.matters_in(township), township, year)
        moved = (taken * work for _matter, work, taken in brought)
        return total((self.problem.work.of(township), *moved))

    def needed(self, unit: str, year: int) -> Linear:
        """Hundredths of positions the unit's work needs, without what it has delegated."""
        relief = self.problem.delegation.relief_of(unit)
        gone = (self.settled(self.delegated(*key, year)) * work for key, work in relief)
        return HUNDRED * self.problem.needed(unit) - total(gone)

    def settled(self, amount: Linear) -> Linear:
        """The amount itself, or a constant where the rules leave only one value."""
        least, most = self.tight_bounds(amount)
        return Linear(constant=least) if least == most else amount

    def demands(self, township: str, agency: str, year: int) -> tuple[tuple[int, Linear], ...]:
        """Every amount of work an agency may have, in hundredths, each with the 0/1 that says it is the one.

        The work of an optional agency that is not open is none of them; it has gone elsewhere.
        """
        key = (township, agency, year)
        if key not in self._demands:
            self._demands[key] = tuple(self._define_demands(*key))
        return self._demands[key]

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


Draft = Model
"""The older name of a model, which rules of other people's hold on to."""
