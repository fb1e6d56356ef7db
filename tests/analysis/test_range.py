from __future__ import annotations

from collections import Counter
from itertools import islice

import pytest

from rebalance.analysis.place import accounts, agencies
from rebalance.analysis.questions import spans
from rebalance.analysis.what_if import WhatIf
from tests.analysis.brute import dealt
from tests.campaign import Chunk, chunks

CHUNK = 25


@pytest.mark.parametrize("chunk", chunks(1, 10, first=50_000))
def test_every_number_can_go_as_far_as_in_some_of_the_best_plans_and_no_further(chunk: Chunk) -> None:
    seen: Counter[str] = Counter()
    for seed, known in islice(((s, k) for s, k in dealt(chunk.first) if k.plans), CHUNK):
        rivals = known.best()
        problem = known.scenario.problem
        for span in spans(WhatIf(known.outcome, rivals[0]), [*accounts(problem), *agencies(problem)]):
            numbers = [span.where.found(plan) for plan in rivals]
            assert (span.ends.least, span.ends.most) == (min(numbers), max(numbers)), f"seed {seed} {span}"
            assert span.proven
            assert span.forced == (len(set(numbers)) == 1)
            seen["forced" if span.forced else "free"] += 1
    assert chunk.lacks(seen, {"forced": 10, "free": 10}) == {}
