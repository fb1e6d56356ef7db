"""The best plan of a tiny county, found by writing all plans out.

No solver and no draft: only the books, the rules' `check` and the goals' `measure`. Plans are written out in
five steps, and each drops only what no later step could save:

1. category by category, which stations come down, who gives and receives, then who moves, is hired,
   dispatched and borrowed: a finding about a category depends on that category alone;
2. all categories together: the rules that add up over them;
3. which matters townships take on;
4. for every township and year the agencies, given the positions, staff and matters there: a finding about a
   township's agencies in a year depends on nothing else;
5. everything together: the few rules about agencies that look at several years or townships.

Arrangements of agencies that serve the same work, and do the same for step 5, are alike for every goal but
`canonical`; that one looks at all of them. `all_plans` writes everything out without any of this, and a test compares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import pairwise, product

from rebalance.county.agencies import Nature, Role
from rebalance.county.holders import RESERVE
from rebalance.goals.canonical import Canonical
from rebalance.goals.goal import Goal, Value
from rebalance.goals.worst_off_first import WorstOffFirst
from rebalance.model.finding import Place
from rebalance.model.plan import Decision, Plan, decisions, natures, plan_of
from rebalance.problem.problem import Problem
from rebalance.rules import Rule
from rebalance.rules.agency_nature import AgencyNature
from rebalance.rules.agency_quota import AgencyQuota
from rebalance.rules.hold_total import HoldTotal
from rebalance.rules.rule import Range
from rebalance.scenario.parts import goal_name
from rebalance.scenario.scenario import Scenario

Decided = Mapping[Decision, int]

FLOWS = ("hold_total", "routes", "holder_limits")
"""Rules about who gives and receives that speak of one category at a time."""

PEOPLE = (
    "vacancies_first",
    "sure_retirements",
    "hiring",
    "dispatched_staff",
    "return_borrowed",
    "stations_go_down",
    "ledgers",
)
"""Rules about people that speak of one category at a time (the costliest last)."""

TOGETHER = ("cut_above_add_below", "phasing", "holder_limits", "pinned", "leadership", "budget", "dispatched_staff")
"""Rules that add up over categories."""

MATTERS = ("work_follows_matters", "ledgers")
"""Rules about what is delegated."""

AGENCIES = (
    "compulsory_agencies",
    "agency_quota",
    "pinned",
    "agency_nature",
    "platforms",
    "stations_go_down",
    "enforcement_brigade",
    "unified_use",
    "posts_filled",
    "no_worse_on_the_way",
)
"""Rules about agencies. (The ledgers too speak of them; only what they let be placed is written out.)"""

IN_ALL = ("agency_nature", "enforcement_brigade", "agency_quota")
"""Rules about agencies in several years, or in all townships."""


BUDGET = 4_000
"""How many numbers, or plans, may be written out at one step or another."""

BEYOND = Fraction(10**9)
"""A share beyond all others."""


class TooManyError(Exception):
    """There are more plans than a test can wait for."""


@dataclass(slots=True)
class Budget:
    """How much may be written out."""

    left: int

    def spend(self, count: int) -> None:
        """Take note that so many more are to be looked at."""
        self.left -= count
        if self.left < 0:
            raise TooManyError


Alike = tuple[Decided, ...]
"""Arrangements of a township's agencies in a year that serve the same work."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Plans that are alike for every goal but `canonical`: some cells, and alternatives for the others."""

    decided: Decided
    rooms: tuple[Alike, ...] = ()

    @property
    def first(self) -> Decided:
        """One of the plans."""
        return _joined(self.decided, (room[0] for room in self.rooms))

    def all(self) -> Iterator[Decided]:
        """All of them."""
        return (_joined(self.decided, chosen) for chosen in product(*self.rooms))


@dataclass(frozen=True)
class Best:
    """A best plan, the values of all goals but `canonical`, whether it is the only one, which goals had a choice."""

    plan: Plan
    values: tuple[Value, ...]
    unique: bool
    free: frozenset[str]


def best(scenario: Scenario, budget: int = BUDGET) -> Best | None:
    """The best lawful plan, or None; raises `TooManyError` where the budget does not suffice."""
    book = Book(scenario, Budget(budget))
    found = list(book.bundles())
    return ranked(scenario, found, budget) if found else None


