"""Submitted, approved, returned: what follows on what, and whether anything has changed since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from rebalance.fault import FaultsError
from rebalance.plans.approval import (
    Now,
    Paper,
    State,
    Step,
    Trail,
    changed,
    day,
    flaws,
    follow,
    paper,
    papers_of,
    sealed,
    state_of,
    unknown,
)
from rebalance.plans.file import fingerprint, fingerprint_of_all, opened, signed, unsigned
from rebalance.plans.recorded import outcome_to_json
from tests.plans.plans import PLAN as FOUND
from tests.plans.plans import SCENARIO, proven

OUTCOME = proven(SCENARIO, FOUND)
PLAN, COUNTY = "p" * 64, "c" * 64
NOW = Now(PLAN, COUNTY)
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
        return list(changed(trail, plan, Now(plan_now, county_now)))

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
    assert list(changed(again, plan, Now("q", COUNTY))) == []
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


def chain(plan: Path) -> Trail:
    """Submitted, returned, submitted again, approved: each on a later day, as the program seals them."""
    states = (State.SUBMITTED, State.RETURNED, State.SUBMITTED, State.APPROVED)
    trail: Trail = ()
    for number, state in enumerate(states, 1):
        trail = follow(trail, replace(step(state), date=f"2026-02-0{number}", number=f"{number}"), plan, NOW)
    return trail


FORGED: dict[str, Callable[[Trail], Trail]] = {
    "reversed": lambda trail: trail[::-1],
    "one missing": lambda trail: (trail[0], *trail[2:]),
    "two missing": lambda trail: trail[2:],
    "one doubled": lambda trail: (*trail[:2], *trail[:2], *trail[2:]),
    "the last doubled": lambda trail: (*trail, trail[-1]),
    "another number": lambda trail: (*trail[:-1], replace(trail[-1], number="9")),
    "another number at the beginning": lambda trail: (replace(trail[0], number="9"), *trail[1:]),
    "another day": lambda trail: (*trail[:-1], replace(trail[-1], date="2026-02-28")),
    "an impossible day": lambda trail: (*trail[:-1], replace(trail[-1], date="2026-02-30")),
    "another state": lambda trail: (*trail[:-1], replace(trail[-1], state=State.RETURNED)),
    "another plan": lambda trail: (*trail[:-1], replace(trail[-1], plan="q" * 64)),
    "a reason put in": lambda trail: (*trail[:-1], replace(trail[-1], although="so be it")),
    "a name put in": lambda trail: (*trail[:-1], replace(trail[-1], by="somebody")),
    "a paper put in": lambda trail: (*trail[:-1], replace(trail[-1], papers=(Paper("plan.docx", "0"),))),
    "another link": lambda trail: (*trail[:-1], replace(trail[-1], before=trail[0].seal)),
    "the seal of another": lambda trail: (*trail[:-1], replace(trail[-1], seal=trail[0].seal)),
    "no entry with a seal": lambda trail: tuple(replace(one, seal="", before="") for one in trail),
    "the last without a seal": lambda trail: (*trail[:-1], replace(trail[-1], seal="", before="")),
    "sealed again, alone": lambda trail: (sealed((), replace(trail[0], number="9")), *trail[1:]),
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
def test_a_forged_trail_is_told_even_where_nothing_else_knows_of_it(
    plan: Path, forge: Callable[[Trail], Trail]
) -> None:
    trail = chain(plan)
    assert list(flaws(trail)) == []
    assert list(flaws(forge(trail)))
    with pytest.raises(FaultsError):
        follow(forge(trail), step(State.WITHDRAWN), plan, NOW)


def test_only_somebody_who_forges_all_of_it_passes(plan: Path) -> None:
    forged: Trail = ()
    for one in (replace(one, number="9") for one in chain(plan)):
        forged = (*forged, sealed(forged, one))
    assert list(flaws(forged)) == []  # what the guide says of it, and why the store keeps the trail too


def test_entries_go_forward_in_time(plan: Path) -> None:
    trail = follow((), replace(step(State.SUBMITTED), date="2026-03-02"), plan, NOW)
    with pytest.raises(FaultsError, match="2026-03-01, lies before that of the entry before, 2026-03-02"):
        follow(trail, replace(step(State.APPROVED), date="2026-03-01"), plan, NOW)
    assert follow(trail, replace(step(State.APPROVED), date="2026-03-02"), plan, NOW)


def test_whoever_submits_does_not_decide(plan: Path) -> None:
    trail = follow((), replace(step(State.SUBMITTED), by="Office Ａ"), plan, NOW)
    with pytest.raises(FaultsError, match="has both submitted the plan and decided"):
        follow(trail, replace(step(State.APPROVED), by=" Office A"), plan, NOW)
    with pytest.raises(FaultsError, match="does not say who decided"):
        follow(trail, step(State.APPROVED), plan, NOW)
    assert follow(trail, replace(step(State.APPROVED), by="Commission"), plan, NOW)


def test_a_withdrawal_takes_one_entry_back_and_both_stay(plan: Path) -> None:
    wrong, reply = (paper(plan, plan.parent / name) for name in ("plan.docx", "reply.pdf"))
    trail = follow((), step(State.SUBMITTED, wrong), plan, NOW)
    trail = follow(trail, step(State.APPROVED, reply), plan, NOW)
    with pytest.raises(FaultsError, match="a withdrawal without a reason"):
        follow(trail, replace(step(State.WITHDRAWN), remark=" "), plan, NOW)
    (plan.parent / "reply.pdf").unlink()  # whatever has become of it, it can be taken back
    trail = follow(trail, step(State.WITHDRAWN), plan, NOW)
    assert [one.state for one in trail] == [State.SUBMITTED, State.APPROVED, State.WITHDRAWN]
    assert (state_of(trail), papers_of(trail)) == (State.SUBMITTED, (wrong,))
    again = follow(trail, step(State.WITHDRAWN), plan, NOW)
    assert (state_of(again), list(changed(again, plan, Now("q", "d")))) == (None, [])


def test_days_to_come_are_said(plan: Path) -> None:
    trail = follow((), replace(step(State.SUBMITTED), date="2199-01-01"), plan, NOW)
    assert ["2199-01-01" in one for one in unknown(trail)] == [True]
    assert list(unknown(chain(plan)[:1])) == []


@pytest.mark.parametrize(
    "text", ["2026-03-02", "2026年3月2日", "2026/3/2", "2026.03.02", " ２０２６年３月２日 ", "2026 年 3 月 2 日"]
)
def test_a_day_is_taken_as_offices_write_it(text: str) -> None:
    assert day(text) == "2026-03-02"


@pytest.mark.parametrize("text", ["", "2026-02-30", "31.1.2026", "2026-13-01", "20260302", "2026年", "today"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no date"):
        day(text)


def test_what_signing_writes_to_is_no_paper(plan: Path) -> None:
    (plan.parent / "again.json").hardlink_to(plan)
    (plan.parent / "store.db").write_bytes(b"store")
    for name in ("plan.json", "again.json", "store.db"):
        with pytest.raises(FaultsError, match="no paper"):
            paper(plan, plan.parent / name, (plan.parent / "store.db",))
    trail = (step(State.SUBMITTED, Paper("plan.json", "0")),)
    assert "the plan stands as its own paper." in list(changed(trail, plan, NOW))


def test_what_is_signed_is_every_byte_but_the_trail() -> None:
    text = outcome_to_json(OUTCOME)
    assert unsigned(text) == text
    carried = signed(text, (step(State.SUBMITTED),))
    assert unsigned(carried) == text
    assert fingerprint_of_all(carried) == hashlib.sha256(text.encode()).hexdigest()
    data = json.loads(text)
    for key in data:
        other = dict(data) | {key: "another"}
        assert fingerprint_of_all(json.dumps(other)) != fingerprint_of_all(text), key
    data["scenario"]["why"] = "another"
    assert fingerprint_of_all(json.dumps(data)) != fingerprint_of_all(text)
