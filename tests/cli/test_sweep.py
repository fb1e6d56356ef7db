from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from rebalance.analysis.cases import Case, Solved, solved
from rebalance.plans.store import opened
from tests.cli.small import RULES, TINY, Desk, desk, package, rebalance, scenario
from tests.counties import Has, Sketch

Captured = pytest.CaptureFixture[str]

TOTAL = "rules.cut_above_add_below.total.at_most"
HERE = ("--workers", "1", "--quiet")


def rows(capsys: Captured, *words: str | Path, code: int = 0) -> list[dict[str, Any]]:
    """The rows of a sweep, by heading."""
    assert rebalance("sweep", *words, *HERE, "--format", "json") == code
    (sheet,) = json.loads(capsys.readouterr().out)
    return [dict(zip(sheet["columns"], row, strict=True)) for row in sheet["rows"]]


def test_a_grid_is_every_combination(tiny: Desk, capsys: Captured) -> None:
    found = rows(capsys, tiny.scenario, "--set", f"{TOTAL}=1..2", "--set", "data.demand.T2.A1.positions=5,6.5")
    assert [row["case"] for row in found] == [
        "total.at_most = 1, A1.positions = 5",
        "total.at_most = 1, A1.positions = 6.5",
        "total.at_most = 2, A1.positions = 5",
        "total.at_most = 2, A1.positions = 6.5",
    ]
    assert [row["positions given"] for row in found] == [1, 1, 2, 2]
    assert {row["result"] for row in found} == {"proven"}
    assert [row["run"] for row in found] == [1, 2, 3, 4]
    assert all(Fraction(row["lowest coverage"]) < 1 for row in found)


def test_an_infeasible_case_is_a_row(tiny: Desk, capsys: Captured) -> None:
    least = "rules.cut_above_add_below.total.at_least=0,12"
    found = rows(capsys, tiny.scenario, "--set", least, "--set", f"{TOTAL}=12")
    assert [row["result"] for row in found] == ["proven", "impossible"]
    assert found[1]["lowest coverage"] is None


def test_a_case_that_cannot_be_asked_is_a_row(tiny: Desk, capsys: Captured) -> None:
    found = rows(capsys, tiny.scenario, "--set", f"{TOTAL}=1,many", code=1)
    assert [row["result"] for row in found] == ["proven", "failed"]
    assert "many" in found[1]["trouble"]


def test_a_case_that_breaks_down_is_a_row(tiny: Desk, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:

    def sometimes(case: Case) -> Solved:
        return Solved(None, "ZeroDivisionError: oh") if case.name.endswith("1") else solved(case)

    monkeypatch.setattr("rebalance.analysis.cases.recorded", sometimes)
    found = rows(capsys, tiny.scenario, "--set", f"{TOTAL}=1..2", code=1)
    assert [(row["result"], row["trouble"]) for row in found] == [("failed", "ZeroDivisionError: oh"), ("proven", "")]


def test_where_no_case_can_be_asked_it_says_why(tiny: Desk, capsys: Captured) -> None:
    assert rebalance("sweep", tiny.scenario, "--set", "rules.cut_above_add_belw.share=0.1,0.2") == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Did you mean 'cut_above_add_below'?" in printed.err
    assert "Faults: 1." in printed.err


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rules.phasing", "no value (got 'rules.phasing')"),
        ("rules.phasing.share=", "a value is missing"),
        ("rules.phasing.share=0.3..0.1", "not a range"),
        ("rules.phasing.share=0.1..0.3/0", "not a range"),
        ("rules.phasing.share=a..b", "not a range"),
        ("rules.phasing.share=1..1e99", "not a range"),
        (f"{TOTAL}=1..99999999", "not a range"),
    ],
    ids=str,
)
def test_values_nobody_can_mean(text: str, expected: str, tiny: Desk, capsys: Captured) -> None:
    assert rebalance("sweep", tiny.scenario, "--set", text) == 2
    assert expected in capsys.readouterr().err


def test_too_many_cases(tiny: Desk, capsys: Captured) -> None:
    sets = [part for n in range(3) for part in ("--set", f"rules.pinned.x{n}=1..100")]
    assert rebalance("sweep", tiny.scenario, *sets) == 2
    assert "too many cases (got 1000000)" in capsys.readouterr().err


def test_rules_are_switched_on_and_off(tiny: Desk, capsys: Captured) -> None:
    found = rows(capsys, tiny.scenario, "--set", "rules.vacancies_first=on,off", "--set", f"{TOTAL}=9")
    assert [row["positions given"] for row in found] == [4, 8]  # four are vacant or will be; nine are wanted, one is
    assert [row["positions received"] for row in found] == [5, 9]  # in the reserve


def test_a_law_cannot_be_switched_off(tiny: Desk, capsys: Captured) -> None:
    assert rebalance("sweep", tiny.scenario, "--set", "rules.ledgers=off") == 1
    assert "is law" in capsys.readouterr().err


