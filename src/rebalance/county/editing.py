"""The rows of one table while a scenario changes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rebalance.county.entries import Entry, Place
from rebalance.county.tables import Table
from rebalance.county.written import Key, Written
from rebalance.hints import near_miss, quoted
from rebalance.words import _


@dataclass(slots=True)
class Editing:
    """The rows of a table by key; `place` is the table's key path, `read` understands what stands there."""

    table: Table
    place: Place
    read: Written
    entries: dict[Key, Entry] = field(default_factory=dict)

    def begin(self, rows: Iterable[object]) -> None:
        """Take the rows as they are."""
        for row in rows:
            key = self.table.key_of(row)
            values = {heading.field: getattr(row, heading.field) for heading in self.table.headings}
            self.entries[key] = Entry(self.table, self._at(key), values)

    def apply(self, wanted: object) -> None:
        """Make the changes asked for: rows dropped and added, then new values in the rows there are."""
        if not isinstance(wanted, Mapping):
            message = _("not a table (got {value}). Write [data.{table}.…] with a row's key, then new values.")
            self.read.fault(self.place, message.format(value=quoted(wanted), table=self.table.name), wanted)
            return
        # a row may well have the id "add" or "drop": then a table stands under that key, and not a list
        lists = {name: wanted[name] for name in ("add", "drop") if isinstance(wanted.get(name), list)}
        added = [self.read.row(row, self._at(("add",), n)) for n, row in enumerate(lists.get("add", ()), 1)]
        for number, key in enumerate(lists.get("drop", ()), 1):
            self._drop(key if isinstance(key, list) else [key], added, self._at(("drop",), number))
        self._insert(added)
        self._edit({name: inner for name, inner in wanted.items() if name not in lists}, ())
        if self.table.required and not self.entries:
            self.read.fault(self.place, _("no row is left. A county needs at least one."), "")

    def _drop(self, parts: Sequence[object], added: list[Entry], place: Place) -> None:
        """Leave out a row of the county, or else one that an earlier overlay added."""
        key = self.read.key(parts, place)
        earlier = next((entry for entry in added if entry.key == key), None)
        if key in self.entries:
            del self.entries[key]
        elif key is not None and earlier is not None:
            added.remove(earlier)
        elif key is not None:
            self._no_such_row(key, place)

    def _insert(self, added: Iterable[Entry]) -> None:
        for entry in added:
            if entry.key in self.entries:
                message = _("the row exists already (got {value}). Change its values instead, or drop it.")
                key = _words(entry.key)
                self.read.fault(entry.place, message.format(value=quoted(key)), key)
            elif entry.key is not None:
                self.entries[entry.key] = entry

    def _edit(self, wanted: Mapping[str, object], parts: tuple[str, ...]) -> None:
        for name, inner in wanted.items():
            path = (*parts, name)
            if not isinstance(inner, Mapping):
                message = _("not a table (got {value}). Give the whole key of a row first: {key}.")
                key = ", ".join(part.rstrip("_") for part in self.table.key)
                self.read.fault(self._at(path), message.format(value=quoted(inner), key=key), inner)
            elif len(path) < len(self.table.key):
                self._edit(inner, path)
            else:
                self._edit_row(path, inner)

    def _edit_row(self, path: Sequence[str], wanted: Mapping[str, object]) -> None:
        place = self._at(path)
        key = self.read.key(path, place)
        if key is None:
            return
        if key not in self.entries:
            self._no_such_row(key, place)
            return
        changed = replace(self.entries[key], values=self.read.values(wanted, self.entries[key].values, place))
        if changed.key != key:
            message = _("the key of a row cannot be changed (got {value}). Drop the row and add another.")
            self.read.fault(place, message.format(value=quoted(_words(changed.key))), _words(changed.key))
            return
        self.entries[key] = changed

    def _at(self, path: Iterable[object], number: int = 0) -> Place:
        where = ".".join((self.place.path, *(str(part) for part in path)))
        return replace(self.place, path=f"{where}[{number}]" if number else where)

    def _no_such_row(self, key: Key, place: Place) -> None:
        message = _("the table has no such row (got {value}). Name one that exists, or add it under add.")
        near = near_miss(_words(key), map(_words, self.entries))
        self.read.fault(place, message.format(value=quoted(_words(key))) + near, _words(key))


def _words(key: Key | None) -> str:
    return ", ".join(str(part) for part in key or ())
