"""What must hold of the agencies of townships, one function a rule: each yields a sentence wherever it is broken."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

from tests.independent.above import Case, Said, Wrong
from tests.independent.classes import class_of


def compulsory_agencies(case: Case, _said: Said) -> Wrong:
    """Every township has what every township must have, within its least and most."""
    for town in case.register.township:
        for row in case.register.agency.values():
            for year in case.register.years if row.compulsory else ():
                if case.books.said("open", town, row.agency, year) != 1:
                    yield f"{town} {row.agency} {year}: not there"
                yield from _within(case, town, row, year)


def _within(case: Case, town: str, row: Any, year: int) -> Wrong:  # noqa: ANN401 - a row of the county
    """The strength of an agency; weaker or stronger than its limits only as far as it is today."""
    today, now = case.register.strength(town, row.agency), case.books.strength(town, row.agency, year)
    least = row.least if not today else min(row.least, today)
    if now < least or (row.most is not None and now > max(row.most, today)):
        yield f"{town} {row.agency} {year}: {now} is not from {least} to {row.most}"


def agency_quota(case: Case, said: Said) -> Wrong:
    """So many agencies at most; nobody in one that is not open; limits of an optional one once it is."""
    register, books = case.register, case.books
    for town in register.township:
        quota = said.get(class_of(register, town) or "none")
        today = sum(register.strength(town, agency) > 0 for agency in register.agency)
        for year in register.years:
            opened = sum(books.said("open", town, agency, year) for agency in register.agency)
            if quota is not None and opened > max(quota, today):
                yield f"{town} {year}: {opened} agencies"
            for row in register.agency.values():
                if not books.said("open", town, row.agency, year):
                    if books.strength(town, row.agency, year) > 0:
                        yield f"{town} {row.agency} {year}: closed, and somebody is there"
                elif not row.compulsory:
                    yield from _within(case, town, row, year)
            yield from _by_nature(case, town, said, year)
        for agency in register.agency if said["steady"] else ():
            first = register.strength(town, agency) > 0
            states = [first, *(bool(books.said("open", town, agency, year)) for year in register.years)]
            if sum(a != b for a, b in pairwise(states)) > 1:
                yield f"{town} {agency}: opens and closes"


def _by_nature(case: Case, town: str, said: Said, year: int) -> Wrong:
    """Offices and institutions apart; what may be either counts as decided, and today as leaves more room."""
    register, books = case.register, case.books
    for one, nature, as_office in (("offices", "office", 1), ("institutions", "institution", 0)):
        limits = said.get(one, {})
        now = surely = perhaps = 0
        for agency, row in register.agency.items():
            opened, today = books.said("open", town, agency, year), register.strength(town, agency) > 0
            either = str(row.nature) == "either"
            mine = books.said("office", town, agency, year) == as_office if either else str(row.nature) == nature
            now += opened * mine
            surely += today and str(row.nature) == nature
            perhaps += today and (either or str(row.nature) == nature)
        least, most = limits.get("at_least"), limits.get("at_most")
        unknown = not any(register.strength(town, agency) for agency in register.agency)
        floor_now = least if unknown or least is None else min(least, perhaps)
        if (floor_now is not None and now < floor_now) or (most is not None and now > max(most, surely)):
            yield f"{town} {year}: {now} {one}"


def agency_nature(case: Case, said: Said) -> Wrong:
    """An office or an institution holds its own categories; one that may be either is one of the two for good."""
    register = case.register
    may = {"office": set(said["office"] or register.categories)}
    may["institution"] = set(said["institution"] or register.categories)
    for town in register.township:
        for row in register.agency.values():
            either = str(row.nature) == "either"
            alien = set(register.categories) - (may["office"] | may["institution"] if either else may[str(row.nature)])
            if row.categories:
                alien |= set(register.categories) - set(row.categories)
            for category in alien:
                today = register.placed.get((town, row.agency, category), 0)
                if any(case.books.said("placed", town, row.agency, category, year) > today for year in register.years):
                    yield f"{town} {row.agency}: holds what it may not"
            if either:
                yield from _one_of_two(case, town, row.agency, may)


def _one_of_two(case: Case, town: str, agency: str, may: Mapping[str, set[str]]) -> Wrong:
    """An agency that may be either is as decided, and has nothing of the other's; or as today where it has both."""
    books, years = case.books, case.register.years
    office, institution = may["office"] - may["institution"], may["institution"] - may["office"]
    if not office and not institution:
        return
    today = [sum(case.register.placed.get((town, agency, c), 0) for c in side) for side in (office, institution)]
    is_office = {year: books.said("office", town, agency, year) for year in years}
    if len({is_office[year] for year in years if books.said("open", town, agency, year)}) > 1:
        yield f"{town} {agency}: now office, now institution"
    for year in years:
        wrong = institution if is_office[year] else office
        now = sum(books.said("placed", town, agency, category, year) for category in wrong)
        if now > (today[is_office[year]] if all(today) else 0):
            yield f"{town} {agency} {year}: holds what it may not as what it is"


