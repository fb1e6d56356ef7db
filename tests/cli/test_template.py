"""`rebalance template` and `rebalance check --annotate`: workbooks to fill in, and to mend."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from rebalance.county.county import County, digest
from rebalance.county.read import read_county
from rebalance.county.tables import TABLES
from rebalance.papers.template import template
from rebalance.text import activate
from tests.cli.small import LANGXI, TINY, Desk, rebalance
from tests.papers.plans import poisoned

Captured = pytest.CaptureFixture[str]
Book = Any
"""What openpyxl opens; its types fit no test."""


@pytest.fixture(params=["en", "zh"])
def lang(request: pytest.FixtureRequest) -> Iterator[str]:
    yield request.param
    activate("en")


def read_back(county: County, file: Path) -> County:
    file.write_bytes(template(county))
    return read_county(file)


@pytest.mark.parametrize(
    "county", [TINY, read_county(LANGXI), poisoned(read_county(LANGXI))], ids=["tiny", "langxi", "hostile"]
)
def test_what_it_writes_check_reads(county: County, tmp_path: Path, lang: str) -> None:
    activate(lang)
    again = read_back(county, tmp_path / "county.xlsx")
    for table in TABLES:
        assert getattr(again, table.name) == getattr(county, table.name)
    assert digest(again) == digest(county)


def test_the_same_county_gives_the_same_bytes() -> None:
    assert template(TINY) == template(TINY)


def test_odd_but_lawful_texts_come_back(tmp_path: Path) -> None:
    odd = ("00123", "1e5", "TRUE", "NA", "=1+1", "2024-01-02", "two\nlines", "_x0041_", "\u202eback", "1" * 25)
    units = tuple(replace(row, name=name) for row, name in zip(TINY.units * 4, odd, strict=False))
    for number, row in enumerate(units):
        county = replace(TINY, units=(replace(TINY.units[0], name=row.name), *TINY.units[1:]))
        assert read_back(county, tmp_path / f"{number}.xlsx").units[0].name == row.name


def test_an_empty_one_lacks_only_its_contents(tmp_path: Path, capsys: Captured, lang: str) -> None:
    file = tmp_path / "empty.xlsx"
    assert rebalance("template", file, "--lang", lang) == 0
    capsys.readouterr()
    assert rebalance("check", file, "--lang", "en") == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "Faults: 7."
    assert all("missing" in line or "no rows" in line or "no category" in line for line in lines[:-1])


def test_every_column_is_explained_and_choices_are_lists(tmp_path: Path) -> None:
    file = tmp_path / "county.xlsx"
    assert rebalance("template", file, "--from", LANGXI) == 0
    book: Book = openpyxl.load_workbook(file)
    for table in TABLES:
        sheet = book[table.name]
        heads = [cell.value for cell in sheet[1]]
        assert heads == [heading.header for heading in table.headings]
        assert all(cell.comment and "Accepted: " in cell.comment.text for cell in sheet[1])
    lists = {
        str(one.sqref): one.formula1 for one in book["units"].data_validations.dataValidation if one.type == "list"
    }
    assert '"department,institution,vertical"' in lists.values()
    refers = {one.formula1 for one in book["stations"].data_validations.dataValidation if one.type == "list"}
    assert "'units'!$A$2:$A$1000" in refers


def test_the_name_must_be_that_of_a_workbook(tmp_path: Path, capsys: Captured) -> None:
    assert rebalance("template", tmp_path / "county.csv") == 2
    assert "End it in .xlsx." in capsys.readouterr().err


def faulty(file: Path) -> Path:
    """Langxi with five faults."""
    file.write_bytes(template(read_county(LANGXI)))
    book: Book = openpyxl.load_workbook(file)
    book["positions"]["C5"] = "many"
    book["positions"]["A7"] = "U999"
    book["positions"]["D9"] = "=1+1"
    book["units"]["C4"] = "=cmd"
    book["units"]["Z1"].value, book["units"]["Z1"].data_type = "=1+2", "s"  # a heading that only looks like a formula
    book.save(file)
    return file


def test_faulty_cells_are_marked(tmp_path: Path, capsys: Captured) -> None:
    marked = tmp_path / "marked.xlsx"
    assert rebalance("check", faulty(tmp_path / "bad.xlsx"), "--annotate", marked) == 1
    before = capsys.readouterr().out.splitlines()
    book: Book = openpyxl.load_workbook(marked)
    for sheet, cell, said in (("positions", "C5", "many"), ("positions", "A7", "U999"), ("units", "C4", "=cmd")):
        assert book[sheet][cell].fill.fgColor.rgb == "FFFDB9B2"
        assert said in book[sheet][cell].comment.text
    assert book["positions"]["C6"].fill.fgColor.rgb != "FFFDB9B2"
    listed = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=2)]
    assert len(listed) == len(before) - 1
    assert all(cell.data_type != "f" for row in book.worksheets[0].iter_rows() for cell in row)
    assert rebalance("check", marked) == 1  # the list of faults is none itself
    after = [line.replace("marked.xlsx", "bad.xlsx") for line in capsys.readouterr().out.splitlines()]
    assert after == before


def test_a_chinese_workbook_is_marked_where_it_is_wrong(tmp_path: Path, capsys: Captured) -> None:
    file, marked = tmp_path / "bad.xlsx", tmp_path / "marked.xlsx"
    activate("zh")
    file.write_bytes(template(TINY))
    activate("en")
    book: Book = openpyxl.load_workbook(file)
    book["编制"]["D3"] = "several"
    book.save(file)
    assert rebalance("check", file, "--annotate", marked) == 1
    marks: Book = openpyxl.load_workbook(marked)
    assert "several" in marks["编制"]["D3"].comment.text
    assert "The faults are marked in" in capsys.readouterr().err


def test_each_cause_stands_once_in_the_first_sheet_and_below_a_title_the_right_cells_are_marked(tmp_path: Path) -> None:
    file, marked = tmp_path / "bad.xlsx", tmp_path / "marked.xlsx"
    file.write_bytes(template(TINY))
    book: Book = openpyxl.load_workbook(file)
    book["positions"].insert_rows(1)
    book["positions"]["A1"] = "台账"
    for cell in ("D3", "D4", "D5"):
        book["positions"][cell] = f"about {cell}"
    book.save(file)
    assert rebalance("check", file, "--annotate", marked) == 1
    marks: Book = openpyxl.load_workbook(marked)
    red = [row for row in range(1, 8) if marks["positions"][f"D{row}"].fill.fgColor.rgb == "FFFDB9B2"]
    assert red == [3, 4, 5]
    rows = [[cell.value for cell in row] for row in marks.worksheets[0].iter_rows(min_row=2)]
    assert rows[0][:3] == ["positions", "rows 3–5", "in_post"]
    assert str(rows[0][3]).endswith("And 2 more alike.")
    assert [row[3] for row in rows[1:]] == [
        "Read with a note:",
        "Lines above the headings were passed over: positions row 1.",
    ]


def test_only_workbooks_can_be_marked(tiny: Desk, tmp_path: Path, capsys: Captured) -> None:
    package = tiny.folder / "models/tiny"
    (package / "units.csv").unlink()
    assert rebalance("check", package, "--annotate", tmp_path / "marked.xlsx") == 2
    assert "only a workbook can be marked" in capsys.readouterr().err


def test_nothing_is_marked_where_nothing_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "good.xlsx").write_bytes(template(TINY))
    assert rebalance("check", tmp_path / "good.xlsx", "--annotate", tmp_path / "marked.xlsx") == 0
    assert not (tmp_path / "marked.xlsx").exists()


def test_a_harmful_workbook_is_not_opened(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "bad.xlsx").write_bytes(b"PK\x03\x04 no archive")
    assert rebalance("check", tmp_path / "bad.xlsx", "--annotate", tmp_path / "marked.xlsx") == 1
    assert "damaged" in capsys.readouterr().err
    assert not (tmp_path / "marked.xlsx").exists()


def test_template_does_not_load_the_solver(tmp_path: Path) -> None:
    code = (
        "import sys; from rebalance.cli.program import run;"
        "print(run(['template', sys.argv[1]]), 'ortools' in sys.modules, 'pandas' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "county.xlsx")]
    result = subprocess.run(command, check=True, capture_output=True, text=True)
    assert result.stdout.splitlines()[-1] == "0 False False"
