"""Limits that the county marks as law: nobody is blamed for them, and nobody may give way in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from rebalance.county.county import County
from rebalance.county.entries import Entry
from rebalance.county.tables import CATEGORIES, TABLES, Table
from rebalance.fault import Fault
from rebalance.hints import near_miss, quoted
from rebalance.words import _

LIMITS = frozenset({"floor", "ceiling", "least", "most"})
"""The columns that say what is allowed; the others say what is so."""

APART = "/"
"""What stands between the parts of a row's key, as in `U012/administrative`; a part may be left out."""

NAMED = {table.name: table for table in (CATEGORIES, *TABLES)}


def is_law(county: County, table: Table, row: object, field: str) -> bool:
    """Whether the county marks a limit in a row of a table as law."""
    marks = (one for one in county.sources if one.law and (one.table, one.column) == (table.name, field))
    return any(meant(one.id, table.key_of(row)) for one in marks)


def meant(text: str, key: Sequence[object]) -> bool:
    """Whether an id in the table of sources means the row with this key; an empty one means every row."""
    return set(text.split(APART) if text else ()) <= {str(part) for part in key}


def law_faults(by_table: Mapping[str, Sequence[Entry]], unread: Collection[str]) -> Iterator[Fault]:
    """Every mark that is on nothing, or on what is no limit."""
    for entry in by_table["sources"]:
        values = {"id": "", **entry.values}
        if not values.get("law") or not {"table", "column"} <= values.keys() or values["table"] in unread:
            continue
        table = NAMED.get(values["table"])
        if table is None:
            message = _("no table has this name (got {value}).")
            text = message.format(value=quoted(values["table"])) + near_miss(values["table"], list(NAMED))
            yield entry.place.fault("table", text, values["table"])
        elif values["column"] not in _limits(table):
            message = _("only a limit can be law, and this is none (got {value}). Accepted: {accepted}.")
            accepted = ", ".join(_limits(table)) or _("nothing in this table")
            text = message.format(value=quoted(values["column"]), accepted=accepted)
            yield entry.place.fault("column", text, values["column"])
        elif not any(one.key is not None and meant(values["id"], one.key) for one in by_table[table.name]):
            message = _("no row has this key, so nothing is marked as law (got {value}). Write {key}.")
            text = message.format(value=quoted(values["id"]), key=APART.join(table.key))
            yield entry.place.fault("id", text, values["id"])


def _limits(table: Table) -> list[str]:
    return [heading.header for heading in table.headings if heading.field in LIMITS]
