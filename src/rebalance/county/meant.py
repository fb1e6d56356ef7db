"""Names where ids are asked: taken for the id where exactly one fits, and refused where several do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from rebalance.county.columns import Heading
from rebalance.county.findings import Findings
from rebalance.county.holders import RESERVE
from rebalance.county.known import ID, NAMED, SPOKEN
from rebalance.county.notices import How
from rebalance.county.tables import CATEGORIES, Entry, Title
from rebalance.county.wide import category_names
from rebalance.county.written import bare
from rebalance.text import _, listed, quoted

RESERVES = frozenset({"周转池", "编制周转池", "全县编制周转池", "县编制周转池"})
"""What people call the reserve."""


UNCLEAR = object()
"""In the place of a value that could be several."""


@dataclass(frozen=True, slots=True)
class Names:
    """The ids there are, and those each name may stand for, by what a column refers to."""

    ids: Mapping[str, Collection[str]]
    fits: Mapping[str, Mapping[str, Collection[str]]]

    def of(self, refers: str, got: str) -> tuple[str, ...]:
        """The ids that fit what stands there: itself, where it is one."""
        if got in self.ids.get(refers, ()):
            return (got,)
        return tuple(sorted(self.fits.get(refers, {}).get(bare(got), ())))


def names_among(entries: Iterable[Entry]) -> Names:
    """The ids and names in rows just read."""
    rows = list(entries)
    ids: dict[str, set[str]] = defaultdict(set)
    fits: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for entry in rows:
        id_ = entry.values.get(ID.get(entry.table.name, ""))
        for refers, tables in NAMED.items() if id_ else ():
            if entry.table.name in tables:
                ids[refers].add(str(id_))
                for name in {bare(str(id_)), *(bare(str(entry.values.get(one) or "")) for one in SPOKEN)} - {""}:
                    fits[refers][name].add(str(id_))
    for name, category in category_names(rows).items():
        fits["category"][name].add(category)
    ids["holder"].add(RESERVE)
    for name in RESERVES | {RESERVE}:
        fits["holder"][name].add(RESERVE)
    return Names(ids, fits)


@dataclass(frozen=True, slots=True)
class Meaning:
    """Puts ids in the place of names."""

    names: Names
    unread: Collection[str]
    findings: Findings

    def understood(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """The rows with ids where names stood."""
        columns: dict[str, list[Heading]] = {}
        for entry in entries:
            name = entry.table.name
            if name not in columns:
                columns[name] = [one for one in entry.table.headings if one.column.refers in NAMED and self._known(one)]
            changed = dict(self._changes(entry, columns[name]))
            values = {field: value for field, value in {**entry.values, **changed}.items() if value is not UNCLEAR}
            yield replace(entry, values=values) if changed else entry

    def _known(self, heading: Heading) -> bool:
        return not any(table in self.unread for table in NAMED[heading.column.refers])

    def _changes(self, entry: Entry, columns: Iterable[Heading]) -> Iterator[tuple[str, Any]]:
        """The fields in which something else is meant, and what; `UNCLEAR` where it could be several."""
        for heading in columns:
            value = entry.values.get(heading.field)
            parts = value if isinstance(value, tuple) else (value,) if value else ()
            meant = tuple(self._one(entry, heading, part) for part in parts)
            if meant == parts:
                continue
            if None in meant:
                yield heading.field, UNCLEAR
            else:
                yield heading.field, meant if isinstance(value, tuple) else meant[0]

    def _one(self, entry: Entry, heading: Heading, got: str) -> str | None:
        found = self.names.of(heading.column.refers, got)
        if not found or found == (got,):
            return got
        if len(found) > 1:
            message = _("a name that fits several (got {value}): {ids}. Write the id of the one you mean.")
            text = message.format(value=quoted(got), ids=listed(found))
            self.findings.faults.append(entry.place.fault(heading.header, text, got))
            return None
        title = entry.place.titles.get(heading.header, Title(heading.title)).said
        if entry.table is not CATEGORIES:
            self.findings.notice(How.NAMES, entry.place.file, entry.place.row, title)
        return found[0]
