"""A scenario in Chinese, in a file or a sheet, is the scenario in English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from pathlib import Path
from shutil import copytree
from typing import Any, get_args

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from rebalance.analysis.settings import value_in
from rebalance.county.read import read_county
from rebalance.fault import Fault, FaultsError
from rebalance.goals import GOALS
from rebalance.rules import RULES
from rebalance.rules.phasing import Phasing
from rebalance.scenario.codec import structure
from rebalance.scenario.names import FILE, KEYS, WORDS, English, arms, keys_of, said, titles, typed
from rebalance.scenario.parts import parts_from
from rebalance.scenario.read import ScenarioFile, read_scenario, scenarios_in
from rebalance.scenario.sheet import headings, read_sheet, rows_of
from rebalance.text import activate
from rebalance.toml import read_toml
from tests.county.packages import Package
from tests.scenario.scenarios import write

HERE = Path(__file__).parents[2] / "scenarios"
SHIPPED = sorted(HERE.glob("*.toml"))


@pytest.fixture
def chinese() -> Iterator[None]:
    activate("zh")
    yield
    activate("en")


def kinds(kind: Any) -> Iterator[type]:  # noqa: ANN401
    """Every dataclass and choice that a type leads to."""
    for arm in arms(kind):
        if isinstance(arm, type) and is_dataclass(arm):
            yield arm
            for inner in keys_of(arm).values():
                yield from kinds(inner)
        elif isinstance(arm, type) and issubclass(arm, Enum):
            yield arm
        else:
            for inner in get_args(arm):
                yield from kinds(inner)


PARTS = dict.fromkeys(kind for part in (*RULES.values(), *GOALS.values()) for kind in kinds(part))


@pytest.mark.parametrize("kind", [kind for kind in PARTS if is_dataclass(kind)], ids=lambda kind: kind.__name__)
def test_every_parameter_has_a_chinese_name_of_its_own(kind: type) -> None:
    keys = [item.name.rstrip("_") for item in fields(kind) if kind.__name__ != "Slack"]
    assert [key for key in keys if key not in KEYS] == []
    assert len({KEYS[key] for key in keys}) == len(keys)


def test_every_word_of_a_choice_has_a_chinese_one() -> None:
    choices = [kind for kind in PARTS if issubclass(kind, Enum)]
    assert len(choices) > 5
    assert [(kind, one.value) for kind in choices for one in kind if one.value not in WORDS.get(kind, {})] == []


def test_rules_and_goals_have_chinese_names_of_their_own_that_can_be_typed() -> None:
    names = titles()
    assert set(names) == {*RULES, *GOALS}
    assert len({*names.values(), *FILE.values()}) == len(names) + len({*FILE.values()})
    assert [name for name in names.values() if not re.fullmatch("[\u4e00-\u9fff、]+", name)] == []


def in_chinese(value: Any, *, keys: bool = True) -> Any:  # noqa: ANN401
    """Plain data with every key, rule, goal and choice in Chinese."""
    if isinstance(value, Mapping):
        return {said(key) if keys else key: in_chinese(one, keys=keys and key != "data") for key, one in value.items()}
    if isinstance(value, list):
        return [in_chinese(one, keys=keys) for one in value]
    return said(value) if isinstance(value, str) and value in titles() else value


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
@pytest.mark.usefixtures("chinese")
def test_every_shipped_scenario_says_the_same_in_chinese(file: Path) -> None:
    faults: list[Fault] = []
    content = read_toml(file)
    assert English("x", faults).whole(in_chinese(content), ScenarioFile) == English("x", faults).whole(
        content, ScenarioFile
    )
    assert [key for key in in_chinese(content) if key.isascii()] == []
    assert faults == []


def as_sheet(content: Mapping[str, Any], file: Path, *, name: str = "情景") -> Path:
    with Workbook(file) as book:
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, headings())
        for number, row in enumerate(rows_of(content), 1):
            for place, text in enumerate((row.what, row.parameter, row.value)):
                sheet.write_string(number, place, text)
    return file


def plain(content: Mapping[str, Any]) -> tuple[object, ...]:
    """What a scenario file says, whether its figures are numbers or texts."""
    said = structure(content, ScenarioFile, "", "x")
    rules, goals = parts_from(said.rules, said.goals or (), None, "x")
    whole = (said.name, said.name_zh, said.why, said.why_zh, said.extends, said.county, said.without, said.sources_zh)
    return (*whole, rules, goals, as_text(said.data))


def as_text(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, Mapping):
        return {key: as_text(one) for key, one in value.items()}
    return [as_text(one) for one in value] if isinstance(value, list) else str(value)


ALONE = [one for one in SHIPPED if len(scenarios_in(one)) == 1]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("file", ALONE, ids=lambda file: file.stem)
def test_every_shipped_scenario_says_the_same_in_a_sheet(file: Path, lang: str, tmp_path: Path) -> None:
    content = read_toml(file)
    activate(lang)
    try:
        made = as_sheet(content, tmp_path / "x.xlsx")
        assert plain(read_sheet(made).content) == plain(content)
    finally:
        activate("en")


@pytest.mark.parametrize("name", ["reserve_pool", "hiring_freeze"])
@pytest.mark.usefixtures("chinese")
def test_a_sheet_is_read_like_the_file(name: str, tmp_path: Path) -> None:
    (tmp_path / "models").symlink_to(HERE.parent / "models")
    copytree(HERE, tmp_path / "scenarios")
    made = as_sheet(read_toml(HERE / f"{name}.toml"), tmp_path / f"scenarios/{name}.xlsx")
    one, other = read_scenario(made), read_scenario(HERE / f"{name}.toml")
    assert (one.rules, one.goals, one.county, one.name) == (other.rules, other.goals, other.county, other.name)


def rows(file: Path, *lines: tuple[str, str, str]) -> Path:
    with Workbook(file) as book:
        sheet = book.add_worksheet("情景")
        for number, line in enumerate((("规则", "参数", "值"), *lines)):
            sheet.write_row(number, 0, line)
    return file


def content(folder: Path, *lines: tuple[str, str, str]) -> dict[str, Any]:
    return read_sheet(rows(folder / "x.xlsx", *lines)).content


def complaint(folder: Path, *lines: tuple[str, str, str]) -> Fault:
    with pytest.raises(FaultsError) as caught:
        read_sheet(rows(folder / "x.xlsx", *lines))
    (fault,) = caught.value.faults
    return fault


def test_a_row_says_a_goal_a_rule_a_parameter_or_a_name(tmp_path: Path) -> None:
    found = content(
        tmp_path,
        ("名称", "", "试点"),
        ("目标", "最弱者优先", ""),
        ("最弱者优先", "层数", "3"),
        ("目标", "最弱者优先", ""),
        ("", "对象", "人员"),
        ("补足缺口", "余地", "5％"),
        ("减上补下", "比例", "15%"),
        ("", "总数.至多", "１２０"),
        ("机构限额", "", "是"),
        ("财政保障", "", "否"),
        ("机构限额", "只变一次", "√"),
        ("编制统筹使用", "放开[1].类型", "街道"),
        ("编制统筹使用", "放开[1].比例", "1/3"),
        ("站所下放", "种类", "财政；畜牧"),
        ("数据", "需求.001.A1.positions", "12.5"),
    )
    assert found == {
        "name": "试点",
        "goals": [
            {"goal": "worst_off_first", "depth": 3},
            {"goal": "worst_off_first", "of": "people"},
            {"goal": "fill_shortages", "slack": "5%"},
        ],
        "rules": {
            "cut_above_add_below": {"share": Decimal("0.15"), "total": {"at_most": 120}},
            "agency_quota": {"steady": True},
            "unified_use": {"openings": [{"kind": "subdistrict", "share": "1/3"}]},
            "stations_go_down": {"kinds": ["财政", "畜牧"]},
        },
        "data": {"demand": {"001": {"A1": {"positions": "12.5"}}}},
    }


def test_a_rule_switched_off_is_left_out_of_what_is_extended(tmp_path: Path) -> None:
    found = content(tmp_path, ("沿用", "", "base.toml"), ("财政保障", "", "否"))
    assert found == {"extends": "base.toml", "without": ["budget"]}


@pytest.mark.parametrize(
    ("lines", "row", "words"),
    [
        ((("减上补上", "比例", "0.1"),), 2, "减上补上"),
        ((("减上补下", "比例", "0.1"), ("减上补下", "share", "0.2")), 3, "another one"),
        ((("减上补下", "", "也许"),), 2, "on or off"),
        ((("编制统筹使用", "放开[3].比例", "0.1"),), 2, "no such item"),
        ((("减上补下", "..", "1"),), 2, "not a place"),
        ((("减上补下", "比例.至多", "1"), ("减上补下", "比例", "1")), 3, "another one"),
    ],
)
def test_what_cannot_be_meant_is_told_with_its_row(
    lines: tuple[tuple[str, str, str], ...], row: int, words: str, tmp_path: Path
) -> None:
    fault = complaint(tmp_path, *lines)
    assert (fault.file, fault.row) == ("x.xlsx#情景", row)
    assert words in fault.message


def test_a_value_that_does_not_fit_is_told_with_the_row_of_the_sheet(tmp_path: Path) -> None:
    base, wrong = ("沿用", "", "base.toml"), ("人工审定", "合计[1].类别", "不详")
    file = rows(write(tmp_path) / "x.xlsx", base, ("减上补下", "比例", "很多"))
    with pytest.raises(FaultsError) as caught:
        read_scenario(file)
    assert {(fault.row, fault.column) for fault in caught.value.faults} == {(3, "rules.cut_above_add_below.share")}
    rows(file, base, ("财政保障", "", "是"), wrong, ("", "合计[1].至多", "1"))
    with pytest.raises(FaultsError) as caught:
        read_scenario(file)
    assert {(fault.row, fault.column) for fault in caught.value.faults} == {(4, "rules.pinned.totals[1].category")}


@pytest.mark.usefixtures("chinese")
def test_faults_name_places_and_what_is_accepted_in_chinese(tmp_path: Path) -> None:
    toml = 'extends = "base.toml"\n["规则"."减上补下"]\n"比列" = 0.1\n["规则"."减上补下"."总数"]\n"至多" = -1\n'
    with pytest.raises(FaultsError) as caught:
        read_scenario(write(tmp_path, leaf=toml) / "leaf.toml")
    text = str(caught.value)
    assert "规则.减上补下.总数.至多" in text
    assert "比例" in text
    assert "share" not in text
    assert "at_most" not in text


def test_a_key_in_both_languages_is_said_twice(tmp_path: Path) -> None:
    toml = 'extends = "base.toml"\n[rules.phasing]\nshare = 0.1\n"比例" = 0.2\n'
    with pytest.raises(FaultsError, match="twice"):
        read_scenario(write(tmp_path, leaf=toml) / "leaf.toml")


@pytest.mark.parametrize("value", ["15%", "15 %", "0.15", "3/20", "１５％"])
def test_a_share_is_the_same_in_a_file_a_sheet_and_an_option(value: str, tmp_path: Path) -> None:
    scenarios = write(tmp_path, leaf='extends = "base.toml"\n')
    sheet = rows(scenarios / "x.xlsx", ("沿用", "", "base.toml"), ("减上补下", "比例", value))
    base = read_scenario(scenarios / "leaf.toml")
    option = base.with_settings({"规则.减上补下.比例": value_in(value)})
    asked = [read_scenario(sheet), option]
    if value.isascii():
        toml = f'extends = "base.toml"\n["规则"."减上补下"]\n"比例" = "{value}"\n'
        (scenarios / "leaf.toml").write_text(toml, encoding="utf-8")
        asked.append(read_scenario(scenarios / "leaf.toml"))
    assert {getattr(one.rules["cut_above_add_below"], "share", None) for one in asked} == {Fraction(3, 20)}


SHARES = st.fractions(0, 1, max_denominator=1000)


@given(SHARES, st.integers(0, 10**6), st.booleans())
def test_what_is_typed_is_what_is_meant(share: Fraction, number: int, switch: bool) -> None:  # noqa: FBT001
    assert Fraction(typed(f"{share.numerator}/{share.denominator}", Fraction)) == share
    assert typed(f"{number:,}", int) == number
    assert typed("是" if switch else "否", bool) is switch


def test_a_workbook_of_a_county_may_hold_its_scenario(tmp_path: Path) -> None:
    made = Package().workbook(tmp_path / "county.xlsx")
    book = openpyxl.load_workbook(made)
    sheet = book.create_sheet("情景")
    for line in (("规则", "参数", "值"), ("目标", "最弱者优先", ""), ("分年安排", "比例", "50%")):
        sheet.append(line)
    book.save(made)
    found = read_scenario(made)
    assert (found.county_path, found.rules["phasing"]) == ("county.xlsx", Phasing(Fraction(1, 2)))
    assert read_county(made) == found.county
