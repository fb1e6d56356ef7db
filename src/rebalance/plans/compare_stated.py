"""What a plan on disk states against what follows from it: rows, counts, proofs, opinions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from itertools import chain, product
from typing import Any, get_args, get_type_hints

from rebalance.county.columns import Ref
from rebalance.county.holders import RESERVE
from rebalance.county.known import Known, known_in
from rebalance.fault import Fault
from rebalance.goals.canonical import Canonical
from rebalance.goals.goal import NONE, Goal, Slack, Value
from rebalance.plans.outcome import Ending, Outcome
from rebalance.plans.reached import GoalResult, Opinion
from rebalance.plans.rows import (
    AgencyRow,
    BorrowedRow,
    CoverageRow,
    DispatchedRow,
    MatterRow,
    PeopleRow,
    PlacedRow,
    PositionRow,
    Row,
    StationRow,
    Tables,
    key_of,
)
from rebalance.plans.stated import Stated, compare
from rebalance.problem.problem import Problem
from rebalance.text import NOTHING, _, plain, quoted

Key = tuple[str | int, ...]


def row_faults(tables: Tables, problem: Problem, file: str) -> Iterator[Fault]:
    """Everything about the rows that keeps them from being a plan of this county."""
    known = known_in(problem.county)
    for item in fields(Tables):
        kind, keys = _called_for(problem)[item.name]
        yield from Checking(problem, known, kind, dict.fromkeys(keys), file, item.name).faults(
            getattr(tables, item.name)
        )


def _called_for(problem: Problem) -> dict[str, tuple[type[Row], Iterator[Key]]]:
    """The kind of row and the keys of every table."""
    accounts, years = problem.accounts, problem.years
    people = [account for account in accounts if account[0] != RESERVE]
    agencies = list(product(problem.townships, problem.agencies))
    placed = ((*agency, category) for agency, category in product(agencies, problem.categories))
    townships = [(township,) for township in problem.townships]
    return {
        "positions": (PositionRow, _yearly(accounts, years)),
        "people": (PeopleRow, _yearly(people, years)),
        "agencies": (AgencyRow, _yearly(agencies, years)),
        "placed": (PlacedRow, _yearly(list(placed), years)),
        **_staffing_called_for(problem),
        "coverage": (CoverageRow, _yearly(townships, years)),
    }


def _staffing_called_for(problem: Problem) -> dict[str, tuple[type[Row], Iterator[Key]]]:
    county, years = problem.county, problem.years
    stations = [(row.station,) for row in county.stations]
    sent = [(row.unit, row.township, row.agency, row.category) for row in county.dispatched]
    lent = [(row.township, row.unit, row.category) for row in county.borrowed]
    matters = list(product(problem.delegation.matters, problem.townships))
    return {
        "stations": (StationRow, _yearly(stations, years)),
        "dispatched": (DispatchedRow, _yearly(sent, years)),
        "borrowed": (BorrowedRow, _yearly(lent, years)),
        "matters": (MatterRow, _yearly(matters, years)),
    }


def _yearly(parts: Sequence[tuple[str, ...]], years: Sequence[int]) -> Iterator[Key]:
    return ((*part, year) for year in years for part in parts)


@dataclass(slots=True)
class Checking:
    """One table under examination: `keys` are those it may have, or must have unless it is sparse."""

    problem: Problem
    known: Known
    kind: type[Row]
    keys: dict[Key, None]
    file: str
    table: str
    seen: set[Key] = field(default_factory=set)

    def faults(self, rows: Sequence[Row]) -> Iterator[Fault]:
        """What is wrong with each row, then what is missing."""
        for number, row in enumerate(rows, 1):
            yield from self._row(row, f"{self.table}[{number}]")
            self.seen.add(key_of(row))
        missing = [key for key in self.keys if key not in self.seen]
        if missing and not self.kind.SPARSE:
            message = _("{count} rows are missing (the first: {row}). Every {key} needs one.")
            first, names = " ".join(map(str, missing[0])), ", ".join(self.kind.KEY)
            text = message.format(count=len(missing), row=first, key=names)
            yield Fault(self.file, 0, self.table, text)

    def _row(self, row: Row, where: str) -> Iterator[Fault]:
        key = key_of(row)
        if key in self.keys and key not in self.seen:
            return
        message = _("the row stands twice (got {value}). Keep one of the two.")
        if key not in self.keys:
            problems = list(chain(self._ids(row, where), self._year(row, where)))
            yield from problems
            message = _("the county has no account for this row (got {value}). Take the row out.")
            if problems:
                return
        text = " ".join(map(str, key))
        yield Fault(self.file, 0, where, message.format(value=quoted(text)), text)

    def _ids(self, row: Row, where: str) -> Iterator[Fault]:
        for name, refers in _references(self.kind).items():
            got = getattr(row, name)
            if problem := self.known.problem(refers, got):
                yield Fault(self.file, 0, f"{where}.{name}", problem, got)

    def _year(self, row: Row, where: str) -> Iterator[Fault]:
        if row.year not in self.problem.years:
            message = _("not a planned year (got {value}). Accepted: {first} to {last}.")
            first, last = self.problem.years[0], self.problem.last
            text = message.format(value=row.year, first=first, last=last)
            yield Fault(self.file, 0, f"{where}.year", text, str(row.year))


def _references(kind: type[Row]) -> dict[str, str]:
    """The fields of a row that hold ids, and what they refer to."""
    hints: dict[str, Any] = get_type_hints(kind, include_extras=True)
    marks = ((name, mark) for name, hint in hints.items() for mark in get_args(hint)[1:])
    return {name: mark.refers for name, mark in marks if isinstance(mark, Ref)}


def compare_rows(table: str, said: Sequence[Row], found: Sequence[Row]) -> Iterator[Stated]:
    """Every figure of a table that differs; a row left out on either side counts as one without anything.

    Rows of one key stand as often as they are found; a rule may have two findings at one place.
    """
    rows, truths = {key_of(row): row for row in said}, {key_of(row): row for row in found}
    several = {key for side in (said, found) for key, count in Counter(map(key_of, side)).items() if count > 1}
    for key in [*rows, *(key for key in truths if key not in rows)]:
        row, truth = rows.get(key), truths.get(key)
        where = ", ".join((table, " ".join(str(part) for part in key if part)))
        if key in several:
            yield from compare(where, *("; ".join(_alike(side, key)) for side in (said, found)))
            continue
        if row is None or truth is None:
            yield from compare(where, _figures(row, key), _figures(truth, key))
            continue
        for name in (item.name for item in fields(row)):
            yield from compare(f"{where}, {name}", getattr(row, name), getattr(truth, name))


def _alike(rows: Sequence[Row], key: Key) -> list[str]:
    """What each of several rows with one key says."""
    return sorted(_figures(row, key) or NOTHING for row in rows if key_of(row) == key)


def compare_order(table: str, said: Sequence[Row], found: Sequence[Row]) -> Iterator[Stated]:
    """Rows of the plan in another order than that of the county's tables; a sparse row may be there or not."""
    order = {key_of(row): place for place, row in enumerate(found)}
    places = [order[key] for key in map(key_of, said) if key in order]
    if places != sorted(places):
        yield Stated(table, _("rows in another order"), _("in the order of the county's tables"))


