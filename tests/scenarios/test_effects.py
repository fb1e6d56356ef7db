"""Every scenario shows, against the baseline, the effect of the mechanism it is named after.

Here: what goes down, from whom, when, and with whom. Agencies and work are in `test_agencies.py` and `test_work.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from rebalance.goals.few_units_touched import FewUnitsTouched
from rebalance.goals.fill_shortages import FillShortages
from rebalance.goals.goal import better
from rebalance.goals.in_proportion import InProportion
from rebalance.model.linear import Linear
from rebalance.rules.hold_total import HoldTotal
from rebalance.scenario.parts import goal_name
from rebalance.scenario.read import read_scenario, scenarios_in
from tests.brute import lawful
from tests.scenarios.asking import FOLDER, Books, chosen, least, most, number, plan_with_most, problem, read, solved

FULL, ADMINISTRATIVE = "institution_full", "administrative"
VERTICAL = ("U051", "U052", "U053")
GENERAL = {"baseline", "impossible", "fifteen_percent", "yaocun_grows"}
"""Scenarios that are not about one mechanism of the reform."""


def test_every_scenario_has_its_effect_asserted() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    names = {path.stem for path in FOLDER.glob("*.toml")} - GENERAL
    assert [name for name in sorted(names) if f'"{name}"' not in tests] == []


def given(books: Books, units: tuple[str, ...], years: tuple[int, ...] = ()) -> Iterator[Linear | int]:
    asked = books.problem
    cells = ((u, c, y) for u in units for c in asked.held[u] for y in years or asked.years)
    return (books.cut(*cell) for cell in cells)


def from_above(books: Books) -> Iterator[Linear | int]:
    return given(books, VERTICAL)


def test_the_variants_of_a_meeting_are_the_scenarios_they_are_named_after() -> None:
    family = "fifteen_or_twenty"

    def asked(name: str) -> object:
        return read_scenario(FOLDER / name).resolved() | dict.fromkeys(("name", "why", "name_zh", "why_zh"))

    base, fifteen, veterinary, both = map(asked, map(str, scenarios_in(FOLDER / f"{family}.toml")))
    assert base == asked("baseline.toml")
    assert fifteen == asked("fifteen_percent.toml")
    assert veterinary == asked("stations_stay.toml")
    assert both not in (base, fifteen, veterinary)


def test_what_comes_down_from_above_raises_the_ceiling_of_the_county_by_as_much() -> None:
    assert (least("baseline", from_above), most("baseline", from_above)) == (0, 13)
    plan = plan_with_most("from_above", from_above)
    assert (least("from_above", from_above), number(from_above, plan)) == (12, 12)
    findings = {(f.place.category, f.place.year, f.place.aspect): f for f in HoldTotal().check(plan)}
    ceiling = problem("baseline").ceiling[FULL]
    assert ceiling is not None
    assert findings[FULL, 2026, "ceiling"].at_most == ceiling
    own = sum(problem("baseline").authorised(h, c) for h, c in plan.problem.accounts if c == FULL and h not in VERTICAL)
    assert findings[FULL, 2026, "ceiling"].found == own  # what comes down raises what is owned and the ceiling alike
    assert findings[FULL, 2026, "total"].found == own + 18 + 26 + 34  # what all holders own together stays


def test_a_county_pays_for_no_more_than_its_budget_allows() -> None:
    # 232,000 yuan more than today are two institution positions of 116,000; all else the county owns already
    assert most("within_budget", from_above) == 2


def stations(kind: str) -> Iterator[str]:
    return (row.station for row in problem("baseline").county.stations if row.kind == kind)


def test_stations_that_stay_are_not_handed_down() -> None:
    def veterinary(books: Books) -> Iterator[Linear | int]:
        return (books.handed(station, 2026) for station in stations("veterinary"))

    assert least("baseline", veterinary) == 12
    plan = plan_with_most("stations_stay", veterinary)
    assert number(veterinary, plan) == 0
    assert all(plan.handed(station, 2025) for station in stations("finance"))
    keeps = problem("baseline").authorised("U033", FULL) - sum(
        plan.cut("U033", FULL, year) for year in (2024, 2025, 2026)
    )
    assert plan.owned("U033", FULL, 2026) == keeps


def borrowed(books: Books) -> Iterator[Linear | int]:
    return (books.borrowed(row.township, row.unit, row.category, 2026) for row in books.problem.county.borrowed)


def test_people_who_are_borrowed_are_missing_in_the_towns() -> None:
    people = sum(row.staff for row in problem("baseline").county.borrowed)
    assert (most("baseline", borrowed), most("borrowed_stay", borrowed)) == (0, people)
    away = plan_with_most("borrowed_stay", borrowed)
    assert not lawful(read("baseline"), replace(away, problem=problem("baseline")))
    in_post = sum(away.in_post(t, c, 2026) for t in away.problem.townships for c in away.problem.categories)
    sent = sum(away.sent(t, c, 2026) for t in away.problem.townships for c in away.problem.categories)
    working = sum(away.working(t, c, 2026) for t in away.problem.townships for c in away.problem.categories)
    assert working == in_post + sent - people


def sent(books: Books) -> Iterator[Linear | int]:
    rows = books.problem.county.dispatched
    return (books.dispatched(row.unit, row.township, row.agency, row.category, 2026) for row in rows)


def test_more_dispatched_staff_strengthen_brigades_and_stay_on_the_books_of_the_county() -> None:
    # urban management 3 + 3 + 2 + 2 more, transport 2 + 1
    assert most("dispatched_more", sent) == most("baseline", sent) + 13
    plan = plan_with_most("dispatched_more", sent)
    brigade = ("341821001", "enforcement_brigade")
    placed = sum(plan.placed(*brigade, category, 2026) for category in plan.problem.categories)
    assert plan.strength(*brigade, 2026) == placed + 2 + 6 + 1  # police, urban management, market
    assert plan.used("341821001", FULL, 2026) == plan.owned("341821001", FULL, 2026) + 6 + 1


def test_a_unit_with_more_leaders_keeps_the_size_they_need() -> None:
    def theirs(books: Books) -> Iterator[Linear | int]:
        return given(books, ("U034", "U035", "U036"))

    # U034 (48 positions) and U035 (90) are already below the 51 and 101 their leaders need; U036 may go from 66 to 51,
    # of which vacancies, retirements and those willing allow as much as the baseline does
    plan = plan_with_most("leadership", theirs)
    assert number(theirs, plan) < most("baseline", theirs)
    assert [
        plan.problem.size(u) - sum(plan.owned(u, c, 2026) for c in plan.problem.held[u]) for u in ("U034", "U035")
    ] == [0, 0]
    assert 51 <= sum(plan.owned("U036", c, 2026) for c in plan.problem.held["U036"]) < 66


def test_positions_that_pass_through_the_pool_reach_the_towns_a_year_later() -> None:
    def arrived(books: Books) -> Iterator[Linear | int]:
        return (books.added(township, ADMINISTRATIVE, 2024) for township in books.problem.townships)

    def later(books: Books) -> Iterator[Linear | int]:
        return (books.added(township, ADMINISTRATIVE, 2025) for township in books.problem.townships)

    assert most("baseline", arrived) > 0
    assert most("reserve_pool", arrived) == 0
    plan = plan_with_most("reserve_pool", later)
    assert 0 < number(later, plan) <= plan.reserve(ADMINISTRATIVE, 2024) <= 40


def test_a_hiring_freeze_leaves_vacancies_empty() -> None:
    def people(books: Books) -> Iterator[Linear | int]:
        asked = books.problem
        return (books.in_post(t, c, 2026) for t in asked.townships for c in asked.categories)

    # 12 + 20 + 4 people a year are not hired
    assert most("hiring_freeze", people) == most("baseline", people) - 3 * 36


def test_a_unit_gives_only_what_falls_vacant_for_sure() -> None:
    def cut(books: Books) -> Iterator[Linear | int]:
        return (books.cut("U035", FULL, year) for year in books.problem.years)

    # 75 people in 72 positions, of whom 6 are to retire and 4 are willing: 3 retirements mend, 3 free, and with four in
    # five of them, rounded down, 1
    assert (most("baseline", cut), most("sure_retirements", cut)) == (3 + 4, 1 + 4)


def test_a_slower_plan_leaves_no_more_than_a_third_to_any_year() -> None:
    def at_the_end(books: Books) -> Iterator[Linear | int]:
        return given(books, books.problem.units, (2026,))

    # 175 in all, 55 of them with stations: of 120 given position by position 40 % and a third
    assert (most("baseline", at_the_end), most("slower", at_the_end)) == (48, 40)


def test_positions_follow_residents_when_that_is_the_goal() -> None:
    goal = read("proportional").goals[0]
    assert isinstance(goal, InProportion)
    shared = solved("proportional", goal)
    value = shared.goals[0].value
    assert value is not None
    assert better(value, goal.measure(plan_with_most("baseline", sent)))
    least_of = min(problem("baseline").township.values(), key=lambda row: row.population or 0).township
    before = problem("baseline").authorised(least_of, FULL)
    assert chosen(shared).owned(least_of, FULL, 2026) <= before + 1 + 2  # but for its two stations


def test_with_slack_fewer_units_are_asked_for_a_little_more_shortage() -> None:
    scenario = read("with_slack")
    assert [goal_name(goal) for goal in scenario.goals[:2]] == ["fill_shortages", "few_units_touched"]
    filled, few = solved("with_slack", *scenario.goals[:2]).goals
    best = filled.bound
    assert isinstance(best, int)
    assert isinstance(filled.value, int)
    assert isinstance(few.value, int)
    assert filled.slack == best * 20 // 100
    assert best < filled.value <= best + filled.slack
    strict = solved("baseline", FillShortages(), FewUnitsTouched()).goals
    assert strict[0].value == best
    assert isinstance(strict[1].value, int)
    assert few.value < strict[1].value
