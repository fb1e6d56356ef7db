"""A register of people becomes numbers, and nothing of any person is left anywhere."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

import rebalance as rb
from rebalance.county.retirement_age import Month
from rebalance.files import NotWritableError
from rebalance.intake.register import month_of
from tests.cli.small import rebalance
from tests.intake.offices import REGISTER, YEARS, Row, answer, imported, ledger, map_of, register

Captured = pytest.CaptureFixture[str]

PERSONAL = (
    *("王建国", "李秀英", "赵桂兰", "钱多多", "孙小美", "周全友", "吴用之"),
    *("340102196501153012", "138000011", "1965", "1971", "1976", "1966", "1972"),
)
"""Whatever belongs to one person in the register: names, numbers, telephones, years of birth."""


def both(folder: Path) -> rb.County:
    """The county of ledger and register, the ledger being followed where they differ."""
    imported([ledger(folder), register(folder)], folder, in_post="ledger")
    return rb.read_county(folder / "mine")


def test_ledger_and_register_together(tmp_path: Path) -> None:
    county = both(tmp_path)
    assert [(row.holder, row.category, row.year, row.count, row.station) for row in county.retirements] == [
        ("U001", "administrative", 2026, 1, ""),  # a woman, cadre, born April 1971: 55 years and 4 months
        ("U002", "institution", 2026, 1, "S001"),  # a man born February 1966: 60 years and 4 months
        ("U002", "institution", 2027, 1, ""),  # a man born November 1966: 60 years and 6 months
        ("U002", "institution", 2028, 1, "S001"),  # a woman, professional, born June 1972: 55 years and 8 months
        ("U003", "institution", 2026, 1, ""),  # a woman, worker, born March 1976: 50 years and 8 months
    ]
    (station,) = county.stations
    assert (station.unit, station.township, station.authorised, station.in_post) == ("U002", "T001", 2, 2)
    assert sum(row.authorised for row in county.positions) == 230
    made_up = {(row.table, row.column): row.made_up for row in county.sources}
    assert made_up == {("retirements", "count"): False, ("stations", "authorised"): True}
    assert rb.check(tmp_path / "mine").county == county


def test_the_rule_stands_in_the_map_and_is_taken_from_there(tmp_path: Path) -> None:
    rb.import_ledger([ledger(tmp_path), register(tmp_path)], tmp_path / "mine", years=YEARS)
    answer(map_of(tmp_path), code="1", in_post="ledger", men_to="60")
    rb.import_ledger([ledger(tmp_path), register(tmp_path)], tmp_path / "mine", accept=True)
    men = [row for row in rb.read_county(tmp_path / "mine").retirements if row.holder == "U002" and row.year < 2028]
    assert [(row.year, row.count, row.station) for row in men] == [(2026, 1, ""), (2026, 1, "S001")]
    assert "全国人民代表大会常务委员会" in (tmp_path / "mine/sources.csv").read_text(encoding="utf-8")


def test_whom_to_follow_is_asked_where_ledger_and_register_differ(tmp_path: Path) -> None:
    rb.import_ledger([ledger(tmp_path), register(tmp_path)], tmp_path / "mine", years=YEARS)
    answer(map_of(tmp_path), code="1")
    found = rb.import_ledger([ledger(tmp_path), register(tmp_path)], tmp_path / "mine", accept=True)
    assert found.questions == ("open: the county: in_post",)
    assert any("县委办公室 Administrative 26/2" in line for line in found.read)
    answer(map_of(tmp_path), in_post="register")
    rb.import_ledger([ledger(tmp_path), register(tmp_path)], tmp_path / "mine")
    county = rb.read_county(tmp_path / "mine")
    assert sum(row.in_post for row in county.positions) == 6
    assert sum(row.authorised for row in county.positions) == 230


def test_a_register_alone_says_that_positions_are_not_known(tmp_path: Path) -> None:
    rows = [(*row[:6], None, *row[7:]) if len(row) > 6 else row for row in REGISTER]
    rows.insert(-1, (7, "郑白沙", None, "男", "1980-01", "白沙镇", None, "行政编制", None, None))
    file = register(tmp_path, rows)
    first = rb.import_ledger(file, tmp_path / "mine", years=YEARS)
    assert "proposed, to be accepted: the county: name, authorised" in first.questions
    assert "A register has no authorised positions; names, numbers and months of birth are kept nowhere." in first.read
    answer(map_of(tmp_path), code="1", authorised="no")
    with pytest.raises(rb.FaultsError, match="Give the ledger as well"):
        rb.import_ledger(file, tmp_path / "mine", accept=True)
    answer(map_of(tmp_path), authorised="in_post")
    rb.import_ledger(file, tmp_path / "mine", accept=True)
    county = rb.read_county(tmp_path / "mine")
    assert all(row.authorised == row.in_post for row in county.positions)
    assert sum(row.in_post for row in county.positions) == 7
    assert [row.made_up for row in county.sources if row.table == "positions"] == [True]


def test_a_unit_that_the_ledger_calls_otherwise_is_asked(tmp_path: Path) -> None:
    rows = [tuple("中共云溪县委办公室" if cell == "县委办公室" else cell for cell in row) for row in REGISTER]
    files = [ledger(tmp_path), register(tmp_path, rows)]
    found = rb.import_ledger(files, tmp_path / "mine", years=YEARS)
    assert any(line.startswith("open: units") and "中共云溪县委办公室" in line for line in found.questions)
    text = map_of(tmp_path).read_text(encoding="utf-8")
    map_of(tmp_path).write_text(text.replace('id = "?"', 'id = "U001"'), encoding="utf-8")
    answer(map_of(tmp_path), code="1", in_post="ledger")
    rb.import_ledger(files, tmp_path / "mine", accept=True)
    assert ("U001", 2026) in {(row.holder, row.year) for row in rb.read_county(tmp_path / "mine").retirements}


def everything(folder: Path) -> str:
    """Everything in the files of a folder but what the office itself put there."""
    files = (file for file in folder.rglob("*") if file.is_file() and file.suffix != ".xlsx")
    return "\n".join(file.read_bytes().decode("utf-8", "replace") for file in files)


def assert_nothing_personal(said: str, personal: Sequence[str] = PERSONAL) -> None:
    assert [one for one in personal if one in said] == []


def test_nothing_of_any_person_is_written_anywhere(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REBALANCE_DEBUG", "1")
    register(tmp_path)
    ledger(tmp_path)
    words = ("import", "台账.xlsx", "花名册.xlsx", "--to", "mine")
    assert rebalance(*words, "--years", YEARS) == 1
    answer(map_of(tmp_path), code="999901", in_post="ledger")
    assert rebalance(*words, "--accept") == 0
    assert rebalance(*words[:-1], "again", "--map", "mine.map.toml", "--json") == 0
    assert rebalance("check", "mine") == 0
    said = capsys.readouterr()
    assert "Register: people 6" in said.out
    assert_nothing_personal(said.out + said.err + everything(tmp_path))


def slipped(row: Row, place: int) -> Row:
    """The row with the name in another column than that of names."""
    cells = list(row)
    cells[1], cells[place] = None, cells[1]
    return cells


SLIPPED = tuple(
    (f"a name in place of {what}", [slipped(row, place) if row[0] == 5 else row for row in REGISTER])
    for what, place in (("the unit", 5), ("the station", 6), ("the category", 7), ("the post", 8))
)
FAULTY: tuple[tuple[str, Sequence[Row]], ...] = (
    ("a month that could be two", [(*row[:4], "1966.1", *row[5:]) if row[0] == 4 else row for row in REGISTER]),
    ("no date", [(*row[:4], "甲午年冬月初八", *row[5:]) if row[0] == 4 else row for row in REGISTER]),
    *SLIPPED,
    ("twice the same", [*REGISTER, REGISTER[2]]),
    ("a name as unit", [(*row[:5], row[1], *row[6:]) if row[0] == 4 else row for row in REGISTER]),
    ("a name as post", [(*row[:8], row[1], *row[9:]) if row[0] == 5 else row for row in REGISTER]),
    ("a number as station", [(*row[:6], row[2], *row[7:]) if row[0] == 1 else row for row in REGISTER]),
    ("slipped by one", [(*row[:1], *row[2:], None) if row[0] == 1 else row for row in REGISTER]),
    ("no unit", [(*row[:5], None, *row[6:]) if row[0] == 2 else row for row in REGISTER]),
    ("no categories", [(*row[:7], *row[8:]) for row in REGISTER]),
    ("no headings", REGISTER[2:]),
    ("no months", [(*row[:2], *row[3:4], *row[5:]) for row in REGISTER]),
    ("an error", [(*row[:4], "=NOW()", *row[5:]) if row[0] == 3 else row for row in REGISTER]),
)


@pytest.mark.parametrize("rows", [rows for _name, rows in FAULTY], ids=[name for name, _rows in FAULTY])
def test_no_fault_repeats_anything_of_a_person(
    rows: Sequence[Row], tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REBALANCE_DEBUG", "1")
    file = register(tmp_path, rows)
    assert rebalance("import", file, "--to", "mine", "--years", YEARS) == 1
    with pytest.raises(rb.FaultsError) as caught:
        rb.import_ledger(file, tmp_path / "mine", years=YEARS)
    said = capsys.readouterr()
    assert said.err.strip().endswith(f"Faults: {len(caught.value.faults)}.")
    hidden = (*PERSONAL, "甲午年冬月初八")
    assert_nothing_personal(said.out + said.err + repr(caught.value.faults) + everything(tmp_path), hidden)
    assert not (tmp_path / "mine").exists()


def test_shuffled_and_damaged_registers_repeat_nothing(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    dealer = random.Random(7)  # no secret
    for number in range(40):
        rows = [list(row) for row in REGISTER]
        for _slip in range(3):
            row = rows[dealer.randrange(2, len(rows) - 1)]
            one, other = dealer.sample(range(len(row)), 2)
            row[one], row[other] = row[other], dealer.choice([row[one], None, ""])
        folder = tmp_path / str(number)
        folder.mkdir()
        assert rebalance("import", register(folder, rows), "--to", folder / "mine", "--years", YEARS) == 1
        said = capsys.readouterr()
        assert "internal error" not in said.err
        assert_nothing_personal(said.out + said.err + everything(folder), PERSONAL[:9])


def test_a_register_is_no_table_of_a_county(tmp_path: Path) -> None:
    with pytest.raises(NotWritableError):
        rb.import_ledger(register(tmp_path), tmp_path / "mine", map=tmp_path / "花名册.xlsx")


def test_who_is_not_in_post_is_left_out_and_told(tmp_path: Path) -> None:
    rows = [(*row, state) for row, state in zip(REGISTER, (None, "人员状态", "退休", *["在职"] * 5, None), strict=True)]
    found = rb.import_ledger([ledger(tmp_path), register(tmp_path, rows)], tmp_path / "mine", years=YEARS)
    assert any("people 5, in post 5" in line for line in found.read)
    assert "People not in post by the column of their state: 1." in found.read


def test_stations_with_people_of_two_categories_in_the_township_that_the_register_names(tmp_path: Path) -> None:
    rows = [(*row, *([None] if len(row) > 1 else [])) for row in REGISTER]
    rows[1] = (*REGISTER[1], "所在乡镇")
    rows[6] = (*REGISTER[6], "龙泉乡")
    rows[7] = (*REGISTER[7][:7], "工勤编制", *REGISTER[7][8:], None)
    imported([ledger(tmp_path), register(tmp_path, rows)], tmp_path, in_post="ledger")
    stations = rb.read_county(tmp_path / "mine").stations
    assert [(row.station, row.township, row.category, row.in_post) for row in stations] == [
        ("S001", "T002", "institution", 1),
        ("S001-support", "T002", "support", 1),
    ]


@pytest.mark.parametrize(
    ("said", "month"),
    [
        *((text, Month(1965, 2)) for text in ("1965-02", "196502", "1965年2月", "1965年02月", "1965.02", "1965/2")),
        *(
            (text, Month(1965, 2))
            for text in ("1965-02-03", "1965年2月3日", "19650203", "1965.2.3", "1965/2/3", "1965.2")
        ),
        *(
            (text, Month(1965, 11))
            for text in ("1965.11", "1965-11", "１９６５年１１月", "1965 年 11 月", "1965.11.30")
        ),
        *(
            (text, None)
            for text in ("1965.1", "1965", "1965-13", "65-02", "1965年13月", "二月", "", "2965-01", "1965-00")
        ),
    ],
)
def test_months_of_birth_as_they_are_written(said: str, month: Month | None) -> None:
    assert month_of(said) == month
