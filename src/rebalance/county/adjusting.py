"""A setting of the county while a scenario changes it: a table of one row, without a key."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from rebalance.county.columns import Heading
from rebalance.county.entries import Entry, Place
from rebalance.county.headers import dotted, match
from rebalance.county.written import Written
from rebalance.hints import quoted
from rebalance.words import _


def standing(read: Written, row: object | None, place: Place) -> list[Entry]:
    """The setting as it stands: one entry, or none when the county says nothing of it."""
    if row is None:
        return []
    return [Entry(read.table, place, {heading.field: getattr(row, heading.field) for heading in read.table.headings})]


def adjusted(read: Written, row: object | None, wanted: object, place: Place) -> list[Entry]:
    """The setting with new values for the keys named; one the county does not have begins with its defaults."""
    if not isinstance(wanted, Mapping):
        message = _("not a table (got {value}). Write [data.{table}] and its keys below it.")
        read.fault(place, message.format(value=quoted(wanted), table=read.table.name), wanted)
        return standing(read, row, place)
    headings = read.table.headings
    before = {heading.field: heading.default for heading in headings}
    before |= {field: value for entry in standing(read, row, place) for field, value in entry.values.items()}
    given = dotted(wanted, headings)
    named = [heading for heading in match(tuple(given), headings).headings if heading]
    faults = len(read.faults)
    values = read.values(given, _given_up(named, headings, before), place)
    # where something could not be read, nothing can be said of how the values go together
    return [Entry(read.table, place, values if len(read.faults) == faults else {})]


def _given_up(named: Collection[Heading], headings: Collection[Heading], before: Mapping[str, Any]) -> dict[str, Any]:
    """The values from before, without those that a new one replaces: a key alone, or keys below it, not both."""
    replaced = {one.field: one.default for one in headings for new in named if _excludes(one.header, new.header)}
    return {**before, **replaced}


def _excludes(one: str, other: str) -> bool:
    return one.startswith(f"{other}.") or other.startswith(f"{one}.")