def ranked(scenario: Scenario, found: Sequence[Bundle], budget: int = BUDGET) -> Best:
    """The best of some plans: goal after goal only the plans that reach its best value stay."""
    rivals = [(plan_of(scenario.problem, bundle.first), bundle) for bundle in found]
    free: set[str] = set()
    for goal in (goal for goal in scenario.goals if not isinstance(goal, Canonical)):
        measured = [(merit(goal, goal.measure(plan)), plan, bundle) for plan, bundle in rivals]
        top = max(rank for rank, _plan, _bundle in measured)
        rivals = [(plan, bundle) for rank, plan, bundle in measured if rank == top]
        if len(rivals) < len(measured):
            free.add(goal_name(goal))
    Budget(budget).spend(sum(_product(map(len, bundle.rooms)) for _plan, bundle in rivals))
    plans = [plan_of(scenario.problem, decided) for _plan, bundle in rivals for decided in bundle.all()]
    if len(plans) > 1:
        free.add("canonical")
    values = tuple(goal.measure(plans[0]) for goal in scenario.goals if not isinstance(goal, Canonical))
    return Best(min(plans, key=Canonical().measure), values, len(plans) == 1, frozenset(free))


def merit(goal: Goal, value: Value) -> tuple[tuple[Fraction, int], ...]:
    """The larger the better: fewer below each level, from the worst up; whoever has enough counts no more."""
    if isinstance(value, int):
        return ((Fraction(-value), 0),)
    enough = goal.enough if isinstance(goal, WorstOffFirst) else BEYOND
    return (*((level, -count) for level, count in value if level < enough), (BEYOND, 0))


