from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.small import Desk, rebalance

Captured = pytest.CaptureFixture[str]
Json = Any


def edit(desk: Desk, change: Callable[[Json], object]) -> None:
    """Change the plan as somebody with an editor would."""
    data = json.loads(desk.plan.read_text(encoding="utf-8"))
    change(data)
    desk.plan.write_text(json.dumps(data), encoding="utf-8")


def row(data: Json, table: str, **key: object) -> dict[str, Any]:
    """The row of a table with these ids."""
    found: dict[str, Any] = next(one for one in data[table] if key.items() <= one.items())
    return found


def test_a_plan_of_ours_passes(solved: Desk, capsys: Captured) -> None:
    assert rebalance("audit", solved.plan) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert (
        "Every rule holds, every goal comes to what is claimed, and every figure worked out again follows."
        in printed.out
    )


def test_as_json(solved: Desk, capsys: Captured) -> None:
    assert rebalance("audit", solved.plan, "--json") == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["sound"], data["lawful"], data["proven"]) == (True, True, True)
    assert data["mismatches"] == data["stated"] == []
    assert data["checked"]["ledgers"] > 0


def test_one_position_more_is_caught(solved: Desk, capsys: Captured) -> None:
    def change(data: Json) -> None:
        row(data, "positions", holder="T1", year=2027)["after"] += 1

    edit(solved, change)
    assert rebalance("audit", solved.plan) == 1
    printed = capsys.readouterr().out
    assert "BROKEN" in printed
    assert "all holders together own exactly as" in printed
    assert rebalance("audit", solved.plan, "--json") == 1
    data = json.loads(capsys.readouterr().out)
    assert not data["lawful"]
    assert "hold_total" in {found["rule"] for found in data["findings"] if found["broken"]}


def test_a_false_claim_is_caught(solved: Desk, capsys: Captured) -> None:
    def change(data: Json) -> None:
        data["goals"][1]["value"] -= 25
        data["goals"][1]["bound"] -= 25

    edit(solved, change)
    assert rebalance("audit", solved.plan) == 1
    assert "Goals that do not come to what is claimed: 1." in capsys.readouterr().out


def test_a_changed_county_is_told(solved: Desk, capsys: Captured) -> None:
    file = solved.folder / "models/tiny/positions.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("U3,admin,4,4", "U3,admin,4,3"), encoding="utf-8")
    assert rebalance("audit", solved.plan) == 1
    assert "The county's data has changed since" in capsys.readouterr().out


def test_the_county_is_found_from_the_plan_or_from_here(
    solved: Desk, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    far = solved.folder / "a/b/c"
    far.mkdir(parents=True)
    moved = Path(shutil.move(solved.plan, far / "plan.json"))
    assert rebalance("audit", moved) == 1
    assert "no county there (got '../models/tiny'). Say with --county" in capsys.readouterr().err
    assert rebalance("audit", moved, "--county", solved.folder / "models/tiny") == 0
    monkeypatch.chdir(solved.out)
    assert rebalance("audit", moved) == 0


@pytest.mark.parametrize("path", ["", "\0", "x" * 5000, "/dev/null"], ids=["none", "nul", "long", "device"])
def test_a_county_path_out_of_a_strange_file_is_a_fault(solved: Desk, path: str, capsys: Captured) -> None:
    def change(data: Json) -> None:
        data["scenario"]["county"] = path

    edit(solved, change)
    assert rebalance("audit", solved.plan) == 1
    printed = capsys.readouterr()
    assert "internal error" not in printed.err
    assert printed.err.endswith("Faults: 1.\n")


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00", b"[" * 10**5, b"null"], ids=range(5))
def test_no_plan_at_all_is_a_fault(solved: Desk, content: bytes, capsys: Captured) -> None:
    solved.plan.write_bytes(content)
    assert rebalance("audit", solved.plan) == 1
    printed = capsys.readouterr()
    assert "internal error" not in printed.err
    assert "plan.json" in printed.err
    assert rebalance("audit", solved.plan, "--json") == 1
    assert json.loads(capsys.readouterr().out)["faults"]


def test_all_faults_of_a_file_are_told(solved: Desk, capsys: Captured) -> None:
    def change(data: Json) -> None:
        data["positions"][0]["after"] = "many"
        del data["coverage"]

    edit(solved, change)
    assert rebalance("audit", solved.plan) == 1
    printed = capsys.readouterr().err
    assert "positions[1].after: not accepted (got 'many')" in printed
    assert "coverage: missing" in printed


def test_neither_check_nor_show_nor_audit_loads_the_solver(solved: Desk) -> None:
    code = (
        "import sys; from rebalance.cli.program import run;"
        "codes = [run(['check', sys.argv[1]]), run(['show', sys.argv[2]]), run(['audit', sys.argv[3]])];"
        "print(codes, *(name in sys.modules for name in ('ortools', 'pandas', 'matplotlib')))"
    )
    files = (solved.folder / "models/tiny", solved.scenario, solved.plan)
    command = [sys.executable, "-c", code, *map(str, files)]
    result = subprocess.run(command, check=True, capture_output=True, text=True)
    assert result.stdout.splitlines()[-1] == "[0, 0, 0] False False False"


def test_what_is_on_trust_is_named_and_worked_out_afresh_when_asked(solved: Desk, capsys: Captured) -> None:
    assert rebalance("audit", solved.plan) == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert "Taken on the word of the solver, as the file has it: that nothing is better" in printed
    assert rebalance("audit", solved.plan, "--again", "--quiet") == 0
    assert "not so 0, not settled in the time there was 0." in capsys.readouterr().out
    data = json.loads(solved.plan.read_text(encoding="utf-8"))
    free = [rank for rank, goal in enumerate(data["goals"][:-1]) if isinstance(goal["value"], int)]

    def forge(data: Json) -> None:
        data["unique"] = not data["unique"]
        data["goals"][-1]["freedom"] = not data["goals"][-1]["freedom"]
        data["goals"][free[0]]["freedom"] = not data["goals"][free[0]]["freedom"]

    edit(solved, forge)
    assert rebalance("audit", solved.plan) == 0  # the solver's word
    capsys.readouterr()
    assert rebalance("audit", solved.plan, "--again", "--json") == 1
    again = json.loads(capsys.readouterr().out)["again"]
    assert [one["rank"] for one in again if one["agrees"] is False] == [free[0] + 1, len(data["goals"])]
