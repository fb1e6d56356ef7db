"""The rows of a plan on disk, one dataclass a table, its fields the keys; from a plan to its rows and back.

Everything is exact: whole numbers, "p/q", and hundredths of positions where work is meant. `KEY` names the
fields that tell a row from the others; where `SPARSE` holds, rows with nothing in them are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, ClassVar

from rebalance.county.agencies import Nature
from rebalance.county.holders import RESERVE
from rebalance.model.finding import Finding
from rebalance.model.plan import Decision, Plan, decisions, natures
from rebalance.plans.columns import (
    AgencyId,
    Category,
    Holder,
    MatterId,
    Needed,
    Placed,
    StationId,
    Township,
    UnitId,
    Year,
)
from rebalance.problem.problem import Problem
from rebalance.table import Fact, Unit


@dataclass(frozen=True, slots=True)
class PositionRow:
    """What a holder owns of a category in a year."""

    holder: Holder
    category: Category
    year: Year
    before: Annotated[int, Fact("Positions owned at the end of the year before.", Unit.POSITIONS)]
    after: Annotated[int, Fact("Positions owned at the end of the year.", Unit.POSITIONS)]
    in_post: Annotated[int, Fact("Staff in post at the end of the year.", Unit.PEOPLE)]
    KEY: ClassVar[tuple[str, ...]] = ("holder", "category", "year")
    SPARSE: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class PeopleRow:
    """Which people of a holder come and go in a year."""

    holder: Holder
    category: Category
    year: Year
    retired: Annotated[int, Fact("People who retire.", Unit.PEOPLE)] = 0
    moved_out: Annotated[int, Fact("People who leave with their position.", Unit.PEOPLE)] = 0
    moved_in: Annotated[int, Fact("People who come with their position.", Unit.PEOPLE)] = 0
    hired: Annotated[int, Fact("People who are hired.", Unit.PEOPLE)] = 0
    KEY: ClassVar[tuple[str, ...]] = ("holder", "category", "year")
    SPARSE: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency of a township at the end of a year."""

    township: Township
    agency: AgencyId
    year: Year
    open: Annotated[int, Fact("1 when the township has the agency.", Unit.FLAG)]
    strength: Annotated[int, Fact("Positions it can work with, with staff dispatched there.", Unit.POSITIONS)]
    demand: Needed
    nature: Annotated[str, Fact("office or institution; empty: it is not open, or nothing decided it.", Unit.ID)] = ""
    KEY: ClassVar[tuple[str, ...]] = ("township", "agency", "year")
    SPARSE: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """Positions of a township placed in an agency at the end of a year."""

    township: Township
    agency: AgencyId
    category: Category
    year: Year
    positions: Placed = 0
    KEY: ClassVar[tuple[str, ...]] = ("township", "agency", "category", "year")
    SPARSE: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class StationRow:
    """A station at the end of a year."""

    station: StationId
    year: Year
    handed: Annotated[int, Fact("1 when it has been handed down.", Unit.FLAG)] = 0
    KEY: ClassVar[tuple[str, ...]] = ("station", "year")
    SPARSE: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class DispatchedRow:
    """Staff whom a unit owns and a township uses at the end of a year."""

    unit: UnitId
    township: Township
    agency: AgencyId
    category: Category
    year: Year
    staff: Annotated[int, Fact("Staff owned above and used below.", Unit.PEOPLE)] = 0
    KEY: ClassVar[tuple[str, ...]] = ("unit", "township", "agency", "category", "year")
    SPARSE: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class BorrowedRow:
    """Staff whom a township owns and a unit uses at the end of a year."""

    township: Township
    unit: UnitId
    category: Category
    year: Year
    staff: Annotated[int, Fact("Staff owned below and used above.", Unit.PEOPLE)] = 0
    KEY: ClassVar[tuple[str, ...]] = ("township", "unit", "category", "year")
    SPARSE: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class MatterRow:
    """A matter that a township has taken on by the end of a year."""

    matter: MatterId
    township: Township
    year: Year
    delegated: Annotated[int, Fact("1 when the township deals with it.", Unit.FLAG)] = 0
    work: Annotated[int, Fact("Work it brings.", Unit.WORK)] = 0
    KEY: ClassVar[tuple[str, ...]] = ("matter", "township", "year")
    SPARSE: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """How much of a township's work is covered at the end of a year."""

    township: Township
    year: Year
    strength: Annotated[int, Fact("All positions used there.", Unit.POSITIONS)]
    served: Annotated[int, Fact("Work that is done.", Unit.WORK)]
    demand: Needed
    coverage: Annotated[Fraction, Fact("Work done over work to do; 1 where there is none.", Unit.SHARE)]
    staffed: Annotated[Fraction, Fact("The same with people in post.", Unit.SHARE)]
    KEY: ClassVar[tuple[str, ...]] = ("township", "year")
    SPARSE: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A rule's verdict at a place; on disk stand those that are broken, inherited or without room."""

    rule: Annotated[str, Fact("The rule.", Unit.ID)]
    holder: Holder = ""
    agency: AgencyId = ""
    category: Category = ""
    year: Annotated[int, Fact("The calendar year; 0: all years.", Unit.YEAR)] = 0
    aspect: Annotated[str, Fact("Which of several things the rule says there.", Unit.ID)] = ""
    item: Annotated[str, Fact("A station, matter, platform or other holder it is about.", Unit.ID)] = ""
    found: Annotated[int, Fact("What is there.", Unit.OWN)] = 0
    at_least: Annotated[int | None, Fact("The least there may be; empty: no limit.", Unit.OWN)] = None
    at_most: Annotated[int | None, Fact("The most there may be; empty: no limit.", Unit.OWN)] = None
    inherited: Annotated[bool, Fact("Today already breaks the limit, which is today's figure here.", Unit.TRUTH)] = (
        False
    )
    asked: Annotated[int | None, Fact("What the rule itself asks, where today breaks it.", Unit.OWN)] = None
    broken: Annotated[bool, Fact("What is there lies outside the limits.", Unit.TRUTH)] = False
    tight: Annotated[bool, Fact("It lies on a limit.", Unit.TRUTH)] = False
    KEY: ClassVar[tuple[str, ...]] = ("rule", "holder", "agency", "category", "year", "aspect", "item")
    SPARSE: ClassVar[bool] = True


