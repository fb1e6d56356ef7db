"""People retire where they sit: in a station, at headquarters, with any holder; and there are as many to retire."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from rebalance.county.known import Known
from rebalance.county.tables import Entry
from rebalance.fault import Fault
from rebalance.text import _, listed, quoted

Rows = Mapping[str, Sequence[Entry]]
"""The rows of every table, by its name."""

Where = tuple[str, str, str]
"""A unit, a category, and one of its stations; no station: its headquarters."""

READ = ("positions", "stations")
"""Without these nothing can be said of who is there to retire."""


def retiring_faults(tables: Rows, known: Known, unread: Collection[str]) -> Iterator[Fault]:
    """Retirements in a station of somebody else, and more of them in a place than there are people."""
    stations = {entry.values.get("station"): entry.values for entry in tables["stations"]}
    astray = set()
    for entry in tables["retirements"]:
        row = stations.get(entry.values.get("station") or None)
        if row is not None and (fault := _astray(entry, row, known)):
            astray.add(id(entry))
            yield fault
    if not set(unread) & set(READ) and None not in stations:
        rows = (*tables["positions"], *tables["retirements"])
        named = all(entry.key is not None for entry in tables["positions"])
        if named and all(
            _is_known(entry, known) for entry in rows
        ):  # else who is meant is not known, and that is said already
            yield from _beyond([one for one in tables["retirements"] if id(one) not in astray], tables)


def _is_known(entry: Entry, known: Known) -> bool:
    names = ((one, entry.values.get(one)) for one in ("holder", "category", "station"))
    return not any(known.problem(kind, got) for kind, got in names if got)


def _astray(entry: Entry, station: Mapping[str, Any], known: Known) -> Fault | None:
    """The station belongs to another unit, or has positions of another category."""
    for field, kind, theirs in (("holder", "holder", "unit"), ("category", "category", "category")):
        got, accepted = entry.values.get(field), station.get(theirs)
        if got and accepted and got != accepted and not known.problem(kind, got):
            message = _("not where the station belongs (got {value}; it is {accepted}). Correct one of the two.")
            return entry.place.fault(field, message.format(value=quoted(got), accepted=accepted), got)
    return None


def _beyond(retirements: Iterable[Entry], tables: Rows) -> Iterator[Fault]:
    """The row with which more have retired from a place than are there today."""
    people = _people(tables)
    gone: Counter[Where] = Counter()
    counted: set[object] = {None}  # a row given twice is one row
    for entry in sorted(retirements, key=lambda one: one.values.get("year", 0)):
        if entry.key in counted or "count" not in entry.values:
            continue
        counted.add(entry.key)
        holder, category, count = entry.values["holder"], entry.values["category"], entry.values["count"]
        where = (holder, category, entry.values["station"])
        before = gone[where]
        gone[where] += count
        most = people[where]
        if most is not None and before <= most < gone[where]:
            yield _too_many(entry, gone[where], most, tables)


def _people(tables: Rows) -> Mapping[Where, int | None]:
    """Staff in post of every holder, those of a unit at its headquarters and in each station; None: it is not known.

    Who is not in `positions` has nobody.
    """
    people: dict[Where, int | None] = defaultdict(int)
    for entry in tables["positions"]:
        people[entry.values.get("holder", ""), entry.values.get("category", ""), ""] = entry.values.get("in_post")
    for entry in tables["stations"]:
        unit, category, staff = (entry.values.get(name) for name in ("unit", "category", "in_post"))
        people[unit or "", category or "", entry.values["station"]] = staff
        headquarters = people[unit or "", category or "", ""]
        known = None if headquarters is None or staff is None else headquarters - staff
        people[unit or "", category or "", ""] = known if known is None or known >= 0 else None
    return people


def _too_many(entry: Entry, total: int, most: int, tables: Rows) -> Fault:
    count, station = entry.values["count"], entry.values["station"]
    if station:
        message = _(
            "more than there are in the station (got {count}, with the years before {total}; {most} are in post there)."
            " Correct one of the two."
        )
        return entry.place.fault("count", message.format(count=count, total=total, most=most), str(count))
    account = (entry.values["holder"], entry.values["category"])
    rows = (one.values for one in tables["stations"])
    names = [row["station"] for row in rows if (row.get("unit"), row.get("category")) == account]
    if not names:
        message = _(
            "more than there are (got {count}, with the years before {total}; {most} are in post)."
            " Correct one of the two."
        )
        return entry.place.fault("count", message.format(count=count, total=total, most=most), str(count))
    message = _(
        "more than there are at headquarters (got {count}, with the years before {total}; {most} are in post there, the"
        " others in stations). Name the station in which they retire: {stations}."
    )
    text = message.format(count=count, total=total, most=most, stations=listed(names))
    return entry.place.fault("station", text, str(count))
