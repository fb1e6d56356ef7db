"""The annexes of the document: a handful of tables each, cut down to what changes; the workbook has everything."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rebalance.figures import Picture, before_after, coverage, years
from rebalance.figures.colours import SERIES
from rebalance.papers.about import sources_in_short
from rebalance.papers.positions import how_to_change
from rebalance.papers.table import Cell, Column, Table
from rebalance.papers.tables import tables
from rebalance.record.outcome import Recorded
from rebalance.words import _

Row = Mapping[str, Cell]

MOST = len(SERIES)
"""So many scenarios can be told apart in one figure."""


@dataclass(frozen=True)
class Annex:
    """What is annexed under one number: its figure, where it has one, then its tables."""

    title: str
    tables: tuple[Table, ...]
    figure: Picture | None = None


def annexes(recorded: Recorded, others: Sequence[Recorded] = ()) -> Iterator[Annex]:
    """Those that have something to show."""
    known = {one.name: one for one in tables(recorded, others)}
    if "sources" in known:
        known["sources"] = sources_in_short(recorded.audit.plan)
    for title, names in _groups().items():
        found = tuple(one for name in names if name in known if (one := _on_paper(known[name])).rows)
        if found:
            yield Annex(title, found, _figure(names, recorded, others))


def _figure(names: Sequence[str], recorded: Recorded, others: Sequence[Recorded]) -> Picture | None:
    """What the tables of an annex are about at one look: the years, the townships, the scenarios compared."""
    outcome, compared = recorded.outcome, [one.outcome for one in others]
    if "schedule" in names:
        return years(outcome)
    if "townships" in names:
        return before_after(outcome)
    if "comparison" in names and compared:
        return coverage(outcome, *compared[: MOST - 1])
    return None


def _groups() -> dict[str, tuple[str, ...]]:
    """Which tables stand together; what is in none is only in the workbook."""
    return {
        _("Positions"): ("categories", "positions", "schedule"),
        _("Townships, their platforms and agencies"): ("townships", "origins", "platforms", "agencies"),
        _("Stations, staff and matters"): ("stations", "dispatched", "borrowed", "matters"),
        _("Leadership, cost and comparison"): ("leadership", "cost", "comparison", "history"),
        _("Approvals, proof and sources"): (
            *("approvals", "goals", "rules", "findings"),
            *("changes", "sources", "digests"),
        ),
    }


def _on_paper(table: Table) -> Table:
    """The table as paper has room for it: what changes, without ids and what only a screen can do."""
    wanted = CHANGING.get(table.name)
    if wanted and not any(wanted(table.row(row)) for row in table.rows):
        return replace(table, rows=())
    cut = table.where(wanted, _others(table.name)) if wanted else table
    notes = tuple(note for note in cut.notes if note != how_to_change())
    return replace(cut, notes=notes).only(*(one.key for one in table.columns if _printed(table.name, one)))


def _printed(name: str, column: Column) -> bool:
    left_out = column.code or column.editable or column.key in LEFT_OUT.get(name, ())
    return not left_out and not column.key.startswith(CATEGORY_BY_CATEGORY)


def _others(name: str) -> str:
    """What is said of the rows left out."""
    return _("{count} others, without room") if name == "findings" else _("{count} others, unchanged")


CATEGORY_BY_CATEGORY = "placed_"

LEFT_OUT: Mapping[str, tuple[str, ...]] = {
    "positions": ("kind", "differs"),
    "agencies": ("role", "nature", "platform", "compulsory"),
    "matters": ("base", "hours"),
    "rules": ("places", "remark"),
}
"""Columns of which another annex tells, or the workbook."""


def _moves(row: Row) -> bool:
    return bool(row["cut"] or row["added"] or row["stations"])


def _other_size(row: Row) -> bool:
    return row["before"] != row["after"]


def _other_staff(row: Row) -> bool:
    return any(cell != row["today"] for key, cell in row.items() if key.startswith("y2"))


CHANGING: Mapping[str, Callable[[Row], bool]] = {
    "positions": _moves,
    "agencies": lambda row: row["strength"] != row["today"] or row["open"] != row["was"],
    "stations": lambda row: row["year"] is not None,
    "dispatched": _other_staff,
    "borrowed": _other_staff,
    "matters": lambda row: bool(row["taken"]),
    "leadership": lambda row: _other_size(row) or bool(row["over"]),
    "history": _other_size,
    "findings": lambda row: row["state"] != _("no room"),
}
"""Which rows of a long table are about what changes, or is wrong."""
