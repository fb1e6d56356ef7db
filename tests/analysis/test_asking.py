from __future__ import annotations

from collections import Counter
from itertools import islice
from random import Random

import pytest

from rebalance.analysis.effect import owned
from rebalance.analysis.place import Where
from rebalance.analysis.questions import demanded, effect
from rebalance.analysis.what_if import WhatIf
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem
from rebalance.rules.rule import Range
from tests.analysis.brute import Known, dealt
from tests.campaign import Chunk, chunks

CHUNK = 10


def places(problem: Problem) -> list[Where]:
    """Holders, holders in one category, agencies, agencies in one category."""
    holders = [Where(holder) for holder in problem.held]
    accounts = [Where(holder, "", category) for holder, category in problem.accounts]
    agencies = [Where(t, a) for t in problem.townships for a in problem.agencies]
    return [*holders, *accounts, *agencies, *(Where(one.holder, one.agency, problem.categories[0]) for one in agencies)]


def distance(plan: Plan, other: Plan) -> int:
    """How far two plans are apart in what everybody owns at the end."""
    return sum(abs(one.by) for one in owned(plan, other))


def granted(plan: Plan) -> int:
    """How many positions the county has been granted by the end, less those given back."""
    return sum(plan.granted(category, year) for category in plan.problem.categories for year in plan.problem.years)


@pytest.mark.parametrize("chunk", chunks(1, 10, first=1000))
def test_one_more_and_one_fewer_cost_what_writing_all_plans_out_says(chunk: Chunk) -> None:
    seen: Counter[str] = Counter()
    for seed, known in islice(((s, k) for s, k in dealt(chunk.first) if k.plans), CHUNK):
        plan = known.best()[0]
        asking = WhatIf(known.outcome, plan)
        dice = Random(seed)
        for where in dice.sample(places(plan.problem), min(6, len(places(plan.problem)))):
            now = where.found(plan)
            for wanted in (Range(now + 1, None), Range(None, now - 1)):
                seen[judged(known, asking, where, wanted)] += 1
    assert chunk.lacks(seen, {"possible": 2, "impossible": 5, "costs": 2}) == {}


def judged(known: Known, asking: WhatIf, where: Where, wanted: Range) -> str:
    """Compare an answer with all plans; what kind of case it was."""
    least, most = wanted.at_least, wanted.at_most

    def asked(plan: Plan) -> bool:
        found = where.found(plan)
        return (least is None or found >= least) and (most is None or found <= most)

    def demand(model: Model) -> None:
        amount = where.amount(model)
        if least is not None:
            model.add(amount >= least)
        if most is not None:
            model.add(amount <= most)

    (rivals, bests), reply = known.ranked(asked), asking.tightened(demand)
    if not rivals:
        assert reply.plan is None
        assert reply.conflict is not None
        assert reply.conflict.confirmed
        assert not {rule for rule, _place in reply.conflict.members} & {"ledgers", "hold_total"}
        return "impossible"
    assert reply.plan is not None
    assert asked(reply.plan)
    assert reply.settled
    assert list(reply.values) == bests
    assert distance(asking.plan, reply.plan) == min(distance(asking.plan, plan) for plan in rivals)
    found = effect(asking, reply)
    assert {change.rank for change in found.changes if change.better} == set() or found.changes[0].better is False
    assert found == demanded(asking, where, wanted)
    assert sum(one.by for one in found.owned) == granted(reply.plan) - granted(asking.plan)
    return "costs" if found.changes else "possible"
