"""Every rule forbids the solver what it reports about a finished plan, and a slip in either face shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest

from rebalance.problem.problem import Problem
from rebalance.rules import RULES, Rule
from rebalance.rules.hiring import HiringPlan
from rebalance.rules.ledgers import Ledgers
from rebalance.scenario.scenario import Scenario
from rebalance.solver.lexicographic import model_of
from tests.campaign import Chunk, chunks
from tests.counties import random_county
from tests.rules.agreement import SIZES, Verdicts, edge, forbids, judged, nudged, searched
from tests.rules.mutants import FAULTS, REFORM_SENTENCES, SENTENCES, Fault, with_fault

COUNTIES = 30
"""Random counties for each rule; about seventy plans are judged in each."""

GUESSES = 5 * COUNTIES
"""Random counties among which one must show a slip; nearly always one of the first does."""

FEWEST = {"forbidden": 100, "allowed": 100, "inherited": 100}
"""Plans that must have been judged of each sort."""

FEWEST_ALONE = 15
"""Plans that a rule must be the only one to forbid: how often its edge is reached."""


@pytest.mark.parametrize("chunk", chunks(1, 5))
@pytest.mark.parametrize("name", RULES)
def test_the_solver_forbids_what_the_check_reports(name: str, chunk: Chunk) -> None:
    seen: Counter[str] = Counter()
    for seed in chunk.seeds(COUNTIES):
        for one in judged(name, seed):
            assert one.agree, f"seed {seed}: forbidden is {one.forbidden}, reported {one.reported}: {one.decided}"
            seen.update(_kinds(one))
    assert chunk.lacks(seen, FEWEST | ({} if name == "ledgers" else {"alone": FEWEST_ALONE})) == {}


def _kinds(one: Verdicts) -> Iterator[str]:
    yield "forbidden" if one.forbidden else "allowed"
    if one.inherited:
        yield "inherited"
    if one.alone:
        yield "alone"


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_slip_of_the_pen_is_caught(fault: Fault) -> None:
    kind = with_fault(fault)
    assert any(not one.agree for seed in range(GUESSES) for one in judged(fault.rule, seed, kind))


def test_every_face_of_every_rule_has_been_tried_with_a_slip() -> None:
    assert {(fault.rule, fault.face) for fault in (*FAULTS, *SENTENCES, *REFORM_SENTENCES)} == {
        (name, face) for name in RULES for face in ("post", "check", "explain")
    }


def test_the_short_cut_says_what_the_solver_says() -> None:
    seen: Counter[bool] = Counter()
    for seed in range(4):
        dice = Random(seed)
        rules: dict[str, Rule] = {"ledgers": Ledgers(), "hiring": HiringPlan()}
        model = model_of(Scenario("edge", Problem(random_county(seed, SIZES[seed])), rules, ()))
        for decided in nudged(edge(model, dice), dice):
            assert forbids(model, decided) == searched(model, decided)
            seen[searched(model, decided)] += 1
    assert min(seen[True], seen[False]) >= 20
