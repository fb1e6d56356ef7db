"""A scenario's what-if on the county's own figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rebalance.county.county import County
from rebalance.county.editing import Editing
from rebalance.county.entries import Entry, Place, rows
from rebalance.county.references import reference_faults
from rebalance.county.tables import CATEGORIES, TABLES
from rebalance.county.written import Written
from rebalance.fault import Fault, FaultsError
from rebalance.hints import near_miss, quoted
from rebalance.words import _

CHANGEABLE = {table.name: table for table in (CATEGORIES, *TABLES)}


def change(county: County, changes: Mapping[str, object], file: str = "scenario") -> County:
    """The county with the changes of a scenario's `[data]` made.

    Args:
        county: the county as it stands.
        changes: by table, then by the columns of the key: new values; or `add`, a list of whole new rows, and
            `drop`, a list of keys. An empty text takes a value away, where the column may be empty.
        file: the scenario's file name, for the faults.

    Raises:
        FaultsError: with everything about the changes that is unknown, impossible or breaks a reference.
    """
    if not changes:
        return county
    faults = [_unknown(name, file) for name in changes if name not in CHANGEABLE]
    entries: list[Entry] = []
    for name, table in CHANGEABLE.items():
        editing = Editing(table, Place(file, path=f"data.{name}"), Written(table, faults))
        editing.begin(getattr(county, name))
        editing.apply(changes.get(name, {}))
        entries += editing.entries.values()
    faults += reference_faults(entries, county.years)
    if faults:
        raise FaultsError(faults)
    tables = (CHANGEABLE[name] for name in changes)
    changed: dict[str, Any] = {table.name: rows(table, entries) for table in tables}
    return replace(county, **changed)


def _unknown(name: str, file: str) -> Fault:
    message = _("no table has this name (got {value}). Accepted: {accepted}.")
    text = message.format(value=quoted(name), accepted=", ".join(CHANGEABLE))
    return Fault(file, 0, f"data.{name}", text + near_miss(name, CHANGEABLE), name)
