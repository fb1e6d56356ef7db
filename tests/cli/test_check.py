from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rebalance.county.county import County
from rebalance.text import activate
from tests.cli.small import LANGXI, TINY, Desk, package, rebalance

Captured = pytest.CaptureFixture[str]


def test_a_sound_county_is_reported_on(tiny: Desk, capsys: Captured) -> None:
    assert rebalance("check", tiny.folder / "models/tiny") == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert "No faults." in printed.out
    assert "T2, A1: at least 2 positions once" in printed.out
    told = " ".join(printed.out.split())
    assert (
        "Without the table routes, positions of every category may go from every county unit to every township,"
        " administrative ones too" in told
    )
    assert "Without the table hiring, nobody is hired" in told
    assert "Without the table agencies" not in told
    assert "at least 2, today 1" in told


def test_as_json(tiny: Desk, capsys: Captured) -> None:
    assert rebalance("check", tiny.folder / "models/tiny", "--json") == 0
    data = json.loads(capsys.readouterr().out)
    assert data["faults"] == []
    assert data["tables"]["units"] == 3
    assert {"routes", "stations_go_down", "hiring"} <= set(data["silent"])
    assert not {"ledgers", "hold_total", "agency_quota"} & set(data["silent"])
    assert {(row["rule"], row["holder"]) for row in data["today"]} == {
        ("vacancies_first", "U2"),
        ("compulsory_agencies", "T2"),
    }
    assert [(one["table"], one["key"]) for one in data["remarks"]] == [
        ("townships", []),
        ("positions", ["U2", "admin"]),
        ("agencies", []),
        ("agencies", []),
    ]
    assert len(data["permitted"]) == 8


def test_every_fault_is_told_with_its_place(tiny: Desk, capsys: Captured) -> None:
    file = tiny.folder / "models/tiny/positions.csv"
    file.write_text(file.read_text().replace("U1,admin,9,6", "U9,admin,many,6"), encoding="utf-8")
    assert rebalance("check", file.parent) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("positions.csv, row 4, authorised: not accepted (got 'many'). Accepted: ")
    assert lines[1].startswith("positions.csv, row 4, holder: unknown id (got 'U9'). Accepted: ")
    assert lines[2:] == ["Faults: 2."]


def test_faults_as_json(tiny: Desk, capsys: Captured) -> None:
    (tiny.folder / "models/tiny/units.csv").unlink()
    assert rebalance("check", tiny.folder / "models/tiny", "--json") == 1
    (fault,) = json.loads(capsys.readouterr().out)["faults"]
    assert set(fault) == {"file", "row", "column", "message", "value"}
    assert fault["file"] == "units.csv"


def test_a_missing_package_is_a_fault(tmp_path: Path, capsys: Captured) -> None:
    assert rebalance("check", tmp_path / "nowhere") == 1
    assert "nowhere: there is no such file or folder." in capsys.readouterr().out


def test_remarks_are_shown(tmp_path: Path, capsys: Captured) -> None:
    rows = tuple(replace(row, floor=9, ceiling=1) if row.holder == "U3" else row for row in TINY.positions)
    county = replace(TINY, positions=rows, synthetic=True)
    assert rebalance("check", package(county, tmp_path / "odd")) == 0
    printed = capsys.readouterr().out
    assert "The floor (9) is above the ceiling (1)." in printed
    assert "made up" in printed


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_langxi_is_sound_and_fits_the_screen(lang: str, capsys: Captured) -> None:
    assert rebalance("check", LANGXI, "--lang", lang) == 0
    activate("en")
    assert capsys.readouterr().out


def hostile() -> County:
    """Names that are markup, that move the cursor, that are wide, long or of several lines."""
    names = {
        "U1": "[bold red]Bureau[/bold red] [link=http://x]y[/link]",
        "U2": "\x1b[2J\x1b[31mred\x07",
        "U3": "编" * 80 + "\u202etfel\u200b",
    }
    return replace(TINY, units=tuple(replace(row, name=names[row.unit]) for row in TINY.units))


def test_names_are_shown_never_obeyed(tmp_path: Path, capsys: Captured) -> None:
    assert rebalance("check", package(hostile(), tmp_path / "hostile")) == 0
    printed = capsys.readouterr().out
    assert "\x1b" not in printed
    assert "\u202e" not in printed
