from __future__ import annotations

from pathlib import Path

import pytest

from rebalance.county.read import read_county
from tests.county.packages import Package, faults_in, only_fault_in


def with_toml(text: str, folder: Path) -> Path:
    """A good package but for the text of its county file."""
    Package().folder(folder)
    (folder / "county.toml").write_text(text, encoding="utf-8")
    return folder


GOOD = 'name = "X"\ncode = "3"\nyears = [2024, 2025]\n[categories]\nadmin.name = "A"\ninst.name = "I"\n'


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_numbers_may_be_numbers_and_decimals_are_exact(mark: str, tmp_path: Path) -> None:
    county = read_county(with_toml(mark + GOOD + "inst.cost = 0.1\ninst.ceiling = 95\n", tmp_path))
    assert str(county.categories[1].cost) == "0.1"
    assert county.categories[1].ceiling == 95


@pytest.mark.parametrize(
    ("extra", "column", "said"),
    [
        ('nmae = "X"\n' + GOOD, "nmae", "Did you mean 'name'?"),
        (GOOD + "inst.celing = 5", "categories.inst.celing", "Did you mean 'ceiling'?"),
        (GOOD + "inst.ceiling = -5", "categories.inst.ceiling", "got '-5'"),
        (GOOD + "inst.ceiling = true", "categories.inst.ceiling", "got 'true'"),
        (GOOD + "inst.ceiling = 1e-5", "categories.inst.ceiling", "got '0.00001'"),
        (GOOD + "inst.cost = nan", "categories.inst.cost", "at most 4 decimals"),
        (GOOD + "inst.cost = 2024-01-01", "categories.inst.cost", "not a single value"),
        (GOOD + "inst.name_zh = {a = 1}", "categories.inst.name_zh", "not a single value (got a table)"),
        (GOOD + "new.ceiling = 5", "categories.new.name", "missing."),
        (GOOD + "new = 5", "categories.new", "not a table (got 5)"),
        (GOOD + '"a\\u0007".name = "B"', "categories.a\a", "visible characters"),
        (GOOD.replace("[2024, 2025]", "[2025, 2024]"), "years", "one after another"),
        (GOOD.replace("[2024, 2025]", "[2024, 2026]"), "years", "one after another"),
        (GOOD.replace("[2024, 2025]", "[2024, 2024]"), "years", "one after another"),
        (GOOD.replace("[2024, 2025]", "[]"), "years", "empty."),
        (GOOD.replace("[2024, 2025]", str(list(range(2020, 2031)))), "years", "1 to 10 calendar years"),
        (GOOD.replace("[2024, 2025]", "[2024, [2025]]"), "years", "not a single value"),
        (GOOD.replace("[2024, 2025]", "[2024.5]"), "years", "one after another"),
        (GOOD.replace('name = "X"', 'name = ""'), "name", "empty."),
        (GOOD.replace('name = "X"\n', ""), "name", "missing."),
        (GOOD.replace('code = "3"', f"code = 0x{'f' * 9999}"), "code", "(got a huge number)"),
    ],
)
def test_the_file_is_strict_and_says_where(extra: str, column: str, said: str, tmp_path: Path) -> None:
    faults = [fault for fault in faults_in(with_toml(extra, tmp_path)) if fault.file == "county.toml"]
    (fault,) = faults
    assert fault.column == column
    assert said in fault.message


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('name = "X"\ncode = 3 4\n', 2),
        ("years = [2024,\n", 2),
        ("a = 1\na = 2\n", 2),
        ("x = 1" + "0" * 5000, 1),
        ("x = 1e" + "9" * 50, 1),
    ],
)
def test_what_is_not_toml_is_one_fault_with_its_line(text: str, row: int, tmp_path: Path) -> None:
    fault = only_fault_in(with_toml(text, tmp_path))
    assert (fault.file, fault.row) == ("county.toml", row)
    assert fault.message.startswith("not TOML")


def test_lists_too_deep_to_read_are_one_fault(tmp_path: Path) -> None:
    assert "too deep" in only_fault_in(with_toml("x = " + "[" * 100_000, tmp_path)).message


@pytest.mark.parametrize("categories", ["", "[categories]\n", "categories = 5\n"])
def test_a_county_has_at_least_one_category(categories: str, tmp_path: Path) -> None:
    text = 'name = "X"\ncode = "3"\nyears = [2024, 2025]\n' + categories
    messages = [fault.message for fault in faults_in(with_toml(text, tmp_path)) if fault.column == "categories"]
    assert "no category. Give at least one, with its name." in messages


DEEP = {
    "lists": "x = " + "[" * 3000 + "]" * 3000,
    "tables in a line": "x = " + "{a = " * 100 + "1" + "}" * 100,
    "a heading": "[x" + ".b" * 3000 + "]\ny = 1",
    "a key in quotes": 'x."b b"' * 1 + '."b b"' * 400_000 + " = 1",
    "tables of tables": "\n".join(f"[x{'.b' * depth}]" for depth in range(60)),
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_what_is_too_deep_is_told_whatever_it_is_made_of(text: str, tmp_path: Path) -> None:
    fault = only_fault_in(with_toml(f"{text}\n", tmp_path))
    assert fault.message == "tables or lists within each other too deep to be read. Write plain values."


def test_dots_within_texts_and_a_very_long_key_are_not_deep(tmp_path: Path) -> None:
    found = faults_in(with_toml(f'x = "{"a." * 40}"\n' + "y" * 4_000_000 + " = 1", tmp_path))
    assert any("unknown name" in fault.message for fault in found)
    assert not any("too deep" in fault.message for fault in found)
    assert max(len(str(fault)) for fault in found) < 1500


@pytest.mark.parametrize(
    ("table", "column"), [("positions", "authorised"), ("demand", "positions"), ("posts", "number")], ids=str
)
def test_more_positions_than_any_county_has_are_refused_with_what_is_accepted(
    table: str, column: str, tmp_path: Path
) -> None:
    fault = only_fault_in(Package().put(table, 2, column, "1000000000").folder(tmp_path))
    assert "from 0 to 1000000" in fault.message
