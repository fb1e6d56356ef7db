"""The sheet `county` of a workbook: what is said about the county itself, in two columns, key and value.

The keys of categories are written with dots: `categories.administrative.name`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rebalance.fault import Fault
from rebalance.hints import quoted
from rebalance.reading.collecting import Findings, refuse
from rebalance.reading.raw import About, Cell, Given, Refused, Sheet
from rebalance.words import _

SHEETS = ("county", "县", "县情")
HEADERS = (("key", "项目"), ("value", "内容"))
CATEGORIES = "categories."


def read_about_sheet(sheet: Sheet, findings: Findings) -> About:
    """The keys of the sheet, with those of the categories kept apart.

    Raises:
        FaultsError: the two columns are not there.
    """
    own: dict[str, Given] = {}
    categories: dict[str, dict[str, Given]] = {}
    for key, given in _pairs(sheet, findings):
        category, dot, last = key.removeprefix(CATEGORIES).rpartition(".")
        place = categories.setdefault(category, {}) if key.startswith(CATEGORIES) and dot else own
        name = last if place is not own else key
        if name in place:
            message = _("the key stands here twice (got {value}). Keep one of the two.")
            findings.faults.append(Fault(sheet.file, given.row, key, message.format(value=quoted(key)), key))
        place[name] = given
    return About(sheet.file, own, categories)


def _pairs(sheet: Sheet, findings: Findings) -> Iterator[tuple[str, Given]]:
    """Key and value of every row; an empty value says nothing, like a key that is not there."""
    if not sheet.records or not _is_header(sheet.records[0].cells):
        raise refuse(sheet.file, _("wrong header. The first row holds two columns: key, value."), row=1)
    for record in sheet.records[1:]:
        key, value = record.cells[:2]
        if isinstance(key, Refused) or not key or any(record.cells[2:]):
            message = _("not a key and its value. Write the key in the first column, its value in the second.")
            findings.faults.append(Fault(sheet.file, record.row, "", message))
        elif value:
            yield key, Given(value, record.row)


def _is_header(cells: Sequence[Cell]) -> bool:
    key, value, *others = (*cells, "", "")
    return key in HEADERS[0] and value in HEADERS[1] and not any(others)
