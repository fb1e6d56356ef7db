"""Whether work has one place: an agency that is always there, and demand and staff counted the same way."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from rebalance.county.agencies import Method
from rebalance.county.entries import Entry
from rebalance.fault import Fault
from rebalance.hints import quoted
from rebalance.words import _

Tables = Mapping[str, Sequence[Entry]]


def working_faults(tables: Tables, unread: Collection[str]) -> Iterator[Fault]:
    """Work without an agency to fall to, or counted in two ways."""
    yield from _heirless(tables["agencies"])
    yield from _closed(tables["matters"], tables["agencies"])
    yield from _counted_twice(tables["demand"])
    if "demand" not in unread:
        yield from _astray(tables)


def _heirless(agencies: Iterable[Entry]) -> Iterator[Fault]:
    compulsory = {entry.values.get("agency"): entry.values.get("compulsory") for entry in agencies}
    for entry in agencies:
        heir = entry.values.get("else_")
        if heir and not entry.values.get("compulsory", True) and compulsory.get(heir) is False:
            message = _("not a compulsory agency (got {value}). Name one that every township has.")
            yield entry.place.fault("else", message.format(value=quoted(heir)), heir)


def _counted_twice(demand: Iterable[Entry]) -> Iterator[Fault]:
    by_agency = {entry.values.get("township") for entry in demand if entry.values.get("agency")}
    for entry in demand:
        township = entry.values.get("township")
        if township is not None and entry.values.get("agency") == "" and township in by_agency:
            message = _("rows for agencies and for the whole township (got {value}). Keep one or the other.")
            yield entry.place.fault("agency", message.format(value=quoted(township)), township)


def _closed(matters: Iterable[Entry], agencies: Iterable[Entry]) -> Iterator[Fault]:
    rows = {entry.values.get("agency"): entry.values for entry in agencies}
    for entry in matters:
        agency = entry.values.get("agency")
        row = rows.get(agency, {})
        if row.get("compulsory") is False and row.get("else_") == "":
            message = _(
                "an optional agency that names no other (got {value}). Give it one under else, or take another."
            )
            yield entry.place.fault("agency", message.format(value=quoted(agency)), agency)


def _astray(tables: Tables) -> Iterator[Fault]:
    """Staff from above work for a township as a whole, or for its agencies: as its demand is counted."""
    rows = [(entry.values.get("township"), entry.values.get("agency")) for entry in tables["demand"]]
    if any(None in row for row in rows):
        return
    whole = {township for township, agency in rows if not agency}
    parts = {township for township, agency in rows if agency}
    if any(entry.values.get("demand", Method.GIVEN) is not Method.GIVEN for entry in tables["agencies"]):
        parts |= {entry.values.get("township") for entry in tables["townships"]} - whole
    for entry in (*tables["stations"], *tables["dispatched"]):
        township, agency = entry.values.get("township"), entry.values.get("agency")
        if agency and township in whole - parts:
            message = _("the demand is of the township as a whole (got {value}). Leave the agency empty.")
            yield entry.place.fault("agency", message.format(value=quoted(agency)), agency)
        if agency == "" and township in parts - whole:
            message = _("empty, but the demand of the township is counted by agency. Name the agency.")
            yield entry.place.fault("agency", message, agency)
