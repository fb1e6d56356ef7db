"""Workbooks with something odd in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from tests.county.packages import Package

Value = str | float | dt.date | dt.time


def with_sheet(name: str, edit: Callable[[Worksheet], object], file: Path) -> Path:
    """A good workbook in which one sheet has been edited."""
    book = openpyxl.load_workbook(Package().workbook(file))
    edit(book[name])
    book.save(file)
    return file


def with_part(part: str, change: Callable[[bytes], bytes], file: Path) -> Path:
    """A good workbook in which one part of the zip file has been changed."""

    def changed(parts: Iterable[tuple[str, bytes]]) -> Iterable[tuple[str, bytes]]:
        found = dict(parts)
        return (found | {part: change(found[part])}).items()

    return rezipped(Package().workbook(file), changed)


def rezipped(file: Path, change: Callable[[Iterable[tuple[str, bytes]]], Iterable[tuple[str, bytes]]]) -> Path:
    with ZipFile(file) as old:
        parts = [(name, old.read(name)) for name in old.namelist()]
    with ZipFile(file, "w", ZIP_DEFLATED) as new:
        for name, content in change(parts):
            new.writestr(name, content)
    return file


def put(cell: str, value: Value, number_format: str = "General") -> Callable[[Worksheet], object]:
    def edit(sheet: Worksheet) -> None:
        sheet[cell] = value
        sheet[cell].number_format = number_format

    return edit


def written_with_xlsxwriter(package: Package, file: Path) -> Path:
    """A workbook with shared texts, numbers as numbers, and a name in two fonts."""
    about = [["key", "value"], *(list(pair) for pair in package.about.items())]
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True})
        for name, rows in {"county": about, **package.tables}.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    is_number = value.isdecimal() and not value.startswith("0") and number
                    sheet.write(number, column, float(value) if is_number else value)
        book.get_worksheet_by_name("units").write_rich_string("B2", bold, "Off", "ice")
    return file
