"""One table as one sheet: live sums with their results beside them, ready to print on A4."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from rebalance.papers.table import Cell, Column, Kind, Table, shown
from rebalance.papers.workbook_looks import Looks
from rebalance.words import _
from rebalance.writing.numbers import NOTHING
from rebalance.writing.terminal import clean

TITLE, WARNING, NOTE, KEYS, HEAD, FIRST = range(6)
"""The rows: title, warnings, notes, the hidden row of keys, headings, the first of the table's own."""

LONGEST = 32_000  # a cell holds a little more
WIDEST = (52, 40, 32, 26, 22, 18)
"""Letters of the widest column: the first of these at which the sheet is not too wide."""
LEGIBLE = 190  # letters: a wider sheet can hardly be read on A4
LINE, MOST_LINES = 14, 12
MOST_SHOWN = 30  # bars of a chart
NAMED = frozenset({"no", "holder", "unit", "township", "name", "station", "matter", "year"})
"""Columns that stay in sight when the sheet is moved sideways, as long as they come first."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table on its way into a worksheet."""

    table: Table
    sheet: Worksheet
    looks: Looks

    @property
    def last(self) -> int:
        """The row after the table's own."""
        return FIRST + len(self.table.rows)

    @property
    def editable(self) -> bool:
        """Whether anything in it may be changed."""
        return any(column.editable for column in self.table.columns)

    def write(self, heading: str, warnings: Sequence[str], digest: str) -> None:
        """Everything; `digest` tells later which plan the sheet is of."""
        self._columns()
        self._head(heading, warnings)
        put(self.sheet, KEYS, len(self.table.columns), digest, self.looks.note())
        for number, row in enumerate(self.table.rows, FIRST):
            for place, (column, cell) in enumerate(zip(self.table.columns, row, strict=True)):
                self._cell(number, place, column, cell)
        if self.table.totalled:
            self._totals()
        self._rules()
        self._page()

    def span(self, key: str) -> str:
        """The cells of a column, as a chart names them."""
        letter = xl_col_to_name(self.table.index(key), col_abs=True)
        return f"='{self.sheet.get_name()}'!{letter}${FIRST + 1}:{letter}${min(self.last, FIRST + MOST_SHOWN)}"

    def _head(self, heading: str, warnings: Sequence[str]) -> None:
        put(self.sheet, TITLE, 0, f"{self.table.title} · {heading}", self.looks.title())
        self._line(WARNING, " ".join(warnings), self.looks.warning(wrap=not self.editable))
        self._line(NOTE, " ".join(self.table.notes), self.looks.note(wrap=not self.editable))
        self.sheet.set_row(TITLE, 26)
        self.sheet.set_row(KEYS, None, None, {"hidden": True})
        self.sheet.set_row(HEAD, self._head_height())
        for place, column in enumerate(self.table.columns):
            put(self.sheet, KEYS, place, column.key, self.looks.note())
            put(self.sheet, HEAD, place, column.title, self.looks.head())

    def _line(self, row: int, text: str, look: object) -> None:
        """A line across the sheet; where people may edit, cells are not merged, so that it can be read again."""
        most = len(self.table.columns) - 1
        if self.editable or not most or not text:
            put(self.sheet, row, 0, text, look)
            return
        self.sheet.merge_range(row, 0, row, most, "", look)
        put(self.sheet, row, 0, text, look)
        lines = -(-width(text) // sum(self._widths()))
        self.sheet.set_row(row, LINE * min(lines, MOST_LINES) + 2)

    def _cell(self, row: int, place: int, column: Column, cell: Cell) -> None:
        look = self.looks.cell(column.kind, editable=column.editable)
        if column.formula:
            refs = {one.key: xl_rowcol_to_cell(row, at) for at, one in enumerate(self.table.columns)}
            result = NOTHING if cell is None else number(cell, column.kind)
            self.sheet.write_formula(row, place, "=" + column.formula.format(**refs), look, result)
        elif cell is None:
            self.sheet.write_blank(row, place, None, look)
        elif isinstance(cell, str):
            put(self.sheet, row, place, cell, look)
        else:
            self.sheet.write_number(row, place, number(cell, column.kind), look)

    def _totals(self) -> None:
        for place, (column, cell) in enumerate(zip(self.table.columns, self.table.last_row(), strict=True)):
            look = self.looks.total(column.kind)
            if column.total and cell is not None:
                letter = xl_col_to_name(place)
                formula = f"=SUM({letter}{FIRST + 1}:{letter}{self.last})"
                self.sheet.write_formula(self.last, place, formula, look, number(cell, column.kind))
            else:
                put(self.sheet, self.last, place, cell if isinstance(cell, str) else "", look)

    def _columns(self) -> None:
        """As wide as their texts, within reason, and rows as high as it then takes."""
        lines = [1] * len(self.table.rows)
        for place, (column, wide) in enumerate(zip(self.table.columns, self._widths(), strict=True)):
            self.sheet.set_column(place, place, wide, None, {"hidden": column.hidden})
            needs = (-(-width(shown(row[place], column.kind)) // wide) for row in self.table.rows)
            lines = [max(most, one) for most, one in zip(lines, needs, strict=True)]
        for row, most in enumerate(lines, FIRST):
            if most > 1:
                self.sheet.set_row(row, LINE * min(most, MOST_LINES))

    def _head_height(self) -> int:
        """Enough for the heading that takes most lines."""
        pairs = zip(self.table.columns, self._widths(), strict=True)
        return LINE * max(2, *(-(-width(column.title) // (wide - 2)) for column, wide in pairs)) + 6

    def _widths(self) -> list[int]:
        cells = ([width(shown(row[at], one.kind)) for row in self.table.rows] for at, one in self._places())
        titles = (max(width(one.title) // 2, _longest_word(one.title)) for one in self.table.columns)
        wanted = [max(7, 3 + max([title, *found])) for title, found in zip(titles, cells, strict=True)]
        tries = [[min(most, one) for one in wanted] for most in WIDEST]
        return next((widths for widths in tries if sum(widths) <= LEGIBLE), tries[-1])

    def _places(self) -> Sequence[tuple[int, Column]]:
        return tuple(enumerate(self.table.columns))

    def _rules(self) -> None:
        """What stands out, and what may be typed."""
        for place, column in enumerate(self.table.columns):
            area = (FIRST, place, max(FIRST, self.last - 1), place)
            if column.alarm:
                self.sheet.conditional_format(
                    *area, {"type": "cell", "criteria": ">", "value": 0, "format": self.looks.red()}
                )
            if column.key == "state":
                for word, look in ((_("broken"), self.looks.red()), (_("inherited"), self.looks.amber())):
                    same = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": look}
                    self.sheet.conditional_format(*area, same)
            if column.key == "differs":
                self.sheet.conditional_format(
                    *area, {"type": "cell", "criteria": "!=", "value": 0, "format": self.looks.amber()}
                )
            if column.kind is Kind.SHARE:
                bar = {"type": "data_bar", "bar_color": "#9CC3E6", "bar_solid": True, "min_type": "num", "min_value": 0}
                self.sheet.conditional_format(*area, {**bar, "max_type": "num", "max_value": 1})
            if column.editable and self.table.rows:
                self.sheet.data_validation(*area, accepted(column))
        if self.editable:
            self.sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True})

    def _page(self) -> None:
        last_column = len(self.table.columns) - 1
        names = (place for place, column in enumerate(self.table.columns) if column.key not in NAMED)
        self.sheet.freeze_panes(FIRST, next(names, 1))
        self.sheet.set_paper(9)
        self.sheet.set_landscape()
        self.sheet.set_margins(left=0.6, right=0.5, top=0.7, bottom=0.7)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(HEAD)
        self.sheet.print_area(0, 0, self.last if self.table.totalled else max(FIRST, self.last - 1), last_column)
        self.sheet.set_footer("&C— &P —")
        if self.table.rows:
            self.sheet.autofilter(HEAD, 0, self.last - 1, last_column)


def accepted(column: Column) -> dict[str, object]:
    """What a cell that may be changed takes."""
    if column.choices:
        return {"validate": "list", "source": list(column.choices), "ignore_blank": True}
    return {
        "validate": "integer",
        "criteria": "between",
        "minimum": 0,
        "maximum": 1_000_000,
        "input_title": column.title,
        "input_message": _("The number agreed: a whole number."),
        "error_message": _("Only whole numbers from 0."),
    }


def _longest_word(title: str) -> int:
    """How wide the longest word of a heading is; Chinese breaks anywhere."""
    return max((len(word) for word in title.split() if word.isascii()), default=0)


def put(sheet: Worksheet, row: int, place: int, text: str, look: object) -> None:
    """Write a text as a text, whatever it looks like: never a formula, never a link."""
    sheet.write_string(row, place, clean(text)[:LONGEST], look)


def number(cell: int | Fraction | str, kind: Kind) -> float | int | str:
    """A figure as a spreadsheet keeps it; shares are rounded down as everywhere else."""
    match kind:
        case Kind.WORK:
            return int(cell) / 100
        case Kind.SHARE:
            return int(Fraction(cell) * 1000 // 1) / 1000
        case Kind.MONEY:
            return float(Fraction(cell))
        case _other:
            return cell if isinstance(cell, str) else int(cell)


def width(text: str) -> int:
    """How many characters wide; a Chinese one takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
