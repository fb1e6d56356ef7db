from __future__ import annotations

import json
import os
import re
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

import rebalance.api.solve as verb
import rebalance.solver.lexicographic as solving
from rebalance.filing import RECORD
from rebalance.plans.outcome import Ending, Outcome
from rebalance.scenario.scenario import Scenario
from rebalance.solver.engine import Silent
from tests.cli.small import LANGXI, Desk, package, rebalance, scenario, spawned
from tests.counties import Has, Sketch
from tests.plans.plans import PLAN, SCENARIO, proven

Captured = pytest.CaptureFixture[str]
Solver = Callable[[Outcome], None]

ALL_GOALS = (
    "worst_off_first",
    "fill_shortages",
    "spare_the_units",
    "few_people_moved",
    "few_units_touched",
    "serve_early",
)


def test_a_plan_is_found_proven_and_written(tiny: Desk, capsys: Captured) -> None:
    assert rebalance("solve", tiny.scenario, "--out", tiny.out) == 0
    printed = capsys.readouterr()
    data = json.loads(tiny.plan.read_text(encoding="utf-8"))
    assert data["ending"] == "done"
    assert data["proven"] is True
    assert data["scenario"]["county"] == "../models/tiny"
    assert "Every goal is proven" in printed.out
    assert "Audited without the solver: every rule holds" in printed.out
    assert "goal 1/5" not in printed.out
    assert [text.split(" ")[1] for text in printed.err.splitlines()[:5]] == [f"{n}/5" for n in range(1, 6)]
    assert "The plan is in" in printed.err


def test_timings_say_what_every_step_took(tiny: Desk, capsys: Captured) -> None:
    solve = ("solve", tiny.scenario, "--out", tiny.out, "--quiet")
    assert rebalance(*solve) == 0
    assert "Where the time went" not in capsys.readouterr().out
    assert rebalance(*solve, "--fresh", "--timings") == 0
    said = capsys.readouterr().out.partition("Where the time went")[2].splitlines()
    steps = ["building the model", "looking for a first plan", "1   worst_off_first", "5   canonical", "in all"]
    assert all(any(step in line for line in said) for step in steps)
    data = json.loads(tiny.plan.read_text(encoding="utf-8"))
    assert [one["step"] for one in data["before"]] == ["building", "first plan"]
    asked = [one["questions"] for one in (*data["before"], *data["goals"])]
    assert all(asked[1:])
    assert said[-1].split()[2] == str(sum(asked))


def test_the_same_question_gives_the_same_file(tiny: Desk) -> None:
    texts = []
    for number, settings in enumerate(([], ["--workers", "3", "--seed", "17"])):
        out = tiny.folder / f"out{number}"
        assert rebalance("solve", tiny.scenario, "--out", out, "--quiet", "--fresh", *settings) == 0
        texts.append(re.sub(r'"(seconds|questions)": [0-9.]+', "", (out / "plan.json").read_text(encoding="utf-8")))
    assert texts[0] == texts[1]


def test_quiet_is_quiet(tiny: Desk, capsys: Captured) -> None:
    assert rebalance("solve", tiny.scenario, "--out", tiny.out, "--quiet") == 0
    assert capsys.readouterr().err == ""


def test_json_is_the_file(tiny: Desk, capsys: Captured) -> None:
    assert rebalance("solve", tiny.scenario, "--out", tiny.out, "--json") == 0
    assert capsys.readouterr().out == tiny.plan.read_text(encoding="utf-8")


def test_nothing_but_the_plan_is_left_in_the_folder(tiny: Desk) -> None:
    assert rebalance("solve", tiny.scenario, "--out", tiny.out, "--quiet") == 0
    assert {file.name for file in tiny.out.iterdir()} == {"plan.json", RECORD}
    assert stat.S_IMODE(tiny.plan.stat().st_mode) == stat.S_IMODE(tiny.scenario.stat().st_mode)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_impossible_scenario_names_its_clash(tiny: Desk, lang: str, capsys: Captured) -> None:
    scenario(tiny.scenario, "../models/tiny", {"cut_above_add_below": {"total": {"at_least": 12}}})
    assert rebalance("solve", tiny.scenario, "--out", tiny.out, "--lang", lang) == 1
    printed = capsys.readouterr()
    assert ("Cut above, add below" if lang == "en" else "减上补下") in printed.out
    assert ("Vacancies first, nobody forced" if lang == "en" else "先用空编、不硬减人") in printed.out
    assert not tiny.plan.exists()


