"""Whether the rows of a county fit together: ids name something, years are planned, nothing is said twice.

Used on what was just read (the place is a row of a file) and on a changed county (the place is a key path).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from rebalance.county.agencies import Method
from rebalance.county.columns import Heading
from rebalance.county.county import County
from rebalance.county.holders import RESERVE
from rebalance.county.known import Known, known_among
from rebalance.county.norms import BandUse
from rebalance.county.retiring import retiring_faults
from rebalance.county.steps import step_faults
from rebalance.county.tables import CATEGORIES, TABLES, Entry, Table, Title, title_of
from rebalance.fault import Fault
from rebalance.text import _, near_miss, quoted

LIMITS = frozenset({"floor", "ceiling", "least", "most"})
"""The columns that say what is allowed; the others say what is so."""

APART = "/"
"""What stands between the parts of a row's key, as in `U012/administrative`; a part may be left out."""

NAMED_IN_LAW = {table.name: table for table in (CATEGORIES, *TABLES)}


def is_law(county: County, table: Table, row: object, field: str) -> bool:
    """Whether the county marks a limit in a row of a table as law."""
    marks = (one for one in county.sources if one.law and (one.table, one.column) == (table.name, field))
    return any(meant(one.id, table.key_of(row)) for one in marks)


def meant(text: str, key: Sequence[object]) -> bool:
    """Whether an id in the table of sources means the row with this key; an empty one means every row."""
    return set(text.split(APART) if text else ()) <= {str(part) for part in key}


def law_faults(by_table: Mapping[str, Sequence[Entry]], unread: Collection[str]) -> Iterator[Fault]:
    """Every mark that is on nothing, or on what is no limit."""
    for entry in by_table["sources"]:
        values = {"id": "", **entry.values}
        if not values.get("law") or not {"table", "column"} <= values.keys() or values["table"] in unread:
            continue
        table = NAMED_IN_LAW.get(values["table"])
        if table is None:
            message = _("no table has this name (got {value}).")
            text = message.format(value=quoted(values["table"])) + near_miss(values["table"], list(NAMED_IN_LAW))
            yield entry.place.fault("table", text, values["table"])
        elif values["column"] not in _limits(table):
            message = _("only a limit can be law, and this is none (got {value}). Accepted: {accepted}.")
            accepted = ", ".join(_limits(table)) or _("nothing in this table")
            text = message.format(value=quoted(values["column"]), accepted=accepted)
            yield entry.place.fault("column", text, values["column"])
        elif not any(one.key is not None and meant(values["id"], one.key) for one in by_table[table.name]):
            message = _("no row has this key, so nothing is marked as law (got {value}). Write {key}.")
            text = message.format(value=quoted(values["id"]), key=APART.join(table.key))
            yield entry.place.fault("id", text, values["id"])


def _limits(table: Table) -> list[str]:
    return [heading.header for heading in table.headings if heading.field in LIMITS]


HoldingTables = Mapping[str, Sequence[Entry]]
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


def holding_faults(tables: HoldingTables, known: Known, unread: Collection[str]) -> Iterator[Fault]:
    """Rows whose holder has no such positions, or fewer than all its rows together."""
    if "positions" in unread:
        return
    held = {entry.key: entry for entry in tables["positions"]}
    # one whose key could not be read may be the one that seems to be missing
    for part in {part.table: part for part in PARTS}.values() if None not in held else ():
        yield from _without_positions(part, tables, held, known)
    for part in PARTS:
        yield from _beyond(part, tables, held, known)


def _without_positions(part: Part, tables: HoldingTables, held: Collection[object], known: Known) -> Iterator[Fault]:
    told = set()
    for entry in tables[part.table]:
        key = part.key(entry, known)
        if key is None or key in held or key in told:
            continue
        told.add(key)
        got = ", ".join(key)
        message = _("no row in positions for the holder and category (got {value}). Add it, or correct this row.")
        yield entry.place.fault("category", message.format(value=quoted(got)), got)


def _beyond(part: Part, tables: HoldingTables, held: Mapping[Any, Entry], known: Known) -> Iterator[Fault]:
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
            column = held[key].place.titles.get(part.within, Title(part.within)).said
            text = message.format(amount=amount, total=total[key], column=column, most=most)
            yield entry.place.fault(part.amount, text, str(amount))


WorkplaceTables = Mapping[str, Sequence[Entry]]


def working_faults(tables: WorkplaceTables, unread: Collection[str]) -> Iterator[Fault]:
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


def _astray(tables: WorkplaceTables) -> Iterator[Fault]:
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


MethodTables = Mapping[str, Sequence[Entry]]

WEIGHTS = ("population", "area_km2", "gdp", "revenue", "villages")


def method_faults(tables: MethodTables, unread: Collection[str]) -> Iterator[Fault]:
    """Everything that keeps a number from being worked out."""
    yield from _methods(tables, unread)
    for entry in tables["indices"]:
        yield from _weights(entry, "entropy")
    for entry in tables["classes"]:
        yield from _weights(entry, "weights")
        yield from _cut_off(entry)
    for entry in tables["working_time"]:
        yield from _hours(entry)
    for entry in (*tables["bands"], *tables["hiring"]):
        yield from _range(entry, entry.values.get("least"), entry.values.get("most"))
    for entry in tables["dispatched"]:
        yield from _range(entry, *_dispatched(entry.values))
    yield from _figures(tables)


