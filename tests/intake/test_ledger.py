"""Ledgers of offices, wide and long, become the county that is meant; nothing of them is lost."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

import rebalance as rb
from rebalance.county.holders import Position, TownshipKind, UnitKind
from rebalance.intake.ledger import _Rows
from tests.cli.small import LANGXI
from tests.intake.offices import LEDGER, MERGED, YEARS, answer, imported, ledger, map_of, workbook


def positions(folder: Path) -> dict[tuple[str, str], tuple[int, int]]:
    """Authorised and in post, by the name of the holder and the category."""
    county = rb.read_county(folder / "mine")
    names = {row.unit: row.name for row in county.units} | {row.township: row.name for row in county.townships}
    return {(names[row.holder], row.category): (row.authorised, row.in_post) for row in county.positions}


def test_a_wide_ledger_with_two_storeys_groups_and_totals(tmp_path: Path) -> None:
    found = imported(ledger(tmp_path), tmp_path)
    assert found.files == ("county.toml", "units.csv", "townships.csv", "positions.csv")
    assert "Ledger: rows 5, authorised 230, in post 211 (台账.xlsx#台账)." in found.read
    assert not [note for note in found.notes if "Totals that are not" in note]
    county = rb.check(tmp_path / "mine").county
    assert (county.name, county.code, county.years) == ("云溪县", "999901", (2026, 2027, 2028))
    assert [(row.unit, row.name, row.kind) for row in county.units] == [
        ("U001", "县委办公室", UnitKind.DEPARTMENT),
        ("U002", "县教育局", UnitKind.DEPARTMENT),
        ("U003", "县融媒体中心", UnitKind.INSTITUTION),
    ]
    assert [(row.township, row.name, row.kind) for row in county.townships] == [
        ("T001", "城关镇", TownshipKind.TOWN),
        ("T002", "龙泉乡", TownshipKind.TOWNSHIP),
    ]
    assert positions(tmp_path) == {
        ("县委办公室", "administrative"): (28, 26),
        ("县委办公室", "institution"): (12, 11),
        ("县委办公室", "support"): (4, 4),
        ("县教育局", "administrative"): (18, 17),
        ("县教育局", "institution"): (20, 18),
        ("县教育局", "support"): (2, 2),
        ("县融媒体中心", "institution"): (36, 33),
        ("城关镇", "administrative"): (33, 30),
        ("城关镇", "institution"): (34, 31),
        ("城关镇", "support"): (2, 2),
        ("龙泉乡", "administrative"): (24, 22),
        ("龙泉乡", "institution"): (16, 14),
        ("龙泉乡", "support"): (1, 1),
    }


def test_the_kinds_that_groups_say_are_no_questions(tmp_path: Path) -> None:
    found = rb.import_ledger(ledger(tmp_path), tmp_path / "mine", years=YEARS)
    assert [line.partition(":")[0] for line in found.questions] == ["proposed, to be accepted", "open"]
    assert found.questions[1] == "open: the county: code"
    assert not (tmp_path / "mine").exists()


LONG = (
    ("单位名称", "单位性质", "编制类别", "编制数", "实有人数"),
    ("县委办公室", "部门", "行政编制", 28, 26),
    (None, None, "全额拨款", 12, 11),
    ("石桥街道", "街道", "行政编制", 20, 19),
    ("小计", None, None, 60, 56),
)


def test_a_long_ledger_with_merged_units(tmp_path: Path) -> None:
    imported(workbook(tmp_path / "a.xlsx", LONG, ("A2:A3", "B2:B3")), tmp_path, name="云溪县")
    assert positions(tmp_path) == {
        ("县委办公室", "administrative"): (28, 26),
        ("县委办公室", "institution_full"): (12, 11),
        ("石桥街道", "administrative"): (20, 19),
    }
    assert rb.read_county(tmp_path / "mine").townships[0].kind is TownshipKind.SUBDISTRICT


def test_a_csv_in_the_encoding_of_the_office(tmp_path: Path) -> None:
    with (tmp_path / "台账.csv").open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([*LONG[:2], ("县委办公室", "部门", "工勤", "1,204", "9"), LONG[3]])
    imported(tmp_path / "台账.csv", tmp_path, name="云溪县")
    assert positions(tmp_path)["县委办公室", "support"] == (1204, 9)


def test_kinds_by_the_ending_of_a_name_are_only_proposed(tmp_path: Path) -> None:
    rows = (
        ("单位名称", "行政编制数", "行政实有"),
        ("县司法局", 9, 8),
        ("县博物馆", 3, 3),
        ("白沙镇", 20, 18),
        ("税务局", 5, 5),
    )
    rb.import_ledger(workbook(tmp_path / "a.xlsx", rows), tmp_path / "mine", years=YEARS)
    text = map_of(tmp_path).read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line.startswith("kind")] == [
        'kind = "?department"',
        'kind = "?institution"',
        'kind = "?town"',
        'kind = "?vertical"',
    ]


def test_what_a_heading_or_a_category_means_is_asked_once(tmp_path: Path) -> None:
    rows = (
        ("单位名称", "单位性质", "行政编制数", "行政实有", "员额", "党组织情况"),
        ("县司法局", "部门", 9, 8, 4, "党组"),
        ("白沙镇", "镇", 20, 18, 2, "党委"),
    )
    file = workbook(tmp_path / "a.xlsx", rows)
    found = rb.import_ledger(file, tmp_path / "mine", years=YEARS)
    assert [line for line in found.questions if "columns" in line] == [
        "open: columns (means: what stands there, or - to leave it aside): 员额",
        "proposed, to be accepted: columns (means: what stands there, or - to leave it aside): 党组织情况",
    ]
    answer(map_of(tmp_path), name="云溪县", code="1", means="编制数", category="quota")
    done = rb.import_ledger(file, tmp_path / "mine", accept=True)
    assert done.folder
    assert positions(tmp_path)["白沙镇", "quota"] == (2, 0)
    assert [row.category for row in rb.read_county(done.folder).categories] == ["administrative", "quota"]
    again = rb.import_ledger(file, tmp_path / "again", map=map_of(tmp_path))
    assert again.folder
    assert not again.questions


def test_unknown_categories_of_a_long_ledger(tmp_path: Path) -> None:
    rows = (LONG[0], ("县司法局", "部门", "聘用控制数", 9, 8), ("白沙镇", "镇", "行政", 20, 18))
    file = workbook(tmp_path / "a.xlsx", rows)
    found = rb.import_ledger(file, tmp_path / "mine", years=YEARS)
    assert "open: categories (id: that of a category, or - to leave it aside): 聘用控制数" in found.questions
    answer(map_of(tmp_path), name="云溪县", code="1")
    map_of(tmp_path).write_text(
        map_of(tmp_path).read_text(encoding="utf-8").replace('id = "?"', 'id = "contract"'), encoding="utf-8"
    )
    rb.import_ledger(file, tmp_path / "mine")
    assert positions(tmp_path)["县司法局", "contract"] == (9, 8)


def test_figures_above_and_categories_below_them(tmp_path: Path) -> None:
    rows = (
        ("云溪县机构编制总量控制台账（单位：名）",),
        ("单位", "性质", "编制数", None, "实有数", None),
        (None, None, "行政", "工勤", "行政", "工勤"),
        ("县教育局", "行政机关", 18, 2, 17, 1),
        ("城关镇", "镇", 33, 2, 30, 2),
        ("总  计", None, 51, 4, 47, 3),
    )
    merged = ("A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:F2")
    imported(workbook(tmp_path / "a.xlsx", rows, merged, "Sheet1"), tmp_path)
    assert positions(tmp_path) == {
        ("县教育局", "administrative"): (18, 17),
        ("县教育局", "support"): (2, 1),
        ("城关镇", "administrative"): (33, 30),
        ("城关镇", "support"): (2, 2),
    }


def test_a_sheet_for_each_category(tmp_path: Path) -> None:
    head = ("单位名称", "单位性质", "编制数", "实有数")
    file = workbook(
        tmp_path / "a.xlsx", (head, ("县教育局", "行政机关", 18, 17), ("城关镇", "镇", 33, 30)), (), "行政编制"
    )
    book = openpyxl.load_workbook(file)
    page = book.create_sheet("事业编制")
    for row in (head, ("县教育局", "行政机关", 20, 18), ("城关镇", "镇", 34, 31)):
        page.append(row)
    book.save(file)
    imported(file, tmp_path, name="云溪县")
    assert positions(tmp_path)["县教育局", "institution"] == (20, 18)
    assert positions(tmp_path)["城关镇", "administrative"] == (33, 30)


def test_what_the_map_leaves_aside_is_told_and_the_sums_still_agree(tmp_path: Path) -> None:
    rows = (
        LONG[0],
        ("县司法局", "部门", "聘用控制数", 9, 8),
        ("白沙镇", "镇", "行政", 20, 18),
        ("白沙镇", None, "事业", 5, 4),
    )
    file = workbook(tmp_path / "a.xlsx", rows)
    rb.import_ledger(file, tmp_path / "mine", years=YEARS)
    answer(map_of(tmp_path), name="云溪县", code="1")
    text = map_of(tmp_path).read_text(encoding="utf-8")
    map_of(tmp_path).write_text(text.replace('id = "?"', 'id = "-"'), encoding="utf-8")
    found = rb.import_ledger(file, tmp_path / "mine")
    assert "Left aside by the map: authorised 9, in post 8." in found.read
    assert positions(tmp_path) == {("白沙镇", "administrative"): (20, 18), ("白沙镇", "institution"): (5, 4)}


def test_a_slip_that_loses_a_figure_is_noticed_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rb.import_ledger(ledger(tmp_path), tmp_path / "mine", years=YEARS)
    answer(map_of(tmp_path), code="1")
    whole = _Rows._placed  # the slip is made inside
    monkeypatch.setattr(_Rows, "_placed", lambda *given: dict(list(whole(*given).items())[1:]))
    with pytest.raises(rb.FaultsError, match="authorised: the cells of the ledger add up to 230, the package to 91"):
        rb.import_ledger(ledger(tmp_path), tmp_path / "mine", accept=True)
    assert not (tmp_path / "mine").exists()


def test_a_total_over_categories_that_does_not_add_up_is_told(tmp_path: Path) -> None:
    rows = [list(row) for row in LEDGER]
    rows[4][8] = 45
    found = imported(workbook(tmp_path / "a.xlsx", rows, MERGED), tmp_path)
    note = next(note for note in found.notes if "Totals that are not" in note)
    assert "45, the categories 44" in note


def test_other_tables_of_the_workbook_come_along(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(ledger(tmp_path))
    page = book.create_sheet("退休")
    for row in (("持有者", "编制类别", "年度", "退休人数"), ("县教育局", "行政编制", "2027年", 2)):
        page.append(row)
    book.save(tmp_path / "台账.xlsx")
    imported(tmp_path / "台账.xlsx", tmp_path)
    (found,) = rb.read_county(tmp_path / "mine").retirements
    assert (found.holder, found.category, found.year, found.count) == ("U002", "administrative", 2027, 2)


def test_a_workbook_that_is_a_package_becomes_a_folder(tmp_path: Path, langxi_workbook: Path) -> None:
    found = rb.import_ledger(langxi_workbook, tmp_path / "mine")
    assert found.map is None
    assert rb.read_county(tmp_path / "mine") == rb.read_county(langxi_workbook)


@pytest.fixture(scope="module")
def langxi_workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example county as a workbook."""
    file = tmp_path_factory.mktemp("langxi") / "langxi.xlsx"
    return rb.template(file, county=rb.read_county(LANGXI))