def test_an_older_plan_is_not_taken_for_the_answer(solved: Desk, capsys: Captured) -> None:
    scenario(solved.scenario, "../models/tiny", {"cut_above_add_below": {"total": {"at_least": 12}}})
    before = solved.plan.read_bytes()
    assert rebalance("solve", solved.scenario, "--out", solved.out) == 1
    assert "from an earlier run" in capsys.readouterr().err
    assert solved.plan.read_bytes() == before


def test_impossible_as_json(tiny: Desk, capsys: Captured) -> None:
    scenario(tiny.scenario, "../models/tiny", {"cut_above_add_below": {"total": {"at_least": 12}}})
    assert rebalance("solve", tiny.scenario, "--out", tiny.out, "--json") == 1
    data = json.loads(capsys.readouterr().out)
    assert data["ending"] == "impossible"
    assert {member["rule"] for member in data["clash"]["members"]} == {
        "cut_above_add_below",
        "vacancies_first",
    }


def test_a_folder_that_cannot_be_written_is_told_before_solving(
    tiny: Desk, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr(solving, "solve", lambda *_args, **_said: pytest.fail("solved first"))
    assert rebalance("solve", tiny.scenario, "--out", tiny.scenario / "out") == 2
    assert "--out: nothing can be written there" in capsys.readouterr().err
    tiny.plan.mkdir(parents=True)
    assert rebalance("solve", tiny.scenario, "--out", tiny.out) == 2
    assert "plan.json is a folder" in capsys.readouterr().err


def test_faults_are_told_before_anything_is_made(tiny: Desk, capsys: Captured) -> None:
    scenario(tiny.scenario, "../models/elsewhere")
    assert rebalance("solve", tiny.scenario, "--out", tiny.out) == 1
    assert "nothing is there (got '../models/elsewhere')" in capsys.readouterr().err
    assert not tiny.out.exists()


def stopped(ending: Ending, *, plan: bool) -> Outcome:
    """An outcome cut short after its first goal."""
    if not plan:
        return Outcome(SCENARIO, ending, None, ())
    whole = proven(SCENARIO, PLAN)
    goals = [replace(one, proven=False, bound=None) for one in whole.goals[1:]]
    later = [replace(one, conditional=True) for one in goals[1:]]
    return replace(whole, ending=ending, goals=(whole.goals[0], goals[0], *later), unique=False)


@pytest.fixture
def solver(monkeypatch: pytest.MonkeyPatch) -> Solver:
    """Puts an outcome in the solver's mouth."""

    def answer(outcome: Outcome) -> None:
        monkeypatch.setattr(verb, "read_scenario", lambda _file: outcome.scenario)
        monkeypatch.setattr(solving, "solve", lambda asked, **_said: replace(outcome, scenario=asked))

    return answer


OPEN = "NOT PROVEN to be the best: goals 2, 3, 4, 5."


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (stopped(Ending.OUT_OF_TIME, plan=True), (0, OPEN, 5)),
        (stopped(Ending.OUT_OF_TIME, plan=False), (3, "Out of time before any plan was found.", 0)),
        (stopped(Ending.INTERRUPTED, plan=True), (130, OPEN, 5)),
        (stopped(Ending.INTERRUPTED, plan=False), (130, "Stopped before any plan was found.", 0)),
    ],
    ids=["out of time", "out of time, no plan", "interrupted", "interrupted, no plan"],
)
def test_every_ending_has_its_exit_code(
    outcome: Outcome, expected: tuple[int, str, int], tiny: Desk, solver: Solver, capsys: Captured
) -> None:
    code, said, unproven = expected
    solver(outcome)
    assert rebalance("solve", tiny.scenario, "--out", tiny.out) == code
    printed = capsys.readouterr().out
    assert said in printed
    assert printed.count("NOT PROVEN") == unproven
    assert tiny.plan.exists() is (outcome.plan is not None)


