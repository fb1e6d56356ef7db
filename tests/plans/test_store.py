from __future__ import annotations

import multiprocessing
import os
import resource
import sqlite3
import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from rebalance.api.runs import delete_runs
from rebalance.fault import FaultsError
from rebalance.plans import schema
from rebalance.plans import store as store_module
from rebalance.plans.outcome import Ending, Outcome
from rebalance.plans.reached import Certificate, Opinion, Verdict
from rebalance.plans.recorded import outcome_to_json
from rebalance.plans.runs import Wanted, packed
from rebalance.plans.store import Store, opened
from rebalance.problem.problem import Problem
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.rule import Range
from rebalance.solver.lexicographic import solve
from tests.analysis.small import scenario

OUTCOME = solve(replace(scenario(2), name="Two"))
OTHER = solve(replace(scenario(1), name="One"))


def impossible() -> Outcome:
    asked = scenario(2).but(CutAboveAddBelow(total=Range(at_least=9)), name="Nine")
    return solve(asked)


def test_what_goes_in_comes_out(store: Store) -> None:
    store.add(OUTCOME, 60)
    (run,) = store.runs()
    assert (run.id, run.name, run.county, run.ending, run.proven, run.unique) == (1, "Two", "Tiny", "done", True, False)
    assert (run.allowed, run.seconds) == (60, round(OUTCOME.seconds, 3))
    assert [goal["name"] for goal in run.goals] == ["worst_off_first", "fill_shortages", "canonical"]
    found = store.outcome(run)
    assert outcome_to_json(found) == outcome_to_json(
        replace(OUTCOME, seconds=round(OUTCOME.seconds, 3), goals=found.goals)
    )
    assert found.plan is not None
    assert OUTCOME.plan is not None
    assert found.plan.decided == OUTCOME.plan.decided


def certificate(opinion: Opinion) -> Certificate:
    return Certificate((Verdict(1, "worst_off_first", Opinion.AGREES), Verdict(2, "fill_shortages", opinion)))


def test_a_certificate_is_kept_with_the_run(store: Store) -> None:
    outcome = replace(OUTCOME, certificate=certificate(Opinion.AGREES))
    store.add(outcome)
    assert store.outcome(store.runs()[0]).certificate == outcome.certificate
    answered = store.answer(outcome.scenario)
    assert answered is not None
    assert answered[1].certificate == outcome.certificate
    nothing = replace(impossible(), certificate=Certificate((Verdict(0, "", Opinion.OPEN),)))
    store.add(nothing)
    assert store.outcome(store.runs()[1]).certificate == nothing.certificate


def test_what_is_disputed_is_kept_and_shown_but_is_no_answer(store: Store) -> None:
    store.add(replace(OUTCOME, certificate=certificate(Opinion.DISAGREES)))
    assert store.outcome(store.runs()[0]).disputed
    assert store.answer(OUTCOME.scenario) is None


def test_an_impossible_scenario_is_kept_with_its_clash(store: Store) -> None:
    outcome = impossible()
    assert outcome.clash is not None
    store.add(outcome)
    found = store.outcome(store.runs()[0])
    assert (found.ending, found.clash) == (Ending.IMPOSSIBLE, outcome.clash)
    answered = store.answer(outcome.scenario)
    assert answered is not None
    assert answered[1].clash == outcome.clash


def test_the_same_question_is_answered_under_its_new_name(store: Store) -> None:
    store.add(OUTCOME)
    asked = replace(scenario(2), name="Zwei")
    found = store.answer(asked)
    assert found is not None
    run, outcome = found
    assert run.id == 1
    assert outcome.scenario is asked
    assert outcome.plan is not None
    assert outcome.unique is False


