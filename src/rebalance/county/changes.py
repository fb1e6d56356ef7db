"""A scenario's what-if on the county's own figures: values changed, rows added and dropped."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rebalance.county.columns import IN_CHINESE, NAME, Heading, absent, dotted, match, named_in_chinese
from rebalance.county.county import County
from rebalance.county.references import reference_faults
from rebalance.county.tables import (
    CATEGORIES,
    SETTINGS,
    TABLES,
    Entry,
    Place,
    Table,
    cell_text,
    convert,
    defaults,
    rows,
    setting,
)
from rebalance.fault import Fault, FaultsError
from rebalance.text import _, near_miss, plain, quoted

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """Reads keys, whole rows and single values of one table; what cannot be read becomes a fault."""

    table: Table
    faults: list[Fault]

    def key(self, parts: Sequence[object], place: Place) -> Key | None:
        """The key of a row, from its parts in the table's order; None when it is none.

        Parts at the end that a row need not give may be left out.
        """
        columns = self._columns()
        if len(parts) > len(columns) or self.rest_of_key(parts):
            message = _("not the key of a row (got {value}). The key is: {key}.")
            key = ", ".join(heading.header for heading in columns)
            self.fault(place, message.format(value=quoted(parts), key=key), parts)
            return None
        values: dict[str, Any] = {}
        given = (*parts, *(heading.default for heading in columns[len(parts) :]))
        for heading, part in zip(columns, given, strict=True):
            self._set(values, heading, part, place)
        return tuple(values.values()) if len(values) == len(columns) else None

    def rest_of_key(self, parts: Sequence[object]) -> list[str]:
        """What is still to be said after these parts before a row is known: the columns it must give."""
        return [heading.header for heading in self._columns()[len(parts) :] if heading.required]

    def _columns(self) -> list[Heading]:
        by_field = {heading.field: heading for heading in self.table.headings}
        return [by_field[name] for name in self.table.key]

    def row(self, written: object, place: Place) -> Entry:
        """A whole new row."""
        if not isinstance(written, Mapping):
            message = _("not a table (got {value}). Write [[data.{table}.add]] and the columns below it.")
            self.fault(place, message.format(value=quoted(written), table=self.table.name), written)
            return Entry(self.table, place, {})
        found = match(tuple(written), self.table.headings)
        self.faults.extend(place.fault(heading.header, absent(heading)) for heading in found.missing)
        values = self.values(written, defaults(self.table.headings), place)
        if named_in_chinese(found.headings, list(written.values())) and values.get(IN_CHINESE):
            values = {**values, NAME: values[IN_CHINESE]}
        return Entry(self.table, place, values)

    def values(self, written: Mapping[str, object], before: Mapping[str, Any], place: Place) -> dict[str, Any]:
        """The values from before, with new ones for the columns named; minutes stand for hours, and the reverse."""
        found = match(tuple(written), self.table.headings)
        replaced = {heading.column.twin for heading in found.headings if heading} - {""}
        values = {**before, **{one.field: one.default for one in self.table.headings if one.field in replaced}}
        self.faults.extend(place.fault(name, message, name) for name, message in found.problems)
        for heading, value in zip(found.headings, written.values(), strict=True):
            if heading is not None:
                self._set(values, heading, value, place)
        return values

    def fault(self, place: Place, message: str, value: object) -> None:
        """Note that something is wrong at a place as a whole."""
        self.faults.append(place.fault("", message, plain(value)))

    def _set(self, values: dict[str, Any], heading: Heading, value: object, place: Place) -> None:
        try:
            values[heading.field] = convert(heading, cell_text(value))
        except ValueError as problem:
            self.faults.append(place.fault(heading.header, str(problem), plain(value)))


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
            self.entries[key] = Entry(self.table, self._at(self._said(key)), values)

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
        values = {name: inner for name, inner in wanted.items() if not isinstance(inner, Mapping)}
        if values and not self.read.rest_of_key(parts):
            self._edit_row(parts, values)
        for name, inner in wanted.items():
            path = (*parts, name)
            if isinstance(inner, Mapping):
                if len(path) < len(self.table.key):
                    self._edit(inner, path)
                else:
                    self._edit_row(path, inner)
            elif self.read.rest_of_key(parts):
                message = _("not a table (got {value}). Give the whole key of a row first: {key}.")
                key = ", ".join(part.rstrip("_") for part in self.table.key)
                self.read.fault(self._at(path), message.format(value=quoted(inner), key=key), inner)

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

    def _said(self, key: Key) -> Key:
        """A key as people write it: without an empty end that may be left out."""
        return self._said(key[:-1]) if key and key[-1] == "" and not self.read.rest_of_key(key[:-1]) else key

    def _at(self, path: Iterable[object], number: int = 0) -> Place:
        where = ".".join((self.place.path, *(str(part) for part in path)))
        return replace(self.place, path=f"{where}[{number}]" if number else where)

    def _no_such_row(self, key: Key, place: Place) -> None:
        message = _("the table has no such row (got {value}). Name one that exists, or add it under add.")
        near = near_miss(_words(key), map(_words, self.entries))
        self.read.fault(place, message.format(value=quoted(_words(key))) + near, _words(key))


def _words(key: Key | None) -> str:
    return ", ".join(str(part) for part in key or ())


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
