"""The workbook: every table a sheet, an overview with charts, and the same bytes for the same plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from rebalance.papers.about import plan_digest, warnings
from rebalance.papers.charts import COLOURS
from rebalance.papers.positions import how_to_change
from rebalance.papers.table import Table
from rebalance.papers.tables import tables
from rebalance.papers.titles import short_title
from rebalance.papers.workbook_looks import Looks
from rebalance.papers.workbook_sheet import FIRST, LINE, Sheet, put
from rebalance.record.outcome import Recorded
from rebalance.words import _
from rebalance.writing.strung import listed
from rebalance.writing.terminal import clean

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
    front.sheet.set_row(front.last + 1, 4 * LINE)
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