Row = (
    PositionRow
    | PeopleRow
    | StationRow
    | DispatchedRow
    | BorrowedRow
    | MatterRow
    | AgencyRow
    | PlacedRow
    | CoverageRow
    | FindingRow
)
"""A row of any table."""


def key_of(row: Row) -> tuple[str | int, ...]:
    """What tells the row from the others of its table."""
    return tuple(getattr(row, name) for name in row.KEY)


@dataclass(frozen=True, kw_only=True)
class Tables:
    """All rows of a plan, in the order of the problem's accounts, townships and agencies, year by year."""

    positions: tuple[PositionRow, ...]
    people: tuple[PeopleRow, ...]
    agencies: tuple[AgencyRow, ...]
    placed: tuple[PlacedRow, ...]
    stations: tuple[StationRow, ...] = ()
    dispatched: tuple[DispatchedRow, ...] = ()
    borrowed: tuple[BorrowedRow, ...] = ()
    matters: tuple[MatterRow, ...] = ()
    coverage: tuple[CoverageRow, ...]


def tables_of(plan: Plan) -> Tables:
    """The rows of a plan."""
    return Tables(
        positions=tuple(_positions(plan)),
        people=tuple(_people(plan)),
        agencies=tuple(_agencies(plan)),
        placed=tuple(_placed(plan)),
        stations=tuple(_stations(plan)),
        dispatched=tuple(_dispatched(plan)),
        borrowed=tuple(_borrowed(plan)),
        matters=tuple(_matters(plan)),
        coverage=tuple(_coverage(plan)),
    )


def plan_from(tables: Tables, problem: Problem) -> Plan:
    """The plan that rows write down, right or wrong: the ledgers as they stand, and the decided numbers.

    What is cut and added is the difference of each row's own `before` and `after`: a row that contradicts its
    neighbours shows in the books.
    """
    owned = {(h, c, problem.today): problem.authorised(h, c) for h, c in problem.accounts}
    in_post = {(h, c, problem.today): problem.in_post(h, c) for h, c in problem.accounts}
    owned |= {(row.holder, row.category, row.year): row.after for row in tables.positions}
    in_post |= {(row.holder, row.category, row.year): row.in_post for row in tables.positions}
    decided = dict.fromkeys((cell for cell, _most in decisions(problem)), 0) | dict(_decided(tables))
    decided |= _natures(tables, problem)
    stations = Plan(problem, {}, {}, decided)  # positions that come down with them are not cut, nor added
    return Plan(problem, owned, in_post, decided | dict(_changes(tables, stations)))


def finding_rows(found_by: Mapping[str, Sequence[Finding]], *, everything: bool = False) -> tuple[FindingRow, ...]:
    """The findings worth a row, or `everything` that was looked at, rule by rule."""
    found = ((rule, finding) for rule, findings in found_by.items() for finding in findings)
    return tuple(
        FindingRow(
            rule=rule,
            holder=finding.place.holder,
            agency=finding.place.agency,
            category=finding.place.category,
            year=finding.place.year,
            aspect=finding.place.aspect,
            item=finding.place.item,
            found=finding.found,
            at_least=finding.at_least,
            at_most=finding.at_most,
            inherited=finding.inherited,
            asked=finding.asked if finding.inherited else None,
            broken=finding.broken,
            tight=finding.tight,
        )
        for rule, finding in found
        if everything or finding.notable
    )


