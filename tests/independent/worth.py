"""What a plan is worth, one function a goal: a number, the smaller the better, or levels and how many stand there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from tests.independent.above import Case, Said

Levels = tuple[tuple[Fraction, int], ...]
Worth = int | Levels


def levels(shares: Iterable[Fraction], depth: int = 0) -> Levels:
    """The shares that occur, from the worst up, with how often; only so many of them (0: all)."""
    counted = sorted(Counter(shares).items())
    return tuple(counted[:depth] if depth else counted)


def worst_off_first(case: Case, said: Said) -> Worth:
    """Coverage of townships, or of agencies that have less than enough."""
    work, last, enough = case.work, case.register.last, said["enough"]
    if str(said["per"]) == "township":
        towns = [town for town in case.register.township if work.total(town, last)]
        cover = work.staffed if str(said["of"]) == "people" else work.coverage
        return levels((min(cover(town, last), enough) for town in towns), said["depth"])
    shares = (
        Fraction(work.served(town, agency, last), demand)
        for town in case.register.township
        for agency, demand in work.demands(town, last).items()
        if demand
    )
    return levels((share for share in shares if share < enough), said["depth"])


def _shortage(case: Case, town: str, year: int) -> int:
    return case.work.total(town, year) - case.work.covered(town, year)


def fill_shortages(case: Case, said: Said) -> Worth:
    """Work that is not done in the last year."""
    weight = {row["township"]: row["weight"] for row in said["weights"]}
    towns = case.register.township
    return sum(int(weight.get(town, 1)) * _shortage(case, town, case.register.last) for town in towns)


def serve_early(case: Case, _said: Said) -> Worth:
    """Work that is not done in the years before."""
    early = case.register.years[:-1]
    return sum(_shortage(case, town, year) for town in case.register.township for year in early)


def fill_vacancies(case: Case, _said: Said) -> Worth:
    """Positions below without a person, in the last year."""
    register, books = case.register, case.books
    places = [(town, category) for town in register.township for category in register.categories]
    return sum(max(0, books.unmanned(*place, register.last)) for place in places)


def spare_the_units(case: Case, said: Said) -> Worth:
    """What units can still use of what their work still needs."""
    register, books, last = case.register, case.books, case.register.last
    shares = []
    for unit in register.unit:
        rows = [row for row in register.county.positions if row.holder == unit]
        needed = sum(row.authorised if row.needed is None else row.needed for row in rows)
        has = books.size(unit, last) - books.sent(last, unit=unit) + books.lent(last, unit=unit)
        left = 100 * needed - _with_stations(case, unit, 100 * needed)
        if left > 0:
            shares.append(Fraction(100 * has, left))
    return levels(shares, said["depth"])


def _with_stations(case: Case, unit: str, needed: int) -> int:
    """Hundredths that are needed no more: of stations that have gone, and of matters delegated.

    Where stations are larger than all that is needed, the need is theirs in proportion.
    """
    rows = [row for row in case.register.county.stations if row.unit == unit]
    whole, upto, gone, all_of_them = sum(row.authorised for row in rows), 0, 0, 0
    for row in rows:
        part = 100 * row.authorised
        if 100 * whole > needed:
            part = needed * (upto + row.authorised) // whole - needed * upto // whole
        upto += row.authorised
        all_of_them += part
        gone += part if case.books.is_down(row, case.register.last) else 0
    return gone + _rid_of(case, unit, needed - all_of_them)


def _rid_of(case: Case, unit: str, needed: int) -> int:
    """Hundredths of work that a unit no longer has; scaled down where the lists say more than all of its work."""
    relieved = case.work.demand_.relieved
    mine = {row.matter for row in case.register.delegable() if row.unit == unit}
    parts = {key: work for key, work in relieved.items() if key[0] in mine}
    listed, most = sum(parts.values()), max(0, needed - 1)
    scaled = {key: work if listed <= most else work * most // listed for key, work in parts.items()}
    return sum(work for key, work in scaled.items() if case.books.said("delegated", *key, case.register.last))


def hand_down_matters(case: Case, said: Said) -> Worth:
    """Matters, or their work, that townships could have and do not."""
    register, left = case.register, 0
    for row in register.delegable():
        for town in register.township:
            counts = case.work.demand_.handed_over.get((row.matter, town), 0) if str(said["count"]) == "work" else 1
            left += 0 if case.books.said("delegated", row.matter, town, register.last) else counts
    return left


def few_people_moved(case: Case, _said: Said) -> Worth:
    """People who go with their position, and people who go home."""
    moved = sum(number for cell, number in case.books.decided.items() if cell[0] == "moved_out")
    return moved + sum(row.staff for row in case.register.county.borrowed) - case.books.lent(case.register.last)


def few_units_touched(case: Case, _said: Said) -> Worth:
    """Units that give anything, stations included."""
    register, books = case.register, case.books
    touched = {cell[1] for cell, number in books.decided.items() if cell[0] == "cut" and number}
    down = (row for row in register.county.stations if books.is_down(row, register.last) and row.authorised)
    return len(touched | {row.unit for row in down})


def few_moves(case: Case, _said: Said) -> Worth:
    """Cuts and additions."""
    return sum(cell[0] in {"cut", "added"} and number != 0 for cell, number in case.books.decided.items())


def stay_close(case: Case, said: Said) -> Worth:
    """Positions in which holders differ from a plan; who is not named there is compared with today."""
    register = case.register
    named = {(row["holder"], row["category"]): row["owned"] for row in said["to"]}
    return sum(
        abs(case.books.owned(*account, register.last) - int(named.get(account, register.authorised(*account))))
        for account in register.accounts
    )


def in_proportion(case: Case, said: Said) -> Worth:
    """Who is next in line: (2a + 1)/p, or a(a + 1)/p²; without any position, less than anybody who has one."""
    register, shares = case.register, []
    figures = {town: Fraction(getattr(row, said["figure"]) or 0) for town, row in register.township.items()}
    step = 1
    while any((figure * step).denominator != 1 for figure in figures.values()):
        step += 1
    for town, figure in figures.items():
        wanted = [said["category"]] if said["category"] else list(register.categories)
        a = sum(case.books.owned(town, category, register.last) for category in wanted)
        if figure:
            webster = str(said["method"]) == "webster"
            whole = [one for one in figures.values() if one]
            first = (min(whole) / max(whole)) ** 2  # of those without any, the largest is first in line
            shares.append((2 * a + 1) / (figure * step) if webster else (a * (a + 1) or first) / (figure * step) ** 2)
    return levels(shares)


GOALS: Mapping[str, Callable[[Case, Said], Worth]] = {
    "worst_off_first": worst_off_first,
    "fill_shortages": fill_shortages,
    "fill_vacancies": fill_vacancies,
    "spare_the_units": spare_the_units,
    "hand_down_matters": hand_down_matters,
    "few_people_moved": few_people_moved,
    "few_units_touched": few_units_touched,
    "few_moves": few_moves,
    "serve_early": serve_early,
    "stay_close": stay_close,
    "in_proportion": in_proportion,
}
"""Every goal but the last, by its name in a scenario file."""


def better(mine: Worth, theirs: Worth) -> bool:
    """Whether one worth is better: smaller; or larger where the sorted shares first differ, an end being largest."""
    if isinstance(mine, int) and isinstance(theirs, int):
        return mine < theirs
    if isinstance(mine, int) or isinstance(theirs, int):
        raise TypeError
    return _in_line(mine) > _in_line(theirs)


def _in_line(found: Levels) -> list[tuple[bool, Fraction]]:
    return [*((False, share) for share, count in found for _one in range(count)), (True, Fraction(0))]