def test_cases_from_a_file(tiny: Desk, capsys: Captured) -> None:
    file = tiny.folder / "cases.csv"
    file.write_text(f"name,{TOTAL},rules.phasing.share\nfew,1,\n,2,0.5\n", encoding="utf-8")
    found = rows(capsys, tiny.scenario, "--cases", file)
    assert [row["case"] for row in found] == ["few", "total.at_most = 2, phasing.share = 0.5"]
    assert [row["positions given"] for row in found] == [1, 2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", "no cases"), ("a,a\n1,2\n", "stands twice (got 'a')"), ("a\n1,2\n", "more cells than columns (got 2)")],
    ids=["empty", "twice", "wide"],
)
def test_a_file_of_cases_with_faults(text: str, expected: str, tiny: Desk, capsys: Captured) -> None:
    file = tiny.folder / "cases.csv"
    file.write_text(text, encoding="utf-8")
    assert rebalance("sweep", tiny.scenario, "--cases", file) == 1
    assert expected in capsys.readouterr().err


def test_a_case_says_true_as_a_spreadsheet_does(tiny: Desk, capsys: Captured) -> None:
    file = tiny.folder / "cases.csv"
    file.write_text("name,rules.hold_total.law\na,TRUE\nb,true\nc,是\n", encoding="utf-8")
    assert [row["case"] for row in rows(capsys, tiny.scenario, "--cases", file)] == ["a", "b", "c"]


def test_what_is_wrong_with_a_case_is_told_with_its_file_and_row(tiny: Desk, capsys: Captured) -> None:
    file = tiny.folder / "cases.csv"
    file.write_text("name,rules.hold_total.law\na,TRUE\nb,perhaps\n", encoding="utf-8")
    assert rebalance("sweep", tiny.scenario, "--cases", file, *HERE) == 1
    said = " ".join("".join(capsys.readouterr()).split())
    assert "cases.csv, row 3" in said
    assert "--set" not in said


def test_draws_are_the_same_for_the_same_seed(tiny: Desk, capsys: Captured) -> None:
    words = (tiny.scenario, "--set", f"{TOTAL}=0..3", "--draws", "6", "--seed")
    first, again, other = (rows(capsys, *words, seed) for seed in ("1", "1", "2"))
    assert [row["case"] for row in first] == [row["case"] for row in again]
    assert [row["case"] for row in first] != [row["case"] for row in other]
    with opened(tiny.folder / "runs/rebalance.db") as store:
        assert len(store.runs()) <= 4  # equal draws are solved once


def test_a_folder_of_scenarios(tiny: Desk, capsys: Captured) -> None:
    scenario(
        tiny.scenario.with_name("other.toml"), "../models/tiny", {"cut_above_add_below": {"total": {"at_most": 1}}}
    )
    found = rows(capsys, tiny.scenario.parent, "--set", "rules.phasing=on,off")
    assert [row["case"] for row in found] == [
        f"{name}: rules.phasing = {on}" for name in ("other", "Tiny") for on in ("on", "off")
    ]


def test_a_batch_of_counties(tiny: Desk, capsys: Captured) -> None:
    package(TINY, tiny.folder / "models/other")
    broken = package(TINY, tiny.folder / "models/broken")
    (broken / "units.csv").unlink()
    assert rebalance("sweep", tiny.scenario, "--county", tiny.folder / "models", *HERE) == 1
    printed = capsys.readouterr().out
    assert re.search(r"broken +failed", printed)
    assert re.search(r"positions given +8", printed)  # twice 4
    assert re.search(r"cases with a plan +2", printed)
    assert "broken: units.csv: missing." in " ".join(printed.split())


def test_the_table_and_the_picture(tiny: Desk, capsys: Captured) -> None:
    pictures = [tiny.folder / f"{number}.svg" for number in range(2)]
    for picture in pictures:
        words = ("--set", f"{TOTAL}=0..2", "--set", "rules.phasing=on,off", "--picture", picture)
        assert rebalance("sweep", tiny.scenario, *words, *HERE) == 0
    printed = capsys.readouterr().out
    assert max(map(len, printed.splitlines())) <= 100
    assert printed.count("proven") == 12
    assert "█" in printed
    assert pictures[0].read_bytes() == pictures[1].read_bytes()
    assert "Lowest coverage" in pictures[0].read_text(encoding="utf-8")


def test_a_picture_that_cannot_be(tiny: Desk, capsys: Captured) -> None:
    for name in ("a.jpeg", "no/a.png"):
        assert rebalance("sweep", tiny.scenario, "--picture", tiny.folder / name) == 2
        assert "--picture: not accepted" in capsys.readouterr().err


def test_csv_is_exact_and_harmless(tiny: Desk, capsys: Captured) -> None:
    file = tiny.folder / "cases.csv"
    file.write_text(f"name,{TOTAL}\n=cmd(),1\n", encoding="utf-8")
    assert rebalance("sweep", tiny.scenario, "--cases", file, *HERE, "--format", "csv") == 0
    head, row = csv.reader(io.StringIO(capsys.readouterr().out))
    found = dict(zip(head, row, strict=True))
    assert found["case"] == "'=cmd()"
    assert "/" in found["lowest coverage"]