def _figures(row: Row | None, key: tuple[str | int, ...]) -> str | None:
    """What a row says beyond its key, where it says anything."""
    kind: Any = type(row)
    if row is None or row == kind(*key):
        return None
    names = [item.name for item in fields(row) if item.name not in row.KEY]
    figures = ((name, getattr(row, name)) for name in names)
    return ", ".join(f"{name} {plain(figure)}" for name, figure in figures if figure not in (None, False))


def compare_counts(table: str, said: Mapping[str, int], found: Mapping[str, int]) -> Iterator[Stated]:
    """Every count that differs."""
    for name in [*said, *(name for name in found if name not in said)]:
        yield from compare(f"{table}, {name}", said.get(name), found.get(name))


def compare_claims(outcome: Outcome) -> Iterator[Stated]:
    """What is said of the plan as a whole and does not go together, whatever the solver knew.

    A solve ends before it is done only where something is left unproven. Whether another plan is as good is settled
    only where all is proven, and then by the goal that chooses among equals: it is free unless there is none.
    """
    proven, last = outcome.proven, outcome.goals[-1:]
    early = not proven and outcome.ending is not Ending.IMPOSSIBLE
    yield from compare("ending", outcome.ending.value, outcome.ending.value if early else Ending.DONE.value)
    yield from compare("unique", outcome.unique, outcome.unique if proven else None)
    if proven and last and isinstance(outcome.scenario.goals[-1], Canonical):
        yield from compare(f"goals[{len(outcome.goals)}].freedom", last[0].freedom, outcome.unique is not True)


