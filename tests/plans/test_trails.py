"""Approvals in the store: added and never altered, and what is approved stays."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from rebalance.fault import FaultsError
from rebalance.plans import schema
from rebalance.plans.approval import Paper, State, Step
from rebalance.plans.file import opened as plan_opened
from rebalance.plans.recorded import outcome_to_json
from rebalance.plans.runs import Wanted
from rebalance.plans.store import Store, keep_trail, opened, run_of, signed_text, trail_of
from tests.plans.plans import PLAN as FOUND
from tests.plans.plans import SCENARIO, proven

OUTCOME = proven(SCENARIO, FOUND)
TEXT = outcome_to_json(OUTCOME)
SUBMITTED = Step(State.SUBMITTED, "2026-01-31", "〔2026〕5", "", "p", "c", (Paper("plan.docx", "0"),))
APPROVED = Step(State.APPROVED, "2026-02-10", "〔2026〕6", "as it is", "p", "c")


def found(store: Store, text: str) -> int | None:
    return run_of(store, plan_opened(text), text)


def test_a_trail_is_kept_and_read_again(store: Store) -> None:
    run = store.add(OUTCOME)
    assert (trail_of(store, run), store.runs()[0].state) == ((), "")
    keep_trail(store, run, (SUBMITTED,))
    assert (trail_of(store, run), store.runs()[0].state) == ((SUBMITTED,), "submitted")
    keep_trail(store, run, (SUBMITTED, APPROVED))
    assert (trail_of(store, run), store.runs()[0].state) == ((SUBMITTED, APPROVED), "approved")
    assert plan_opened(signed_text(store, run)).approval == (SUBMITTED, APPROVED)


def test_a_whole_trail_may_be_taken_over_from_a_file(store: Store) -> None:
    run = store.add(OUTCOME)
    keep_trail(store, run, (SUBMITTED, APPROVED))
    assert trail_of(store, run) == (SUBMITTED, APPROVED)


def test_two_decisions_at_once_are_one(store: Store, file: Path) -> None:
    run = store.add(OUTCOME)
    keep_trail(store, run, (SUBMITTED,))
    with opened(file) as other:
        keep_trail(other, run, (SUBMITTED, APPROVED))
    for step in (APPROVED, replace(APPROVED, state=State.RETURNED)):
        with pytest.raises(FaultsError, match="somebody else has just taken a step with run 1"):
            keep_trail(store, run, (SUBMITTED, step))
    assert trail_of(store, run) == (SUBMITTED, APPROVED)


def test_the_run_of_a_plan(store: Store) -> None:
    assert found(store, TEXT) is None
    first, second = store.add(OUTCOME), store.add(replace(OUTCOME, seconds=7.0))
    other = outcome_to_json(replace(OUTCOME, seconds=9.0))
    assert found(store, TEXT) == first  # byte for byte
    assert found(store, other) == second  # the same plan, found again
    keep_trail(store, first, (SUBMITTED,))
    assert found(store, other) == first
    assert found(store, TEXT.replace('"after": 5,', '"after": 6,', 1)) is None


def test_an_approved_run_stays(store: Store) -> None:
    runs = [store.add(OUTCOME) for _number in range(3)]
    keep_trail(store, runs[0], (SUBMITTED, APPROVED))
    keep_trail(store, runs[1], (SUBMITTED,))
    assert store.delete(Wanted()) == 2
    assert [run.id for run in store.runs()] == runs[:1]
    assert store.base.execute("SELECT run FROM steps").fetchall() == [(1,), (1,)]
    assert store.outcome(store.runs()[0]).plan is not None  # its county is still there


@pytest.mark.parametrize(
    "attempt",
    [
        "DELETE FROM runs",
        "UPDATE runs SET plan = x'00'",
        "UPDATE runs SET name = 'another'",
        "DELETE FROM steps",
        "DELETE FROM steps WHERE place = 2",
        "UPDATE steps SET state = 'returned'",
        "UPDATE steps SET step = '{}'",
        "INSERT OR REPLACE INTO runs SELECT * FROM runs",
        "REPLACE INTO runs SELECT * FROM runs",
        "INSERT OR REPLACE INTO steps SELECT run, place, state, '{}' FROM steps",
        "INSERT OR REPLACE INTO steps (rowid, run, place, state, step) VALUES (1, 2, 1, 'submitted', '{}')",
        "INSERT INTO steps VALUES (1, 9, 'returned', '{}')",
        "INSERT INTO steps VALUES (1, 1, 'returned', '{}') ON CONFLICT DO UPDATE SET step = '{}'",
        "UPDATE OR REPLACE runs SET id = 1 WHERE id = 2",
        "UPDATE OR REPLACE runs SET rowid = 1 WHERE id = 2",
        "UPDATE OR REPLACE steps SET place = 1",
        "UPDATE counties SET text = x'00'",
        "UPDATE OR REPLACE counties SET digest = 'd'",
        "DELETE FROM counties",
        "INSERT OR REPLACE INTO counties SELECT digest, x'00' FROM counties",
        "INSERT OR REPLACE INTO counties (rowid, digest, text) VALUES (1, 'd', x'00')",
        "UPDATE runs SET county_digest = 'd' WHERE id = 2",
    ],
)
def test_not_even_another_program_changes_what_is_approved(store: Store, file: Path, attempt: str) -> None:
    run = store.add(OUTCOME)
    store.add(OUTCOME)
    keep_trail(store, run, (SUBMITTED, APPROVED))
    before = signed_text(store, run)
    with sqlite3.connect(file) as base, pytest.raises(sqlite3.IntegrityError, match=r"stays?"):
        base.execute(attempt)
    base.close()
    assert signed_text(store, run) == before


def test_a_damaged_step_is_told(store: Store) -> None:
    run = store.add(OUTCOME)
    for text in ("{", json.dumps({"state": "lost", "date": "2026-01-31"})):
        store.base.execute("DELETE FROM steps WHERE 0")
        store.base.execute("INSERT INTO steps SELECT ?, 1 + count(*), 'submitted', ? FROM steps", (run, text))
        with pytest.raises(FaultsError, match="run 1 is damaged"):
            trail_of(store, run)


def test_a_damaged_run_is_the_run_of_no_plan(store: Store) -> None:
    store.add(OUTCOME)
    store.base.execute("UPDATE runs SET plan = x'00'")
    assert found(store, TEXT) is None


def test_a_store_of_the_first_version_learns_of_approvals(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "STEPS", schema.STEPS[:1])
    with opened(file) as store:
        first = outcome_to_json(OUTCOME)
        monkeypatch.setattr("rebalance.plans.runs.NOT_APPROVED", "1")
        store.add(OUTCOME, text=first)
        assert store.base.execute("PRAGMA user_version").fetchone() == (1,)
    monkeypatch.undo()
    with opened(file) as store:
        assert store.base.execute("PRAGMA user_version").fetchone() == (len(schema.STEPS),)
        (run,) = store.runs()
        assert (run.state, found(store, TEXT)) == ("", run.id)
        keep_trail(store, run.id, (SUBMITTED, APPROVED))
        assert store.delete(Wanted()) == 0
        assert store.answer(OUTCOME.scenario) is not None


def test_a_withdrawn_approval_is_seen_in_the_list_and_the_run_stays(store: Store) -> None:
    run = store.add(OUTCOME)
    although = replace(SUBMITTED, although="the commission asks for it")
    keep_trail(store, run, (although, APPROVED))
    assert (store.runs()[0].state, store.runs()[0].although) == ("approved", "the commission asks for it")
    keep_trail(store, run, (although, APPROVED, replace(APPROVED, state=State.WITHDRAWN)))
    (found_again,) = store.runs()
    assert (found_again.state, found_again.stays) == ("submitted", True)
    assert store.delete(Wanted()) == 0