@dataclass(frozen=True)
class Book:
    """A scenario whose plans are written out."""

    scenario: Scenario
    budget: Budget
    _rooms: dict[tuple[object, ...], list[Alike]] = field(default_factory=dict)

    @property
    def problem(self) -> Problem:
        """The county."""
        return self.scenario.problem

    @property
    def rules(self) -> Mapping[str, Rule]:
        """What must hold."""
        return self.scenario.rules

    @cached_property
    def still(self) -> Decided:
        """The cells of a plan in which the reserve stays as it is."""
        years, pool = self.problem.years, self.problem.reserves
        return {("reserve", c, y): self.problem.authorised(RESERVE, c) for c in pool for y in years}

    def bundles(self) -> Iterator[Bundle]:
        """All lawful plans, step by step."""
        taken = (whole for positions in self.positions() for whole in self.delegated(positions))
        return (bundle for whole in taken for bundle in self.completed(whole))

    def positions(self) -> Iterator[Decided]:
        """Steps 1 and 2: whatever positions and people may do, agencies left aside."""
        options = [list(self._of_category(category)) for category in self.problem.categories]
        self.budget.spend(_product(len(choices) for choices in options))
        for chosen in product(*options):
            whole = _joined({}, chosen)
            if not self._breaks(whole, TOGETHER, lambda place: not place.agency):
                yield whole

    def _of_category(self, category: str) -> Iterator[Decided]:
        def here(place: Place) -> bool:
            return place.category == category and place.aspect != "joins"

        for positions in self._flows(category):
            if self._breaks({**self.still, **positions}, FLOWS, here):
                continue
            for people in self._people_and_staff(category, positions):
                decided = {**positions, **people}
                if not self._breaks({**self.still, **decided}, PEOPLE, here):
                    yield decided

    def _flows(self, category: str) -> Iterator[Decided]:
        """Who gives, what stays in the reserve and who receives, of one category."""
        above = [unit for unit, kept in self.problem.accounts if unit in self.problem.unit and kept == category]
        cuts = (list(self._cuts(unit, category)) for unit in above)
        options = [*cuts, list(self._levels(category)), *self._stations(category)]
        self.budget.spend(_product(map(len, options)))
        for chosen in product(*options):
            given = _joined({}, chosen)
            yield from (_joined(given, [received]) for received in self._received(category, given))

    def _cuts(self, unit: str, category: str) -> Iterator[Decided]:
        years = self.problem.years
        for cuts in _spread(len(years), self.problem.authorised(unit, category)):
            yield {("cut", unit, category, year): cut for year, cut in zip(years, cuts, strict=True)}

    def _stations(self, category: str) -> Iterator[list[Decided]]:
        """Every station of the category comes down in some year, or never."""
        for row in self.problem.county.stations:
            if row.category == category:
                yield [self._steps(("handed", row.station), ways) for ways in self._rising(1)]

    def _rising(self, most: int) -> Iterator[tuple[int, ...]]:
        """Every way from nothing up to so many, never down, year by year."""
        return (way for way in product(range(most + 1), repeat=len(self.problem.years)) if list(way) == sorted(way))

    def _steps(self, name: tuple[str, ...], numbers: Iterable[int]) -> Decided:
        """The numbers of a cell, year by year."""
        years = zip(self.problem.years, numbers, strict=True)
        return {_cell(*name, year): number for year, number in years}

    def _levels(self, category: str) -> Iterator[Decided]:
        years = self.problem.years if category in self.problem.reserves else ()
        most = sum(self.problem.authorised(h, c) for h, c in self.problem.accounts if c == category)
        for levels in product(range(most + 1), repeat=len(years)):
            yield {("reserve", category, year): level for year, level in zip(years, levels, strict=True)}

    def _received(self, category: str, given: Decided) -> Iterator[Decided]:
        """What townships receive year by year: all that is missing, and what may be granted or is given back."""
        townships, years = self.problem.townships, self.problem.years
        books = plan_of(self.problem, given)
        holders = [holder for holder, kept in self.problem.accounts if kept == category]
        sums = [sum(books.owned(holder, category, year) for holder in holders) for year in (years[0] - 1, *years)]
        granted = self._granted(category)
        yearly = [
            [one for more in granted for one in _exactly(len(townships), before - now + more)]
            for before, now in pairwise(sums)
        ]
        self.budget.spend(_product(map(len, yearly)))
        for received in product(*yearly):
            yield {
                ("added", township, category, year): number
                for year, numbers in zip(years, received, strict=True)
                for township, number in zip(townships, numbers, strict=True)
            }

    def _granted(self, category: str) -> range:
        """How many positions of a category may be granted in a year; below zero: given back."""
        rule, room = self.rules.get("hold_total"), self.problem.headroom[category]
        if not isinstance(rule, HoldTotal):
            return range(1)
        back, more = min(0, room) if rule.back_to_ceiling else 0, max(0, room) if rule.headroom else 0
        return range(back, more + 1)

    def _people_and_staff(self, category: str, positions: Decided) -> Iterator[Decided]:
        options = [list(self._people(category, positions)), *self._staff(category)]
        self.budget.spend(_product(map(len, options)))
        return (_joined({}, chosen) for chosen in product(*options))

    def _staff(self, category: str) -> Iterator[list[Decided]]:
        """Every number that may be dispatched, and who is still borrowed, row by row."""
        years = len(self.problem.years)
        for row in self.problem.county.dispatched:
            name = ("dispatched", row.unit, row.township, row.agency, row.category)
            if row.category == category:
                numbers = range(max(row.staff, row.most or 0) + 1)
                yield [self._steps(name, way) for way in product(numbers, repeat=years) if self._lawful(name, way)]
        for lent in self.problem.county.borrowed:
            if lent.category == category:
                loan = ("borrowed", lent.township, lent.unit, lent.category)
                yield [self._steps(loan, [lent.staff - gone for gone in way]) for way in self._rising(lent.staff)]

    def _lawful(self, name: tuple[str, ...], way: Iterable[int]) -> bool:
        """Whether a row of dispatched staff keeps its own bounds."""

        def here(place: Place) -> bool:
            return (place.holder, place.item, place.agency, place.category) == name[1:]

        return not self._breaks({**self.still, **self._steps(name, way)}, ("dispatched_staff",), here)

    def _people(self, category: str, positions: Decided) -> Iterator[Decided]:
        """Who moves and is hired, of one category; nobody moves without a position."""
        domains: dict[Decision, range] = {}
        for (verb, *ids), most in decisions(self.problem):
            cell: Decision = (verb, *ids)
            if verb in {"moved_out", "moved_in"} and ids[1] == category:
                twin: Decision = ("cut" if verb == "moved_out" else "added", *ids)
                domains[cell] = range(positions[twin] + 1)
            elif verb == "hired" and ids[1] == category:
                domains[cell] = range(self._hires(cell, most) + 1)
        self.budget.spend(_product(map(len, domains.values())))
        for counts in product(*domains.values()):
            people = dict(zip(domains, counts, strict=True))
            if _balanced(people, self.problem.years):
                yield people

    def _hires(self, cell: Decision, most: int) -> int:
        if "hiring" not in self.rules:
            return most
        plans = [(row.most, {row.holder, row.category, row.year} - {""}) for row in self.problem.county.hiring]
        return min((most for most, about in plans if about <= set(cell)), default=0)

    def delegated(self, positions: Decided) -> Iterator[Decided]:
        """Step 3: every matter is taken on by every township in some year, or never."""
        keys = [("delegated", m, t) for m in self.problem.delegation.matters for t in self.problem.townships]
        options = [[self._steps(key, way) for way in self._rising(1)] for key in keys]
        self.budget.spend(_product(map(len, options)) if options else 0)
        for chosen in product(*options):
            whole = _joined(positions, chosen)
            if not self._breaks(whole, MATTERS, lambda place: place.aspect in {"base", "options", "positions"}):
                yield whole

    def completed(self, positions: Decided) -> Iterator[Bundle]:
        """Steps 4 and 5: the agencies of every township and year."""
        plan = plan_of(self.problem, positions)
        keys = [(t, y) for t in self.problem.townships for y in self.problem.years]
        rooms = [self._arranged(township, year, plan) for township, year in keys]
        self.budget.spend(_product(map(len, rooms)))
        for chosen in product(*rooms):
            bundle = Bundle(positions, chosen)
            if not self._breaks(bundle.first, IN_ALL, _is_of_all):
                yield bundle

    def _arranged(self, township: str, year: int, plan: Plan) -> list[Alike]:
        owned = tuple(plan.owned(township, category, year) for category in self.problem.categories)
        rows = ("handed", "dispatched", "delegated")
        said = tuple((cell, n) for cell, n in plan.decided.items() if cell[0] in rows and cell[-1] == year)
        key = (township, year, owned, said)
        if key not in self._rooms:
            self._rooms[key] = self._gathered(township, year, plan)
        return self._rooms[key]

    def _gathered(self, township: str, year: int, plan: Plan) -> list[Alike]:
        """All lawful arrangements, by what they serve."""
        alike: dict[tuple[tuple[int, ...], ...], list[Decided]] = {}
        places = self.problem.work.places[township]
        for decided in self._arrangements(township, year, plan):
            whole = plan_of(self.problem, {**plan.decided, **decided})
            if not self._breaks(whole.decided, AGENCIES, lambda place: _is_of_one(place, township, year)):
                served = tuple((whole.served(township, a, year), whole.demand(township, a, year)) for a in places)
                alike.setdefault((*served, tuple(self._seen_in_all(whole, township, year))), []).append(decided)
        return [tuple(choices) for choices in alike.values()]

    def _seen_in_all(self, plan: Plan, township: str, year: int) -> Iterator[int]:
        """What step 5 will look at."""
        for row in self.problem.county.agencies:
            if row.role is Role.BRIGADE and "enforcement_brigade" in self.rules:
                yield from (plan.placed(township, row.agency, c, year) for c in self.problem.categories)
            if row.nature is Nature.EITHER and "agency_nature" in self.rules:
                yield from (plan.placed(township, row.agency, c, year) for c in self.problem.categories)
                yield plan.office(township, row.agency, year)
            if "agency_quota" in self.rules:
                yield plan.open(township, row.agency, year)

    def _arrangements(self, township: str, year: int, plan: Plan) -> Iterator[Decided]:
        """Every choice of what is open, every way to place what is owned (or is placed beyond it today)."""
        problem, agencies = self.problem, self.problem.agencies
        places: list[list[Decision]] = [
            [("placed", township, a, c, year) for a in agencies] for c in problem.categories
        ]
        ways = [list(_spread(len(agencies), self._room(township, c, year, plan))) for c in problem.categories]
        either = sum(row.nature is Nature.EITHER for row in self.problem.county.agencies)
        self.budget.spend(2 ** (len(agencies) + either) * _product(map(len, ways)))
        for doors in product((0, 1), repeat=len(agencies)):
            opened: Decided = {("open", township, a, year): door for a, door in zip(agencies, doors, strict=True)}
            chosen = [cell for cell in chosen_natures(self.scenario) if {township, year} <= set(cell)]
            natures = [range(1 + opened["open", *cell[1:]]) for cell in chosen]
            for way in product(*ways, product(*natures)):
                *numbers, office = way
                placed = [dict(zip(keys, counts, strict=True)) for keys, counts in zip(places, numbers, strict=True)]
                yield _joined(opened, (*placed, dict(zip(chosen, office, strict=True))))

    def _room(self, township: str, category: str, year: int, plan: Plan) -> int:
        placed = sum(self.problem.placed.get((township, a, category), 0) for a in self.problem.agencies)
        over = max(0, placed - self.problem.authorised(township, category))
        return plan.owned(township, category, year) + over

    def _breaks(self, decided: Decided, names: Iterable[str], relevant: Callable[[Place], bool]) -> bool:
        plan, rules = (
            plan_of(self.problem, decided),
            (self.rules[name] for name in names if name in self.rules),
        )
        return any(found.broken and relevant(found.place) for rule in rules for found in rule.check(plan))