def test_another_question_is_not_answered(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.add(OUTCOME)
    assert store.answer(scenario(3)) is None
    monkeypatch.setattr("rebalance.plans.store.versions", lambda: {"rebalance": "another"})
    assert store.answer(scenario(2)) is None


def test_a_county_that_differs_in_anything_is_another_question(store: Store) -> None:
    store.add(OUTCOME)
    county = OUTCOME.scenario.problem.county
    renamed = replace(county, units=tuple(replace(unit, sector="elsewhere") for unit in county.units))
    assert store.answer(replace(OUTCOME.scenario, problem=Problem(renamed))) is None


def test_a_run_cut_short_answers_only_those_in_a_greater_hurry(store: Store) -> None:
    goals = tuple(replace(goal, proven=False, bound=None) for goal in OUTCOME.goals)
    store.add(replace(OUTCOME, ending=Ending.OUT_OF_TIME, goals=goals, unique=False), 10)
    assert store.answer(OUTCOME.scenario, 10) is not None
    assert store.answer(OUTCOME.scenario, 5) is not None
    assert store.answer(OUTCOME.scenario, 11) is None
    assert store.answer(OUTCOME.scenario) is None
    store.add(replace(OUTCOME, ending=Ending.INTERRUPTED, goals=goals, unique=False))
    assert store.answer(OUTCOME.scenario) is None


def test_a_plan_that_breaks_a_rule_is_no_answer(store: Store) -> None:
    store.add(OUTCOME)
    assert OUTCOME.plan is not None
    text = outcome_to_json(OUTCOME).replace('"after": 4', '"after": 5')
    assert text != outcome_to_json(OUTCOME)
    store.base.execute("UPDATE runs SET plan = ?", (packed(text),))
    assert store.answer(OUTCOME.scenario) is None


def test_runs_are_chosen_and_deleted(store: Store) -> None:
    for outcome in (OUTCOME, OTHER, impossible()):
        store.add(outcome)

    def names(wanted: Wanted) -> list[str]:
        return [run.name for run in store.runs(wanted)]

    assert names(Wanted()) == ["Two", "One", "Nine"]
    assert names(Wanted(ids=(1, 3))) == ["Two", "Nine"]
    assert names(Wanted(name="TW")) == ["Two"]
    assert names(Wanted(name="%")) == []
    assert names(Wanted(ending="impossible")) == ["Nine"]
    assert names(Wanted(proven=True)) == ["Two", "One"]
    assert names(Wanted(last=2)) == ["One", "Nine"]
    assert names(Wanted(county="elsewhere")) == []
    assert store.delete(Wanted(last=1)) == 1
    assert names(Wanted()) == ["Two", "One"]
    assert store.delete(Wanted()) == 2
    assert store.base.execute("SELECT count(*) FROM counties").fetchone() == (0,)
    assert store.add(OUTCOME) == 4  # a number is never given twice


def trouble(file: Path, *, new: bool = True) -> str:
    with pytest.raises(FaultsError) as caught, opened(file, new=new) as found:  # noqa: PT012  # either of the two
        found.runs()
        found.add(OUTCOME)
    return str(caught.value)


def test_a_store_that_is_not_there_is_not_made_for_reading(file: Path) -> None:
    assert "no runs are kept there" in trouble(file, new=False)
    assert not file.exists()


@pytest.mark.parametrize("content", [b"hello " * 1000, b"SQLite format 3\0" + b"\7" * 5000], ids=["text", "garbled"])
def test_a_file_that_is_no_store_is_left_alone(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    assert "Move it away" in trouble(file)
    assert file.read_bytes() == content
    assert [found.name for found in file.parent.iterdir()] == [file.name]


def test_a_damaged_store_says_so_and_gets_no_worse(file: Path) -> None:
    with opened(file) as store:
        store.add(OUTCOME)
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * 8192 + whole[12288:])
    before = file.read_bytes()
    assert "amaged" in trouble(file)
    assert file.read_bytes() == before


def test_a_damaged_row_spoils_no_other(store: Store) -> None:
    for outcome in (OUTCOME, OTHER):
        store.add(outcome)
    store.base.execute("UPDATE runs SET plan = x'00' WHERE id = 1")
    first, second = store.runs()
    with pytest.raises(FaultsError, match="run 1 is damaged"):
        store.outcome(first)
    assert store.outcome(second).plan is not None
    assert store.answer(OUTCOME.scenario) is None
    store.base.execute("DROP TRIGGER counties_stay_as_they_are")
    store.base.execute("UPDATE counties SET text = x'00'")
    with pytest.raises(FaultsError, match="run 2 is damaged"):
        store.outcome(second)


def test_a_database_of_another_program_is_left_alone(file: Path) -> None:
    file.parent.mkdir()
    with sqlite3.connect(file) as base:
        base.execute("CREATE TABLE runs (mine)")
    base.close()
    before = file.read_bytes()
    assert "a database of another program" in trouble(file)
    assert file.read_bytes() == before


def test_a_store_from_a_later_version_is_left_alone(file: Path) -> None:
    with opened(file) as store:
        store.base.execute("PRAGMA user_version = 99")
    assert "from a later version of this program (format 99)" in trouble(file)


def test_an_older_store_is_brought_up_whole_or_not_at_all(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(file) as store:
        store.add(OUTCOME)
    broken = (*schema.STEPS, "ALTER TABLE runs ADD COLUMN note TEXT;\nALTER TABLE nowhere ADD COLUMN note TEXT;\n")
    monkeypatch.setattr(schema, "STEPS", broken)
    assert "the database refuses" in trouble(file)
    monkeypatch.setattr(schema, "STEPS", broken[:-1])
    with opened(file) as store:
        assert len(store.runs()) == 1
    monkeypatch.setattr(schema, "STEPS", (*broken[:-1], "ALTER TABLE runs ADD COLUMN note TEXT;\n"))
    with opened(file) as store:
        assert store.base.execute("SELECT id, note FROM runs").fetchall() == [(1, None)]
        assert store.base.execute("PRAGMA user_version").fetchone() == (len(broken),)


def test_a_full_disk_leaves_what_there_was(store: Store) -> None:
    store.add(OUTCOME)
    store.base.execute("PRAGMA max_page_count = 1")
    with pytest.raises(FaultsError, match="the disk is full"):  # noqa: PT012  # one of them
        for _number in range(50):
            store.add(OTHER)
    found = [run.name for run in store.runs()]
    assert found == ["Two"] + ["One"] * (len(found) - 1)
    store.base.execute("PRAGMA max_page_count = 100000")
    store.add(OTHER)
    assert store.base.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_disk_that_takes_no_more_bytes(file: Path) -> None:
    with opened(file) as store:
        store.add(OUTCOME)
    code = (
        "import sys; from pathlib import Path; from rebalance.plans import opened\n"
        "from tests.plans.test_store import OTHER\n"
        "with opened(Path(sys.argv[1])) as store: [store.add(OTHER) for _ in range(50)]"
    )
    limit = (64 * 1024, 64 * 1024)
    done = subprocess.run(
        [sys.executable, "-c", code, str(file)],
        check=False,
        capture_output=True,
        encoding="utf-8",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit),  # one thread
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert "FaultsError" in done.stderr
    assert "Name another file with --store" in done.stderr
    with opened(file) as store:
        assert store.runs()[0].name == "Two"
        assert store.base.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_locked_store_is_waited_for_and_then_told(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(file) as store:
        store.add(OUTCOME)
    monkeypatch.setattr(store_module, "PATIENCE", 0.1)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with opened(file) as store:
        assert len(store.runs()) == 1  # reading goes on
        with pytest.raises(FaultsError, match="another program has been writing to it for long"):
            store.add(OTHER)
        other.execute("COMMIT")
        other.close()
        store.add(OTHER)


def test_a_place_where_no_file_can_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "Name another file with --store" in trouble(tmp_path / "file/runs.db")
    assert "Name another file with --store" in trouble(tmp_path)


def write(file: Path, count: int) -> None:
    for _number in range(count):
        with opened(file) as store:
            store.add(OUTCOME)


def test_two_writers_at_once(file: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=write, args=(file, 25)) for _number in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0]
    with opened(file) as store:
        assert [run.id for run in store.runs()] == list(range(1, 51))


def test_a_row_that_unpacks_to_gigabytes_is_damaged_and_can_be_deleted(file: Path) -> None:
    packing = zlib.compressobj(9)
    bomb = b"".join(packing.compress(bytes(2**20)) for _megabyte in range(200)) + packing.flush()
    with opened(file) as store:
        store.add(OUTCOME)
        store.base.execute("UPDATE runs SET plan = ?", (bomb,))
        with pytest.raises(FaultsError, match=r"run 1 is damaged\. Delete it, and solve again"):
            store.text(1)
    assert delete_runs(Wanted((1,)), store=file) == (1, ())


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("scenario", "[]"),
        ("goals", "{}"),
        ("goals", "[1]"),
        ("versions", "nonsense"),
        ("ending", "never"),
        ("name", b"\xff"),
    ],
)
def test_a_row_in_which_something_else_stands_is_damaged_and_can_be_deleted(
    column: str, value: object, file: Path
) -> None:
    with opened(file) as store:
        store.add(OUTCOME)
        store.base.execute("PRAGMA ignore_check_constraints = ON")
        store.base.execute(f"UPDATE runs SET {column} = CAST(? AS TEXT)", (value,))  # noqa: S608  # our own names
        with pytest.raises(FaultsError, match="damaged"):
            store.runs()
    assert delete_runs(Wanted((1,)), store=file) == (1, ())


@pytest.mark.parametrize(
    "foreign",
    [
        "CREATE TRIGGER mine AFTER INSERT ON runs BEGIN DELETE FROM counties; END",
        "CREATE VIEW mine AS SELECT * FROM runs",
        "DROP TRIGGER steps_stay",
        "ALTER TABLE runs ADD COLUMN mine TEXT",
    ],
)
def test_tables_that_are_not_ours_are_refused(foreign: str, file: Path) -> None:
    with opened(file) as store:
        store.base.execute(foreign)
    assert "its tables are not those of this program, or damaged" in trouble(file)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes among its files")
def test_a_pipe_is_no_store(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.db")
    assert "not an ordinary file. Name another file with --store." in trouble(tmp_path / "pipe.db")


def test_on_a_network_drive_there_is_no_log_beside_the_store(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "remote", lambda _file: True)
    with pytest.warns(UserWarning, match="runs are kept on a network drive: slowly"), opened(file):
        pass
    with opened(file) as store:  # said once
        assert store.base.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        store.add(OUTCOME)
    assert [one.name for one in file.parent.iterdir()] == [file.name]
