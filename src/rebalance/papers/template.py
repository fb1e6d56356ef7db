"""A county package as a workbook to fill in, with every column explained; and a faulty one with its faults marked."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.properties import PageSetupProperties
from rich.cells import cell_len
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from rebalance.county.archive import open_archive
from rebalance.county.columns import Choice, Exact, Flag, Heading, Kind, Number
from rebalance.county.county import County
from rebalance.county.entries import IDENTITY
from rebalance.county.naming import NAMES
from rebalance.county.tables import CATEGORIES, SETTINGS, TABLES, Table
from rebalance.fault import Alike, Fault, alike
from rebalance.papers.workbook import CREATED, LONGEST, Looks, put
from rebalance.table import Kind as CellKind
from rebalance.text import _, clean, language

EXACT_DIGITS = 15
"""A spreadsheet keeps so many digits of a number."""

LONGEST_LIST = 255
"""A drop-down list holds so many letters."""

FLAGS = {"en": ("yes", "no"), "zh": ("是", "否")}


def header(heading: Heading) -> str:
    """The heading in the language spoken."""
    return heading.column.chinese[0] if language() == "zh" else heading.header


def sheet_title(table: Table) -> str:
    """The name of a table's sheet in the language spoken."""
    return table.chinese[0] if language() == "zh" else table.name


def cell_of(heading: Heading, value: object) -> str | float:
    """What stands in the cell of a value; nothing where it is what an empty cell stands for."""
    kind = heading.column.kind
    if value is None or (value == heading.default and not heading.required):
        return ""
    if isinstance(kind, Number | Exact):
        return _number(Decimal(str(value)).scaleb(-kind.places if isinstance(kind, Number) else 0))
    return _words(kind, value)


def _words(kind: Kind, value: object) -> str:
    """A value that is no number, as text."""
    if isinstance(kind, Flag):
        return FLAGS[language()][0 if value else 1]
    if isinstance(kind, Choice):
        return _word(kind, str(value))
    if isinstance(value, tuple):
        return ";".join(map(str, value))
    return "entropy" if value is True else str(value)


def is_figure(heading: Heading) -> bool:
    """Whether a spreadsheet should take what is typed there for a number."""
    return isinstance(heading.column.kind, Number | Exact)


def drop_down(heading: Heading, ids: str | Sequence[str]) -> dict[str, object] | None:
    """What the column's cells take, as a spreadsheet says it; `ids` is a list, or where in the workbook it stands."""
    kind = heading.column.kind
    if isinstance(kind, Flag):
        return _listed(FLAGS[language()])
    if isinstance(kind, Choice):
        return _listed(tuple(dict.fromkeys(_word(kind, str(choice)) for choice in kind.choices)))
    if isinstance(kind, Number):
        whole = {"validate": "decimal" if kind.places else "integer", "criteria": "between"}
        limits = {"minimum": kind.least, "maximum": kind.most}
        return {**whole, **limits, "ignore_blank": True, "error_message": kind.accepts()[:LONGEST_LIST]}
    return _listed(ids) if ids else None


def explained(heading: Heading) -> Iterator[str]:
    """The note on a column: what it holds, whether it must be filled in, what is accepted."""
    yield _(heading.column.note)
    yield _("Must be filled in.") if not heading.blank else _("May be left empty.")
    yield _("Accepted: {accepted}.").format(accepted=heading.column.kind.accepts())


def _listed(source: str | Sequence[str]) -> dict[str, object] | None:
    if not isinstance(source, str) and len(",".join(source)) > LONGEST_LIST:
        return None
    message = _("Choose from the list.")
    listed = source if isinstance(source, str) else list(source)
    return {"validate": "list", "source": listed, "ignore_blank": True, "error_message": message}


def _number(value: Decimal) -> str | float:
    """A number where a spreadsheet keeps all its digits, or else a text."""
    digits = value.normalize().as_tuple().digits
    return float(value) if len(digits) <= EXACT_DIGITS else f"{value:f}"


def _word(kind: Choice, value: str) -> str:
    """A choice in the language spoken."""
    words = {english: chinese for chinese, english in reversed(kind.chinese)}
    return words.get(value, value) if language() == "zh" else value


SPARE = 1000
"""So many rows below the last one still have drop-down lists."""

NARROWEST, WIDEST = 10, 40
ABOUT = {"en": ("county", "key", "value"), "zh": ("县", "项目", "内容")}
NOTES = {"en": "notes", "zh": "说明"}
SUGGESTED = ("administrative", "institution")
"""Categories an empty workbook has lines for."""

Line = tuple[str, str | float, Heading]


