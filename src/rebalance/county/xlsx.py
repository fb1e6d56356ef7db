"""The sheets of a workbook: cells as a person sees them, merged cells, and what is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import IO
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from rebalance.county.archive import Archive
from rebalance.county.dates import date_shown, forms, is_date
from rebalance.county.notices import How
from rebalance.county.raw import Cell, Range, Record, Refused, Seen, Sheet
from rebalance.county.written import DIGITS
from rebalance.fault import refuse
from rebalance.text import _, quoted

ESCAPE = re.compile(r"_x((?!d[89a-f])[0-9a-f]{4})_", re.IGNORECASE)
"""How a workbook writes a character that XML cannot hold; half a character (D800 to DFFF) stays as it is."""
WHOLE = re.compile(r"-?[0-9]+")
TRUE = frozenset({"1", "true"})


@dataclass(frozen=True, slots=True)
class Book:
    """What all sheets of a workbook share: the texts, and the styles that show a number as something else."""

    texts: tuple[str, ...]
    forms: Mapping[int, str]
    since_1904: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A worksheet as the workbook lists it."""

    name: str
    part: str
    hidden: bool


def sheet_parts(archive: Archive) -> Iterator[Named]:
    """Every worksheet, in order."""
    part = _workbook(archive)
    targets = archive.targets(part)
    for sheet in archive.parsed(part).iterfind("{*}sheets/{*}sheet"):
        target = next((value for key, value in sheet.items() if key.endswith("}id")), "")
        kind, name = targets.get(target, ("", ""))
        if kind == "worksheet":
            yield Named(sheet.get("name", ""), name, sheet.get("state", "visible") != "visible")
        elif not kind:
            raise LookupError(sheet.get("name", ""))


def shared(archive: Archive) -> Book:
    """The texts and styles all sheets refer to."""
    part = _workbook(archive)
    targets = dict(archive.targets(part).values())
    texts: tuple[str, ...] = ()
    if "sharedStrings" in targets:
        with archive.open(targets["sharedStrings"]) as content:
            texts = read_texts(content)
    styles = forms(archive.parsed(targets["styles"])) if "styles" in targets else {}
    about = archive.parsed(part).find("{*}workbookPr")
    return Book(texts, styles, about is not None and about.get("date1904", "") in TRUE)


def _workbook(archive: Archive) -> str:
    return dict(archive.targets("").values())["officeDocument"]


def read_texts(part: IO[bytes]) -> tuple[str, ...]:
    """The table of texts that cells refer to by number."""
    texts = []
    for _event, item in iterparse(part, forbid_dtd=True):
        if item.tag.endswith("}si"):
            texts.append(text_of(item))
            item.clear()
    return tuple(texts)


def read_value(cell: Element, name: str, book: Book) -> Cell:
    """The text of the cell called `name`: a number as it was typed or is shown, a formula by the value it shows."""
    kind = cell.get("t") or "n"
    formula = cell.find("{*}f")
    value = cell.find("{*}v")
    raw = ("" if value is None else value.text or "").strip()
    if formula is not None and kind in {"n", "d", "b", "e"} and not raw:
        message = _(
            "{cell} holds a formula (got {value}) and no value that it shows. Type the value instead, or open the file"
            " in a spreadsheet program and save it."
        )
        text = "=" + (formula.text or "")
        return Refused(message.format(cell=name, value=quoted(text)), text)
    if kind == "e":
        message = _("{cell} holds an error (got {value}). Type the value instead.")
        return Refused(message.format(cell=name, value=raw), raw)
    found = _plain(kind, raw, cell, book)
    hows = found.how if isinstance(found, Seen) else ()
    if formula is not None:
        return Seen(found.strip(), How.FORMULA, *hows)
    return Seen(found.strip(), *hows) if hows else found.strip()


def _plain(kind: str, raw: str, cell: Element, book: Book) -> str:
    if kind == "inlineStr":
        inline = cell.find("{*}is")
        return "" if inline is None else text_of(inline)
    if kind == "s":
        return book.texts[int(raw)] if raw else ""
    if kind == "b":
        return {"1": "true", "0": "false"}.get(raw, raw)
    if kind == "d":
        return Seen(raw.removesuffix("Z").removesuffix("T00:00:00").removesuffix("T00:00:00.000"), How.DATE)
    if kind == "n" and raw:
        return _number(raw, book.forms.get(int(cell.get("s") or "0"), ""), since_1904=book.since_1904)
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)), raw)