def test_what_can_mean_two_things_is_a_fault_with_its_rows(tmp_path: Path) -> None:
    rows = (
        ("单位名称", "单位性质", "行政编制数", "行政实有"),
        ("县司法局", "部门", 9, 8),
        ("县司法局", "部门", 9, 8),
        (None, None, 4, 4),
        ("白沙镇", "镇", "十二", -3),
        ("=cmd()", "镇", 1, 1),
    )
    with pytest.raises(rb.FaultsError) as caught:
        rb.import_ledger(workbook(tmp_path / "a.xlsx", rows), tmp_path / "mine", years=YEARS)
    places = {(fault.row, fault.column) for fault in caught.value.faults}
    assert {(3, ""), (4, ""), (5, "行政编制数"), (5, "行政实有")} <= places
    assert not map_of(tmp_path).exists()
    assert not (tmp_path / "mine").exists()


def test_formulas_are_read_by_what_they_show_or_refused(tmp_path: Path) -> None:
    rows = (("单位名称", "单位性质", "行政编制数", "行政实有"), ("县司法局", "部门", "=5+4", 8), ("白沙镇", "镇", 4, 4))
    with pytest.raises(rb.FaultsError, match="no value that it shows"):
        rb.import_ledger(workbook(tmp_path / "a.xlsx", rows), tmp_path / "mine", years=YEARS)


