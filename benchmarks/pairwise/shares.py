"""What the leximin goals compare, in CP-SAT's terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from ortools.sat.python import cp_model

from benchmarks.pairwise.model import Model, Sum
from rebalance.problem.problem import Problem
from rebalance.problem.work import WHOLE

Literals = tuple[cp_model.LiteralT, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """An amount over a whole; which whole may hang on agencies being open. With a whole of 0 the share is left out."""

    amount: Sum
    cases: tuple[tuple[int, Literals], ...]
    most: int
    """The largest the amount can be."""

    @property
    def wholes(self) -> list[int]:
        """The wholes it may have."""
        return [whole for whole, _when in self.cases if whole]


def townships(model: Model) -> list[Share]:
    """Coverage of every township with work, at the end of the last year."""
    problem = model.problem
    busy = [(township, work) for township in problem.townships if (work := problem.work.of(township))]
    return [Share(model.covered(township, problem.last), ((work, ()),), work) for township, work in busy]


def agencies(model: Model) -> list[Share]:
    """Coverage of every agency, at the end of the last year."""
    problem, shares = model.problem, []
    for township, agency in ((t, a) for t in problem.townships for a in problem.work.places[t]):
        cases = tuple(_cases(model, township, agency))
        shares.append(Share(model.served[township, agency, problem.last], cases, problem.work.of(township)))
    return [share for share in shares if share.wholes]


def _cases(model: Model, township: str, agency: str) -> Iterator[tuple[int, Literals]]:
    """Every amount of work, by whether the agency itself and those whose work falls to it are open."""
    problem = model.problem
    own = problem.work.demand.get((township, agency), 0)
    if agency == WHOLE:
        yield own, ()
        return
    optional = (agency,) if problem.agency[agency].else_ else ()
    heirs = problem.work.falling_to(township, agency)
    for state in product((False, True), repeat=len(optional) + len(heirs)):
        opened = dict(zip(optional + heirs, state, strict=True))
        whole = own * opened.get(agency, True) + sum(problem.work.demand[township, o] for o in heirs if not opened[o])
        bools = [(model.opened[township, one, problem.last], is_open) for one, is_open in opened.items()]
        yield whole, tuple(literal if is_open else ~literal for literal, is_open in bools)


def units(model: Model) -> list[Share]:
    """What every unit that needs anything keeps."""
    problem: Problem = model.problem
    needy = [(unit, needed) for unit in problem.units if (needed := problem.needed(unit))]
    return [Share(_kept(model, unit), ((needed, ()),), problem.size(unit)) for unit, needed in needy]


def _kept(model: Model, unit: str) -> Sum:
    return sum(model.owned[unit, category, model.problem.last] for category in model.problem.held[unit])