def _positions(plan: Plan) -> Iterator[PositionRow]:
    for year in plan.problem.years:
        for holder, category in plan.problem.accounts:
            before, after = plan.owned(holder, category, year - 1), plan.owned(holder, category, year)
            yield PositionRow(holder, category, year, before, after, plan.in_post(holder, category, year))


def _people(plan: Plan) -> Iterator[PeopleRow]:
    for year in plan.problem.years:
        for key in plan.problem.accounts:
            counts = (
                plan.retired(*key, year),
                plan.moved_out(*key, year),
                plan.moved_in(*key, year),
                plan.hired(*key, year),
            )
            if any(counts):
                yield PeopleRow(*key, year, *counts)


def _agencies(plan: Plan) -> Iterator[AgencyRow]:
    for year in plan.problem.years:
        for township in plan.problem.townships:
            for agency in plan.problem.agencies:
                key = (township, agency, year)
                yield AgencyRow(*key, plan.open(*key), plan.strength(*key), plan.demand(*key), plan.nature(*key) or "")


def _placed(plan: Plan) -> Iterator[PlacedRow]:
    for year in plan.problem.years:
        for township in plan.problem.townships:
            for agency in plan.problem.agencies:
                for category in plan.problem.categories:
                    if positions := plan.placed(township, agency, category, year):
                        yield PlacedRow(township, agency, category, year, positions)


def _stations(plan: Plan) -> Iterator[StationRow]:
    for year in plan.problem.years:
        for row in plan.problem.county.stations:
            if handed := plan.handed(row.station, year):
                yield StationRow(row.station, year, handed)


def _dispatched(plan: Plan) -> Iterator[DispatchedRow]:
    for year in plan.problem.years:
        for row in plan.problem.county.dispatched:
            key = (row.unit, row.township, row.agency, row.category, year)
            if staff := plan.dispatched(*key):
                yield DispatchedRow(*key, staff)


def _borrowed(plan: Plan) -> Iterator[BorrowedRow]:
    for year in plan.problem.years:
        for row in plan.problem.county.borrowed:
            key = (row.township, row.unit, row.category, year)
            if staff := plan.borrowed(*key):
                yield BorrowedRow(*key, staff)


def _matters(plan: Plan) -> Iterator[MatterRow]:
    moved = plan.problem.delegation.moved
    for year in plan.problem.years:
        for matter in plan.problem.delegation.matters:
            for township in plan.problem.townships:
                if taken := plan.delegated(matter, township, year):
                    yield MatterRow(matter, township, year, taken, moved.get((matter, township), 0))


def _coverage(plan: Plan) -> Iterator[CoverageRow]:
    problem = plan.problem
    for year in problem.years:
        for township in problem.townships:
            strength = sum(plan.used(township, category, year) for category in problem.categories)
            work = (plan.covered(township, year), plan.work(township, year))
            shares = (plan.coverage(township, year), plan.staffed(township, year))
            yield CoverageRow(township, year, strength, *work, *shares)


def _natures(tables: Tables, problem: Problem) -> dict[Decision, int]:
    """What each agency that may be either is; nothing where no row says it, for then nothing has decided it."""
    cells = dict.fromkeys(natures(problem), 0)
    said: dict[Decision, str] = {("office", row.township, row.agency, row.year): row.nature for row in tables.agencies}
    told = {cell: int(said[cell] == Nature.OFFICE) for cell in cells if said.get(cell)}
    return cells | told if told else {}


def _changes(tables: Tables, stations: Plan) -> Iterator[tuple[Decision, int]]:
    for row in tables.positions:
        key = (row.holder, row.category, row.year)
        if row.holder == RESERVE:
            yield ("reserve", row.category, row.year), row.after
        elif row.holder in stations.problem.unit:
            yield ("cut", *key), row.before - row.after + stations.sunk(*key)
        else:
            yield ("added", *key), row.after - row.before - stations.sunk(*key)


def _decided(tables: Tables) -> Iterator[tuple[Decision, int]]:
    for station in tables.stations:
        yield ("handed", station.station, station.year), station.handed
    for sent in tables.dispatched:
        yield ("dispatched", sent.unit, sent.township, sent.agency, sent.category, sent.year), sent.staff
    for lent in tables.borrowed:
        yield ("borrowed", lent.township, lent.unit, lent.category, lent.year), lent.staff
    for matter in tables.matters:
        yield ("delegated", matter.matter, matter.township, matter.year), matter.delegated
    for people in tables.people:
        key = (people.holder, people.category, people.year)
        moves = {"moved_out": people.moved_out, "moved_in": people.moved_in, "hired": people.hired}
        yield from (((verb, *key), count) for verb, count in moves.items() if count)
    for agency in tables.agencies:
        yield ("open", agency.township, agency.agency, agency.year), agency.open
    for placed in tables.placed:
        yield ("placed", placed.township, placed.agency, placed.category, placed.year), placed.positions
