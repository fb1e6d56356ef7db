"""The decided numbers and the two ledgers, with a variable for every pair of giver and taker."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product

from ortools.sat.python import cp_model

from rebalance.county.holders import RESERVE
from rebalance.model.plan import Decision, decisions
from rebalance.problem.problem import Problem
from rebalance.problem.work import WHOLE

Sum = cp_model.LinearExpr | int
Var = cp_model.IntVar
Ledger = dict[tuple[str, str, int], Sum]


class Model:
    """A county's plan in CP-SAT's terms; what does not exist for a holder is 0."""

    def __init__(self, problem: Problem) -> None:
        """Create every variable and keep the books."""
        self.problem = problem
        self.cp = cp_model.CpModel()
        self.cell: dict[Decision, Sum] = defaultdict(int)
        self.owned: Ledger = {(h, c, problem.today): problem.authorised(h, c) for h, c in problem.accounts}
        self.in_post: Ledger = {(h, c, problem.today): problem.in_post(h, c) for h, c in problem.accounts}
        self.everything = {
            c: sum(problem.authorised(h, k) for h, k in problem.accounts if k == c) for c in problem.categories
        }
        self.opened: dict[tuple[str, str, int], Var] = {}
        for cell, most in decisions(problem):
            if cell[0] != "open":
                self.cell[cell] = self.number(most)
        for township, agency, year in product(problem.townships, problem.agencies, problem.years):
            self.opened[township, agency, year] = self.cp.new_bool_var("")
            self.cell["open", township, agency, year] = self.opened[township, agency, year]
        for year in problem.years:
            for category in problem.categories:
                self._move(category, year)
            for holder, category in problem.accounts:
                self._keep(holder, category, year)
        self.demand = {(t, a, y): self._demand(t, a, y) for t, a, y in self.workplaces()}
        self.served = {key: self._served(*key) for key in self.demand}

    def number(self, most: int) -> Var:
        """A whole number from 0."""
        return self.cp.new_int_var(0, most, "")

    def workplaces(self) -> Iterator[tuple[str, str, int]]:
        """Where work is served: township, agency, year."""
        for township, year in product(self.problem.townships, self.problem.years):
            for agency in self.problem.work.places[township]:
                yield township, agency, year

    def _move(self, category: str, year: int) -> None:
        """One variable for each lawful pair; what leaves the reserve was there at the end of the year before."""
        problem, cell = self.problem, self.cell
        given: dict[str, list[Var]] = defaultdict(list)
        taken: dict[str, list[Var]] = defaultdict(list)
        for giver, taker in product(self.holders(category, problem.units), self.holders(category, problem.townships)):
            if giver != taker and self._lawful(category, giver, taker):
                pair = self.number(
                    self.everything[category] if giver == RESERVE else problem.authorised(giver, category)
                )
                given[giver].append(pair)
                taken[taker].append(pair)
        for unit in problem.units:
            self.cp.add(cell["cut", unit, category, year] == sum(given[unit]))
        for township in problem.townships:
            self.cp.add(cell["added", township, category, year] == sum(taken[township]))
        if category in problem.reserves:
            before = self.owned[RESERVE, category, year - 1]
            self.cp.add(sum(given[RESERVE]) <= before)
            self.cp.add(cell["reserve", category, year] == before - sum(given[RESERVE]) + sum(taken[RESERVE]))

    def holders(self, category: str, ids: Sequence[str]) -> list[str]:
        """Those with an account in the category, and the reserve where it has one."""
        owners = {h for h, c in self.problem.accounts if c == category}
        return [holder for holder in (*ids, RESERVE) if holder in owners]

    def _lawful(self, category: str, giver: str, taker: str) -> bool:
        routes = self.problem.county.routes
        way = (category, self.problem.kind(giver), self.problem.kind(taker))
        return not routes or way in {(row.category, row.from_, row.to) for row in routes}

    def _keep(self, holder: str, category: str, year: int) -> None:
        """The ledgers as variables of their own, each tied to the year before."""
        problem, cell = self.problem, self.cell
        owned, in_post = self.number(self.everything[category]), self.cp.new_int_var(-(10**6), 10**6, "")
        before = self.owned[holder, category, year - 1]
        change = cell["added", holder, category, year] - cell["cut", holder, category, year]
        self.cp.add(owned == (cell["reserve", category, year] if holder == RESERVE else before + change))
        came = cell["moved_in", holder, category, year] + cell["hired", holder, category, year]
        went = cell["moved_out", holder, category, year] + problem.retired(holder, category, year)
        self.cp.add(in_post == self.in_post[holder, category, year - 1] + came - went)
        self.owned[holder, category, year], self.in_post[holder, category, year] = owned, in_post

    def strength(self, township: str, agency: str, year: int) -> Sum:
        """Positions placed in the agency, or all of the township's."""
        if agency == WHOLE:
            return sum(self.owned[township, c, year] for c in self.problem.categories)
        return sum(self.cell["placed", township, agency, c, year] for c in self.problem.categories)

    def _demand(self, township: str, agency: str, year: int) -> Sum:
        """Its own work when open, and that of the others that are not."""
        problem = self.problem
        work = problem.work.demand.get((township, agency), 0)
        if agency == WHOLE:
            return work
        own = work * self.opened[township, agency, year] if problem.agency[agency].else_ else work
        heirs = problem.work.falling_to(township, agency)
        return own + sum(problem.work.demand[township, o] * (1 - self.opened[township, o, year]) for o in heirs)

    def _served(self, township: str, agency: str, year: int) -> Var:
        served = self.number(self.problem.work.of(township))
        options = [self.demand[township, agency, year], 100 * self.strength(township, agency, year)]
        self.cp.add_min_equality(served, options)
        return served

    def covered(self, township: str, year: int) -> Sum:
        """Hundredths of positions of the township's work that are served."""
        return sum(self.served[township, agency, year] for agency in self.problem.work.places[township])
