"""Whether people and positions that sit elsewhere lie inside what their holder has in `positions`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rebalance.county.entries import Entry
from rebalance.county.known import Known
from rebalance.fault import Fault
from rebalance.hints import quoted
from rebalance.words import _

Tables = Mapping[str, Sequence[Entry]]
"""The rows of every table, by its name."""


@dataclass(frozen=True, slots=True)
class Part:
    """A number of a table that is part of a number of its holder's row in `positions`."""

    table: str
    holder: str
    amount: str
    within: str

    def key(self, entry: Entry, known: Known) -> tuple[str, str] | None:
        """Holder and category; None where they could not be read, or name nothing, of which enough is said."""
        holder, category = entry.values.get(self.holder), entry.values.get("category")
        if not holder or not category or known.problem(self.holder, holder) or known.problem("category", category):
            return None
        return holder, category


PARTS = (
    Part("stations", "unit", "authorised", "authorised"),
    Part("stations", "unit", "in_post", "in_post"),
    Part("dispatched", "unit", "staff", "in_post"),
    Part("borrowed", "township", "staff", "in_post"),
)


def holding_faults(tables: Tables, known: Known, unread: Collection[str]) -> Iterator[Fault]:
    """Rows whose holder has no such positions, or fewer than all its rows together."""
    if "positions" in unread:
        return
    held = {entry.key: entry for entry in tables["positions"]}
    # one whose key could not be read may be the one that seems to be missing
    for part in {part.table: part for part in PARTS}.values() if None not in held else ():
        yield from _without_positions(part, tables, held, known)
    for part in PARTS:
        yield from _beyond(part, tables, held, known)


def _without_positions(part: Part, tables: Tables, held: Collection[object], known: Known) -> Iterator[Fault]:
    told = set()
    for entry in tables[part.table]:
        key = part.key(entry, known)
        if key is None or key in held or key in told:
            continue
        told.add(key)
        got = ", ".join(key)
        message = _("no row in positions for the holder and category (got {value}). Add it, or correct this row.")
        yield entry.place.fault("category", message.format(value=quoted(got)), got)


def _beyond(part: Part, tables: Tables, held: Mapping[Any, Entry], known: Known) -> Iterator[Fault]:
    total: Counter[tuple[str, str]] = Counter()
    counted: set[object] = {None}  # a row given twice is one row
    for entry in tables[part.table]:
        key, amount = part.key(entry, known), None if entry.key in counted else entry.values.get(part.amount)
        counted.add(entry.key)
        most = held[key].values.get(part.within) if key in held else None
        if key is None or most is None or amount is None:
            continue
        before = total[key]
        total[key] += amount
        if before <= most < total[key]:
            message = _(
                "more than the holder has (got {amount}, with other rows {total}; its {column} in positions "
                "is {most}). Correct one of the two."
            )
            text = message.format(amount=amount, total=total[key], column=part.within, most=most)
            yield entry.place.fault(part.amount, text, str(amount))
