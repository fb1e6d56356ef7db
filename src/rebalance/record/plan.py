"""A plan as rows, and back: every decided number once, and the figures that follow from them beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rebalance.audit import Audit, notable
from rebalance.county.organisations import RESERVE
from rebalance.plan import Cell, Plan, cells
from rebalance.problem import Problem
from rebalance.record.rows import (
    AgencyRow,
    BorrowedRow,
    CoverageRow,
    DispatchedRow,
    FindingRow,
    MatterRow,
    PeopleRow,
    PlacedRow,
    PositionRow,
    StationRow,
)


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
    decided = dict.fromkeys((cell for cell, _most in cells(problem)), 0) | dict(_decided(tables))
    stations = Plan(problem, {}, {}, decided)  # positions that come down with them are not cut, nor added
    return Plan(problem, owned, in_post, decided | dict(_changes(tables, stations)))


def finding_rows(audit: Audit, *, everything: bool = False) -> tuple[FindingRow, ...]:
    """The findings worth a row, or `everything` that was looked at, rule by rule."""
    found = ((rule, finding) for rule, findings in audit.findings.items() for finding in findings)
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
            broken=finding.broken,
            tight=finding.tight,
        )
        for rule, finding in found
        if everything or notable(finding)
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
                plan.problem.retired(*key, year),
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
                yield AgencyRow(*key, plan.open(*key), plan.strength(*key), plan.demand(*key))


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


def _changes(tables: Tables, stations: Plan) -> Iterator[tuple[Cell, int]]:
    for row in tables.positions:
        key = (row.holder, row.category, row.year)
        if row.holder == RESERVE:
            yield ("reserve", row.category, row.year), row.after
        elif row.holder in stations.problem.unit:
            yield ("cut", *key), row.before - row.after + stations.sunk(*key)
        else:
            yield ("added", *key), row.after - row.before - stations.sunk(*key)


def _decided(tables: Tables) -> Iterator[tuple[Cell, int]]:
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
