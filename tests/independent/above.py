"""What must hold of positions and people, one function a rule: each yields a sentence wherever it is broken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import ceil, floor
from typing import Any

from tests.independent.books import Books, Cell
from tests.independent.county import POOL, Register
from tests.independent.work import Work

Said = Mapping[str, Any]
"""The parameters of a rule, or the options of a goal, as a scenario file names them."""


@dataclass(frozen=True)
class Case:
    """A plan before the judge: its books and what they mean for the work."""

    books: Books
    work: Work

    @property
    def register(self) -> Register:
        """The county."""
        return self.books.register


Wrong = Iterator[str]
Rule = Callable[[Case, Said], Wrong]


def cells(register: Register) -> dict[Cell, int]:
    """Every cell that can be decided, with the largest number that makes sense."""
    found: dict[Cell, int] = {}
    for year in register.years:
        for holder, category in register.accounts:
            found |= _of_account(register, holder, category, year)
        found |= {("handed", station, year): 1 for station in register.station}
        for row in register.county.dispatched:
            key = (row.unit, row.township, row.agency, row.category)
            found["dispatched", *key, year] = max(row.staff, row.most or 0)
        for lent in register.county.borrowed:
            found["borrowed", lent.township, lent.unit, lent.category, year] = lent.staff
        for town in register.township:
            found |= {("delegated", row.matter, town, year): 1 for row in register.delegable()}
            found |= {("open", town, agency, year): 1 for agency in register.agency}
            for agency in register.agency:
                for category in register.categories:
                    most = register.most[category] + register.beyond(town, category)
                    found["placed", town, agency, category, year] = most
    return found


def _of_account(register: Register, holder: str, category: str, year: int) -> dict[Cell, int]:
    everything = register.most[category]
    if holder == POOL:
        return {("reserve", category, year): everything}
    found: dict[Cell, int] = {}
    row = register.position.get((holder, category))
    if holder in register.unit:
        found["cut", holder, category, year] = register.authorised(holder, category)
        if row is not None and row.willing:
            found["moved_out", holder, category, year] = row.in_post
    else:
        found["added", holder, category, year] = everything
        rows = register.county.positions
        if any(one.willing for one in rows if one.category == category and one.holder in register.unit):
            found["moved_in", holder, category, year] = everything
    plans = [one for one in register.county.hiring if (one.category, one.year) == (category, year)]
    if any(one.holder in {"", holder} for one in plans):
        found["hired", holder, category, year] = everything
    return found


def ledgers(case: Case, _said: Said) -> Wrong:
    """Positions and people are counted once and add up."""
    register, books = case.register, case.books
    yield from unreadable(case)
    for year in register.years:
        for holder, category in register.accounts:
            yield from _account(case, holder, category, year)
        for category in register.categories:
            gone = sum(books.said("moved_out", unit, category, year) for unit in register.unit)
            come = sum(books.said("moved_in", town, category, year) for town in register.township)
            if gone != come:
                yield f"{category} {year}: {gone} people leave, {come} arrive"
        for row in register.county.borrowed:
            key = ("borrowed", row.township, row.unit, row.category)
            before = row.staff if year == register.years[0] else books.said(*key, year - 1)
            if books.said(*key, year) > before:
                yield f"{key} {year}: borrowed anew"


def unreadable(case: Case) -> Wrong:
    """Numbers that no cell can have, and stations or matters that come up again: there nothing else has a meaning."""
    known, books = cells(case.register), case.books
    for cell, number in books.decided.items():
        either = cell[0] == "office" and str(case.register.agency[str(cell[2])].nature) == "either"
        if not 0 <= number <= (books.said("open", *cell[1:]) if either else known.get(cell, 0)):
            yield f"{cell}: {number} is no number that it can have"
        if cell[0] in {"handed", "delegated"} and number < books.said(*cell[:-1], int(cell[-1]) - 1):
            yield f"{cell}: comes up again"


def _account(case: Case, holder: str, category: str, year: int) -> Wrong:
    register, books = case.register, case.books
    where = f"{holder} {category} {year}"
    if books.owned(holder, category, year) < 0:
        yield f"{where}: owns less than nothing"
    retired = register.retired(holder, category, "", year)
    left = books.at_headquarters(holder, category, register.today) - retired
    if books.at_headquarters(holder, category, year) < min(0, left):
        yield f"{where}: less than nobody at headquarters"
    if holder in register.unit:
        if books.said("moved_out", holder, category, year) > books.said("cut", holder, category, year):
            yield f"{where}: people leave without a position"
    elif holder != POOL:
        if books.said("moved_in", holder, category, year) > books.said("added", holder, category, year):
            yield f"{where}: people arrive without a position"
        placed = sum(books.said("placed", holder, agency, category, year) for agency in register.agency)
        if placed > books.owned(holder, category, year) + register.beyond(holder, category):
            yield f"{where}: more placed than owned"


def hold_total(case: Case, said: Said) -> Wrong:
    """Per category there are as many positions as today, but for what is granted below a ceiling or given back."""
    register, books = case.register, case.books
    for row in register.county.categories:
        category, today = row.category, register.in_all(row.category)
        ceiling = None if row.ceiling is None else row.ceiling + today - register.counted(category)
        back, room = said["back_to_ceiling"], said["headroom"]
        least = most = today
        if ceiling is not None and back is not None:
            least = min(today, ceiling)
        if ceiling is not None and room is not False and not row.frozen:
            most = max(today, ceiling if room is True else min(ceiling, today + room))
        for year in register.years:
            before, now = books.held(category, year - 1), books.held(category, year)
            due = ceiling if back is not None and year >= back and ceiling is not None else most
            if not least <= now <= max(min(due, most), least):
                yield f"{category} {year}: {now} is not from {least} to {most}"
            if (now - before) * (most - today) < 0 or (now - before) * (least - today) < 0:
                yield f"{category} {year}: what was granted is given back, or the reverse"
            if row.frozen:
                gains = [books.said("added", town, category, year) for town in register.township]
                if max(gains, default=0) > 0 or books.owned(POOL, category, year) > books.owned(
                    POOL, category, year - 1
                ):
                    yield f"{category} {year}: frozen, and somebody gains"


def cut_above_add_below(case: Case, said: Said) -> Wrong:
    """Units only give, townships only receive; each at most a share; all together within a total."""
    register, books = case.register, case.books
    given = 0
    for unit in register.unit:
        cuts = [books.said("cut", unit, c, y) for c in register.categories for y in register.years]
        given += register.size(unit) - books.size(unit, register.last)
        if min(cuts, default=0) < 0:
            yield f"{unit}: receives"
        if said["share"] is not None:
            most = floor(said["share"] * register.size(unit))
            most = max(most, int(said["at_least_one"] and said["share"] > 0))
            if sum(cuts) > most:
                yield f"{unit}: gives {sum(cuts)}, more than {most}"
    open_ways = {(row.category, str(row.from_)) for row in register.county.routes}
    for unit, category in (key for key in register.position if register.is_above(key[0])):
        cuts = [books.said("cut", unit, category, year) for year in register.years]
        if any(cuts) and (category, register.kind(unit)) not in open_ways:
            yield f"{unit} {category}: under vertical management, and gives"
    for town in register.township:
        gains = [books.said("added", town, c, y) for c in register.categories for y in register.years]
        if min(gains, default=0) < 0:
            yield f"{town}: gives"
    yield from outside(said["total"], given, "all units")


def outside(limits: Said, found: int, what: str) -> Wrong:
    """A sentence where a number lies outside `at_least`, `at_most` or `exactly`."""
    least, most, exactly = limits.get("at_least"), limits.get("at_most"), limits.get("exactly")
    if (least is not None and found < least) or (most is not None and found > most):
        yield f"{what}: {found} is not from {least} to {most}"
    if exactly is not None and found != exactly:
        yield f"{what}: {found} is not {exactly}"


def vacancies_first(case: Case, _said: Said) -> Wrong:
    """A unit gives only what nobody sits in at headquarters; who goes along is willing."""
    register, books = case.register, case.books
    for (unit, category), row in register.position.items():
        if unit not in register.unit:
            continue
        yield from _only_free(case, unit, category, {})
        moved = sum(books.said("moved_out", unit, category, year) for year in register.years)
        if moved > row.willing:
            yield f"{unit} {category}: {moved} go, {row.willing} are willing"


def _only_free(case: Case, unit: str, category: str, staying: Mapping[tuple[str, int], int]) -> Wrong:
    """A year with a cut ends with nobody left over, in the unit as a whole and at headquarters; else not with more.

    Staying: who might still be there though the tables say they retire, by station (empty: headquarters) and year.
    """
    register, books = case.register, case.books
    row = register.position[unit, category]
    at_headquarters = max(0, -_free(books, unit, category, register.today))
    stations = register.stations_of(unit, category)
    for year in register.years:
        cut = books.said("cut", unit, category, year) > 0
        over = staying.get(("", year), 0) - _free(books, unit, category, year)
        if over > (0 if cut else at_headquarters):
            yield f"{unit} {category} {year}: {over} people too many at headquarters"
        places = ["", *(one.station for one in stations if not books.is_down(one, year))]
        over = sum(staying.get((place, year), 0) for place in places) - books.unmanned(unit, category, year)
        left = sum(max(0, one.authorised - one.in_post) for one in stations if books.is_down(one, year))
        if over > (0 if cut else max(0, row.in_post - row.authorised) + left):
            yield f"{unit} {category} {year}: {over} people too many"


def sure_retirements(case: Case, said: Said) -> Wrong:
    """The same, where only a part of those expected retires; and whichever so many of a unit do not."""
    register = case.register
    for unit, category in (key for key in register.position if key[0] in register.unit):
        places = ["", *(row.station for row in register.stations_of(unit, category))]
        expected = {(p, y): register.retired(unit, category, p, y) for p in places for y in register.years}
        ways = [{key: count - floor(said["count_on"] * count) for key, count in expected.items()}]
        most = [range(min(said["but"], expected[place, register.last]) + 1) for place in places]
        for numbers in (numbers for numbers in product(*most) if sum(numbers) <= said["but"]):
            late = dict(zip(places, numbers, strict=True))
            ways.append({(place, year): min(late[place], count) for (place, year), count in expected.items()})
        for staying in (staying for staying in ways if any(staying.values())):
            yield from _only_free(case, unit, category, staying)


def _free(books: Books, unit: str, category: str, year: int) -> int:
    """Positions at a unit's headquarters that nobody sits in."""
    rows = books.register.stations_of(unit, category)
    there = sum(int(row.authorised) for row in rows if not books.is_down(row, year))
    return books.owned(unit, category, year) - there - books.at_headquarters(unit, category, year)