def template(county: County | None = None) -> bytes:
    """The bytes of the `.xlsx`: empty, or with everything the county has."""
    made = BytesIO()
    book = Workbook(made, {"in_memory": True})
    book.set_properties({"title": _("County package"), "created": CREATED})
    looks = Looks(book)
    _about(book.add_worksheet(ABOUT[language()][0]), looks, county)
    for table in TABLES:
        _Filled(table, county).write(book.add_worksheet(sheet_title(table)), looks)
    _notes(book.add_worksheet(NOTES[language()]), looks)
    book.close()
    return made.getvalue()


def _about(sheet: Worksheet, looks: Looks, county: County | None) -> None:
    """Key and value, a line each."""
    for place, title in enumerate(ABOUT[language()][1:]):
        put(sheet, 0, place, title, looks.head())
    for row, (key, value, heading) in enumerate(_lines(county), 1):
        put(sheet, row, 0, key, looks.wanted() if heading.required else looks.cell(CellKind.TEXT))
        sheet.write_comment(row, 0, "\n".join(explained(heading)), {"x_scale": 2})
        _type(sheet, row, 1, value, looks.typed(number=is_figure(heading)))
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 1, 60)
    _printed(sheet)


def _lines(county: County | None) -> Iterator[Line]:
    for heading in IDENTITY:
        yield header(heading), _value(heading, county), heading
    ids = [row.category for row in county.categories] if county else SUGGESTED
    rows = {row.category: row for row in county.categories} if county else {}
    for one in ids:
        for heading in CATEGORIES.headings[1:]:
            yield f"{CATEGORIES.name}.{one}.{header(heading)}", _value(heading, rows.get(one)), heading
    for table in SETTINGS:
        row = getattr(county, table.name, None)
        for heading in table.headings:
            yield f"{table.name}.{header(heading)}", _value(heading, row), heading


def _value(heading: Heading, row: object) -> str | float:
    return cell_of(heading, getattr(row, heading.field)) if row is not None else ""


@dataclass(frozen=True, slots=True)
class _Filled:
    """One table on its way into a worksheet."""

    table: Table
    county: County | None

    def write(self, sheet: Worksheet, looks: Looks) -> None:
        rows: Sequence[object] = getattr(self.county, self.table.name) if self.county else ()
        for place, heading in enumerate(self.table.headings):
            put(sheet, 0, place, header(heading), looks.wanted() if heading.required else looks.head())
            sheet.write_comment(0, place, "\n".join(explained(heading)), {"x_scale": 2})
            cells = [_value(heading, row) for row in rows]
            widest = max(map(cell_len, [header(heading), *map(str, cells)]))
            look = looks.typed(number=is_figure(heading))
            sheet.set_column(place, place, min(WIDEST, max(NARROWEST, widest + 2)), look)
            for row, cell in enumerate(cells, 1):
                _type(sheet, row, place, cell, look)
            if accepted := drop_down(heading, self._ids(heading)):
                sheet.data_validation(1, place, len(rows) + SPARE, place, accepted)
        sheet.freeze_panes(1, 1)
        _printed(sheet)

    def _ids(self, heading: Heading) -> str | Sequence[str]:
        """The ids the column refers to, or where in the workbook they stand."""
        refers = heading.column.refers
        if refers == "category":
            return [row.category for row in self.county.categories] if self.county else ()
        place = next((table for table in TABLES if table.key == (refers,)), None)
        return f"='{sheet_title(place)}'!$A$2:$A${SPARE}" if place else ()


def _notes(sheet: Worksheet, looks: Looks) -> None:
    """Everything about every column in one place; `check` leaves this sheet alone."""
    put(sheet, 0, 0, _("County package: how to fill it in"), looks.title())
    lines = (
        _("Fill in the sheets that you have figures for; empty ones may stay as they are, or be taken out."),
        _("One row of headings; no merged cells, no formulas, no dates. Headings in darker colour are needed."),
        _("Then run: rebalance check FILE.xlsx"),
    )
    for row, line in enumerate(lines, 1):
        put(sheet, row, 0, line, looks.title_note())
    titles = (_("Sheet"), _("Column"), _("Note"), _("Needed"), _("Accepted"))
    for place, title in enumerate(titles):
        put(sheet, len(lines) + 2, place, title, looks.head())
    columns = [(table, heading) for table in TABLES for heading in table.headings]
    for row, (table, heading) in enumerate(columns, len(lines) + 3):
        for place, text in enumerate((sheet_title(table), header(heading), *explained(heading))):
            put(sheet, row, place, text, looks.cell(CellKind.TEXT))
    for place, wide in enumerate((16, 18, 50, 18, 50)):
        sheet.set_column(place, place, wide)
    _printed(sheet)


def _type(sheet: Worksheet, row: int, place: int, cell: str | float, look: object) -> None:
    """Write a value as it is, to the letter: `check` has to find the same again."""
    if isinstance(cell, float):
        sheet.write_number(row, place, cell, look)
    elif cell:
        sheet.write_string(row, place, cell[:LONGEST], look)


