"""A workbook read by ourselves: the zip looked at before anything is unpacked, then sheets, cells and their texts."""

from __future__ import annotations

import posixpath
import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from lzma import LZMAError
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml.ElementTree import fromstring, iterparse

from rebalance.county.tables import TABLES, Table
from rebalance.fault import Fault, FaultsError, refuse
from rebalance.files import cannot_open, shown
from rebalance.text import _, near_miss, quoted

MOST_BYTES = 200 * 2**20
MOST_RATIO = 200
MOST_PARTS = 2000
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")  # .xls, and every workbook locked with a password
PICTURES = "xl/media/"  # never parsed; a drawing there may rightly have a document type

BROKEN = (BadZipFile, zlib.error, LZMAError, EOFError, ParseError, LookupError, ValueError, RuntimeError)
"""What zip and XML readers raise on a damaged, truncated or locked file."""


@contextmanager
def open_archive(file: Path) -> Iterator[ZipFile]:
    """The zip file, for as long as it is used; anything broken in it, then or later, is one fault.

    Raises:
        FaultsError: it is no workbook, is damaged, would unpack to far too much, or defines XML entities.
    """
    try:
        _look_at_start(file)
        with ZipFile(file) as archive:
            _look_at_directory(archive, shown(file))
            _look_for_entities(archive, shown(file))
            yield archive
    except OSError as problem:
        raise cannot_open(file, problem) from None
    except BROKEN as problem:
        message = _("damaged ({problem}). Open it in a spreadsheet program and save it anew as .xlsx.")
        raise refuse(shown(file), message.format(problem=problem)) from None


def _look_at_start(file: Path) -> None:
    if not file.is_file():
        raise refuse(shown(file), _("not an ordinary file. Give the workbook itself."))
    with file.open("rb") as content:
        start = content.read(len(OLD_OFFICE))
    if not start:
        raise refuse(shown(file), _("an empty file (0 bytes). Give a workbook."))
    if start == OLD_OFFICE:
        message = _("an old .xls, or locked with a password. Save it as .xlsx without a password.")
        raise refuse(shown(file), message)
    if not start.startswith(b"PK"):
        raise refuse(shown(file), _("not a workbook, whatever its name says. Save the tables as .xlsx."))


def _look_at_directory(archive: ZipFile, file: str) -> None:
    parts = archive.infolist()
    size = sum(part.file_size for part in parts)
    packed = max((part.file_size / max(part.compress_size, 1) for part in parts), default=0)
    if len(parts) > MOST_PARTS or size > MOST_BYTES or packed > MOST_RATIO:
        message = _("unpacks to too much (got {parts} parts, {size} MB, {ratio} times its size). {accepted}.")
        accepted = _("At most {parts} parts, {size} MB and {ratio} times are read")
        accepted = accepted.format(parts=MOST_PARTS, size=MOST_BYTES >> 20, ratio=MOST_RATIO)
        got = message.format(parts=len(parts), size=size >> 20, ratio=round(packed), accepted=accepted)
        raise refuse(file, got)


def _look_for_entities(archive: ZipFile, file: str) -> None:
    """Refuse document types: no spreadsheet program writes one, and entities can blow up or reach out."""
    for part in archive.infolist():
        if part.filename.startswith(PICTURES):
            continue
        content = archive.read(part).replace(b"\0", b"")  # UTF-16 too
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            message = _("{part} defines a document type. Save it anew as .xlsx in a spreadsheet program.")
            raise refuse(file, message.format(part=part.filename))


NAMES: Mapping[str, Table] = {name: table for table in TABLES for name in (table.name, *table.chinese)}
"""Every name a table's file or sheet may have."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A cell that holds no plain text (a formula, a date, a table): what to say, and what stood there."""

    message: str
    value: str


Cell = str | Refused


