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
from openpyxl.utils import get_column_letter

from rebalance.api.start import first_scenario
from rebalance.county.columns import Choice, Flag
from rebalance.county.county import County, digest
from rebalance.county.read import read_county
from rebalance.county.tables import TABLES
from rebalance.papers.template import template
from rebalance.scenario.read import read_scenario
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


def test_it_opens_on_what_to_fill_in_first(tmp_path: Path, lang: str) -> None:
    activate(lang)
    (tmp_path / "county.xlsx").write_bytes(template(TINY, first_scenario()))
    book: Book = openpyxl.load_workbook(tmp_path / "county.xlsx")
    first = {
        "en": ["notes", "county", "units", "townships", "positions", "demand", "scenario"],
        "zh": ["说明", "县", "单位", "乡镇", "编制", "需求", "情景"],
    }
    assert book.sheetnames[:7] == first[lang]
    assert book.active.title == first[lang][0]
    said = [
        str(cell.value) for row in book.worksheets[0].iter_rows(max_row=14, max_col=2) for cell in row if cell.value
    ]
    assert [line for line in said if line[:3] in {f"{number}. " for number in range(1, 7)}] == [
        f"{number}. {title}" for number, title in enumerate(first[lang][1:], 1)
    ]
    colours = [sheet.sheet_properties.tabColor.rgb for sheet in book.worksheets[1:]]
    assert colours[:5] == ["FF2E7D4F"] * 5
    assert colours[6:] == ["FFB8BEC8"] * len(colours[6:])


def test_every_column_that_names_or_chooses_has_a_list(tmp_path: Path) -> None:
    (tmp_path / "county.xlsx").write_bytes(template())
    book: Book = openpyxl.load_workbook(tmp_path / "county.xlsx")
    lacking = []
    for table in TABLES:
        lists = [one for one in book[table.name].data_validations.dataValidation if one.type == "list"]
        for place, heading in enumerate(table.headings, 1):
            chosen = isinstance(heading.column.kind, Choice | Flag) or heading.column.refers
            inside = any(f"{get_column_letter(place)}2" in one.sqref for one in lists)
            lacking += [(table.name, heading.header)] if chosen and not inside else []
    assert lacking == []
    assert {one.type for one in book["scenario"].data_validations.dataValidation} == {"list"}


def test_a_category_is_added_where_one_looks(tmp_path: Path, lang: str) -> None:
    activate(lang)
    (tmp_path / "county.xlsx").write_bytes(template(TINY))
    book: Book = openpyxl.load_workbook(tmp_path / "county.xlsx")
    sheet = book.worksheets[1]
    keys = [str(row[0].value) for row in sheet.iter_rows(min_row=2)]
    (line,) = [number for number, key in enumerate(keys, 2) if "ID.…" in key or "编码.…" in key]
    name = {"en": "categories.new.name_zh", "zh": "编制类别.new.中文名称"}[lang]
    sheet.cell(line, 1).value, sheet.cell(line, 2).value = name, "新类别"
    book.save(tmp_path / "county.xlsx")
    assert (
        next(row.name for row in read_county(tmp_path / "county.xlsx").categories if row.category == "new") == "新类别"
    )


def test_its_scenario_is_the_one_that_new_begins_with(tmp_path: Path, lang: str, capsys: Captured) -> None:
    assert rebalance("--lang", lang, "new", tmp_path / "mine") == 0
    file = tmp_path / "mine/county.xlsx"
    assert rebalance("--lang", lang, "template", file, "--from", tmp_path / "mine/models/example") == 0
    capsys.readouterr()
    one, other = read_scenario(file), read_scenario(tmp_path / "mine/scenarios/baseline.toml")
    assert (one.rules, one.goals, one.name) == (other.rules, other.goals, other.name)
    assert digest(one.county) == digest(other.county)


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