def routes(case: Case, _said: Said) -> Wrong:
    """What kinds of holder give can flow, along the ways of the table, to where it is received."""
    register, books = case.register, case.books
    for category in register.categories if register.county.routes else ():
        ways = {(str(row.from_), str(row.to)) for row in register.county.routes if row.category == category}
        ways.add((POOL, POOL))
        for year in register.years:
            given: dict[str, int] = defaultdict(int)
            received: dict[str, int] = defaultdict(int)
            for unit in register.unit:
                given[register.kind(unit)] += books.said("cut", unit, category, year)
            for town in register.township:
                received[register.kind(town)] += books.said("added", town, category, year)
            given[POOL] = books.owned(POOL, category, year - 1)
            received[POOL] = books.owned(POOL, category, year)
            risen = books.held(category, year) - books.held(category, year - 1)
            given["granted"] = max(0, risen) if register.room[category] > 0 else 0
            received["given back"] = max(0, -risen) if register.room[category] < 0 else 0
            to = {("granted", register.kind(town)) for town in register.township}
            back = {(register.kind(unit), "given back") for unit in register.unit if not register.is_above(unit)}
            if not flows(given, received, ways | to | back | {(POOL, "given back")}):
                yield f"{category} {year}: {dict(given)} cannot become {dict(received)}"
    for row in register.county.stations if register.county.routes else ():
        way = (row.category, register.kind(row.unit), register.kind(row.township))
        open_ways = {(one.category, str(one.from_), str(one.to)) for one in register.county.routes}
        if way not in open_ways and any(books.is_down(row, year) for year in register.years):
            yield f"{row.station}: no way down"