def _number(raw: str, form: str, *, since_1904: bool) -> str:
    """A number as typed: a spreadsheet writes 0.29 as 0.28999999999999998 and shows fifteen digits."""
    value = float(raw)
    typed = raw if WHOLE.fullmatch(raw) else _fifteen_digits(value)
    if form and is_date(form):
        return Seen(date_shown(Decimal(typed), form, since_1904=since_1904), How.DATE)
    if form:
        typed = f"{Decimal(typed).scaleb(2).normalize():f}%"
    noisy = not WHOLE.fullmatch(raw) and float(f"{value:.{DIGITS}g}") != value
    return Seen(typed, How.NOISE) if noisy else typed


def _fifteen_digits(value: float) -> str:
    """A number in plain digits, with as many as a spreadsheet shows."""
    found = Decimal(repr(float(f"{value:.{DIGITS}g}")))
    return f"{found.quantize(Decimal(1)) if found == found.to_integral_value() else found:f}"


def text_of(item: Element) -> str:
    """The text of an item, plain or in runs, without the reading aids of East Asian texts."""
    parts = [*item.iterfind("{*}t"), *item.iterfind("{*}r/{*}t")]
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)), "".join(part.text or "" for part in parts))


MOST_ROWS = 200_000
MOST_COLUMNS = 200


def read_sheet(part: IO[bytes], book: Book, file: str) -> Sheet:
    """The rows that are not blank, all of the same width.

    Raises:
        FaultsError: the sheet is far too big.
    """
    rows: list[tuple[int, dict[int, Cell]]] = []
    merged: list[Range] = []
    hidden: set[int] = set()
    veiled: list[int] = []
    row = 0
    for element in _elements(part):
        if element.tag.endswith("}mergeCell"):
            merged += merged_range(element.get("ref", ""))
            continue
        if element.tag.endswith("}col"):
            veiled += hidden_columns(element)
            continue
        row = int(element.get("r") or row + 1)
        if cells := _cells(element, row, book):
            rows.append((row, cells))
            if element.get("hidden", "") in TRUE:
                hidden.add(row)
        _look_at_size(row, len(rows), max(cells, default=0), file)
    width = 1 + max((column for _row, cells in rows for column in cells), default=-1)
    records = tuple(Record(n, tuple(cells.get(i, "") for i in range(width))) for n, cells in rows)
    letters = tuple(column_letters(place) for place in sorted(set(veiled)) if place < width)
    return Sheet(file, records, tuple(merged), frozenset(hidden), letters, grid=True)


ADDRESSES = re.compile(r"\$?([A-Z]+)\$?([0-9]+):\$?([A-Z]+)\$?([0-9]+)", re.IGNORECASE)


def merged_range(name: str) -> Iterator[Range]:
    """The cells merged under a name such as A1:C2; none where it names but one."""
    if found := ADDRESSES.fullmatch(name):
        left, right = column_number(found[1]), column_number(found[3])
        yield Range(name.upper(), int(found[2]), left, int(found[4]), right)


def hidden_columns(element: Element) -> Iterator[int]:
    """The places of the columns, from 0, that a stretch of columns hides."""
    if element.get("hidden", "") in TRUE:
        yield from range(int(element.get("min", "1")) - 1, min(int(element.get("max", "1")), MOST_COLUMNS))


def column_letters(place: int) -> str:
    """The letters of a column, as a spreadsheet has them."""
    rest, last = divmod(place, 26)
    return (column_letters(rest - 1) if rest else "") + chr(ord("A") + last)


def _look_at_size(row: int, rows: int, column: int, file: str) -> None:
    if rows > MOST_ROWS or column >= MOST_COLUMNS:
        message = _("too big (got row {row}, column {column}). Accepted: {rows} rows, {columns} columns.")
        text = message.format(row=row, column=column + 1, rows=MOST_ROWS, columns=MOST_COLUMNS)
        raise refuse(file, text, row=row)


def _elements(part: IO[bytes]) -> Iterator[Element]:
    """Columns, rows and merged ranges, each thrown away after use: a big sheet is never in memory as a tree."""
    data: Element | None = None
    for event, element in iterparse(part, ("start", "end"), forbid_dtd=True):
        if event == "start" and element.tag.endswith("}sheetData"):
            data = element
        elif event == "end" and element.tag.endswith(("}row", "}mergeCell", "}col")):
            yield element
            if data is not None:
                data.clear()


def _cells(row: Element, number: int, book: Book) -> dict[int, Cell]:
    cells: dict[int, Cell] = {}
    column = -1
    for element in row.iterfind("{*}c"):
        letters = (element.get("r") or "").rstrip("0123456789").upper()
        if letters and not (letters.isascii() and letters.isalpha()):
            raise ValueError(letters)
        column = column_number(letters) if letters else column + 1
        value = read_value(element, f"{letters}{number}", book)
        if value:
            cells[column] = value
    return cells


def column_number(letters: str) -> int:
    """The number of a column, from 0, by its letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
