"""`rebalance export` and `rebalance review`: from a plan on disk to papers, and back."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from rebalance.papers.workbook import FIRST, KEYS
from tests.cli.small import Desk, rebalance

Captured = pytest.CaptureFixture[str]
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


def agree(file: Path, holder: str, number: int) -> None:
    """Type a number into the row of a holder, and save."""
    book = openpyxl.load_workbook(file)
    sheet = book["Before and after"]
    places = {cell.value: at for at, cell in enumerate(sheet[KEYS + 1], 1)}
    for row in range(FIRST + 1, sheet.max_row + 1):
        if sheet.cell(row, places["holder"]).value == holder:
            sheet.cell(row, places["agreed"]).value = number
    book.save(file)


@pytest.mark.parametrize("name", ["plan.xlsx", "plan.docx", "plan.html", "PLAN.XLSX"])
def test_papers_are_written_twice_the_same(solved: Desk, capsys: Captured, name: str) -> None:
    first, second = solved.folder / "papers" / name, solved.folder / "again" / name
    assert rebalance("export", solved.plan, "--to", first) == 0
    assert f"Written: {first}." in capsys.readouterr().err
    assert rebalance("export", solved.plan, "--to", second) == 0
    assert first.read_bytes() == second.read_bytes()
    if not name.endswith(".html"):
        with ZipFile(first) as archive:
            assert archive.testzip() is None


def test_a_folder_is_written(solved: Desk) -> None:
    assert rebalance("export", solved.plan, "--to", solved.folder / "papers") == 0
    names = {file.name for file in (solved.folder / "papers").iterdir()}
    assert {"positions.csv", "townships.csv", "goals.csv", "findings.csv"} <= names
    drawn = solved.folder / "papers/figures"
    index = (drawn / "index.html").read_text(encoding="utf-8")
    pictures = sorted(file.name for file in drawn.glob("*.svg"))
    assert pictures == [f"{name}.svg" for name in ("before_after", "coverage", "flows", "profile", "tiles", "years")]
    assert all(f'<img src="{name}" alt="' in index for name in pictures)
    assert "Worst-off township: " in index


def test_both_languages(solved: Desk) -> None:
    for lang in ("en", "zh"):
        for name in ("plan.xlsx", "plan.docx", "plan.html"):
            assert rebalance("export", solved.plan, "--to", solved.folder / lang / name, "--lang", lang) == 0


def test_plans_side_by_side(solved: Desk) -> None:
    file = solved.folder / "two.html"
    assert rebalance("export", solved.plan, "--to", file, "--with", solved.plan) == 0
    assert "Comparison of scenarios" in file.read_text(encoding="utf-8")


def test_what_cannot_be_written_is_refused(solved: Desk, capsys: Captured) -> None:
    assert rebalance("export", solved.plan, "--to", "plan.pdf") == 2
    assert "--to: no paper has this ending (got 'plan.pdf')" in capsys.readouterr().err
    (solved.folder / "file").write_text("")
    assert rebalance("export", solved.plan, "--to", solved.folder / "file" / "plan.xlsx") == 2


def test_a_workbook_without_edits_is_no_change(solved: Desk, capsys: Captured) -> None:
    file = solved.folder / "plan.xlsx"
    rebalance("export", solved.plan, "--to", file)
    assert rebalance("review", solved.plan, file, "--out", solved.folder / "scenarios/new.toml") == 0
    assert "No number has been changed" in capsys.readouterr().out
    assert not (solved.folder / "scenarios/new.toml").exists()


def test_numbers_agreed_become_a_scenario_that_can_be_solved(solved: Desk, capsys: Captured) -> None:
    file, scenario = solved.folder / "plan.xlsx", solved.folder / "scenarios/new.toml"
    rebalance("export", solved.plan, "--to", file)
    agree(file, "U1", 8)
    assert rebalance("review", solved.plan, file, "--out", scenario) == 1  # one position too many
    printed = capsys.readouterr().out
    assert "own exactly as many" in printed
    assert rebalance("solve", scenario, "--out", solved.folder / "new", "--quiet") == 0
    plan = json.loads((solved.folder / "new/plan.json").read_text(encoding="utf-8"))
    last = [row for row in plan["positions"] if row["holder"] == "U1"][-1]
    assert last["after"] == 8


def test_a_review_as_data(solved: Desk, capsys: Captured) -> None:
    file = solved.folder / "plan.xlsx"
    rebalance("export", solved.plan, "--to", file)
    agree(file, "U1", 8)
    capsys.readouterr()
    assert rebalance("review", solved.plan, file, "--json") == 1
    data = json.loads(capsys.readouterr().out)
    assert [(edit["key"], edit["agreed"]) for edit in data["edits"]] == [(["U1", "admin"], 8)]
    assert "hold_total" in {one["rule"] for one in data["broken"]}


def test_a_workbook_that_is_none_is_told(solved: Desk, capsys: Captured) -> None:
    file = solved.folder / "plan.xlsx"
    file.write_bytes(b"PK\x03\x04 nothing")
    assert rebalance("review", solved.plan, file) == 1
    assert "plan.xlsx: damaged" in capsys.readouterr().err


def test_what_it_costs_now_and_at_best_stands_side_by_side(solved: Desk, capsys: Captured) -> None:
    file = solved.folder / "plan.xlsx"
    rebalance("export", solved.plan, "--to", file)
    agree(file, "U1", 8)
    capsys.readouterr()
    rebalance("review", solved.plan, file, "--quiet")
    assert "ask with --best" in capsys.readouterr().out
    rebalance("review", solved.plan, file, "--best", "--quiet")
    printed = capsys.readouterr().out
    head = next(line for line in printed.splitlines() if "as agreed" in line)
    assert head.split()[-5:] == ["plan", "as", "agreed", "at", "best"]
    assert "ask with --best" not in printed
    rebalance("review", solved.plan, file, "--best", "--quiet", "--json")
    best = json.loads(capsys.readouterr().out)["best"]
    assert best["ending"] == "done"
    assert best["goals"][-1]["goal"] == "canonical"


def test_a_copied_sheet_is_asked_about(solved: Desk, capsys: Captured) -> None:
    file = solved.folder / "plan.xlsx"
    rebalance("export", solved.plan, "--to", file)
    book = openpyxl.load_workbook(file)
    book.copy_worksheet(book["Before and after"]).title = "Before and after (2)"
    book.save(file)
    agree(file, "U1", 8)
    assert rebalance("review", solved.plan, file) == 1
    assert "Say with --sheet which of them counts" in capsys.readouterr().err
    assert rebalance("review", solved.plan, file, "--sheet", "Before and after (2)", "--json") == 1
    data = json.loads(capsys.readouterr().out)
    assert data["edits"] == []
    assert ["with other numbers; it does not count" in one for one in data["ignored"]] == [True]


def test_export_does_not_load_the_solver(solved: Desk) -> None:
    code = (
        "import sys; from rebalance.cli.program import run; plan, to = sys.argv[1:];"
        "codes = [run(['export', plan, '--to', to + name]) for name in ('.xlsx', '.docx', '.html', '')];"
        "print(codes, 'ortools' in sys.modules, 'pandas' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(solved.plan), str(solved.folder / "papers")]
    result = subprocess.run(command, check=True, capture_output=True, text=True)
    assert result.stdout.splitlines()[-1] == "[0, 0, 0, 0] False False"
