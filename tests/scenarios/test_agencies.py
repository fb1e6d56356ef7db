"""What scenarios about classes, agencies, posts, platforms and brigades change, against the baseline."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rebalance.county.agencies import Nature, Platform
from rebalance.goals.few_units_touched import FewUnitsTouched
from rebalance.goals.fill_shortages import FillShortages
from rebalance.model.linear import Linear
from rebalance.model.plan import Plan
from rebalance.problem.classes import score_sheet
from rebalance.rules.enforcement_brigade import EnforcementBrigade
from tests.scenarios.asking import Books, Count, least, most, number, plan_with_most, problem, read, solved

ADMINISTRATIVE = "administrative"
MEIZHU, BIQIAO, YAOCUN = "341821105", "341821107", "341821110"


def opened(books: Books) -> Iterator[Linear | int]:
    asked = books.problem
    return (books.open(township, agency, 2026) for township in asked.townships for agency in asked.agencies)


def test_by_entropy_meizhu_is_not_a_large_town_and_has_an_agency_less() -> None:
    def in_meizhu(books: Books) -> Iterator[Linear | int]:
        return (books.open(MEIZHU, agency, 2026) for agency in books.problem.agencies)

    before, after = problem("baseline"), problem("classes_by_entropy")
    assert (before.class_of(MEIZHU), after.class_of(MEIZHU)) == ("large", "medium")
    assert all(before.class_of(t) == after.class_of(t) for t in before.townships if t != MEIZHU)
    given, found = score_sheet(before.county), score_sheet(after.county)
    assert given is not None
    assert found is not None
    weights = {
        one.indicator: (before.weight, one.weight) for before, one in zip(given.weights, found.weights, strict=True)
    }
    assert weights["revenue"][1] > 2 * weights["revenue"][0]  # where towns differ most, by far, is in revenue
    assert (most("baseline", in_meizhu), most("classes_by_entropy", in_meizhu)) == (9, 8)


def test_with_a_smaller_quota_the_work_of_what_is_not_opened_falls_to_another() -> None:
    # 5 large with 9, 7 medium with 8; then 8 and 7, but for those that have more today: two with 9, four with 8
    assert most("baseline", opened) == 5 * 9 + 7 * 8
    plan = plan_with_most("smaller_quota", opened)
    assert number(opened, plan) == 5 * 8 + 2 + 7 * 7 + 3
    assert len([closed for township in plan.problem.townships for closed in _closed(plan, township)]) == 120 - 94
    for township in plan.problem.townships:
        needs = {agency: plan.problem.work.demand[township, agency] for agency in plan.problem.work.places[township]}
        for heir in {plan.problem.agency[agency].else_ for agency in _closed(plan, township)}:
            fallen = sum(needs[a] for a in _closed(plan, township) if plan.problem.agency[a].else_ == heir)
            own = needs[heir] + plan.arriving(township, heir, 2026)
            assert plan.demand(township, heir, 2026) == own + fallen > own


def _closed(plan: Plan, township: str) -> list[str]:
    """Agencies that are not open, all of them optional."""
    found = [agency for agency in plan.problem.agencies if not plan.open(township, agency, 2026)]
    assert not any(plan.problem.agency[agency].compulsory for agency in found)
    return found


def test_an_agency_that_may_be_either_is_one_of_the_two_in_each_town() -> None:
    def officials(books: Books) -> Iterator[Linear | int]:
        asked = books.problem
        return (books.placed(t, "general_office", ADMINISTRATIVE, 2026) for t in asked.townships)

    assert problem("office_or_institution").agency["general_office"].nature is Nature.EITHER
    plan = plan_with_most("office_or_institution", officials)
    assert number(officials, plan) < most("baseline", officials)
    natures = {t: _grown(plan, t, "general_office") for t in plan.problem.townships}
    assert all(not (office and institution) for office, institution in natures.values())
    assert natures[BIQIAO][1] >= 1  # an institution, for the one position of its finance station
    assert plan.nature(BIQIAO, "general_office", 2026) is Nature.INSTITUTION
    for township, (office, institution) in natures.items():
        decided = plan.nature(township, "general_office", 2026)
        assert decided is (Nature.OFFICE if office else Nature.INSTITUTION if institution else decided)
    assert sum(office > 0 for office, _institution in natures.values()) >= 5  # an office elsewhere


def _grown(plan: Plan, township: str, agency: str) -> tuple[int, int]:
    """By how much the office's categories have grown, and the institution's."""
    today = {c: plan.problem.placed.get((township, agency, c), 0) for c in plan.problem.categories}
    grown = {c: plan.placed(township, agency, c, 2026) - today[c] for c in today}
    office = grown[ADMINISTRATIVE]
    return max(0, office), max(0, grown["institution_full"] + grown["institution_partial"])


def officials_in_planning(year: int, kind: str = "") -> Count:
    """Administrative positions in planning offices, whose posts are all for institutions."""

    def count(books: Books) -> Iterator[Linear | int]:
        towns = (t for t, row in books.problem.township.items() if kind in {"", row.kind})
        return (books.placed(township, "planning_office", ADMINISTRATIVE, year) for township in towns)

    return count


def test_posts_that_bind_keep_other_categories_out_and_leave_no_more_undone_where_posts_fit() -> None:
    today = sum(
        n for (_t, a, c), n in problem("baseline").placed.items() if (a, c) == ("planning_office", ADMINISTRATIVE)
    )
    assert most("posts_bind", officials_in_planning(2026)) == today == 5
    assert most("baseline", officials_in_planning(2026)) > 2 * today  # up to a quarter of the posts
    short = solved("posts_bind", FillShortages()).goals[0].value
    without = solved("baseline", FillShortages(), FewUnitsTouched()).goals[0].value
    assert isinstance(short, int)
    assert isinstance(without, int)
    assert short == without


@pytest.mark.parametrize(
    ("year", "kind", "expected"),
    [
        (2025, "town", 0),  # not yet
        (2025, "subdistrict", 14),  # half of 12, 10 and 6 posts, rounded down
        (2026, "town", 11),  # a third of the posts, rounded down, in the towns that have or open the office
    ],
)
def test_pilots_use_categories_together_before_others_do(year: int, kind: str, expected: int) -> None:
    count = officials_in_planning(year, kind)
    assert most("unified_use_pilots", count) == expected != most("baseline", count)  # a quarter, from 2024


@pytest.mark.parametrize("platform", list(Platform))
def test_every_platform_is_as_strong_as_it_has_to_be(platform: Platform) -> None:
    def in_yaocun(books: Books) -> Iterator[Linear | int]:
        agencies = (row.agency for row in books.problem.county.agencies if row.platform is platform)
        return (books.strength(YAOCUN, agency, 2025) for agency in agencies)

    assert least("five_platforms", in_yaocun) >= 7
    if platform is not Platform.PARTY_BUILDING:  # seven already
        assert least("baseline", in_yaocun) < 7


def brigade(books: Books) -> Iterator[Linear | int]:
    return iter([books.strength(YAOCUN, "enforcement_brigade", 2026)])


def brigades(books: Books) -> Iterator[Linear | int]:
    return (books.strength(township, "enforcement_brigade", 2026) for township in books.problem.townships)


def test_a_brigade_of_twelve_is_drawn_from_the_six_forces() -> None:
    assert (least("baseline", brigade), least("one_brigade", brigade)) == (8, 12)
    rule = read("one_brigade").rules["enforcement_brigade"]
    assert isinstance(rule, EnforcementBrigade)
    findings = list(rule.check(plan_with_most("one_brigade", brigades)))
    given = {found.place.item: found.found for found in findings if found.place.aspect == "each"}
    assert set(given) == set(rule.forces)
    assert len(given) == 6
    assert min(given.values()) >= 2