def test_a_plan_the_audit_does_not_bear_out_is_no_answer(tiny: Desk, solver: Solver, capsys: Captured) -> None:
    wrong = proven(SCENARIO, PLAN)
    solver(replace(wrong, goals=(replace(wrong.goals[0], value=((Fraction(1), 2),)), *wrong.goals[1:])))
    assert rebalance("solve", tiny.scenario, "--out", tiny.out) == 1
    assert "THE AUDIT DOES NOT AGREE" in capsys.readouterr().out


def test_the_settings_reach_the_solver(tiny: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}

    def watched(asked: Scenario, **settings: object) -> Outcome:
        seen.update(settings)
        return Outcome(asked, Ending.OUT_OF_TIME, None, ())

    monkeypatch.setattr(solving, "solve", watched)
    args = ("--time-limit", "2.5", "--workers", "3", "--seed", "9", "--quiet")
    assert rebalance("solve", tiny.scenario, "--out", tiny.out, *args) == 3
    assert isinstance(seen.pop("progress"), Silent)
    assert seen == {"limit": 2.5, "workers": 3, "seed": 9}


def test_a_time_limit_is_kept_and_what_is_open_is_said(tmp_path: Path) -> None:
    asked = long(tmp_path)
    result = spawned("solve", asked, "--out", tmp_path / "out", "--time-limit", "3")
    assert result.returncode in {0, 3}
    assert ("NOT PROVEN" in result.stdout) == (result.returncode == 0)
    assert (tmp_path / "out/plan.json").exists() == (result.returncode == 0)
    assert "Traceback" not in result.stderr


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_ctrl_c_keeps_the_best_plan(tmp_path: Path, name: str) -> None:
    command = [
        sys.executable,
        "-m",
        "rebalance",
        "solve",
        str(long(tmp_path)),
        "--out",
        str(tmp_path / "out"),
    ]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, encoding="utf-8") as process:
        assert process.stderr is not None
        assert process.stderr.readline().startswith("goal 1/7")
        process.send_signal(signal.Signals[name])
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Stopped; this is the best plan found so far." in out
    assert "NOT PROVEN" in out
    assert "Traceback" not in err
    assert spawned("audit", tmp_path / "out/plan.json").returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
def test_a_climb_over_many_places_is_stopped_with_what_it_has(tmp_path: Path) -> None:
    """Stopped by a program that was started as a shell starts one behind it: it does not hear Ctrl-C at all."""
    asked = many_places(tmp_path, 284)
    words = (
        "solve",
        str(asked),
        "--out",
        str(tmp_path / "out"),
        "--store",
        str(tmp_path / "runs.db"),
        "--time-limit",
        "600",
    )
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", DEAF, *words], stdout=pipe, stderr=pipe, encoding="utf-8", start_new_session=True
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline().startswith("solving")
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Stopped; this is the best plan found so far." in out
    goals = json.loads((tmp_path / "out/plan.json").read_text(encoding="utf-8"))["goals"]
    assert not any(goal["proven"] for goal in goals)
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


DEAF = """
import signal, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
from rebalance.cli.program import main
from rebalance.solver import lexicographic
from rebalance.solver.ascent import Ascent

begin = Ascent.begin

def told(climb):
    print("solving", file=sys.stderr, flush=True)
    return begin(climb)

Ascent.begin = told
main(sys.argv[1:])
"""


def many_places(folder: Path, count: int) -> Path:
    """A pool for so many places with demands in the thousands: short questions that take long to put."""
    rng, places = Random(1), [f"T{number}" for number in range(count)]
    has = {place: rng.randint(400, 6000) for place in places}
    sketch = Sketch(
        units={"U": Has(sum(has.values()) // 8, 0)},
        townships={place: Has(owned * 8 // 10, owned * 8 // 10) for place, owned in has.items()},
        demand={place: str(round(owned * rng.uniform(0.85, 1.3))) for place, owned in has.items()},
    )
    package(sketch.county, folder / "county")
    return scenario(folder / "many.toml", "county", {}, "worst_off_first")


def long(folder: Path) -> Path:
    """A scenario that keeps the solver busy for a while, after a first goal that is soon done."""
    package_ = os.path.relpath(LANGXI, folder)
    rules = {
        "cut_above_add_below": {"total": {"at_most": 60}},
        "routes": {},
        "holder_limits": {},
        "hiring": {},
    }
    return scenario(folder / "long.toml", Path(package_).as_posix(), rules, *sorted(ALL_GOALS))
