"""The plan while it is still unknown: a variable for each decision, and the two ledgers as sums of them.

What was decided and what is still to be decided have the same verbs: a rule posts on this as it checks a `Plan`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from rebalance.county.agencies import Nature
from rebalance.county.holders import RESERVE
from rebalance.model.finding import Place
from rebalance.model.linear import Linear, total
from rebalance.model.linear_model import LinearModel
from rebalance.model.plan import Decision, Plan, decisions, plan_of
from rebalance.problem.problem import Problem
from rebalance.problem.work import WHOLE


class LedgerModel(LinearModel):
    """A variable for every decided cell of a problem, and the ledgers that follow from them.

    Attributes:
        problem: what the plan is for
        cells: the variable of each decided cell (of natures, those that have been asked for so far)
        strengths: the variables of agencies' strengths that have been asked for so far
    """

    def __init__(self, problem: Problem) -> None:
        """Create a variable for each decided cell."""
        super().__init__()
        self.problem = problem
        self.cells: dict[Decision, int] = {}
        self._owned: dict[tuple[str, str, int], Linear] = {}
        self._in_post: dict[tuple[str, str, int], Linear] = {}
        self.strengths: dict[tuple[str, str, int], Linear] = {}
        for cell, most in decisions(problem):
            self.cells[cell] = len(self.variables)
            self.variable(cell, 0, most)

    def copy(self) -> Self:
        """A copy that shares what has been said so far; what is defined in it is not known here."""
        other = super().copy()
        other.strengths, other.cells = dict(self.strengths), dict(self.cells)
        return other

    def plan(self, values: list[int]) -> Plan:
        """The plan that one value per variable stands for."""
        return plan_of(self.problem, {cell: values[index] for cell, index in self.cells.items()})

    def begin(self, holder: str, category: str, more: Linear) -> None:
        """Let a holder own more today than the county says; to be said before anything is asked."""
        today = self.problem.today
        self._owned[holder, category, today] = self.owned(holder, category, today) + more

    def staffed_anew(self) -> None:
        """Work out once more who is in post: the problem is now one in which others retire."""
        self._in_post = {}

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
        """Positions (or people) that come to a township in the year with stations; below zero: that leave a unit.

        The people are those who are still in post at the end of the year before.
        """
        staffing = self.problem.staffing
        return total(
            (self.handed(row.station, year) - self.handed(row.station, year - 1))
            * (sign * (staffing.staff(row.station, year - 1) if people else row.authorised))
            for row, sign in staffing.stations.get((holder, category), ())
        )

    def in_stations(self, unit: str, category: str, year: int, *, people: bool = False) -> Linear:
        """Positions (or people) of a unit that are not at its headquarters, but in stations it has not handed down."""
        staffing = self.problem.staffing
        return total(
            (1 - self.handed(row.station, year)) * (staffing.staff(row.station, year) if people else row.authorised)
            for row, sign in staffing.stations.get((unit, category), ())
            if sign < 0
        )

    def retired(self, holder: str, category: str, year: int) -> Linear:
        """People who retire from the holder's books: its own, and those of stations it has at the end of the year."""
        rows = self.problem.staffing.stations.get((holder, category), ())
        parts = (
            (self.handed(row.station, year) if sign > 0 else 1 - self.handed(row.station, year))
            * self.problem.staffing.leaving(row.station, year)
            for row, sign in rows
        )
        return total((self.problem.retired(holder, category, year), *parts))

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

    def lent(self, holder: str, category: str, year: int) -> Linear:
        """Staff a unit has borrowed; below zero: that a township has lent."""
        rows = self.problem.staffing.lent.get((holder, category), ())
        return total(self.borrowed(*key, year) * sign for key, sign in rows)

    def working(self, holder: str, category: str, year: int) -> Linear:
        """People really working there: in post, with those dispatched and borrowed counted where they work."""
        there = (self.in_post(holder, category, year), self.sent(holder, category, year))
        return total((*there, self.lent(holder, category, year)))

    def delegated(self, matter: str, township: str, year: int) -> Linear:
        """1 when the township has taken the matter on by the end of the year, else 0."""
        return self._cell("delegated", matter, township, year)

    def open(self, township: str, agency: str, year: int) -> Linear:
        """1 when the township has the agency, else 0."""
        return self._cell("open", township, agency, year)

    def office(self, township: str, agency: str, year: int) -> Linear:
        """1 when the township has the agency as an internal office, else 0.

        What may be either is decided from the moment a rule asks for it: where none does, nobody need choose.
        """
        nature, opened = self.problem.agency[agency].nature, self.open(township, agency, year)
        if nature is not Nature.EITHER:
            return opened if nature is Nature.OFFICE else Linear()
        cell: Decision = ("office", township, agency, year)
        if cell not in self.cells:
            self.cells[cell] = len(self.variables)
            self.define(self.variable(cell, 0, 1) <= opened, Place(township, agency, "", year))
        return self._cell(*cell)

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

    def held(self, category: str, year: int) -> Linear:
        """Positions all holders together own at the end of the year."""
        accounts = self.problem.accounts
        return total(self.owned(holder, found, year) for holder, found in accounts if found == category)

    def granted(self, category: str, year: int) -> Linear:
        """Positions granted to the county from above in the year; below zero: given back."""
        return self.held(category, year) - self.held(category, year - 1)

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
        go = self.moved_out(holder, category, year) + self.retired(holder, category, year)
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
        if key not in self.strengths:
            placed = (self.placed(township, agency, category, year) for category in self.problem.categories)
            rows = self.problem.staffing.dispatched_to.get((township, agency), ())
            sent = (self.dispatched(row.unit, township, agency, row.category, year) for row in rows)
            there = total((*placed, *sent))
            self.strengths[key] = self.variable(("strength", *key), 0, self.bounds(there)[1])
            self.define(self.strengths[key].equals(there), Place(holder=township, year=year))
        return self.strengths[key]

    def values(self, decided: Mapping[Decision, int]) -> dict[int, int]:
        """The values of the cells, by variable, of a plan made elsewhere: a hint, or something to hold fixed."""
        return {index: decided.get(cell, 0) for cell, index in self.cells.items()}
