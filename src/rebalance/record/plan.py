"""A plan as rows, and back: every decided number once, and the figures that follow from them beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rebalance.audit import Audit, notable
from rebalance.county.organisations import RESERVE
from rebalance.plan import Cell, Plan, cells
from rebalance.problem import Problem
from rebalance.record.rows import AgencyRow, CoverageRow, FindingRow, PeopleRow, PlacedRow, PositionRow


@dataclass(frozen=True, kw_only=True)
class Tables:
    """All rows of a plan, in the order of the problem's accounts, townships and agencies, year by year."""

    positions: tuple[PositionRow, ...]
    people: tuple[PeopleRow, ...]
    agencies: tuple[AgencyRow, ...]
    placed: tuple[PlacedRow, ...]
    coverage: tuple[CoverageRow, ...]


def tables_of(plan: Plan) -> Tables:
    """The rows of a plan."""
    return Tables(
        positions=tuple(_positions(plan)),
        people=tuple(_people(plan)),
        agencies=tuple(_agencies(plan)),
        placed=tuple(_placed(plan)),
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
    decided = dict.fromkeys((cell for cell, _most in cells(problem)), 0)
    return Plan(problem, owned, in_post, decided | dict(_decided(tables, problem)))


def finding_rows(audit: Audit) -> tuple[FindingRow, ...]:
    """The findings worth a row, rule by rule."""
    found = ((rule, finding) for rule, findings in audit.findings.items() for finding in findings)
    return tuple(
        FindingRow(
            rule=rule,
            holder=finding.place.holder,
            agency=finding.place.agency,
            category=finding.place.category,
            year=finding.place.year,
            aspect=finding.place.aspect,
            found=finding.found,
            at_least=finding.at_least,
            at_most=finding.at_most,
            inherited=finding.inherited,
            broken=finding.broken,
            tight=finding.tight,
        )
        for rule, finding in found
        if notable(finding)
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


def _coverage(plan: Plan) -> Iterator[CoverageRow]:
    problem = plan.problem
    for year in problem.years:
        for township in problem.townships:
            strength = sum(plan.owned(township, category, year) for category in problem.categories)
            work = (plan.covered(township, year), problem.work(township))
            shares = (plan.coverage(township, year), plan.staffed(township, year))
            yield CoverageRow(township, year, strength, *work, *shares)


def _decided(tables: Tables, problem: Problem) -> Iterator[tuple[Cell, int]]:
    for row in tables.positions:
        if row.holder == RESERVE:
            yield ("reserve", row.category, row.year), row.after
        elif row.holder in problem.unit:
            yield ("cut", row.holder, row.category, row.year), row.before - row.after
        else:
            yield ("added", row.holder, row.category, row.year), row.after - row.before
    for people in tables.people:
        key = (people.holder, people.category, people.year)
        moves = {"moved_out": people.moved_out, "moved_in": people.moved_in, "hired": people.hired}
        yield from (((verb, *key), count) for verb, count in moves.items() if count)
    for agency in tables.agencies:
        yield ("open", agency.township, agency.agency, agency.year), agency.open
    for placed in tables.placed:
        yield ("placed", placed.township, placed.agency, placed.category, placed.year), placed.positions
