"""What questions about a plan cost, beside solving it: why, clash and repair, range, price, the certificate."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from benchmarks.generator import generate, scenario
from benchmarks.outside import BASELINE, ROOT
from benchmarks.report import heading, table
from benchmarks.solving import say
from rebalance.analysis.correction_sets import CorrectionSets
from rebalance.analysis.place import Where, accounts
from rebalance.analysis.pricing import Pricing
from rebalance.analysis.questions import demanded, spans
from rebalance.analysis.what_if import WhatIf
from rebalance.plans.audit import audit
from rebalance.plans.outcome import Outcome
from rebalance.rules.pinned import Pin, Pinned
from rebalance.rules.rule import Range
from rebalance.scenario.read import read_scenario
from rebalance.scenario.scenario import Scenario
from rebalance.solver.certificate import certify
from rebalance.solver.feasible import Feasible
from rebalance.solver.lexicographic import solve

SMALL = (12, 4, 2, 2)

Answer = TypeVar("Answer")

Question = Callable[[], str]
"""Asks, and says in short what came of it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and at most how many times as long as solving it should take."""

    name: str
    aim: int
    ask: Question


def questions_langxi(*, quick: bool) -> None:
    """Every question about the plan of Langxi, on one core."""
    _compared("Langxi", read_scenario(BASELINE), read_scenario(ROOT / "scenarios" / "impossible.toml"), quick=quick)


def questions_small(*, quick: bool) -> None:
    """The same about a county of 12 units and 4 townships: seconds, to try changes on."""
    possible = scenario(generate(*SMALL))
    pinned = possible.rules["pinned"]
    first = possible.problem.townships[0]
    assert isinstance(pinned, Pinned)  # noqa: S101  # as the generator says
    broken = possible.but(Pinned((*pinned.cells, Pin(first, at_least=10_000))))
    _compared("12 x 4 x 2 x 2", possible, broken, quick=quick)


def _compared(name: str, possible: Scenario, broken: Scenario, *, quick: bool) -> None:
    limit = 60.0 if quick else None
    say(f"solving {name}")
    outcome, whole = _timed(lambda: solve(possible, limit=limit))
    rows = [["solve", f"{whole:.1f}", "1.00", "", "proven" if outcome.proven else "not all proven"]]
    for one in _questions(outcome, broken):
        say(one.name)
        answer, seconds = _timed(one.ask)
        rows.append([one.name, f"{seconds:.1f}", f"{seconds / whole:.2f}", str(one.aim), answer])
    heading(f"Questions about a plan: {name}", "Processor seconds, one run; the ratio is to one solve in the same run.")
    table(["question", "seconds", "ratio", "at most", "answer"], rows)


def _questions(outcome: Outcome, broken: Scenario) -> Iterator[Asked]:
    plan = outcome.plan
    if plan is None:
        return
    asking, problem = WhatIf(outcome, plan), plan.problem
    where = Where(problem.townships[0])
    more = Range(where.found(plan) + 1, None)
    yield Asked("why, one more", 1, lambda: str(demanded(asking, where, more).possible))
    yield Asked("clash", 3, lambda: f"{len((Feasible().clashes(broken, 1) or ())[0].members)} members")
    yield Asked("repair", 3, lambda: f"{len(CorrectionSets(broken, Feasible()).repairs(3).found)} repairs")
    yield Asked("range", 10, lambda: _proven([one.proven for one in spans(asking, accounts(problem))]))
    checks = audit(outcome.scenario, plan)
    yield Asked("price", 10, lambda: _proven([one.effect.settled for one in Pricing(asking, checks).prices()]))
    yield Asked("certify", 1, lambda: _proven([one.verdict.opinion == "agrees" for one in certify(outcome)]))


def _proven(each: list[bool]) -> str:
    return f"{sum(each)} of {len(each)} settled"


def _timed(call: Callable[[], Answer]) -> tuple[Answer, float]:
    gc.collect()
    start = time.process_time()
    return call(), time.process_time() - start