def flows(given: Mapping[str, int], received: Mapping[str, int], ways: set[tuple[str, str]]) -> bool:
    """Whether everything given arrives and everything received comes from somewhere, along the ways.

    One position after another is sent; where none of its ways is free, others make way for it.
    """
    if sum(given.values()) != sum(received.values()) or min((*given.values(), *received.values())) < 0:
        return False
    takers = [place for place, count in received.items() for _one in range(count)]
    taken: dict[int, str] = {}

    def sent(origin: str, tried: set[int]) -> bool:
        for number, place in enumerate(takers):
            if (origin, place) in ways and number not in tried:
                tried.add(number)
                if number not in taken or sent(taken[number], tried):
                    taken[number] = origin
                    return True
        return False

    return all(sent(origin, set()) for origin, count in given.items() for _one in range(count))


def holder_limits(case: Case, said: Said) -> Wrong:
    """Floors and ceilings of holders, the smallest size of a unit; what is beyond them today may stay."""
    register, books = case.register, case.books
    for (holder, category), row in register.position.items():
        least = min(row.authorised, 0 if row.floor is None else row.floor)
        most = None if row.ceiling is None else max(row.authorised, row.ceiling)
        for year in register.years:
            owned = books.owned(holder, category, year)
            if (row.floor is not None and owned < least) or (most is not None and owned > most):
                yield f"{holder} {category} {year}: {owned} is not from {least} to {most}"
    for unit in register.unit if said["smallest"] else ():
        if books.size(unit, register.last) < min(register.size(unit), said["smallest"]):
            yield f"{unit}: too small"


