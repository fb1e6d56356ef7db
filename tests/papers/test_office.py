"""LibreOffice opens what we write: its sums are ours, the request fits a commission, edits come back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from rebalance.papers.document import document
from rebalance.papers.edits import Edit, read_edits
from rebalance.papers.workbook import workbook
from tests.counties import ADMIN
from tests.papers.plans import langxi, small, written
from tests.papers.programs import converted, with_office
from tests.papers.test_review import BEFORE_AFTER, edited, type_in

pytestmark = [with_office, pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")]

EXCEL = "xlsx:Calc MS Excel 2007 XML"


def test_formulas_worked_out_there_agree(tmp_path: Path) -> None:
    file = tmp_path / "plan.xlsx"
    file.write_bytes(written(workbook, langxi))
    ours: Any = openpyxl.load_workbook(file, data_only=True)
    formulas: Any = openpyxl.load_workbook(file)
    formulas.save(file)  # without any of the results
    assert all(cell.value is None for cell in openpyxl.load_workbook(file, data_only=True)["Categories"]["H"][5:9])
    theirs: Any = openpyxl.load_workbook(converted(file, EXCEL), data_only=True)
    seen = 0
    for sheet in formulas:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            found, said = (book[sheet.title][cell.coordinate].value for book in (theirs, ours))
            assert found == pytest.approx(said, abs=1e-6), (sheet.title, cell.coordinate, cell.value)
            seen += 1
    assert seen > 900


def test_numbers_agreed_survive_being_saved_there(tmp_path: Path) -> None:
    file = edited(tmp_path, type_in(BEFORE_AFTER, ("U1", ADMIN), "agreed", 6))
    read = read_edits(converted(file, EXCEL), small().audit.plan)
    assert read.agreed == (Edit("positions", ("U1", ADMIN), 7, 6),)
    assert read.ignored == ()


def test_the_request_is_one_a_commission_reads(tmp_path: Path) -> None:
    file = tmp_path / "plan.docx"
    file.write_bytes(written(document, langxi))
    pages = re.findall(rb"/Type\s*/Page\b", converted(file, "pdf").read_bytes())
    assert (
        10 < len(pages) < 90
    )  # half of them for the many rules that this plan breaks; what stands in for a font is wider
