"""People retire where they sit: a station of their own unit, or headquarters, where there are as many to retire."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from rebalance.county.known import Known
from rebalance.county.tables import Entry
from rebalance.fault import Fault
from rebalance.text import _, quoted

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
        yield from _beyond([one for one in tables["retirements"] if id(one) not in astray], tables)


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
        if where in people and before <= people[where] < gone[where]:
            yield _too_many(entry, gone[where], people[where], tables)


def _people(tables: Rows) -> dict[Where, int]:
    """Staff in post in every station, and at the headquarters of every unit with stations; what is not known is left.

    Of other holders a remark is enough: no station of theirs could be named.
    """
    people: dict[Where, int] = {}
    held = {
        (one.values.get("holder"), one.values.get("category")): one.values.get("in_post") for one in tables["positions"]
    }
    sitting: dict[tuple[str, str], list[int | None]] = {}
    for entry in tables["stations"]:
        unit, category, staff = (entry.values.get(name) for name in ("unit", "category", "in_post"))
        if unit and category:
            sitting.setdefault((unit, category), []).append(staff)
            if staff is not None:
                people[unit, category, entry.values["station"]] = staff
    for (unit, category), numbers in sitting.items():
        staff, known = held.get((unit, category)), [number for number in numbers if number is not None]
        if staff is not None and len(known) == len(numbers) and sum(known) <= staff:
            people[unit, category, ""] = staff - sum(known)
    return people


def _too_many(entry: Entry, total: int, most: int, tables: Rows) -> Fault:
    count, station = entry.values["count"], entry.values["station"]
    if station:
        message = _(
            "more than there are in the station (got {count}, with the years before {total}; {most} are in post there)."
            " Correct one of the two."
        )
        return entry.place.fault("count", message.format(count=count, total=total, most=most), str(count))
    where = (entry.values["holder"], entry.values["category"])
    names = [one.values["station"] for one in tables["stations"] if _account(one) == where]
    message = _(
        "more than there are at headquarters (got {count}, with the years before {total}; {most} are in post there, the"
        " others in stations). Name the station in which they retire: {stations}."
    )
    text = message.format(count=count, total=total, most=most, stations=", ".join(names))
    return entry.place.fault("station", text, str(count))


def _account(station: Entry) -> tuple[object, object]:
    return station.values.get("unit"), station.values.get("category")
