"""Submitted, approved, returned: what follows on what, and whether anything has changed since."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import pytest

from rebalance.fault import FaultsError
from rebalance.plans.approval import Now, Paper, State, Step, Trail, changed, follow, paper, papers_of, state_of
from rebalance.plans.file import fingerprint, opened, signed
from rebalance.plans.recorded import outcome_to_json
from tests.plans.plans import PLAN as FOUND
from tests.plans.plans import SCENARIO, proven

OUTCOME = proven(SCENARIO, FOUND)
PLAN, COUNTY = "p" * 64, "c" * 64
NOW = Now(PLAN, "f" * 64, COUNTY)
LAWFUL = {
    (None, State.SUBMITTED),
    (State.SUBMITTED, State.APPROVED),
    (State.SUBMITTED, State.RETURNED),
    (State.RETURNED, State.SUBMITTED),
    (State.SUBMITTED, State.WITHDRAWN),
    (State.APPROVED, State.WITHDRAWN),
    (State.RETURNED, State.WITHDRAWN),
}
WAYS = {
    None: (),
    State.SUBMITTED: (State.SUBMITTED,),
    State.APPROVED: (State.SUBMITTED, State.APPROVED),
    State.RETURNED: (State.SUBMITTED, State.RETURNED),
}
BACK = {State.SUBMITTED: None, State.APPROVED: State.SUBMITTED, State.RETURNED: State.SUBMITTED}
"""Where a plan stands when its last entry has been withdrawn."""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    (tmp_path / "plan.json").write_bytes(b"plan")
    (tmp_path / "plan.docx").write_bytes(b"paper")
    (tmp_path / "reply.pdf").write_bytes(b"reply")
    return tmp_path / "plan.json"


def step(state: State, *papers: Paper, plan: str = PLAN) -> Step:
    return Step(state, "2026-01-31", "〔2026〕5", "so be it", plan=plan, county=COUNTY, papers=papers)


def walked(plan: Path, *states: State) -> Trail:
    trail: Trail = ()
    for state in states:
        trail = follow(trail, step(state), plan, NOW)
    return trail


@pytest.mark.parametrize(("before", "after"), list(product(WAYS, State)), ids=str)
def test_only_what_follows_may_follow(plan: Path, before: State | None, after: State) -> None:
    trail = walked(plan, *WAYS[before])
    assert state_of(trail) is before
    if (before, after) in LAWFUL:
        came_to = BACK[before] if before and after is State.WITHDRAWN else after
        assert state_of(follow(trail, step(after), plan, NOW)) is came_to
    else:
        with pytest.raises(FaultsError, match="cannot become"):
            follow(trail, step(after), plan, NOW)


def test_every_change_is_seen(plan: Path) -> None:
    file = plan.parent / "plan.docx"
    trail = follow((), step(State.SUBMITTED, paper(plan, file)), plan, NOW)

    def changes(plan_now: str = PLAN, county_now: str = COUNTY) -> list[str]:
        return list(changed(trail, plan, Now(plan_now, "", county_now)))

    assert changes() == []
    assert ["data has changed since the plan was submitted" in one for one in changes(county_now="d")] == [True]
    assert ["not the one that was submitted" in one for one in changes("q")] == [True]
    file.write_bytes(b"Paper")
    assert ["'plan.docx' has changed" in one for one in changes()] == [True]
    file.unlink()
    assert ["'plan.docx' is not beside the plan" in one for one in changes()] == [True]
    assert len(changes("q", "d")) == 3
    with pytest.raises(FaultsError, match=r"'plan\.docx' is not beside the plan"):
        follow(trail, step(State.APPROVED), plan, NOW)


def test_what_was_returned_may_change_and_go_again(plan: Path) -> None:
    first, reply = (paper(plan, plan.parent / name) for name in ("plan.docx", "reply.pdf"))
    trail = follow((), step(State.SUBMITTED, first), plan, NOW)
    trail = follow(trail, step(State.RETURNED, reply), plan, NOW)
    assert papers_of(trail) == (first, reply)
    (plan.parent / "plan.docx").write_bytes(b"another")
    again = follow(trail, step(State.SUBMITTED, plan="q"), plan, NOW)
    assert list(changed(again, plan, Now("q", "", COUNTY))) == []
    assert len(again) == 3
    assert papers_of(again) == ()


def test_papers_lie_beside_the_plan(plan: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other") / "plan.docx"
    other.write_bytes(b"")
    for file in (other, plan.parent / "nowhere.docx"):
        with pytest.raises(FaultsError, match="not a file in the plan's folder"):
            paper(plan, file)


@pytest.mark.parametrize("path", ["../secret", "/etc/passwd", "C:\\x", "a/../../b", "..\\x", "a\0b"])
def test_a_trail_that_leads_outside_is_refused(path: str) -> None:
    text = outcome_to_json(OUTCOME)
    found = opened(signed(text, (step(State.SUBMITTED, Paper("plan.docx", "0")),)))
    assert found.approval[0].papers[0].file == "plan.docx"
    forged = signed(text, found.approval).replace('"plan.docx"', json.dumps(path))
    with pytest.raises(FaultsError, match="outside the plan's folder"):
        opened(forged)


def test_a_plan_carries_its_trail_and_stays_the_same_plan() -> None:
    text = outcome_to_json(OUTCOME)
    trail = (step(State.SUBMITTED, Paper("plan.docx", "0")), step(State.APPROVED))
    carried = signed(text, trail)
    assert opened(carried).approval == trail
    assert opened(text).approval == ()
    assert signed(text, ()) == text
    assert carried != text
    assert fingerprint(carried) == fingerprint(text)


def test_the_fingerprint_is_of_what_the_plan_says() -> None:
    text = outcome_to_json(OUTCOME)
    for old, new in (('"proven": true', '"proven": false'), ('"after": 5,', '"after": 6,'), ('"unique": ', '"odd": ')):
        assert old in text
        assert fingerprint(text.replace(old, new, 1)) != fingerprint(text), old
    for old, new in (('"county": "', '"county": "../'), ('"name": "', '"name": "again ')):
        head, rest = text[: text.index('"goals": [')], text[text.index('"goals": [') :]
        assert old in head
        assert fingerprint(head.replace(old, new, 1) + rest) == fingerprint(text), old
