"""Every plan of a really tiny county in which positions add up and people go with positions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice, product

from tests.independent.above import Case, Said, cells
from tests.independent.books import Books, Cell, Decided
from tests.independent.county import POOL, Register
from tests.independent.lawful import case_of, is_lawful
from tests.independent.work import Demand
from tests.independent.worth import Worth, better

Aim = Callable[[Case], Worth]
"""A goal with its options."""


class TooManyError(Exception):
    """There are more plans than a test can wait for."""


def best(demand: Demand, rules: Mapping[str, Said], aims: Sequence[Aim], most: int) -> tuple[Worth, ...] | None:
    """What the goals come to at their best, one after another; None where no plan is lawful."""
    plans = list(islice(every_plan(demand.register, rules), most + 1))
    if len(plans) > most:
        raise TooManyError
    rivals = [case for case in (case_of(demand, decided) for decided in plans) if is_lawful(case, rules)]
    found = []
    for aim in aims if rivals else ():
        worths = [aim(case) for case in rivals]
        top = worths[0]
        for one in worths:
            top = one if better(one, top) else top
        rivals = [case for case, one in zip(rivals, worths, strict=True) if one == top]
        found.append(top)
    return tuple(found) if rivals else None


def every_plan(register: Register, rules: Mapping[str, Said]) -> Iterator[Decided]:
    """Every plan, but for some that these rules plainly forbid."""
    known = {cell: range(most + 1) for cell, most in cells(register).items()}
    for row in register.county.hiring if "hiring" in rules else ():
        limited = (("hired", h, row.category, row.year) for h in register.holders if row.holder in {"", h})
        known |= {cell: known[cell][: row.most + 1] for cell in limited if cell in known}
    natured = not rules.keys().isdisjoint({"agency_nature", "agency_quota"})
    plans: Iterable[Decided] = ({},)
    for year in register.years:
        for category in register.categories:
            plans = _then(
                plans, lambda plan, c=category, y=year: _positions(register, plan, c, y, granted(register, rules, c))
            )
            plans = _then(plans, lambda plan, c=category, y=year: _people(known, plan, c, y))
        plans = _then(plans, lambda plan, y=year: _rest(known, plan, y))
        for town in register.township:
            plans = _then(plans, lambda plan, t=town, y=year: _agencies(register, plan, t, y, natured=natured))
    return iter(plans)


def _then(plans: Iterable[Decided], more: object) -> Iterator[Decided]:
    for plan in plans:
        for way in more(plan):  # type: ignore[operator]
            yield {**plan, **way}


def granted(register: Register, rules: Mapping[str, Said], category: str) -> range:
    """What may be granted in a year of a category; below zero: given back. Without the law, nothing is."""
    room, said = register.room[category], rules["hold_total"]
    return range(min(0, room if said["back_to_ceiling"] else 0), max(0, room if said["headroom"] else 0) + 1)


def _positions(register: Register, plan: Decided, category: str, year: int, grants: range) -> Iterator[Decided]:
    """Who gives, which stations go, what the reserve keeps; what is left, and granted, goes to townships, all of it."""
    books = Books(register, plan)
    units = [u for u, c in register.accounts if c == category and u in register.unit]
    cuts: dict[Cell, range] = {("cut", u, category, year): range(books.owned(u, category, year - 1) + 1) for u in units}
    rows = [row.station for row in register.county.stations if row.category == category]
    hands: dict[Cell, range] = {("handed", row, year): range(books.said("handed", row, year - 1), 2) for row in rows}
    pool, pooled = books.owned(POOL, category, year - 1), (POOL, category) in register.accounts
    for cut, down in product(list(_choices(cuts)), list(_choices(hands))):
        free = pool + sum(cut.values())
        for kept, more in product(range(free + 1) if pooled else (0,), grants):
            level: dict[Cell, int] = {("reserve", category, year): kept} if pooled else {}
            towns: list[Cell] = [("added", town, category, year) for town in register.township]
            for added in _shared(towns, free - kept + more):
                yield {**cut, **down, **level, **added}


def _people(known: Mapping[Cell, range], plan: Decided, category: str, year: int) -> Iterator[Decided]:
    """Who goes along and who is hired."""
    twins = {"moved_out": "cut", "moved_in": "added"}
    here = [cell for cell in known if cell[-2:] == (category, year)]
    ranges = {}
    for cell in (cell for cell in here if cell[0] in twins):
        ranges[cell] = known[cell][: plan.get((twins[str(cell[0])], *cell[1:]), 0) + 1]
    ranges |= {cell: known[cell] for cell in here if cell[0] == "hired"}
    for way in _choices(ranges):
        gone = sum(n for cell, n in way.items() if cell[0] == "moved_out")
        if gone == sum(n for cell, n in way.items() if cell[0] == "moved_in"):
            yield way


def _rest(known: Mapping[Cell, range], plan: Decided, year: int) -> Iterator[Decided]:
    """Who is dispatched and borrowed, and what is delegated."""
    ranges = {}
    for cell, numbers in known.items():
        if cell[-1] == year and cell[0] in {"dispatched", "borrowed", "delegated"}:
            ranges[cell] = numbers[plan.get((*cell[:-1], year - 1), 0) if cell[0] == "delegated" else 0 :]
    return _choices(ranges)


def _agencies(register: Register, plan: Decided, town: str, year: int, *, natured: bool) -> Iterator[Decided]:
    """Which agencies are open, what they are where that is decided, and who sits in them."""
    books = Books(register, plan)
    doors = []
    for opened in _choices({("open", town, agency, year): range(2) for agency in register.agency}):
        either = [cell for cell in opened if natured and str(register.agency[str(cell[2])].nature) == "either"]
        doors += [{**opened, **way} for way in _choices({("office", *c[1:]): range(opened[c] + 1) for c in either})]
    seats = []
    for category in register.categories if register.agency else ():
        room = books.owned(town, category, year) + register.beyond(town, category)
        places: list[Cell] = [("placed", town, agency, category, year) for agency in register.agency]
        seats.append([way for total in range(room + 1) for way in _shared(places, total)])
    for door, *placed in product(doors, *seats):
        yield {cell: n for part in (door, *placed) for cell, n in part.items()}


def _choices(ranges: Mapping[Cell, Iterable[int]]) -> Iterator[Decided]:
    """Every choice of a number for each cell."""
    return (dict(zip(ranges, numbers, strict=True)) for numbers in product(*ranges.values()))


def _shared(places: Sequence[Cell], total: int) -> Iterator[Decided]:
    """Every way to share exactly so many out."""
    if not places or total < 0:
        yield from () if total else ({},)
        return
    for first in range(total + 1) if places[1:] else (total,):
        yield from ({places[0]: first, **rest} for rest in _shared(places[1:], total - first))