def platforms(case: Case, said: Said) -> Wrong:
    """Every platform has its least strength: by a year, or as far as it has it today."""
    register, books = case.register, case.books
    for town in register.township:
        groups: dict[str, list[str]] = defaultdict(list)
        for agency, row in register.agency.items():
            groups[str(row.platform)].append(agency)
        for platform, agencies in groups.items():
            today = sum(register.strength(town, agency) for agency in agencies)
            for year in register.years:
                now = sum(books.strength(town, agency, year) for agency in agencies)
                due = min(said["least"], today) if said["by"] is None else said["least"] * (year >= said["by"])
                if now < due:
                    yield f"{town} {platform} {year}: {now}, and not {due}"


def enforcement_brigade(case: Case, said: Said) -> Wrong:
    """One brigade in each township, strong enough, drawn from the forces named."""
    register, books = case.register, case.books
    brigades = [agency for agency, row in register.agency.items() if str(row.role) == "brigade"]
    for town in register.township if brigades else ():
        today = sum(register.strength(town, agency) for agency in brigades)
        several = sum(register.strength(town, agency) > 0 for agency in brigades)
        for year in register.years:
            opened = sum(books.said("open", town, agency, year) for agency in brigades)
            if not 1 <= opened <= max(1, several):
                yield f"{town} {year}: {opened} brigades"
            now = sum(books.strength(town, agency, year) for agency in brigades)
            due = min(said["least"], today) if said["by"] is None else said["least"] * (year >= said["by"])
            if now < due:
                yield f"{town} {year}: a brigade of {now}"
    for force in said["forces"] if brigades else ():
        yield from _takes_part(case, brigades, force, said)
    for category in register.categories if said["forces"] and brigades else ():
        yield from _drawn(case, brigades, said["forces"], category)


def _takes_part(case: Case, brigades: list[str], force: str, said: Said) -> Wrong:
    """Every force named gives, or has dispatched to brigades, at least so many."""
    register, books = case.register, case.books
    units = [unit for unit, row in register.unit.items() if row.force == force]
    due = register.last if said["by"] is None else said["by"]
    for year in (year for year in register.years if year >= due):
        given = sum(register.size(unit) - books.size(unit, year) for unit in units)
        rows = (row for row in register.county.dispatched if row.unit in units and row.agency in brigades)
        sent = sum(books.said("dispatched", r.unit, r.township, r.agency, r.category, year) for r in rows)
        if given + sent < said["each"]:
            yield f"{force} {year}: gives {given} and sends {sent}"


def _drawn(case: Case, brigades: list[str], forces: Any, category: str) -> Wrong:  # noqa: ANN401 - a parameter
    """What brigades gain of a category comes from the forces, as positions or as people dispatched."""
    register, books = case.register, case.books
    named = [unit for unit, row in register.unit.items() if row.force in forces]
    for year in register.years:
        places = [(town, agency) for town in register.township for agency in brigades]
        placed = sum(books.said("placed", *place, category, year) for place in places)
        gained = placed - sum(register.placed.get((*place, category), 0) for place in places)
        given = sum(register.authorised(u, category) - books.owned(u, category, year) for u in named)
        for row in register.county.dispatched:
            if row.agency in brigades and row.category == category:
                more = books.said("dispatched", row.unit, row.township, row.agency, category, year) - row.staff
                gained += more
                given += more if row.unit in named else 0
        if gained > given:
            yield f"{category} {year}: brigades gain {gained}, forces give {given}"


def unified_use(case: Case, said: Said) -> Wrong:
    """Positions beyond the posts of their category only where that is opened, and up to a share of the posts."""
    register, books = case.register, case.books
    places = [(town, agency) for town in register.township for agency in register.agency]
    for town, agency in (place for place in places if register.has_posts(*place)):
        before, here = _posts_today(case, town, agency), {c: (town, agency, c) for c in register.categories}
        today = {c: max(0, register.placed.get(key, 0) - before[c]) for c, key in here.items()}
        for year in register.years:
            shares = [one["share"] for one in said["openings"] if _opened(case, one, town, year)]
            if None in shares:
                continue
            posts = _posts_then(case, town, agency, year)
            over = {c: max(0, books.said("placed", *key, year) - posts[c]) for c, key in here.items()}
            if not shares and any(over[c] > today[c] for c in over):
                yield f"{town} {agency} {year}: serves posts of another category"
            if shares and sum(over.values()) - max(shares) * posts.total() > max(
                0, sum(today.values()) - max(shares) * before.total()
            ):
                yield f"{town} {agency} {year}: too many serve posts of another category"