def stations_go_down(case: Case, said: Said) -> Wrong:
    """Kinds that must be down by a year, kinds that never are; and their positions are where they join."""
    register, books = case.register, case.books
    joining: dict[Cell, int] = defaultdict(int)
    for row in register.county.stations:
        for year in register.years:
            down = books.is_down(row, year)
            if row.kind in said["kinds"] and not down and (said["by"] is None or year >= said["by"]):
                yield f"{row.station} {year}: still with its unit"
            if row.kind in said["stay"] and down:
                yield f"{row.station} {year}: down, and is to stay"
            if row.agency and down:
                joining["placed", row.township, row.agency, row.category, year] += row.authorised
    for cell, count in joining.items():
        if books.said(*cell) < count:
            yield f"{cell}: fewer than its stations bring"


def dispatched_staff(case: Case, said: Said) -> Wrong:
    """Each row within its bounds from its year on; real people; so many of one unit at most."""
    register, books = case.register, case.books
    bound: dict[tuple[str, str, int], int] = defaultdict(int)
    for row in register.county.dispatched:
        for year in register.years:
            early = row.year is not None and year < row.year
            least = row.staff if early or row.least is None else row.least
            most = row.staff if early or row.most is None else row.most
            bound[row.unit, row.category, year] += least
            sent = books.said("dispatched", row.unit, row.township, row.agency, row.category, year)
            if not least <= sent <= most:
                yield f"{row} {year}: {sent} is not from {least} to {most}"
    for (unit, category, year), least in bound.items():
        retired = register.retired(unit, category, "", year)
        staying = books.at_headquarters(unit, category, register.today) - retired
        missing = max(0, least - staying)  # who must be sent though the data leave too few people
        if books.sent(year, unit=unit, category=category) > books.in_post(unit, category, year) + missing:
            yield f"{unit} {category} {year}: sends people it does not have"
    for unit in register.unit if said["most"] is not None else ():
        today = sum(row.staff for row in register.county.dispatched if row.unit == unit)
        for year in register.years:
            if books.sent(year, unit=unit) > max(said["most"], today):
                yield f"{unit} {year}: sends too many"


def return_borrowed(case: Case, said: Said) -> Wrong:
    """Everybody borrowed is home by a year."""
    for year in case.register.years:
        if said["by"] is not None and year >= said["by"] and case.books.lent(year) > 0:
            yield f"{year}: somebody is still borrowed"


def work_follows_matters(case: Case, said: Said) -> Wrong:
    """The base set by a year, so many options, and positions for a share of the work that has gone."""
    register, books = case.register, case.books
    matters = list(register.delegable())
    for year in register.years:
        for town in register.township:
            taken = {row.matter for row in matters if books.said("delegated", row.matter, town, year)}
            base = {row.matter for row in matters if row.base}
            if said["base_by"] is not None and year >= said["base_by"] and not base <= taken:
                yield f"{town} {year}: not all of the base set"
            limits = {**said["options"], "at_least": said["options"]["at_least"] if year == register.last else None}
            yield from outside(limits, len(taken - base), f"{town} {year}: options")
        yield from _follow(case, year, said["share"])


def _follow(case: Case, year: int, share: Fraction) -> Wrong:
    register, books = case.register, case.books
    work: dict[tuple[str, str], int] = defaultdict(int)
    for row in register.delegable():
        for town in register.township:
            gone = case.work.demand_.relieved.get((row.matter, town), 0)
            if books.said("delegated", row.matter, town, year):
                for category in {row.category, ""}:
                    work[row.unit, category] += gone
    for (unit, category), hundredths in work.items():
        wanted = [category] if category else list(register.categories)
        given = sum(books.cut(unit, past, *wanted) for past in register.years if past <= year)
        if given < floor(share * hundredths / 100):
            yield f"{unit} {category or 'in all'} {year}: gives {given} for {hundredths} hundredths"


