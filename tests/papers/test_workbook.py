"""The workbook, opened again by another library and added up anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cache
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from rebalance.papers.contents import tables
from rebalance.papers.workbook import FIRST, HEAD, KEYS, free_name, number, sheet_name, workbook
from rebalance.table import Kind
from tests.papers.plans import PAYLOADS, hostile, langxi, small, written

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

Book = Any
"""What openpyxl opens; its types fit no test."""

CELL = re.compile(r"\b([A-Z]{1,2}\d+)\b")


@cache
def opened(values: bool) -> Book:  # noqa: FBT001
    return openpyxl.load_workbook(BytesIO(written(workbook, langxi)), data_only=values)


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert workbook(small()) == workbook(small())


def test_every_cell_is_what_the_table_says() -> None:
    book = opened(values=True)
    for table in written(tables, langxi):
        sheet = book[sheet_name(table)]
        for place, column in enumerate(table.columns, 1):
            assert sheet.cell(KEYS + 1, place).value == column.key
            assert sheet.cell(HEAD + 1, place).value == column.title
        for at, row in enumerate(table.rows, FIRST + 1):
            for place, (cell, column) in enumerate(zip(row, table.columns, strict=True), 1):
                found = sheet.cell(at, place).value
                if isinstance(cell, int | Fraction):
                    assert found == number(cell, column.kind), (table.name, at, column.key)


def test_sums_are_live_and_their_stored_results_are_right() -> None:
    formulas, values = opened(values=False), opened(values=True)
    seen = 0
    for table in written(tables, langxi):
        if not table.totalled:
            continue
        sheet, said = formulas[sheet_name(table)], values[sheet_name(table)]
        last = FIRST + len(table.rows) + 1
        for place, column in enumerate(table.columns, 1):
            if column.total:
                letter = sheet.cell(last, place).column_letter
                assert sheet.cell(last, place).value == f"=SUM({letter}{FIRST + 1}:{letter}{last - 1})"
                cells = [said.cell(row, place).value for row in range(FIRST + 1, last)]
                again = sum(cell for cell in cells if cell is not None)
                assert said.cell(last, place).value == pytest.approx(again, abs=1e-6), (table.name, column.key)
                assert said.cell(last, place).value == number(table.sum(column.key), column.kind)
                seen += 1
    assert seen > 60


def worked_out(formula: str, sheet: Book) -> Book:
    """The formula of a row, by arithmetic of our own."""
    text = CELL.sub(lambda found: repr(sheet[found[1]].value or 0), formula.removeprefix("="))
    if text.startswith("IF("):
        above, below = (float(part) for part in re.findall(r"ROUNDDOWN\(([\d.]+)/([\d.]+),3\)", text)[0])
        return "–" if not below else int(above * 1000 / below + 1e-9) / 1000
    return eval(text.replace("MAX", "max"), {"max": max})  # noqa: S307  # only digits and signs are left


def test_formulas_of_rows_agree_with_our_figures() -> None:
    formulas, values = opened(values=False), opened(values=True)
    seen = 0
    for table in written(tables, langxi):
        sheet, said = formulas[sheet_name(table)], values[sheet_name(table)]
        for place, column in enumerate(table.columns, 1):
            for row in range(FIRST + 1, FIRST + len(table.rows) + 1) if column.formula else ():
                found = worked_out(sheet.cell(row, place).value, said)
                assert said.cell(row, place).value == pytest.approx(found) if found != "–" else True
                seen += 1
    assert seen > 800


def test_only_coloured_cells_are_open() -> None:
    sheet = opened(values=False)["Before and after"]
    assert sheet.protection.sheet
    keys = [cell.value for cell in sheet[KEYS + 1]]
    for key, cell in zip(keys, sheet[FIRST + 1], strict=False):
        is_open = key in {"agreed", "keep", "remark"}
        assert cell.protection.locked is not is_open
        assert (cell.fill.fgColor.rgb == "FFFFF7CC") is is_open
    kinds = sorted(rule.type for rule in sheet.data_validations.dataValidation)
    assert kinds == ["list", "whole"]


def test_ready_to_print_and_to_scroll() -> None:
    for table in written(tables, langxi):
        sheet = opened(values=False)[sheet_name(table)]
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToWidth in {None, 1}  # 1 unless said
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.freeze_panes.endswith(str(FIRST + 1))
        assert sheet.print_area
        assert sheet.print_title_rows == f"${HEAD + 1}:${HEAD + 1}"
        assert sheet.row_dimensions[KEYS + 1].hidden


def test_over_is_red() -> None:
    sheet = opened(values=False)["Before and after"]
    place = next(cell.column_letter for cell in sheet[KEYS + 1] if cell.value == "over")
    rules = {str(area.sqref): [rule.operator for rule in found] for area, found in _rules(sheet)}
    assert any(area.startswith(f"{place}{FIRST + 1}:") and "greaterThan" in found for area, found in rules.items())


def _rules(sheet: Book) -> Iterable[tuple[Any, Any]]:
    rules: Mapping[Any, Any] = sheet.conditional_formatting._cf_rules
    return rules.items()


def test_what_is_not_proven_and_made_up_stands_on_every_sheet() -> None:
    for sheet in opened(values=True):
        said = sheet.cell(2, 1).value
        assert "NOT PROVEN" in said
        assert "made up" in said


def test_there_are_charts() -> None:
    assert len(opened(values=False)["Overview"]._charts) == 3


def test_no_text_becomes_a_formula_or_a_link() -> None:
    book: Book = openpyxl.load_workbook(BytesIO(written(workbook, hostile)))
    texts = set()
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert re.fullmatch(r'=[-+A-Z0-9(),:*/ ROUNDWIFMASX="–]+', cell.value), cell.value
                    assert "HYPERLINK" not in cell.value
                if cell.hyperlink:
                    assert cell.hyperlink.target is None
                    assert cell.hyperlink.location.endswith("!A1")
                if cell.data_type == "s":
                    texts.add(cell.value)
    for payload in PAYLOADS:
        if payload.isprintable():
            assert any(payload in str(text) for text in texts), payload


def test_no_two_sheets_have_one_name() -> None:
    assert free_name("Coverage", ["Overview"]) == "Coverage"
    assert free_name("Coverage", ["coverage", "COVERAGE 2"]) == "Coverage 3"
    assert len(free_name("x" * 31, ["x" * 31])) <= 31


def test_shares_are_never_rounded_up() -> None:
    assert number(Fraction(99999, 100000), Kind.SHARE) == 0.999
    assert number(Fraction(1), Kind.SHARE) == 1
    assert number(105, Kind.WORK) == 1.05
