from __future__ import annotations

import json
from pathlib import Path

import pytest

from rebalance.filing import RECORD
from tests.cli.small import Desk, rebalance

Captured = pytest.CaptureFixture[str]

MATTERS = """matter,name,kind,unit,agency,hours
M1,Permit,approval,U1,A1,9
../M2,Inspection,enforcement,U2,A2,1.5
M3,Help,cooperation,U1,A1,
"""
STEPS = """matter,step,name,by,hours,next
M1,1,Apply,applicant,0.25,2
M1,2,Check,township,1,3;1
M1,3,Decide,unit,2,
../M2,1,Go,township,,
"""
POSTS = """township,agency,post,name,category,number
,A1,P1,Head,admin,2
,A1,P2,Clerk,admin,2
T2,A1,P1,All,admin,1
"""


@pytest.fixture
def full(tiny: Desk) -> Desk:
    """The tiny county with matters, steps and posts."""
    for name, text in {"matters": MATTERS, "steps": STEPS, "posts": POSTS}.items():
        (tiny.folder / f"models/tiny/{name}.csv").write_text(text, encoding="utf-8")
    return tiny


def shown(captured: Captured) -> list[str]:
    printed = captured.readouterr()
    assert printed.err == ""
    return [" ".join(line.split()) for line in printed.out.splitlines()]


def test_matters(full: Desk, capsys: Captured) -> None:
    assert rebalance("show", full.scenario, "--matters") == 0
    rows = shown(capsys)
    # M1: 0.25 of the applicant, 1 of the township, 2 of the unit; its own 9 do not count beside those
    assert "M1 Permit approval U1 A1 3 2 0.25 1.00 2.00 3.25" in rows
    assert "../M2 Inspection enforcement U2 A2 1 0 – – – 1.50" in rows
    assert "M3 Help cooperation U1 A1 – – – – – 0.00" in rows


def test_posts(full: Desk, capsys: Captured) -> None:
    assert rebalance("show", full.scenario, "--posts") == 0
    rows = shown(capsys)
    # T1 has 3 positions in A1: 2 to P1, 1 to P2; T2 has 1 there, for its one post
    assert "T1 A1 P1 Head admin 2 2 – –" in rows
    assert "T1 A1 P2 Clerk admin 2 1 – 1" in rows
    assert "T2 A1 P1 All admin 1 1 – –" in rows
    assert "together 5 4 – 1" in rows


def test_flowcharts(full: Desk, capsys: Captured) -> None:
    out = full.folder / "charts"
    assert rebalance("show", full.scenario, "--flowcharts", out) == 0
    files = sorted(path.name for path in out.iterdir() if path.name != RECORD)
    assert len(files) == 4
    assert files[:2] == ["M1.mmd", "M1.svg"] or files[2:] == ["M1.mmd", "M1.svg"]
    assert not list(full.folder.glob("*.svg"))
    assert "Flowcharts written" in capsys.readouterr().out
    assert "Check" in (out / "M1.svg").read_text(encoding="utf-8")


def test_as_json(full: Desk, capsys: Captured) -> None:
    out = full.folder / "charts"
    assert rebalance("show", full.scenario, "--matters", "--posts", "--flowcharts", out, "--json") == 0
    data = json.loads(capsys.readouterr().out)
    matter = next(row for row in data["matters"] if row["matter"] == "M1")
    assert matter["hours"] == "3.25"
    assert matter["hours_by"] == {"applicant": "0.25", "township": "1.00", "unit": "2.00"}
    assert matter["handoffs_on_a_way"] == [2, 2]
    assert matter["back"] == [["2", "1"]]
    assert [row["shortfall"] for row in data["posts"]] == [0, 1, 0]
    assert set(data["flowcharts"]["names"]) == {"M1", "../M2"}


def test_a_county_without_any_of_it(tiny: Desk, capsys: Captured) -> None:
    assert rebalance("show", tiny.scenario, "--matters", "--posts") == 0
    printed = capsys.readouterr().out
    assert "The county lists no matters" in printed
    assert "No agency that is open has posts" in printed


def test_nothing_can_be_written_there(full: Desk, capsys: Captured) -> None:
    file = full.folder / "file"
    file.touch()
    assert rebalance("show", full.scenario, "--flowcharts", Path(file)) == 2
    assert "--flowcharts: nothing can be written there" in capsys.readouterr().err