def compare_proofs(goals: Sequence[GoalResult], aims: Sequence[Goal]) -> Iterator[Stated]:
    """Whatever the goals say of their own proofs that cannot be: no solver is needed to see it."""
    for number, goal in enumerate(goals, 1):
        where = f"goals[{number}]"
        settled = all(before.proven for before in goals[: number - 1])
        yield from compare(f"{where}.conditional", goal.conditional, not settled)
        if (goal.proven and not _within(goal)) or _beyond(goal.bound, goal.value):
            yield from compare(f"{where}.bound", goal.bound, goal.value)
        if number <= len(aims):
            yield from compare(f"{where}.slack", goal.slack, _room(goal, aims[number - 1]))


def compare_verdicts(outcome: Outcome) -> Iterator[Stated]:
    """Whatever the second solver's opinions say that does not go with the goals: what is disputed is not proven.

    It is asked about every goal but the one that chooses among equals, once each and in order. Whether the goals before
    had settled one is asked only of an amount that is proven.
    """
    if outcome.certificate is not None:
        aims = enumerate(outcome.scenario.goals, 1)
        asked = [rank for rank, goal in aims if not isinstance(goal, Canonical) and rank <= len(outcome.goals)]
        yield from compare("certificate", [one.rank for one in outcome.certificate.verdicts], asked)
    for rank, result in enumerate(outcome.goals, 1):
        if isinstance(result.value, tuple) or not (result.proven or outcome.opinion(rank) is Opinion.DISAGREES):
            yield from compare(f"goals[{rank}].freedom", result.freedom, is_=True)
    for number, one in enumerate(outcome.certificate.verdicts if outcome.certificate else (), 1):
        goal = dict(enumerate(outcome.goals, 1)).get(one.rank)
        yield from compare(f"certificate[{number}].goal", one.goal, goal.name if goal else None)
        if goal is not None and one.opinion is not Opinion.OPEN:
            yield from compare(f"goals[{one.rank}].proven", goal.proven, one.opinion is Opinion.AGREES)


def _room(goal: GoalResult, aim: Goal) -> int:
    """By how much the value may lie above its best: what the scenario allows once the best is proven."""
    slack: Slack = getattr(aim, "slack", NONE)  # a leximin goal has none
    return slack.room(goal.bound) if goal.proven and isinstance(goal.bound, int) else 0


def _within(goal: GoalResult) -> bool:
    """Whether a proven value lies at its bound, or above it by no more than its slack."""
    if isinstance(goal.bound, int) and isinstance(goal.value, int):
        return goal.bound <= goal.value <= goal.bound + goal.slack
    return goal.bound == goal.value


def _beyond(bound: Value | None, value: Value | None) -> bool:
    """Whether a bound says that a value as good as this cannot be."""
    return isinstance(bound, int) and isinstance(value, int) and bound > value
