"""A county package as a workbook to fill in: every table a sheet, every column explained, whatever `check` reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from rebalance.county.columns import Heading
from rebalance.county.county import County
from rebalance.county.tables import CATEGORIES, SETTINGS, TABLES, Table
from rebalance.papers.table import Kind
from rebalance.papers.template_cells import cell_of, drop_down, explained, header, is_figure, sheet_title
from rebalance.papers.workbook import CREATED
from rebalance.papers.workbook_looks import Looks
from rebalance.papers.workbook_sheet import LONGEST, put, width
from rebalance.reading.about import IDENTITY
from rebalance.words import _, language

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
        put(sheet, row, 0, key, looks.wanted() if heading.required else looks.cell(Kind.TEXT))
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
            widest = max(map(width, [header(heading), *map(str, cells)]))
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
            put(sheet, row, place, text, looks.cell(Kind.TEXT))
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
