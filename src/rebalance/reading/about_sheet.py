"""The sheet `county` of a workbook: what is said about the county itself, in two columns, key and value.

The keys of categories and settings are written with dots: `categories.administrative.name`, `working_time.leave`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rebalance.county.tables import SETTINGS
from rebalance.fault import Fault
from rebalance.hints import quoted
from rebalance.reading.collecting import Findings, refuse
from rebalance.reading.raw import About, Cell, Given, Refused, Sheet
from rebalance.words import _

SHEETS = ("county", "县", "县情")
HEADERS = (("key", "项目"), ("value", "内容"))
CATEGORIES = "categories."
NAMES = frozenset(table.name for table in SETTINGS)


def read_about_sheet(sheet: Sheet, findings: Findings) -> About:
    """The keys of the sheet, with those of the categories and of the settings kept apart.

    Raises:
        FaultsError: the two columns are not there.
    """
    own: dict[str, Given] = {}
    categories: dict[str, dict[str, Given]] = {}
    settings: dict[str, dict[str, Given]] = {}
    for key, given in _pairs(sheet, findings):
        place, name = own, key
        category, dot, last = key.removeprefix(CATEGORIES).rpartition(".")
        setting, _dot, rest = key.partition(".")
        if key.startswith(CATEGORIES) and dot:
            place, name = categories.setdefault(category, {}), last
        elif setting in NAMES and rest:
            place, name = settings.setdefault(setting, {}), rest
        if name in place:
            message = _("the key stands here twice (got {value}). Keep one of the two.")
            findings.faults.append(Fault(sheet.file, given.row, key, message.format(value=quoted(key)), key))
        place[name] = given
    return About(sheet.file, own, categories, settings)


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
