"""The workbook: every table a sheet, an overview with charts, and the same bytes for the same plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from io import BytesIO
from typing import Any

from rich.cells import cell_len
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from rebalance.papers.charts import COLOURS
from rebalance.papers.contents import plan_digest, tables, warnings
from rebalance.plans.recorded import Recorded
from rebalance.table import Cell, Column, Kind, Table, cell_text
from rebalance.tables.positions import how_to_change
from rebalance.tables.words import short_title
from rebalance.text import NOTHING, _, clean, listed

NUMBERS = {
    Kind.TEXT: "@",
    Kind.YEAR: "0",
    Kind.COUNT: '#,##0;-#,##0;"–"',
    Kind.CHANGE: '+#,##0;-#,##0;"–"',
    Kind.WORK: "#,##0.00",
    Kind.SHARE: "0.0%",
    Kind.MONEY: '#,##0;-#,##0;"–"',
    Kind.PLAIN: "#,##0",
}
"""How a spreadsheet shows each kind of figure; where nothing is, a dash is easier on the eye than a nought."""

LINE = {"border": 1, "border_color": "#BFC5CE"}
BODY = {"font_name": "SimSun", "font_size": 10, "valign": "vcenter", **LINE}
PLAIN = {"border": 0}
LINES = {"text_wrap": True, "valign": "top"}


class Looks:
    """Formats by what they are for."""

    def __init__(self, book: Workbook) -> None:
        """None yet."""
        self._book = book
        self._made: dict[tuple[Any, ...], Format] = {}

    def title(self) -> Format:
        """The first line of a sheet."""
        return self._format({"font_name": "SimHei", "font_size": 15, "bold": True, **PLAIN, "valign": "vcenter"})

    def note(self, *, wrap: bool = True) -> Format:
        """A line of explanation; without `wrap` it may run on over the cells beside it."""
        return self._format({**BODY, **PLAIN, **(LINES if wrap else {}), "font_color": "#5A6473"})

    def warning(self, *, wrap: bool = True) -> Format:
        """A line nobody may miss."""
        return self._format({**BODY, **PLAIN, **(LINES if wrap else {}), "bold": True, "font_color": "#B42318"})

    def link(self) -> Format:
        """A way to another sheet."""
        return self._format({**BODY, **PLAIN, "font_color": "#1F5FA8", "underline": 1})

    def head(self) -> Format:
        """The heading of a column."""
        look = {"bold": True, "bg_color": "#E6EBF2", "text_wrap": True, "align": "center"}
        return self._format({**BODY, **look})

    def title_note(self) -> Format:
        """A line below the title, which may run across the sheet."""
        return self._format({**BODY, **PLAIN})

    def wanted(self) -> Format:
        """The heading of a column that has to be filled in."""
        return self._format({**BODY, "bold": True, "bg_color": "#C9D6E8", "text_wrap": True, "align": "center"})

    def typed(self, *, number: bool) -> Format:
        """A cell for people to type into: a number, or a text that stays as it is typed (00123)."""
        look = {"num_format": "General"} if number else {"num_format": "@", "text_wrap": True}
        return self._format({"font_name": "SimSun", "font_size": 10, "valign": "top", **look})

    def cell(self, kind: Kind, *, editable: bool = False) -> Format:
        """A figure or text; what may be changed is coloured, and the sheet's protection leaves it open."""
        look = {"num_format": NUMBERS[kind], "align": "left" if kind is Kind.TEXT else "right"}
        wrap = {"text_wrap": True, "indent": 1} if kind is Kind.TEXT else {}
        own = {"bg_color": "#FFF7CC", "locked": False} if editable else {}
        return self._format({**BODY, **look, **wrap, **own})

    def total(self, kind: Kind) -> Format:
        """A sum."""
        look = {"num_format": NUMBERS[kind], "bold": True, "bg_color": "#F3F5F8", "top": 2}
        return self._format({**BODY, **look})

    def red(self) -> Format:
        """Laid over figures that are bad news."""
        return self._format({"font_color": "#B42318", "bg_color": "#FDE7E4", "bold": True})

    def amber(self) -> Format:
        """Laid over figures that are worth a look."""
        return self._format({"font_color": "#8A5A00", "bg_color": "#FFF3D6"})

    def _format(self, look: dict[str, Any]) -> Format:
        key = tuple(sorted(look.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(look)
        return self._made[key]


TITLE, WARNING, NOTE, KEYS, HEAD, FIRST = range(6)
"""The rows: title, warnings, notes, the hidden row of keys, headings, the first of the table's own."""

LONGEST = 32_000  # a cell holds a little more
WIDEST = (52, 40, 32, 26, 22, 18)
"""Letters of the widest column: the first of these at which the sheet is not too wide."""
ROOM = 24
"""Letters of a column in which people write."""
LEGIBLE = 190  # letters: a wider sheet can hardly be read on A4
LINE_HEIGHT, MOST_LINES = 14, 12
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
        lines = -(-cell_len(text) // sum(self._widths()))
        self.sheet.set_row(row, LINE_HEIGHT * min(lines, MOST_LINES) + 2)

    def _cell(self, row: int, place: int, column: Column, cell: Cell) -> None:
        look = self.looks.cell(column.kind, editable=column.editable)
        if column.formula:
            refs = {one.key: xl_rowcol_to_cell(row, at) for at, one in enumerate(self.table.columns)}
            result = number(cell, column.kind) if isinstance(cell, str | int | Fraction) else NOTHING
            self.sheet.write_formula(row, place, "=" + column.formula.format(**refs), look, result)
        elif cell is None:
            self.sheet.write_blank(row, place, None, look)
        elif isinstance(cell, int | Fraction):
            self.sheet.write_number(row, place, number(cell, column.kind), look)
        else:
            put(self.sheet, row, place, cell if isinstance(cell, str) else cell_text(cell, column.kind), look)

    def _totals(self) -> None:
        for place, (column, cell) in enumerate(zip(self.table.columns, self.table.last_row(), strict=True)):
            look = self.looks.total(column.kind)
            if column.total and isinstance(cell, int | Fraction):
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
            needs = (-(-cell_len(cell_text(row[place], column.kind)) // wide) for row in self.table.rows)
            lines = [max(most, one) for most, one in zip(lines, needs, strict=True)]
        for row, most in enumerate(lines, FIRST):
            if most > 1:
                self.sheet.set_row(row, LINE_HEIGHT * min(most, MOST_LINES))

    def _head_height(self) -> int:
        """Enough for the heading that takes most lines."""
        pairs = zip(self.table.columns, self._widths(), strict=True)
        return LINE_HEIGHT * max(2, *(-(-cell_len(column.title) // (wide - 2)) for column, wide in pairs)) + 6

    def _widths(self) -> list[int]:
        cells = ([cell_len(cell_text(row[at], one.kind)) for row in self.table.rows] for at, one in self._places())
        titles = (max(cell_len(one.title) // 2, _longest_word(one.title)) for one in self.table.columns)
        least = (
            ROOM if one.editable and one.kind is Kind.TEXT and not one.choices else 7 for one in self.table.columns
        )
        pairs = zip(least, titles, cells, strict=True)
        wanted = [max(few, 3 + max([title, *found])) for few, title, found in pairs]
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
            if column.editable and self.table.rows and not is_written_in(column):
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


def is_written_in(column: Column) -> bool:
    """Whether people write what they like there."""
    return column.editable and column.kind is Kind.TEXT and not column.choices


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


CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  # the same for every plan: a file knows no clock
SHARE = "0%"
CHART_COLUMNS, CHART_ROWS = 13, 20
"""How many cells of the usual size a chart takes."""


def workbook(recorded: Recorded, others: Sequence[Recorded] = ()) -> bytes:
    """The bytes of the `.xlsx`."""
    made = BytesIO()
    book = Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    heading = clean(f"{recorded.audit.plan.problem.county} · {recorded.outcome.scenario}")
    book.set_properties({"title": heading[:200], "created": CREATED})
    looks, said, digest = Looks(book), warnings(recorded), plan_digest(recorded.audit.plan)
    sheets: dict[str, Sheet] = {}
    for table in tables(recorded, others):
        name = free_name(sheet_name(table), [one.sheet.get_name() for one in sheets.values()])
        sheets[table.name] = Sheet(table, book.add_worksheet(name), looks)
        sheets[table.name].write(heading, said, digest)
    _contents(sheets, looks)
    _charts(book, sheets)
    book.close()
    return made.getvalue()


def sheet_name(table: Table) -> str:
    """What a sheet is called: at most 31 characters, none that a spreadsheet refuses."""
    return "".join(char for char in short_title(table.name) if char not in "[]:*?/\\'")[:31]


def free_name(name: str, taken: Sequence[str]) -> str:
    """The name, or with a number behind it where another sheet has it: translations may be the same."""
    folded = {one.casefold() for one in taken}
    names = (name, *(f"{name[:28]} {number}" for number in range(2, len(folded) + 3)))
    return next(one for one in names if one.casefold() not in folded)


def _contents(sheets: Mapping[str, Sheet], looks: Looks) -> None:
    """Below the overview, a way to every other sheet."""
    front = sheets["overview"]
    editable = listed(one.sheet.get_name() for one in sheets.values() if one.editable)
    how = _("To change numbers: sheets {sheets}. {how} Save the file and send it back.")
    front.sheet.merge_range(front.last + 1, 0, front.last + 1, 1, "", looks.note())
    put(front.sheet, front.last + 1, 0, how.format(sheets=editable, how=how_to_change()), looks.note())
    front.sheet.set_row(front.last + 1, 4 * LINE_HEIGHT)
    row = front.last + 3
    front.sheet.write_string(row, 0, _("Contents"), looks.head())
    for number, one in enumerate(list(sheets.values())[1:], row + 1):
        name = one.sheet.get_name()
        front.sheet.write_url(number, 0, f"internal:'{name}'!A1", looks.link(), name)
        front.sheet.write_string(number, 1, one.table.title, looks.note())
    front.sheet.set_column(0, 0, 34)
    front.sheet.set_column(1, 1, 60)
    front.sheet.print_area(0, 0, max(row + len(sheets), FIRST + 3 * CHART_ROWS), 3 + CHART_COLUMNS)
    front.sheet.activate()


def _charts(book: Workbook, sheets: Mapping[str, Sheet]) -> None:
    wanted: list[tuple[str, str, str, Sequence[str], str]] = [
        ("column", "townships", _("Coverage of each township"), ("today", "coverage", "staffed"), SHARE),
        ("column", "townships", _("Positions owned by each township"), ("before", "after"), "0"),
        ("bar", "givers", _("Positions given, unit by unit"), ("gives",), "0"),
    ]
    place = FIRST - 1
    for form, name, title, keys, numbers in wanted:
        if name in sheets and sheets[name].table.rows:
            chart = _chart(book.add_chart({"type": form}), sheets[name], title, keys)
            whole = {"max": 1} if numbers == SHARE else {}
            grid = {"visible": True, "line": {"color": "#DDE2E8"}}
            axis = {"num_format": numbers, "min": 0, "major_gridlines": grid, **whole}
            if form == "bar":
                chart.set_y_axis({"reverse": True, "interval_unit": 1, "num_font": {"size": 8}})
                chart.set_x_axis(axis)
            else:
                chart.set_y_axis(axis)
            sheets["overview"].sheet.insert_chart(place, 3, chart)
            place += CHART_ROWS


def _chart(chart: Any, sheet: Sheet, title: str, keys: Sequence[str]) -> Any:  # noqa: ANN401  # untyped
    for key in keys:
        column = sheet.table.columns[sheet.table.index(key)]
        series = {"name": column.title, "categories": sheet.span("name"), "values": sheet.span(key)}
        chart.add_series({**series, "gap": 60, "fill": {"color": COLOURS[key]}})
    chart.set_title({"name": title, "name_font": {"size": 12}})
    chart.set_legend({"position": "bottom"} if len(keys) > 1 else {"none": True})
    chart.set_size({"width": 64 * (CHART_COLUMNS - 1), "height": 20 * (CHART_ROWS - 1)})
    return chart