@dataclass(frozen=True, slots=True)
class Record:
    """One row that is not blank, under the number a spreadsheet gives it."""

    row: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one file or sheet, the header first; `file` is how faults name it."""

    file: str
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """One value about the county itself, and the row it stood in (0: not known)."""

    cell: Cell
    row: int = 0


@dataclass(frozen=True, slots=True)
class About:
    """What is said about the county itself, by key, about each category, by id and key, and about each setting."""

    file: str
    own: Mapping[str, Given]
    categories: Mapping[str, Mapping[str, Given]]
    settings: Mapping[str, Mapping[str, Given]]


@dataclass(frozen=True, slots=True)
class Raw:
    """A whole package, not yet understood; a table's file or sheet is `before` + its name + `after`."""

    about: About | None
    sheets: Mapping[Table, Sheet]
    before: str = ""
    after: str = ""


def no_such_table(file: str, name: str) -> Fault:
    """The fault for a file or sheet whose name is that of no table."""
    message = _("no table has this name (got {value}). Accepted: {accepted}.")
    text = message.format(value=quoted(name), accepted=", ".join(table.name for table in TABLES))
    return Fault(file, 0, "", text + near_miss(name, NAMES), name)


ESCAPE = re.compile(r"_x((?!d[89a-f])[0-9a-f]{4})_", re.IGNORECASE)
"""How a workbook writes a character that XML cannot hold; half a character (D800 to DFFF) stays as it is."""
WHOLE = re.compile(r"-?[0-9]+")


@dataclass(frozen=True, slots=True)
class Book:
    """What all sheets of a workbook share: the texts, and the styles that show a number as a date."""

    texts: tuple[str, ...]
    dates: frozenset[int]


def read_texts(part: IO[bytes]) -> tuple[str, ...]:
    """The table of texts that cells refer to by number."""
    texts = []
    for _event, item in iterparse(part, forbid_dtd=True):
        if item.tag.endswith("}si"):
            texts.append(_text(item))
            item.clear()
    return tuple(texts)


def read_value(cell: Element, name: str, book: Book) -> Cell:
    """The text of the cell called `name`, with numbers as they were typed."""
    kind = cell.get("t", "n")
    formula = cell.find("{*}f")
    raw = cell.findtext("{*}v", "").strip()
    if formula is not None:
        message = _("{cell} holds a formula (got {value}). Type the value instead.")
        text = "=" + (formula.text or "")
        return Refused(message.format(cell=name, value=quoted(text)), text)
    if kind == "d" or (kind == "n" and raw and int(cell.get("s", "0")) in book.dates):
        message = _("{cell} holds a date (got {value}). Type it as a plain number or text.")
        return Refused(message.format(cell=name, value=raw), raw)
    if kind == "e":
        message = _("{cell} holds an error (got {value}). Type the value instead.")
        return Refused(message.format(cell=name, value=raw), raw)
    return _plain(kind, raw, cell, book).strip()


def _plain(kind: str, raw: str, cell: Element, book: Book) -> str:
    if kind == "inlineStr":
        inline = cell.find("{*}is")
        return "" if inline is None else _text(inline)
    if kind == "s":
        return book.texts[int(raw)] if raw else ""
    if kind == "b":
        return {"1": "true", "0": "false"}.get(raw, raw)
    return _number(raw) if kind == "n" and raw else raw


def _number(raw: str) -> str:
    if WHOLE.fullmatch(raw):
        return raw
    value = float(raw)  # a spreadsheet writes 0.29 as 0.28999999999999998; this brings back what was typed
    return str(int(value)) if value.is_integer() else repr(value)


def _text(item: Element) -> str:
    """The text of an item, plain or in runs, without the reading aids of East Asian texts."""
    parts = [*item.iterfind("{*}t"), *item.iterfind("{*}r/{*}t")]
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)), "".join(part.text or "" for part in parts))


DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""The built-in number formats that show a date or a time."""

NO_DATE_LETTERS = re.compile(r'"[^"]*"|\\.|_.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
"""The parts of a number format whose letters mean nothing: quoted and escaped texts, colours, currencies."""


def sheet_parts(archive: ZipFile) -> Iterator[tuple[str, str]]:
    """The name and the part of every worksheet, in order."""
    part = _workbook(archive)
    targets = _targets(archive, part)
    for sheet in _parsed(archive, part).iterfind("{*}sheets/{*}sheet"):
        kind, target = targets[next(value for key, value in sheet.items() if key.endswith("}id"))]
        if kind == "worksheet":
            yield sheet.get("name", "").strip(), target


def shared(archive: ZipFile) -> Book:
    """The texts and styles all sheets refer to."""
    targets = dict(_targets(archive, _workbook(archive)).values())
    texts: tuple[str, ...] = ()
    dates: frozenset[int] = frozenset()
    if "sharedStrings" in targets:
        with archive.open(targets["sharedStrings"]) as part:
            texts = read_texts(part)
    if "styles" in targets:
        dates = _date_styles(_parsed(archive, targets["styles"]))
    return Book(texts, dates)


def _workbook(archive: ZipFile) -> str:
    return dict(_targets(archive, "").values())["officeDocument"]


def _targets(archive: ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """The parts a part refers to: kind and name, by the id it refers to them with."""
    folder, name = posixpath.split(part)
    relations = _parsed(archive, posixpath.join(folder, "_rels", f"{name}.rels"))
    return {
        relation.get("Id", ""): (
            relation.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/"),
        )
        for relation in relations
    }


def _parsed(archive: ZipFile, part: str) -> Element:
    return fromstring(archive.read(part), forbid_dtd=True)


def _date_styles(styles: Element) -> frozenset[int]:
    formats = dict.fromkeys(DATES, True)
    for custom in styles.iterfind("{*}numFmts/{*}numFmt"):
        formats[int(custom.get("numFmtId", "0"))] = _shows_date(custom.get("formatCode", ""))
    used = (int(style.get("numFmtId", "0")) for style in styles.iterfind("{*}cellXfs/{*}xf"))
    return frozenset(style for style, number in enumerate(used) if formats.get(number))


def _shows_date(form: str) -> bool:
    return bool(re.search("[dmyhs]", NO_DATE_LETTERS.sub("", form), re.IGNORECASE)) and form != "General"


MOST_ROWS = 200_000
MOST_COLUMNS = 200


def read_sheet(part: IO[bytes], book: Book, file: str) -> Sheet:
    """The rows that are not blank, all of the same width.

    Raises:
        FaultsError: cells are merged, or the sheet is far too big.
    """
    rows: list[tuple[int, dict[int, Cell]]] = []
    merged = []
    row = 0
    for element in _elements(part):
        if element.tag.endswith("}mergeCell"):
            merged.append(element.get("ref", ""))
            continue
        row = int(element.get("r") or row + 1)
        if cells := _cells(element, row, book):
            rows.append((row, cells))
        _look_at_size(row, len(rows), max(cells, default=0), file)
    if merged:
        message = _("the cells {range} are merged. Unmerge them and fill in every cell.")
        raise FaultsError([Fault(file, 0, "", message.format(range=range_), range_) for range_ in merged])
    width = 1 + max((column for _row, cells in rows for column in cells), default=-1)
    return Sheet(file, tuple(Record(n, tuple(cells.get(i, "") for i in range(width))) for n, cells in rows))


def _look_at_size(row: int, rows: int, column: int, file: str) -> None:
    if rows > MOST_ROWS or column >= MOST_COLUMNS:
        message = _("too big (got row {row}, column {column}). Accepted: {rows} rows, {columns} columns.")
        text = message.format(row=row, column=column + 1, rows=MOST_ROWS, columns=MOST_COLUMNS)
        raise refuse(file, text, row=row)


def _elements(part: IO[bytes]) -> Iterator[Element]:
    """Rows and merged ranges, each thrown away after use: a big sheet is never in memory as a tree."""
    data: Element | None = None
    for event, element in iterparse(part, ("start", "end"), forbid_dtd=True):
        if event == "start" and element.tag.endswith("}sheetData"):
            data = element
        elif event == "end" and element.tag.endswith(("}row", "}mergeCell")):
            yield element
            if data is not None:
                data.clear()


def _cells(row: Element, number: int, book: Book) -> dict[int, Cell]:
    cells: dict[int, Cell] = {}
    column = -1
    for element in row.iterfind("{*}c"):
        letters = (element.get("r") or "").rstrip("0123456789")
        column = _column(letters) if letters else column + 1
        value = read_value(element, f"{letters}{number}", book)
        if value:
            cells[column] = value
    return cells


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
