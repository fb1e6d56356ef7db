"""Whether the rows of a county fit together: ids name something, years are planned, nothing is said twice.

Used on what was just read (the place is a row of a file) and on a changed county (the place is a key path).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from rebalance.county.columns import Heading
from rebalance.county.entries import Entry
from rebalance.county.holdings import holding_faults
from rebalance.county.known import Known, known_among
from rebalance.county.law import law_faults
from rebalance.county.methods import method_faults
from rebalance.county.organisations import RESERVE
from rebalance.county.steps import step_faults
from rebalance.county.tables import Table
from rebalance.county.workplaces import working_faults
from rebalance.fault import Fault
from rebalance.hints import quoted
from rebalance.words import _

YEARLY = ("retirements", "hiring", "dispatched")
"""Tables whose `year` must be one of the planned years."""


def reference_faults(entries: Sequence[Entry], years: Collection[int], unread: Collection[str] = ()) -> Iterator[Fault]:
    """Everything about the rows that does not fit together.

    Args:
        entries: the rows of all tables, categories included.
        years: the planned years; empty when they are not known.
        unread: tables that could not be read, about whose ids nothing can be said.
    """
    by_table: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_table[entry.table.name].append(entry)
    yield from _repeated(entries)
    yield from _confused(by_table)
    known = known_among(entries, unread)
    yield from _nameless(entries, known)
    yield from _unplanned(by_table, years)
    yield from working_faults(by_table, unread)
    yield from holding_faults(by_table, known, unread)
    yield from method_faults(by_table, unread)
    yield from step_faults(by_table["steps"], known)
    yield from law_faults(by_table, unread)


def _repeated(entries: Iterable[Entry]) -> Iterator[Fault]:
    first: dict[tuple[str, Any], Entry] = {}
    for entry in entries:
        if entry.key is None:
            continue
        earlier = first.setdefault((entry.table.name, entry.key), entry)
        if earlier is not entry:
            key = ", ".join(str(part) for part in entry.key)
            message = _("stands here a second time (got {value}; first in row {row}). Keep one of the two.")
            text = message.format(value=quoted(key), row=earlier.place.row)
            yield entry.place.fault(entry.table.key[0], text, key)


def _confused(by_table: Mapping[str, list[Entry]]) -> Iterator[Fault]:
    units = {entry.values.get("unit") for entry in by_table["units"]} - {None, RESERVE}
    for entry in (*by_table["units"], *by_table["townships"]):
        field = entry.table.key[0]
        value = entry.values.get(field)
        if value == RESERVE:
            message = _("this id is kept for the reserve (got {value}). Give another id.")
            yield entry.place.fault(field, message.format(value=quoted(value)), value)
        if field == "township" and value in units:
            message = _("a unit has the same id (got {value}). Give one of the two another id.")
            yield entry.place.fault(field, message.format(value=quoted(value)), value)


def _nameless(entries: Iterable[Entry], known: Known) -> Iterator[Fault]:
    told = set()  # where there are no ids at all, one fault for the whole column says it
    for entry in entries:
        for heading in _referring(entry.table):
            refers = heading.column.refers
            for got in _ids(entry.values.get(heading.field)):
                problem = known.problem(refers, got)
                if not problem or (entry.table, heading) in told:
                    continue
                if not known.ids[refers]:
                    told.add((entry.table, heading))
                yield entry.place.fault(heading.header, problem, got)


@cache
def _referring(table: Table) -> tuple[Heading, ...]:
    return tuple(heading for heading in table.headings if heading.column.refers)


def _ids(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return (value,) if value else ()


def _unplanned(by_table: Mapping[str, list[Entry]], years: Collection[int]) -> Iterator[Fault]:
    for entry in (entry for table in YEARLY for entry in by_table[table]):
        year = entry.values.get("year")
        if years and year is not None and year not in years:
            message = _("not a planned year (got {value}). Accepted: {first} to {last}.")
            text = message.format(value=year, first=min(years), last=max(years))
            yield entry.place.fault("year", text, str(year))
    for entry in by_table["history"]:
        year = entry.values.get("year")
        if years and year is not None and year >= min(years):
            message = _("not before the planned years (got {value}). Accepted: up to {last}.")
            yield entry.place.fault("year", message.format(value=year, last=min(years) - 1), str(year))
