"""What a county knows by an id, and what is said of an id it does not know."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from rebalance.county.county import County
from rebalance.county.holders import RESERVE
from rebalance.county.tables import CATEGORIES, TABLES, Entry
from rebalance.text import _, near_miss, quoted

NAMED = {
    "unit": ("units",),
    "township": ("townships",),
    "category": ("categories",),
    "agency": ("agencies",),
    "matter": ("matters",),
    "station": ("stations",),
    "holder": ("units", "townships"),
}
"""The tables whose ids a column may name."""

WORDS = ("units.force", "stations.kind")
"""The columns whose words a parameter may name; a county that has none of them is not judged."""

ID = {table.name: table.key[0] for table in (CATEGORIES, *TABLES) if len(table.key) == 1}
"""The field that holds the id, for every table that has one."""


@dataclass(frozen=True, slots=True)
class Known:
    """The ids there are, by what refers to them. A kind of id that is absent is not judged."""

    ids: Mapping[str, Collection[str]]

    def problem(self, refers: str, got: str) -> str:
        """Why this id cannot be named here; empty when it can."""
        if refers not in self.ids or got in self.ids[refers]:
            return ""
        tables = ", ".join(NAMED.get(refers, (refers,)))
        if refers in WORDS:
            message = _("unknown word (got {value}). Accepted, from {tables}: {words}.")
        elif refers == "holder":
            message = _("unknown id (got {value}). Accepted: an id from {tables}, or {reserve}.")
        else:
            message = _("unknown id (got {value}). Accepted: an id from {tables}.")
        words = ", ".join(self.ids[refers])
        near = near_miss(got, self.ids[refers])
        return message.format(value=quoted(got), tables=tables, reserve=RESERVE, words=words) + near


def known_in(county: County) -> Known:
    """The ids of a county, and the words of some of its columns."""
    ids = _known({table: [getattr(row, id_) for row in getattr(county, table)] for table, id_ in ID.items()})
    return Known({**ids.ids, **{column: found for column in WORDS if (found := _words(county, *column.split(".")))}})


def _words(county: County, table: str, field: str) -> Collection[str]:
    words = (getattr(row, field) for row in getattr(county, table))
    return dict.fromkeys(word for word in words if word).keys()


def known_among(entries: Iterable[Entry], unread: Collection[str]) -> Known:
    """The ids in rows just read; nothing is known of the ids of the tables in `unread`."""
    ids: dict[str, list[str]] = {table: [] for table in ID if table not in unread}
    for entry in entries:
        field = ID.get(entry.table.name, "")
        if field in entry.values and entry.table.name in ids:
            ids[entry.table.name].append(entry.values[field])
    return _known(ids)


def _known(ids: Mapping[str, Iterable[str]]) -> Known:
    found: dict[str, Collection[str]] = {}
    for kind, tables in NAMED.items():
        if all(table in ids for table in tables):
            extra = [RESERVE] if kind == "holder" else []
            found[kind] = dict.fromkeys([*(i for table in tables for i in ids[table]), *extra]).keys()
    return Known(found)
