"""What scenarios about matters, their steps and the workload change, against the baseline."""

from __future__ import annotations

from fractions import Fraction

from rebalance.goals.hand_down_matters import HandDownMatters
from rebalance.problem.workload import Activities, available_hours
from tests.scenarios.asking import chosen, problem, read, solved

HALL = "341821001"


def test_delegating_comes_first_and_moves_work_out_of_the_units_need() -> None:
    assert read("delegated_matters").goals[0] == HandDownMatters()
    # of 40 matters in 12 towns the baseline delegates the base set of 15; the scenario twenty of the other 25 too
    base, free = solved("baseline", HandDownMatters()), solved("delegated_matters", HandDownMatters())
    assert (base.goals[0].value, free.goals[0].value) == (12 * (40 - 15), 12 * (40 - 15 - 20))
    before, after = chosen(base), chosen(free)
    for township in problem("baseline").townships:
        assert sum(after.delegated(m, township, 2026) for m in after.problem.delegation.matters) == 15 + 20
        assert after.work(township, 2026) > before.work(township, 2026)
    moved = sum(after.work(t, 2026) - before.work(t, 2026) for t in before.problem.townships)
    left = sum(before.needed(u, 2026) - after.needed(u, 2026) for u in before.problem.units)
    delegation = before.problem.delegation
    new = [key for key in delegation.moved if after.delegated(*key, 2026) > before.delegated(*key, 2026)]
    assert moved == sum(delegation.moved[key] for key in new)
    # what leaves the units is the same, but for what townships only help with
    assert left == sum(delegation.moved[key] for key in new if delegation.matter[key[0]].kind != "cooperation") < moved


def test_a_shorter_flowchart_takes_less_work_wherever_the_matter_is_delegated() -> None:
    before, after = Activities(problem("baseline").county), Activities(problem("one_matter_one_flowchart").county)
    # unlawful building: 0.5 + 0.5 + 10 + 4 + 0.5 hours, now 4 less; the bureau's 2.5 stay where they are
    assert [counted.hours("E01") for counted in (before, after)] == [Fraction(31, 2), Fraction(23, 2)]
    # the allowance: 0.5 + 4 + 0.5 + 1 hours, now 2 less
    assert [counted.hours("A09") for counted in (before, after)] == [6, 4]
    saved = 0
    for township in problem("baseline").townships:
        for matter in ("E01", "A09"):
            assert after.moved(matter, township) < before.moved(matter, township)
            saved += before.moved(matter, township) - after.moved(matter, township)
    goal = HandDownMatters()
    plans = [chosen(solved(name, goal)) for name in ("baseline", "one_matter_one_flowchart")]
    base, short = (sum(plan.work(t, 2026) for t in plan.problem.townships) for plan in plans)
    assert base - short == saved > 100


def test_more_visitors_and_more_leave_take_more_positions_at_the_counters() -> None:
    before, after = problem("baseline"), problem("workload")
    # (52 × 5 − leave − 11 − 3 − 4) days of 8 hours
    assert [available_hours(asked.county) for asked in (before, after)] == [232 * 8, 227 * 8]
    was, now = before.work.demand, after.work.demand
    counters = {t: (was[t, "service_centre"], now[t, "service_centre"]) for t in before.townships}
    assert all(now > then for then, now in counters.values())
    # the first hall: 32,507.9 hours of cases, ÷ 1,856 × 10/9 + 1,000 ÷ 1,856 = 19.9999; then 5,360 visits of 0.4 hours
    # more, 34,651.9 ÷ 1,816 × 10/9 + 1,000 ÷ 1,816 = 21.7523
    assert counters[HALL] == (2000, 2176)
    others = {key: hundredths for key, hundredths in was.items() if key[1] != "service_centre"}
    assert all(now[key] == hundredths for key, hundredths in others.items())