def _methods(tables: MethodTables, unread: Collection[str]) -> Iterator[Fault]:
    for entry in tables["agencies"]:
        method, agency = entry.values.get("demand"), entry.values.get("agency")
        missing = [name for table, name in _needs(method, agency, tables) if table not in unread]
        if missing:
            message = _("the method needs more than is there (got {value}). Give {missing}, or choose another method.")
            text = message.format(value=quoted(str(method)), missing=", ".join(missing))
            yield entry.place.fault("demand", text, str(method))


def _needs(method: object, agency: object, tables: MethodTables) -> Iterator[tuple[str, str]]:
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
    posted = {entry.values.get("agency") for entry in tables["posts"]}
    if method is Method.POSTS and agency is not None and not posted & {agency, None}:
        yield "posts", f"posts (agency = {agency})"


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


def _figures(tables: MethodTables) -> Iterator[Fault]:
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
                yield entry.place.fault(figure, message.format(table=title_of(table)))


def _range(entry: Entry, least: int | None, most: int | None) -> Iterator[Fault]:
    if least is not None and most is not None and least > most:
        message = _("the least is above the most (got {least}, and {most}). Correct one of the two.")
        yield entry.place.fault("least", message.format(least=least, most=most), str(least))


YEARLY = ("retirements", "hiring", "dispatched")
"""Tables whose `year` must be one of the planned years."""


def reference_faults(entries: Sequence[Entry], years: Collection[int], unread: Collection[str] = ()) -> Iterator[Fault]:
    """Everything about the rows that does not fit together.

    Args:
        entries: the rows of all tables, categories included.
        years: the planned years; empty when they are not known.
        unread: tables that could not be read, about whose ids nothing can be said.
    """
    by_table: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_table[entry.table.name].append(entry)
    yield from _repeated(entries)
    yield from _confused(by_table)
    known = known_among(entries, unread)
    yield from _nameless(entries, known)
    yield from _said_twice(entries)
    yield from _unplanned(by_table, years)
    yield from working_faults(by_table, unread)
    yield from holding_faults(by_table, known, unread)
    yield from retiring_faults(by_table, known, unread)
    yield from method_faults(by_table, unread)
    yield from step_faults(by_table["steps"], known)
    yield from law_faults(by_table, unread)


def _repeated(entries: Iterable[Entry]) -> Iterator[Fault]:
    first: dict[tuple[str, Any], Entry] = {}
    for entry in entries:
        if entry.key is None:
            continue
        earlier = first.setdefault((entry.table.name, entry.key), entry)
        if earlier is not entry:
            key = ", ".join(str(part) for part in entry.key)
            message = _("stands here a second time (got {value}; first in row {row}). Keep one of the two.")
            text = message.format(value=quoted(key), row=earlier.place.row)
            yield entry.place.fault(entry.table.key[0], text, key)


def _confused(by_table: Mapping[str, list[Entry]]) -> Iterator[Fault]:
    units = {entry.values.get("unit") for entry in by_table["units"]} - {None, RESERVE}
    for entry in (*by_table["units"], *by_table["townships"]):
        field = entry.table.key[0]
        value = entry.values.get(field)
        if value == RESERVE:
            message = _("this id is kept for the reserve (got {value}). Give another id.")
            yield entry.place.fault(field, message.format(value=quoted(value)), value)
        if field == "township" and value in units:
            message = _("a unit has the same id (got {value}). Give one of the two another id.")
            yield entry.place.fault(field, message.format(value=quoted(value)), value)


def _nameless(entries: Iterable[Entry], known: Known) -> Iterator[Fault]:
    told = set()  # where there are no ids at all, one fault for the whole column says it
    for entry in entries:
        for heading in _referring(entry.table):
            refers = heading.column.refers
            for got in _ids(entry.values.get(heading.field)):
                problem = known.problem(refers, got)
                if not problem or (entry.table, heading) in told:
                    continue
                if not known.ids[refers]:
                    told.add((entry.table, heading))
                yield entry.place.fault(heading.header, problem, got)


@cache
def _referring(table: Table) -> tuple[Heading, ...]:
    return tuple(heading for heading in table.headings if heading.column.refers)


def _ids(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return (value,) if value else ()


def _said_twice(entries: Iterable[Entry]) -> Iterator[Fault]:
    """Hours and minutes that do not say the same."""
    for entry in entries:
        for heading, other in _twins(entry.table):
            hours, minutes = entry.values.get(heading.field), entry.values.get(other.field)
            if hours is None or minutes is None or Fraction(hours) * 60 == Fraction(minutes):
                continue
            message = _("not the same as the hours (got {minutes} minutes, and {hours} hours). Keep one of the two.")
            yield entry.place.fault(other.header, message.format(minutes=minutes, hours=hours), str(minutes))


@cache
def _twins(table: Table) -> tuple[tuple[Heading, Heading], ...]:
    """The columns of hours and of minutes that say the same."""
    by_field = {heading.field: heading for heading in table.headings}
    pairs = ((heading, by_field[heading.column.twin]) for heading in table.headings if heading.column.twin)
    return tuple((hours, minutes) for hours, minutes in pairs if hours.field == "hours")


def _unplanned(by_table: Mapping[str, list[Entry]], years: Collection[int]) -> Iterator[Fault]:
    for entry in (entry for table in YEARLY for entry in by_table[table]):
        year = entry.values.get("year")
        if years and year is not None and year not in years:
            message = _("not a planned year (got {value}). Accepted: {first} to {last}.")
            text = message.format(value=year, first=min(years), last=max(years))
            yield entry.place.fault("year", text, str(year))
    for entry in by_table["history"]:
        year = entry.values.get("year")
        if years and year is not None and year >= min(years):
            message = _("not before the planned years (got {value}). Accepted: up to {last}.")
            yield entry.place.fault("year", message.format(value=year, last=min(years) - 1), str(year))