def all_plans(scenario: Scenario, budget: int) -> Iterator[Plan]:
    """Every lawful plan: each cell takes each number that makes sense for it, and every rule is asked."""
    domains = dict(decisions(scenario.problem)) | dict.fromkeys(chosen_natures(scenario), 1)
    Budget(budget).spend(_product(most + 1 for most in domains.values()))
    for counts in product(*(range(most + 1) for most in domains.values())):
        plan = plan_of(scenario.problem, dict(zip(domains, counts, strict=True)))
        if lawful(scenario, plan):
            yield plan


def chosen_natures(scenario: Scenario) -> list[Decision]:
    """The cells of natures that are decided: all of them, where a rule tells offices from institutions; else none."""
    every = scenario.problem.categories
    rule, quota = scenario.rules.get("agency_nature"), scenario.rules.get("agency_quota")
    told = isinstance(rule, AgencyNature) and set(rule.office or every) != set(rule.institution or every)
    counted = isinstance(quota, AgencyQuota) and (quota.offices, quota.institutions) != (Range(), Range())
    return list(natures(scenario.problem)) if told or counted else []


def lawful(scenario: Scenario, plan: Plan) -> bool:
    """Whether no rule has anything to say against the plan."""
    return not any(finding.broken for rule in scenario.rules.values() for finding in rule.check(plan))


