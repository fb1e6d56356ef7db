"""The plan while it is still unknown: the questions of `Plan`, answered with sums of variables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Self

from rebalance.county.organisations import RESERVE
from rebalance.finding import Place
from rebalance.gate import Gate
from rebalance.linear import Linear, total
from rebalance.plan import Cell, Plan, cells, plan_of
from rebalance.problem import HUNDRED, WHOLE, Problem

ALWAYS = Linear(constant=1)


class Draft(Gate):
    """A variable for every decided cell of a problem, and the sums that follow from them."""

    def __init__(self, problem: Problem) -> None:
        """Create a variable for each decided cell."""
        super().__init__()
        self.problem = problem
        self.cells: dict[Cell, int] = {}
        self._owned: dict[tuple[str, str, int], Linear] = {}
        self._in_post: dict[tuple[str, str, int], Linear] = {}
        self._strength: dict[tuple[str, str, int], Linear] = {}
        self._demands: dict[tuple[str, str, int], tuple[tuple[int, Linear], ...]] = {}
        self._served: dict[Cell, Linear] = {}
        for cell, most in cells(problem):
            self.cells[cell] = len(self.variables)
            self.variable(cell, 0, most)

    def fork(self) -> Self:
        """A copy that shares what has been said so far; what is defined in it is not known here."""
        other = super().fork()
        other._strength, other._demands = dict(self._strength), dict(self._demands)  # noqa: SLF001  # its own kind
        other._served = dict(self._served)  # noqa: SLF001  # its own kind
        return other

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
        return self.owned(holder, category, year - 1) + change

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
        return self.in_post(holder, category, year - 1) + come - go

    def strength(self, township: str, agency: str, year: int) -> Linear:
        """What the agency can work with; for `WHOLE`, everything used in the township.

        An agency's strength gets a variable of its own, equal to what is placed there: a solver decides on the sum
        first, and the categories follow.
        """
        if agency == WHOLE:
            return total(self.owned(township, category, year) for category in self.problem.categories)
        key = (township, agency, year)
        if key not in self._strength:
            placed = total(self.placed(township, agency, category, year) for category in self.problem.categories)
            self._strength[key] = self.variable(("strength", *key), 0, self.bounds(placed)[1])
            self.define(self._strength[key].equals(placed), Place(holder=township, year=year))
        return self._strength[key]

    def served(self, township: str, agency: str, year: int) -> Linear:
        """Hundredths of positions of the agency's work that its strength can do; nothing where it is not open.

        The variable lies at or below the smaller of strength and demand. Only ever require, or aim at, more of it:
        then it is as good as equal, because raising it to that smaller number breaks nothing, and a plan's own figure
        is never less than what was claimed.
        """
        key: Cell = ("served", township, agency, year)
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

    def demands(self, township: str, agency: str, year: int) -> tuple[tuple[int, Linear], ...]:
        """Every amount of work an agency may have, in hundredths, each with the 0/1 that says it is the one.

        The work of an optional agency that is not open is none of them; it has gone elsewhere.
        """
        key = (township, agency, year)
        if key not in self._demands:
            self._demands[key] = tuple(self._define_demands(*key))
        return self._demands[key]

    def _define_demands(self, township: str, agency: str, year: int) -> Iterator[tuple[int, Linear]]:
        own = self.problem.demand.get((township, agency), 0)
        others = self.problem.heirs_of(township, agency) if agency != WHOLE else ()
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
            yield own + sum(self.problem.demand[township, o] for o, out in zip(others, case, strict=True) if out), p

    def covered(self, township: str, year: int) -> Linear:
        """Hundredths of positions of the township's work that are served."""
        return total(self.served(township, agency, year) for agency in self.problem.workplaces[township])

    def values(self, decided: Mapping[Cell, int]) -> dict[int, int]:
        """The values of the cells, by variable, of a plan made elsewhere: a hint, or something to hold fixed."""
        return {index: decided.get(cell, 0) for cell, index in self.cells.items()}