def _printed(sheet: Worksheet) -> None:
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


RED = PatternFill("solid", fgColor="FFFDB9B2")
SHEETS = ("notes", "readme", "说明")
"""Sheets that `check` leaves alone: one of them lists the faults."""

WIDE = (18, 22, 20, 90)
"""The columns of the list of faults, in letters."""
LINE, TALLEST = 15, 400
"""The height of a line, and the most a row may have, in points."""

MOST = 2000
"""So many faults are marked in the sheets; all are listed."""


def annotated(file: Path, faults: Sequence[Fault], notes: Sequence[str] = ()) -> bytes:
    """The bytes of the copy; `notes` say what was read kindly.

    Raises:
        FaultsError: it is no workbook, or one that must not be opened.
    """
    with open_archive(file):  # looks for what would harm the library that opens it next
        book = _opened(file)
    for fault in faults[:MOST]:
        _mark(book, fault)
    _list(book, faults, notes)
    book.properties.created = book.properties.modified = CREATED
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _opened(file: Path) -> Any:  # noqa: ANN401  # openpyxl's own
    try:
        with warnings.catch_warnings(action="ignore"):  # of what it does not keep: the copy is for reading
            return openpyxl.load_workbook(BytesIO(file.read_bytes()))  # it leaves a file open when it fails
    except (
        TypeError,
        AttributeError,
        SyntaxError,
    ) as problem:  # what it raises, beside much else, on a damaged workbook
        raise ValueError(problem) from None


def _mark(book: Any, fault: Fault) -> None:  # noqa: ANN401  # openpyxl's own
    """Colour the cell, or the row's first, or the sheet's first; and say there what is wrong."""
    sheet = _sheet(book, fault)
    if sheet is None:
        return
    cell = sheet.cell(max(1, fault.row), _column(sheet, fault))
    if type(cell).__name__ == "MergedCell":
        cell = sheet.cell(1, 1)
    before = f"{cell.comment.text}\n" if cell.comment else ""
    cell.fill = RED
    cell.comment = Comment((before + clean(str(fault)))[:4000], "rebalance", width=320, height=140)


def _sheet(book: Any, fault: Fault) -> Any:  # noqa: ANN401
    name = fault.file.partition("#")[2].strip()
    return next((sheet for sheet in book.worksheets if sheet.title.strip() == name), None)


def _column(sheet: Any, fault: Fault) -> int:  # noqa: ANN401
    """The column whose heading is that of the fault, in whatever language; the first where there is none."""
    if fault.at:
        return fault.at
    names = set(_names(sheet.title.strip(), fault.column))
    heads = (cell for cell in sheet[1] if str(cell.value or "").strip() in names)
    return next((int(cell.column) for cell in heads), 2 if _is_about(sheet) and fault.row > 1 else 1)


def _is_about(sheet: Any) -> bool:  # noqa: ANN401
    return sheet.title.strip() not in NAMES


def _names(sheet: str, column: str) -> Iterator[str]:
    yield column
    table = NAMES.get(sheet)
    for heading in table.headings if table else (*IDENTITY, *CATEGORIES.headings):
        if column in {heading.header, *heading.column.chinese}:
            yield from (heading.header, *heading.column.chinese)


def _list(book: Any, faults: Sequence[Fault], notes: Sequence[str]) -> None:  # noqa: ANN401
    """Every cause, once, in a sheet of its own that comes first and that `check` does not read."""
    taken = {sheet.title.casefold() for sheet in book.worksheets}
    title = next((name for name in SHEETS if name not in taken), SHEETS[0])
    if title in taken:
        del book[next(sheet.title for sheet in book.worksheets if sheet.title.casefold() == title)]
    sheet = book.create_sheet(title, 0)
    rows = [(_("Sheet"), _("Row"), _("Column"), _("What is wrong"))]
    rows += [line for one in alike(faults) for line in _lines_of(one)]
    rows += [("", "", "", _("Read with a note:"))] * bool(notes) + [("", "", "", note) for note in notes]
    for number, row in enumerate(rows, 1):
        for place, text in enumerate(row, 1):
            cell = sheet.cell(number, place, clean(text)[:32000])
            cell.data_type = "s"  # a message may quote a formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 1)
        lines = max(-(-cell_len(text) // (wide - 4)) for text, wide in zip(row, WIDE, strict=True))
        sheet.row_dimensions[number].height = min(LINE * max(1, lines), TALLEST)
    for letter, wide in zip("ABCD", WIDE, strict=True):
        sheet.column_dimensions[letter].width = wide
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False


def _lines_of(cause: Alike) -> Iterator[tuple[str, str, str, str]]:
    """A row for each place of a cause; what is wrong is said at the first."""
    for number, (file, rows, column) in enumerate(cause.places):
        yield file.partition("#")[2], rows, column, cause.message if not number else "〃"