def _is_of_all(place: Place) -> bool:
    """Whether step 5 judges it: what is said of several years or townships."""
    return place.aspect == "steady" or not place.year or not place.holder


def _is_of_one(place: Place, township: str, year: int) -> bool:
    """Whether step 4 judges it: what is said of this township in this year alone."""
    return (place.holder, place.year) == (township, year) and not _is_of_all(place)


def _balanced(people: Decided, years: Iterable[int]) -> bool:
    """Whether as many arrive as leave, every year."""
    signs = {"moved_out": -1, "moved_in": 1, "hired": 0}
    return not any(sum(signs[str(cell[0])] * n for cell, n in people.items() if cell[-1] == year) for year in years)


def _joined(start: Decided, parts: Iterable[Decided]) -> Decided:
    return {**start, **{cell: number for part in parts for cell, number in part.items()}}


def _cell(verb: str, *ids: str | int) -> Decision:
    return verb, *ids


def _product(counts: Iterable[int]) -> int:
    result = 1
    for count in counts:
        result *= count
    return result


def _spread(count: int, most: int) -> Iterator[tuple[int, ...]]:
    """Every way to put at most so many into so many places."""
    if count == 0:
        yield ()
        return
    for first in range(most + 1):
        yield from ((first, *rest) for rest in _spread(count - 1, most - first))


def _exactly(count: int, number: int) -> Iterator[tuple[int, ...]]:
    """Every way to put exactly so many into so many places; none for fewer than none."""
    if number < 0 or (count == 0 and number):
        return
    yield from ((*rest, number - sum(rest)) for rest in _spread(count - 1, number)) if count else iter([()])