def test_hidden_rows_are_read_and_hidden_sheets_told(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(ledger(tmp_path))
    book["台账"].row_dimensions[6].hidden = True
    book.copy_worksheet(book["台账"]).sheet_state = "hidden"
    book.save(tmp_path / "台账.xlsx")
    found = imported(tmp_path / "台账.xlsx", tmp_path)
    assert [note for note in found.notes if "Hidden" in note] == ["Hidden rows were read like the others: 台账 row 6."]
    assert [note for note in found.notes if "(hidden)" in note]
    assert positions(tmp_path)["县教育局", "administrative"] == (18, 17)


def test_ids_come_from_the_ledger_where_they_can_be_ids(tmp_path: Path) -> None:
    rows = (
        ("单位编码", "单位名称", "单位性质", "行政编制数", "行政实有"),
        ("A-7", "县司法局", "部门", 9, 8),
        ("a-7", "县财政局", "部门", 9, 8),
        ("../../etc/x", "县水利局", "部门", 9, 8),
        ("CON", "县审计局", "部门", 9, 8),
        ("reserve", "县信访局", "部门", 9, 8),
        ("341821", "白沙镇", "镇", 9, 8),
    )
    file = workbook(tmp_path / "a.xlsx", rows)
    first = rb.import_ledger(file, tmp_path / "mine", years=YEARS)
    answer(map_of(tmp_path), name="云溪县", code="1")
    found = rb.import_ledger(file, tmp_path / "mine")
    county = rb.read_county(tmp_path / "mine")
    assert {row.name: row.unit for row in county.units} == {
        "县司法局": "A-7",
        "县财政局": "U001",
        "县水利局": "U002",
        "县审计局": "U003",
        "县信访局": "U004",
    }
    assert county.townships[0].township == "341821"
    assert found.folder
    assert any("cannot be ids" in line for line in first.read)


def test_a_file_without_a_ledger_is_refused_and_nothing_of_it_repeated(tmp_path: Path) -> None:
    rows = (("王建国", "13800001111", "党员"), ("李秀英", "13800001112", "群众"))
    with pytest.raises(rb.FaultsError, match="no ledger and no register") as caught:
        rb.import_ledger(workbook(tmp_path / "a.xlsx", rows), tmp_path / "mine")
    assert "王建国" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none.xlsx", "no such file"),
        ("none.csv", "no such file"),
        ("notes.txt", "neither a workbook nor"),
        ("", "a folder"),
    ],
)
def test_what_is_no_file_of_ledgers_is_said_to_be_none(name: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    with pytest.raises(rb.FaultsError, match=message):
        rb.import_ledger(tmp_path / name, tmp_path / "new/mine", years=YEARS)
    assert not (tmp_path / "new").exists()


def test_the_same_ledger_says_the_same_whatever_the_order_of_its_rows(tmp_path: Path) -> None:
    rows = (("单位名称", "单位性质", "行政编制数", "行政实有"), ("县司法局", "部门", 9, 8), ("白沙镇", "镇", 4, 4))
    imported(workbook(tmp_path / "a.xlsx", rows), tmp_path, name="云溪县")
    back = (rows[0], rows[2], rows[1])
    rb.import_ledger(workbook(tmp_path / "b.xlsx", back), tmp_path / "b", map=map_of(tmp_path))
    assert rb.read_county(tmp_path / "b") == rb.read_county(tmp_path / "mine")
    assert Position("U001", "administrative", 9, 8) in rb.read_county(tmp_path / "b").positions