def test_progress_goes_to_stderr(tiny: Desk, capsys: Captured) -> None:
    words = ("sweep", tiny.scenario, "--set", f"{TOTAL}=1..2", "--workers", "1")
    assert rebalance(*words) == 0
    printed = capsys.readouterr().err.splitlines()
    assert [text.split(" ")[0] for text in printed] == ["1/2", "2/2"]
    assert ["s left" in text for text in printed] == [True, False]
    assert rebalance(*words) == 0
    assert capsys.readouterr().err.count("known") == 2


def test_a_terminal_has_a_bar(tiny: Desk, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    assert rebalance("sweep", tiny.scenario, "--set", f"{TOTAL}=1..2", "--workers", "1") == 0
    printed = capsys.readouterr().err
    assert "2/2" in printed
    assert "left:" in printed


def test_without_a_store_the_table_is_there(tiny: Desk, store: Path, capsys: Captured) -> None:
    store.parent.mkdir()
    store.write_bytes(b"no store at all")
    assert rebalance("sweep", tiny.scenario, "--set", f"{TOTAL}=1..2", *HERE) == 0
    printed = capsys.readouterr()
    assert printed.out.count("proven") == 2
    assert printed.err.count("Move it away") == 1


def content(store: Path) -> list[tuple[Any, ...]]:
    """All rows of a store but for what depends on the clock, in an order of their own."""
    with opened(store) as found:
        return sorted(
            (
                run.key,
                run.name,
                run.ending,
                run.proven,
                re.sub(r'"(seconds|questions)": [0-9.]+', "", found.text(run.id)),
            )
            for run in found.runs()
        )


def command(desk: Desk, sets: Sequence[str], store: Path, workers: int = 2) -> list[str]:
    words = ["sweep", str(desk.scenario), *sets, "--workers", str(workers), "--store", str(store)]
    return [sys.executable, "-m", "rebalance", *words]


def finished(store: Path) -> int:
    if not store.exists():
        return 0
    with opened(store) as found:
        return len(found.runs())


def killed(words: Sequence[str], store: Path, done: int, later: float) -> None:
    """Start a sweep, and kill it so many seconds after so many answers are kept."""
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while finished(store) < done and process.poll() is None:
        time.sleep(0.02)
    time.sleep(later)
    process.kill()
    assert process.wait() == -signal.SIGKILL


TINIEST = Sketch(units={"U1": Has(6, 3)}, townships={"T1": 3}, demand={"T1": "5.5"}).county


@pytest.mark.parametrize("times", [4, pytest.param(10, marks=pytest.mark.campaign)])
def test_killed_again_and_again_at_random_moments_it_comes_to_the_same_store(tmp_path: Path, times: int) -> None:
    tiniest, whole, part, count = desk(tmp_path, TINIEST), tmp_path / "whole.db", tmp_path / "part.db", 20 * times
    scenario(tiniest.scenario, "../models/tiny", {name: {} for name in RULES}, "fill_shortages")
    residents = ("--set", f"data.townships.T1.population=1..{count}")
    subprocess.run(command(tiniest, residents, whole, 1), check=True, capture_output=True)
    rng, before = Random(4), [0]
    for workers in (1, 1, 2, 1, 1, 2, 1, 1, 2, 1)[:times]:
        words = command(tiniest, residents, part, workers)
        killed(words, part, before[-1] + rng.randrange(18), rng.uniform(0, 0.1))
        before.append(finished(part))
    assert before == sorted(before)  # what is kept stays
    assert len(set(before)) > times // 2
    done = subprocess.run(words, check=True, capture_output=True, encoding="utf-8")
    assert done.stderr.count(": known") == before[-1] < count
    assert len(content(part)) == count
    assert content(part) == content(whole)


def test_ctrl_c_shows_what_there_is(tiny: Desk, store: Path) -> None:
    process = subprocess.Popen(
        command(tiny, ("--set", "data.demand.T2.A1.positions=4.01..8.00"), store),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    while finished(store) < 3:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert "The same command goes on from there." in err
    assert out.count("proven") >= 3


def test_a_cluster_that_is_not_there(tiny: Desk, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    cluster = pytest.importorskip("rebalance.analysis.cluster")
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    assert rebalance("sweep", tiny.scenario, "--on", "tcp://127.0.0.1:9", "--quiet") == 1
    assert "no Dask scheduler answers there" in capsys.readouterr().err


def test_without_dask_it_says_what_to_install(tiny: Desk, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setitem(sys.modules, "rebalance.analysis.cluster", None)
    assert rebalance("sweep", tiny.scenario, "--on", "tcp://127.0.0.1:9") == 2
    assert "rebalance[cluster]" in capsys.readouterr().err
