"""What a county knows by an id, and what is said of an id it does not know."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from rebalance.county.county import County
from rebalance.county.holders import RESERVE
from rebalance.county.tables import CATEGORIES, TABLES, Entry, title_of
from rebalance.text import _, listed, name_of, near_miss, quoted

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


SPOKEN = ("name", "name_zh")
"""The fields that hold what people call it."""


@dataclass(frozen=True, slots=True)
class Known:
    """The ids there are, by what refers to them. A kind of id that is absent is not judged."""

    ids: Mapping[str, Collection[str]]
    names: Mapping[str, Collection[str]] = field(default_factory=dict)
    """What people call them, where a name does as well."""

    def problem(self, refers: str, got: str) -> str:
        """Why this id cannot be named here; empty when it can."""
        if refers not in self.ids or got in self.ids[refers]:
            return ""
        tables = listed(map(title_of, NAMED.get(refers, (refers,))))
        if refers in WORDS:
            message = _("unknown word (got {value}). Accepted, from {tables}: {words}.")
        elif refers == "category" and self.names:
            message = _(
                "no category of this id or name (got {value}). Known: {words}. A new one is added where the county is"
                " described: categories.ID.name."
            )
        elif refers == "holder" and self.names:
            message = _("unknown id (got {value}). Accepted: an id or a name from {tables}, or {reserve}.")
        elif refers == "holder":
            message = _("unknown id (got {value}). Accepted: an id from {tables}, or {reserve}.")
        elif self.names:
            message = _("unknown id (got {value}). Accepted: an id or a name from {tables}.")
        else:
            message = _("unknown id (got {value}). Accepted: an id from {tables}.")
        words = listed([*self.ids[refers], *self.names.get(refers, ())][:12])
        near = near_miss(got, [*self.ids[refers], *self.names.get(refers, ())])
        reserve = name_of(RESERVE, "周转池")
        return message.format(value=quoted(got), tables=tables, reserve=reserve, words=words) + near


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
    names: dict[str, list[str]] = {table: [] for table in ids}
    for entry in entries:
        id_ = ID.get(entry.table.name, "")
        if id_ in entry.values and entry.table.name in ids:
            ids[entry.table.name].append(entry.values[id_])
            names[entry.table.name] += filter(None, (entry.values.get(name) for name in SPOKEN))
    called = {kind: [name for table in tables for name in names.get(table, ())] for kind, tables in NAMED.items()}
    return Known(_known(ids).ids, called)


def _known(ids: Mapping[str, Iterable[str]]) -> Known:
    found: dict[str, Collection[str]] = {}
    for kind, tables in NAMED.items():
        if all(table in ids for table in tables):
            extra = [RESERVE] if kind == "holder" else []
            found[kind] = dict.fromkeys([*(i for table in tables for i in ids[table]), *extra]).keys()
    return Known(found)