def _opened(case: Case, one: Said, town: str, year: int) -> bool:
    kind = None if one["kind"] is None else str(one["kind"])
    there = one["township"] in {"", town} and kind in {None, case.register.kind(town)}
    return there and (one["from_"] is None or year >= one["from_"])


def posts_filled(case: Case, said: Said) -> Wrong:
    """Positions have a post to fill, but for a share of them; and of the posts a share is filled, by a year if said."""
    register, books = case.register, case.books
    places = [(town, agency) for town in register.township for agency in register.agency]
    for place in (place for place in places if register.has_posts(*place)):
        today = sum(register.placed.get((*place, category), 0) for category in register.categories)
        before = _posts_today(case, *place)
        beyond_today = (1 - said["spare"]) * today - before.total()
        empty_today = said["least"] * before.total() - today
        for year in register.years:
            placed = sum(books.said("placed", *place, category, year) for category in register.categories)
            posts = _posts_then(case, *place, year).total()
            if (1 - said["spare"]) * placed - posts > max(0, beyond_today):
                yield f"{place} {year}: {placed} for {posts} posts"
            may_be_empty = max(0, empty_today) if said["by"] is None else 0
            due = said["by"] is None or year >= said["by"]
            if due and books.said("open", *place, year) and said["least"] * posts - placed > may_be_empty:
                yield f"{place} {year}: {placed} fill {posts} posts"


def _posts_then(case: Case, town: str, agency: str, year: int) -> Counter[str]:
    """Posts of an agency by category, with those of what is not opened and has left its work to it."""
    left = (other for other in _leaving_to(case, agency) if not case.books.said("open", town, other, year))
    return sum((Counter(case.register.posts(town, one)) for one in (agency, *left)), Counter[str]())


def _posts_today(case: Case, town: str, agency: str) -> Counter[str]:
    """The same today: what has nobody is not there."""
    left = (other for other in _leaving_to(case, agency) if not case.register.strength(town, other))
    return sum((Counter(case.register.posts(town, one)) for one in (agency, *left)), Counter[str]())


def _leaving_to(case: Case, agency: str) -> list[str]:
    """What a township need not have, and whose work this agency does then."""
    return [row.agency for row in case.register.agency.values() if not row.compulsory and row.else_ == agency]


def no_worse_on_the_way(case: Case, said: Said) -> Wrong:
    """No year covers less of a township's work than today, but for what the data take away."""
    register, work = case.register, case.work
    base = {row.matter for row in register.delegable() if row.base}
    for town in register.township:
        known = register.county.placed or work.demand_.as_one(town)
        for year in register.years if known and work.demand_.measured(town) else ():
            least = _today(case, town, year) - said["may_fall"]
            taken = (m for m in base if case.books.said("delegated", m, town, year))
            more = sum(work.demand_.handed_over.get((matter, town), 0) for matter in taken)
            if Fraction(work.covered(town, year), work.total(town, year) - more) < least:
                yield f"{town} {year}: covers less than today"


def _today(case: Case, town: str, year: int) -> Fraction:
    """What is covered of a township's work today, without staff whose row has to end by a year."""
    register, demand = case.register, case.work.demand_
    rows = [row for row in register.county.dispatched if row.township == town]
    gone: dict[str, int] = defaultdict(int)
    for row in rows:
        if year >= (row.year or year):
            gone[row.agency] += row.staff - min(row.staff, row.staff if row.most is None else row.most)
    if demand.as_one(town):
        own = register.size(town) + sum(row.staff for row in rows) - sum(gone.values())
        return Fraction(min(demand.of[town, ""], 100 * own), demand.of[town, ""])
    found: dict[str, int] = defaultdict(int)
    for (place, agency), amount in demand.of.items():
        if place == town:
            there = register.strength(town, agency) > 0 or not case.work.heir(agency)
            found[agency if there else case.work.heir(agency)] += amount
    there_today = {agency: register.strength(town, agency) - gone[agency] for agency in found}
    done = sum(min(amount, 100 * there_today[agency]) for agency, amount in found.items())
    return Fraction(done, sum(found.values()))
