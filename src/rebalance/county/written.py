"""What a scenario writes about the rows of a table, read the way cells are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rebalance.county.columns import Heading
from rebalance.county.entries import Entry, Place, cell_text, convert, defaults
from rebalance.county.headers import absent, match
from rebalance.county.tables import Table
from rebalance.fault import Fault
from rebalance.hints import plain, quoted
from rebalance.words import _

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """Reads keys, whole rows and single values of one table; what cannot be read becomes a fault."""

    table: Table
    faults: list[Fault]

    def key(self, parts: Sequence[object], place: Place) -> Key | None:
        """The key of a row, from its parts in the table's order; None when it is none."""
        by_field = {heading.field: heading for heading in self.table.headings}
        columns = [by_field[name] for name in self.table.key]
        if len(parts) != len(columns):
            message = _("not the key of a row (got {value}). The key is: {key}.")
            key = ", ".join(heading.header for heading in columns)
            self.fault(place, message.format(value=quoted(parts), key=key), parts)
            return None
        values: dict[str, Any] = {}
        for heading, part in zip(columns, parts, strict=True):
            self._set(values, heading, part, place)
        return tuple(values.values()) if len(values) == len(columns) else None

    def row(self, written: object, place: Place) -> Entry:
        """A whole new row."""
        if not isinstance(written, Mapping):
            message = _("not a table (got {value}). Write [[data.{table}.add]] and the columns below it.")
            self.fault(place, message.format(value=quoted(written), table=self.table.name), written)
            return Entry(self.table, place, {})
        found = match(tuple(written), self.table.headings)
        self.faults.extend(place.fault(heading.header, absent(heading)) for heading in found.missing)
        return Entry(self.table, place, self.values(written, defaults(self.table.headings), place))

    def values(self, written: Mapping[str, object], before: Mapping[str, Any], place: Place) -> dict[str, Any]:
        """The values from before, with new ones for the columns named."""
        values = dict(before)
        found = match(tuple(written), self.table.headings)
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
