"""Whether all is there from which demand and classes are worked out, and norms are possible."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from rebalance.county.agencies import Method
from rebalance.county.entries import Entry
from rebalance.county.norms import BandUse
from rebalance.fault import Fault
from rebalance.hints import quoted
from rebalance.words import _

Tables = Mapping[str, Sequence[Entry]]

WEIGHTS = ("population", "area_km2", "gdp", "revenue", "villages")


def method_faults(tables: Tables, unread: Collection[str]) -> Iterator[Fault]:
    """Everything that keeps a number from being worked out."""
    yield from _methods(tables, unread)
    for entry in tables["indices"]:
        yield from _weights(entry, "entropy")
    for entry in tables["classes"]:
        yield from _weights(entry, "weights")
        yield from _cut_off(entry)
    for entry in tables["working_time"]:
        yield from _hours(entry)
    for entry in tables["bands"]:
        yield from _range(entry, entry.values.get("least"), entry.values.get("most"))
    for entry in tables["dispatched"]:
        yield from _range(entry, *_dispatched(entry.values))
    yield from _figures(tables)


def _methods(tables: Tables, unread: Collection[str]) -> Iterator[Fault]:
    for entry in tables["agencies"]:
        method, agency = entry.values.get("demand"), entry.values.get("agency")
        missing = [name for table, name in _needs(method, agency, tables) if table not in unread]
        if missing:
            message = _("the method needs more than is there (got {value}). Give {missing}, or choose another method.")
            text = message.format(value=quoted(str(method)), missing=", ".join(missing))
            yield entry.place.fault("demand", text, str(method))


def _needs(method: object, agency: object, tables: Tables) -> Iterator[tuple[str, str]]:
    """What a method needs and does not find: the table, and what to say of it."""
    if method is Method.WORKLOAD:
        needed = {"matters": "matters", "volumes": "volumes", "working_time": "[working_time]"}
        yield from ((table, name) for table, name in needed.items() if not tables[table])
    shared = {entry.values.get("agency") for entry in tables["indices"]}
    if method is Method.INDEX and agency is not None and not shared & {agency, None}:
        yield "indices", f"indices (agency = {agency})"
    uses = {entry.values.get("applies_to") for entry in tables["bands"]}
    if method is Method.BANDS and not uses & {BandUse.STAFFING, None}:
        yield "bands", f"bands (applies_to = {BandUse.STAFFING})"


def _weights(entry: Entry, column: str) -> Iterator[Fault]:
    """Weights are given, or the entropy method is to set them: one of the two."""
    values = [entry.values.get(heading.field) for heading in entry.table.headings if heading.field in WEIGHTS]
    entropy = entry.values.get("entropy")
    if entropy is None or None in values:
        return
    if entropy and any(values):
        yield entry.place.fault(column, _("both entropy and weights. Keep one of the two."))
    if not entropy and not any(values):
        yield entry.place.fault(column, _("neither entropy nor a weight above zero. Give one of the two."))


def _cut_off(entry: Entry) -> Iterator[Fault]:
    if not {"large", "score"} <= entry.values.keys():
        return
    large, score = entry.values["large"], entry.values["score"]
    if large is not None and score is not None:
        message = _('both large and score. Keep one of the two; an empty text ("") takes the other away.')
        yield entry.place.fault("score", message, str(score))
    if large is None and score is None:
        yield entry.place.fault("large", _("neither large nor score. Give one of the two."))


def _hours(entry: Entry) -> Iterator[Fault]:
    if len(entry.values) < len(entry.table.headings):
        return
    got: Mapping[str, Any] = entry.values
    days: Decimal = got["weeks"] * got["days_a_week"]
    away: Decimal = got["leave"] + got["holidays"] + got["sick"] + got["training"]
    if away >= days or not got["hours_a_day"]:
        message = _("no working time is left ({days} days, {away} of them away, {hours} hours a day). Correct them.")
        text = message.format(days=days, away=away, hours=got["hours_a_day"])
        yield entry.place.fault("", text)


def _dispatched(got: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """The bounds of a row of dispatched staff: today's number where a cell is empty."""
    if not {"staff", "least", "most"} <= got.keys():
        return None, None
    least, most = (got["staff"] if got[name] is None else got[name] for name in ("least", "most"))
    return least, most


def _figures(tables: Tables) -> Iterator[Fault]:
    """Every figure of a township that a weight above zero, or a band, asks for is given."""
    needed = {
        figure: entry.table.name
        for entry in (*tables["indices"], *tables["classes"])
        for figure in WEIGHTS
        if entry.values.get(figure)
    }
    if any(entry.values.get("demand") is Method.BANDS for entry in tables["agencies"]):
        needed["population"] = "bands"
    for entry in tables["townships"]:
        for figure, table in needed.items():
            if entry.values.get(figure, 0) is None:
                message = _("empty, and {table} cannot do without it. Give it for every township.")
                yield entry.place.fault(figure, message.format(table=table))


def _range(entry: Entry, least: int | None, most: int | None) -> Iterator[Fault]:
    if least is not None and most is not None and least > most:
        message = _("the least is above the most (got {least}, and {most}). Correct one of the two.")
        yield entry.place.fault("least", message.format(least=least, most=most), str(least))
