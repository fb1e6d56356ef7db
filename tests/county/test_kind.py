"""Whoever names another thing than is asked is told what it is, and what to type."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from rebalance.county.kind import Kind, kind_of, wanted
from rebalance.fault import FaultsError
from tests.cli.small import rebalance
from tests.county.packages import Package
from tests.scenario.scenarios import write


@pytest.fixture
def here(tmp_path: Path) -> Path:
    write(tmp_path)
    made = Package().workbook(tmp_path / "county.xlsx")
    book = openpyxl.load_workbook(made)
    book.create_sheet("情景").append(("规则", "参数", "值"))
    book.save(tmp_path / "both.xlsx")
    (tmp_path / "runs.db").write_bytes(b"SQLite format 3\0" + b"\0" * 100)
    (tmp_path / "plan.txt").write_text('{"scenario": {}, "county_digest": ""}', encoding="utf-8")
    (tmp_path / "other.txt").write_text("{}", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("county", Kind.COUNTY),
        ("county/county.toml", Kind.COUNTY),
        ("county.xlsx", Kind.COUNTY),
        ("both.xlsx", Kind.SCENARIO),
        ("scenarios/base.toml", Kind.SCENARIO),
        ("scenarios", None),
        ("plan.txt", Kind.PLAN),
        ("runs.db", Kind.RUNS),
        ("other.txt", None),
        ("nothing.toml", None),
    ],
)
def test_a_thing_is_known_by_what_it_holds(name: str, kind: Kind | None, here: Path) -> None:
    assert kind_of(here / name) is kind


@pytest.mark.parametrize(
    ("name", "kind", "command"),
    [
        ("county.xlsx", Kind.SCENARIO, "rebalance check"),
        ("county.xlsx", Kind.PLAN, "rebalance check"),
        ("scenarios/base.toml", Kind.COUNTY, "rebalance show"),
        ("scenarios/base.toml", Kind.PLAN, "rebalance solve"),
        ("plan.txt", Kind.COUNTY, "rebalance audit"),
        ("runs.db", Kind.PLAN, "rebalance runs --store"),
    ],
)
def test_the_command_to_type_is_named(name: str, kind: Kind, command: str, here: Path) -> None:
    with pytest.raises(FaultsError) as caught:
        wanted(here / name, kind)
    assert f"{command} {(here / name).as_posix()}" in str(caught.value)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("solve", "county.xlsx"), "rebalance check county.xlsx"),
        (("solve", "county", "--out", "out"), "rebalance check county"),
        (("show", "county/county.toml"), "rebalance check county"),
        (("check", "scenarios/base.toml"), "rebalance show scenarios/base.toml"),
        (("check", "county/county.toml"), "Name its folder: county"),
        (("audit", "county"), "rebalance check county"),
        (("audit", "scenarios/base.toml"), "rebalance solve scenarios/base.toml --out out"),
        (("compare", "county.xlsx", "scenarios/base.toml"), "rebalance check county.xlsx"),
    ],
)
def test_every_verb_knows_what_it_was_given(
    words: tuple[str, ...], said: str, here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(here)
    assert rebalance(*words) in {1, 2}
    assert said in " ".join("".join(capsys.readouterr()).split())