def leadership(case: Case, said: Said) -> Wrong:
    """Where leaders do not follow size: no unit is cut below the size its leaders need."""
    register, books = case.register, case.books
    bands = sorted((row.up_to, row.most) for row in register.county.bands if str(row.applies_to) == "leadership")
    for unit, row in register.unit.items() if bands and not said["follow"] else ():
        if row.leaders_authorised is None or (said["kinds"] and row.kind not in said["kinds"]):
            continue
        sizes = [0, *(up_to + 1 for up_to, _most in bands[:-1])]
        enough = (size for size, (_up_to, most) in zip(sizes, bands, strict=True) if most >= row.leaders_authorised)
        least = min(register.size(unit), next(enough, sizes[-1]))
        for year in register.years:
            if books.size(unit, year) < least:
                yield f"{unit} {year}: too small for its leaders"


def hiring(case: Case, _said: Said) -> Wrong:
    """Hires within the plan; whoever takes somebody in has positions for all of its people."""
    register, books = case.register, case.books
    for row in register.county.hiring:
        who = [row.holder] if row.holder else [*register.unit, *register.township]
        hired = sum(books.said("hired", holder, row.category, row.year) for holder in who)
        if hired > row.most or hired < row.least:
            yield f"{row.holder} {row.category} {row.year}: hires {hired}"
    for holder, category in register.accounts:
        for year in register.years:
            taken = books.said("hired", holder, category, year) + books.said("moved_in", holder, category, year)
            full = books.unmanned(holder, category, year) < 0
            if taken > 0 and (full or (holder in register.unit and _free(books, holder, category, year) < 0)):
                yield f"{holder} {category} {year}: takes people in though it is full"


def phasing(case: Case, said: Said) -> Wrong:
    """No year has more than a share of all cuts, rounded up."""
    register, books = case.register, case.books
    yearly = {year: sum(books.cut(unit, year) for unit in register.unit) for year in register.years}
    for year, count in yearly.items():
        if count > ceil(said["share"] * sum(yearly.values())):
            yield f"{year}: {count} of {sum(yearly.values())}"


def budget(case: Case, said: Said) -> Wrong:
    """What the county's own positions cost stays within a sum, or today's cost."""
    register, books = case.register, case.books
    cost = {row.category: Fraction(row.cost or 0) for row in register.county.categories}

    def costs(year: int) -> Fraction:
        own = ((h, c) for h, c in register.accounts if not register.is_above(h))
        return sum((books.owned(h, c, year) * cost[c] for h, c in own), Fraction(0))

    for year in register.years if said["at_most"] is not None else ():
        if costs(year) > max(said["at_most"], costs(register.today)):
            yield f"{year}: costs {costs(year)}"


def pinned(case: Case, said: Said) -> Wrong:
    """What is fixed by hand."""
    register, books = case.register, case.books
    for pin in said["cells"]:
        wanted = [pin["category"]] if pin["category"] else list(register.categories)
        owned = sum(books.owned(pin["holder"], category, pin["year"] or register.last) for category in wanted)
        yield from outside(pin, owned, f"{pin['holder']} {pin['category']}")
    for pin in said["totals"]:
        first, last = (pin["year"] - 1, pin["year"]) if pin["year"] else (register.today, register.last)
        accounts = [(u, c) for u, c in register.accounts if u in register.unit and pin["category"] in {"", c}]
        given = sum(books.owned(u, c, first) - books.owned(u, c, last) for u, c in accounts)
        yield from outside(pin, given, f"all units {pin['category']}")
    for pin in said["hires"]:
        keys = [(h, c, y) for h in register.holders for c in register.categories for y in register.years]
        named = (pin["holder"], pin["category"], pin["year"])
        wanted_keys = [key for key in keys if all(not a or a == b for a, b in zip(named, key, strict=True))]
        yield from outside(pin, sum(books.said("hired", *key) for key in wanted_keys), f"hired {named}")
    for pin in said["agencies"]:
        strength = books.strength(pin["township"], pin["agency"], pin["year"] or register.last)
        yield from outside(pin, strength, f"{pin['township']} {pin['agency']}")
