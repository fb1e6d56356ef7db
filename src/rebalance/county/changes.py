"""A scenario's what-if on the county's own figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from rebalance.county.adjusting import adjusted, standing
from rebalance.county.county import County
from rebalance.county.editing import Editing
from rebalance.county.entries import Entry, Place, rows, setting
from rebalance.county.references import reference_faults
from rebalance.county.tables import CATEGORIES, SETTINGS, TABLES
from rebalance.county.written import Written
from rebalance.fault import Fault, FaultsError
from rebalance.hints import near_miss, quoted
from rebalance.words import _

CHANGEABLE = {table.name: table for table in (CATEGORIES, *TABLES)}
ADJUSTABLE = {table.name: table for table in SETTINGS}
NAMES = (*CHANGEABLE, *ADJUSTABLE)


def change(county: County, changes: Mapping[str, object], file: str = "scenario") -> County:
    """The county with the changes of a scenario's `[data]` made.

    Args:
        county: the county as it stands.
        changes: by table, then by the columns of the key: new values; or `add`, a list of whole new rows, and
            `drop`, a list of keys. An empty text takes a value away, where the column may be empty. A setting
            (working time, classes, papers) has no key: its new values stand right below its name.
        file: the scenario's file name, for the faults.

    Raises:
        FaultsError: with everything about the changes that is unknown, impossible or breaks a reference.
    """
    if not changes:
        return county
    faults = [_unknown(name, file) for name in changes if name not in NAMES]
    entries = [*_rows(county, changes, file, faults), *_settings(county, changes, file, faults)]
    faults += reference_faults(entries, county.years)
    if faults:
        raise FaultsError(faults)
    changed: dict[str, Any] = {
        name: rows(CHANGEABLE[name], entries) if name in CHANGEABLE else setting(ADJUSTABLE[name], entries)
        for name in changes
    }
    return replace(county, **changed)


def _rows(county: County, changes: Mapping[str, object], file: str, faults: list[Fault]) -> Iterator[Entry]:
    for name, table in CHANGEABLE.items():
        editing = Editing(table, Place(file, path=f"data.{name}"), Written(table, faults))
        editing.begin(getattr(county, name))
        editing.apply(changes.get(name, {}))
        yield from editing.entries.values()


def _settings(county: County, changes: Mapping[str, object], file: str, faults: list[Fault]) -> Iterator[Entry]:
    for name, table in ADJUSTABLE.items():
        read, place, now = Written(table, faults), Place(file, path=f"data.{name}"), getattr(county, name)
        yield from adjusted(read, now, changes[name], place) if name in changes else standing(read, now, place)


def _unknown(name: str, file: str) -> Fault:
    message = _("no table has this name (got {value}). Accepted: {accepted}.")
    text = message.format(value=quoted(name), accepted=", ".join(NAMES))
    return Fault(file, 0, f"data.{name}", text + near_miss(name, NAMES), name)
