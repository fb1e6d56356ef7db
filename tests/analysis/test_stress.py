"""Plans under strain: what is drawn, how a plan fares, and one plan for several demand cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import count, islice
from random import Random

import pytest

from rebalance.analysis.alternatives import measured
from rebalance.analysis.runners import Here
from rebalance.analysis.strain import Span, Strain
from rebalance.analysis.stress import About, fared, judged, spread
from rebalance.analysis.stress_search import solved_anew
from rebalance.analysis.worst_case_first import WorstCaseFirst, robust
from rebalance.county.agencies import Method
from rebalance.county.county import County
from rebalance.county.norms import Index
from rebalance.goals.canonical import Canonical
from rebalance.goals.few_units_touched import FewUnitsTouched
from rebalance.goals.fill_shortages import FillShortages
from rebalance.goals.goal import Goal
from rebalance.goals.worst_off_first import Per, WorstOffFirst
from rebalance.model.plan import Plan, plan_of
from rebalance.plans.outcome import Ending
from rebalance.problem.problem import Problem
from rebalance.rules import Rule
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.hiring import HiringPlan
from rebalance.rules.hold_total import HoldTotal
from rebalance.rules.ledgers import Ledgers
from rebalance.rules.rule import Range
from rebalance.rules.vacancies_first import VacanciesFirst
from rebalance.scenario.scenario import Scenario
from rebalance.solver.lexicographic import model_of, solve
from tests.brute import BUDGET, Best, Book, Budget, Bundle, TooManyError, lawful, ranked
from tests.campaign import Chunk, chunks
from tests.counties import TINY, Has, Sketch, asked, office, random_scenario

LAWS = (Ledgers(), HoldTotal(), VacanciesFirst())
FOUR = CutAboveAddBelow(total=Range(at_most=4))

SKETCH = Sketch(
    units={"U1": Has(10, 6)},
    townships={"T1": 0, "T2": 0},
    demand={"T1": "4", "T2": "4"},
    retirements={("U1", 2026): 2},
)


def scenario(county: County = SKETCH.county, *rules: Rule, goals: tuple[Goal, ...] = (WorstOffFirst(),)) -> Scenario:
    return asked(county, (*LAWS, *(rules or (FOUR,))), (*goals, Canonical()))


def needing(first: str, second: str) -> Scenario:
    """The scenario with other demand."""
    return replace(scenario(replace(SKETCH, demand={"T1": first, "T2": second}).county), name=f"{first} and {second}")


def best(asked_: Scenario) -> Plan:
    plan = solve(asked_).plan
    assert plan is not None
    return plan


def about(asked_: Scenario, plan: Plan) -> About:
    return About(asked_, Strain(), 0, measured(asked_, plan))


def test_the_same_seed_draws_the_same_cases() -> None:
    strain = Strain(Span(Fraction(1, 2), Fraction(3, 2)), Span(Fraction(0), Fraction(2)))
    first, again = (list(strain.cases(scenario(), 5, seed=7)) for _time in range(2))
    assert first == again
    assert first[:3] == list(strain.cases(scenario(), 3, seed=7))
    assert first != list(strain.cases(scenario(), 5, seed=8))
    assert len({case.problem for case in first}) == 5


def test_figures_stay_within_their_ranges_and_reach_far_into_them() -> None:
    strain = Strain(Span(Fraction(1, 2), Fraction(3, 2)), Span(Fraction(0), Fraction(2)))
    cases = [case.problem.county for case in strain.cases(scenario(), 300)]
    demands = [row.positions for county in cases for row in county.demand]
    assert 200 <= min(demands) < 210
    assert 590 < max(demands) <= 600
    assert {row.count for county in cases for row in county.retirements} == {0, 1, 2, 3, 4}
    # no factor at all changes nothing
    assert {case.problem for case in Strain().cases(scenario(), 3)} == {scenario().problem}


def test_part_of_a_person_retires_as_often_as_it_says() -> None:
    strain = Strain(retirements=Span(Fraction(5, 4), Fraction(5, 4)))  # two and a half
    counts = Counter(case.problem.county.retirements[0].count for case in strain.cases(scenario(), 400))
    assert counts.keys() == {2, 3}
    assert 170 < counts[2] < 230


def test_no_more_retire_than_are_in_post() -> None:
    sketch = replace(SKETCH, years=2, retirements={("U1", 2026): 4, ("U1", 2027): 2})
    strain = Strain(retirements=Span(Fraction(3), Fraction(3)))
    (case,) = strain.cases(scenario(sketch.county), 1)
    assert [row.count for row in case.problem.county.retirements] == [6, 2]  # what the table says is not put in doubt


def test_population_is_drawn_too() -> None:
    county = SKETCH.county
    people = replace(county, townships=tuple(replace(row, population=1000) for row in county.townships))
    strain = Strain(population=Span(Fraction(1, 2), Fraction(3, 2)))
    drawn = [row.population for case in strain.cases(scenario(people), 50) for row in case.problem.county.townships]
    assert all(number is not None and 500 <= number <= 1500 for number in drawn)
    assert len(set(drawn)) > 50


def test_demand_that_is_worked_out_is_drawn_as_well() -> None:
    county = replace(SKETCH, agencies=[office("A1")], demand={}).county
    shared = replace(
        county,
        agencies=tuple(replace(row, demand=Method.INDEX) for row in county.agencies),
        indices=(Index("A1", 1000, population=Decimal(1)),),
        townships=tuple(replace(row, population=500) for row in county.townships),
    )
    base = scenario(shared)
    assert base.problem.work.demand == {("T1", "A1"): 500, ("T2", "A1"): 500}
    (twice,) = Strain(demand=Span(Fraction(2), Fraction(2))).cases(base, 1)
    assert twice.problem.work.demand == {("T1", "A1"): 1000, ("T2", "A1"): 1000}
    (moved,) = Strain(population=Span(Fraction(1, 2), Fraction(3, 2))).cases(base, 1)
    assert sum(moved.problem.work.demand.values()) in {1000, 1001}
    assert moved.problem.work.demand != base.problem.work.demand
    assert robust(base, [twice, moved]).goals[0] == WorstCaseFirst((twice.problem, moved.problem))


def test_a_plan_fares_by_what_was_decided_and_the_case_it_meets() -> None:
    plan = best(scenario())  # two each
    found = judged(about(scenario(), plan), [needing("8", "2"), needing("2", "5")])
    assert found.meant.coverage == {"T1": Fraction(1, 2), "T2": Fraction(1, 2)}
    assert [case.coverage for case in found.cases] == [
        {"T1": Fraction(1, 4), "T2": Fraction(1)},
        {"T1": Fraction(1), "T2": Fraction(2, 5)},
    ]
    assert found.worst == found.cases[0]
    assert found.at_risk() == {"T1": 1, "T2": 1}
    assert found.at_risk(Fraction(3, 10)) == {"T1": 1}
    assert list(found.spread("T2")) == [Fraction(2, 5), Fraction(2, 5), Fraction(2, 5), 1, 1]
    assert found.breaking() == {}


def test_rules_that_break_are_named() -> None:
    everything = scenario(SKETCH.county, CutAboveAddBelow(total=Range(at_least=6)))
    plan = best(everything)  # four vacant and two freed by those who retire
    nobody = replace(everything, problem=Problem(replace(SKETCH.county, retirements=())), name="nobody retires")
    found = judged(about(everything, plan), [nobody, everything])
    assert found.cases[0].broken == ("vacancies_first",)
    assert found.cases[1].broken == ()
    assert found.breaking() == {"vacancies_first": 1}


def test_solved_anew_each_case_gets_the_best_there_is() -> None:
    plan, heard = best(scenario()), list[int]()
    impossible = scenario(SKETCH.county, CutAboveAddBelow(total=Range(at_least=20)))
    cases = [needing("8", "2"), impossible]
    found = solved_anew(about(scenario(), plan), cases, Here(), told=heard.append)
    # four positions: three and one cover three eighths and a half
    assert found.cases[0].coverage == {"T1": Fraction(3, 8), "T2": Fraction(1, 2)}
    assert found.cases[0].proven
    assert (found.cases[1].found, found.cases[1].proven) == (False, True)
    assert found.found == found.cases[:1]
    assert heard == [1, 2]


def test_stopped_halfway_what_is_done_is_kept() -> None:
    def stop(_number: int) -> None:
        raise KeyboardInterrupt

    plan = best(scenario())
    found = solved_anew(about(scenario(), plan), [needing("8", "2"), needing("2", "8")], Here(), told=stop)
    assert (len(found.cases), found.stopped) == (1, True)


def test_ranks() -> None:
    values = [Fraction(number) for number in (5, 1, 4, 2, 3)]
    assert [spread(values, percent) for percent in (0, 10, 50, 90, 100)] == [1, 1, 3, 5, 5]


def test_one_plan_for_two_cases_looks_at_the_worse() -> None:
    cases = [needing("8", "2"), needing("4", "4")]
    plan = best(robust(scenario(), cases))
    # two each: 1/4, 1 and 1/2, 1/2; three and one: 3/8, 1/2 and 3/4, 1/4. The next after the quarter decides
    assert [plan.owned(t, "admin", 2026) for t in ("T1", "T2")] == [2, 2]
    harder = best(robust(scenario(), [needing("8", "2"), needing("6", "2")]))
    assert [harder.owned(t, "admin", 2026) for t in ("T1", "T2")] == [3, 1]


def test_goals_are_widened_or_one_is_added() -> None:
    cases = [needing("8", "2")]
    problems = (cases[0].problem,)
    half = scenario(goals=(FillShortages(), WorstOffFirst(enough=Fraction(1, 2))))
    assert robust(half, cases).goals == (FillShortages(), WorstCaseFirst(problems, Fraction(1, 2)), Canonical())
    other = scenario(goals=(FillShortages(), WorstOffFirst(Per.AGENCY)))
    assert robust(other, cases).goals == (WorstCaseFirst(problems), *other.goals)


def test_cases_that_differ_in_more_than_demand_and_retirements_are_refused() -> None:
    richer = replace(scenario(replace(SKETCH, units={"U1": Has(11, 6)}).county), name="one more position")
    with pytest.raises(ValueError, match="one more position differs in more than demand"):
        robust(scenario(), [richer])
    stricter = replace(SKETCH, agencies=[office("A1", least=1)])
    with pytest.raises(ValueError, match="more than demand"):
        robust(scenario(replace(SKETCH, agencies=[office("A1")]).county), [scenario(stricter.county)])
    with pytest.raises(ValueError, match="there is no case"):
        robust(scenario(), [])


def test_the_robust_plan_breaks_no_rule_in_any_of_its_cases_where_the_plain_one_does() -> None:
    # ten positions, six people, of whom two are to retire: six positions can go, in the worst case only four
    wishing = scenario(SKETCH.county, CutAboveAddBelow())
    cases = list(Strain(retirements=Span(Fraction(0), Fraction(1))).cases(wishing, 20))
    assert {case.problem.county.retirements[0].count for case in cases} == {0, 1, 2}
    plain = judged(about(wishing, best(wishing)), cases)
    assert plain.breaking() == {"vacancies_first": sum(case.problem.retired("U1", "admin", 2026) < 2 for case in cases)}
    plan = best(robust(wishing, [wishing, *cases]))
    assert judged(about(wishing, plan), cases).breaking() == {}
    assert plan.owned("U1", "admin", 2026) == 6
    assert robust(wishing, [wishing, *cases]).goals == wishing.goals


def test_what_the_rules_say_in_several_cases_is_required_once() -> None:
    wishing = scenario(SKETCH.county, CutAboveAddBelow(), HiringPlan())
    cases = list(Strain(retirements=Span(Fraction(0), Fraction(1))).cases(wishing, 20))
    alone, all_ = model_of(wishing), model_of(robust(wishing, [wishing, *cases]))
    assert len(all_.variables) == len(alone.variables)
    assert len(all_.requirements) < 2 * len(alone.requirements)


def test_what_the_county_says_nothing_of_cannot_turn_out_differently() -> None:
    strain = Strain(*(Span(Fraction(0), Fraction(2)),) * 3)
    assert strain.missing(scenario().problem) == ("population",)
    assert strain.missing(scenario(replace(SKETCH, retirements={}, demand={}).county).problem) == (
        "demand",
        "retirements",
        "population",
    )
    assert Strain().missing(scenario(replace(SKETCH, retirements={}).county).problem) == ()


CASES = 30


@pytest.mark.parametrize("chunk", chunks(1, 10, first=9000))
def test_the_robust_plan_is_what_writing_all_plans_out_finds(chunk: Chunk) -> None:
    seen: Counter[str] = Counter()
    for seed, asked_, known in islice(dealt(chunk.first), CASES):
        outcome, where = solve(asked_), f"seed {seed}"
        assert (outcome.plan is None) == (known is None), where
        if outcome.plan is None or known is None:
            assert outcome.ending is Ending.IMPOSSIBLE, where
            seen["impossible"] += 1
            continue
        assert outcome.proven, where
        assert tuple(goal.value for goal in outcome.goals[:-1]) == known.values, where
        assert tuple(goal.measure(outcome.plan) for goal in asked_.goals[:-1]) == known.values, where
        assert lawful(asked_, outcome.plan), where
        seen["choice"] += bool(known.free)
        seen["unlike the plan for the base"] += differs(asked_, known)
    assert chunk.lacks(seen, {"impossible": 1, "choice": 3, "unlike the plan for the base": 1}) == {}


def differs(asked_: Scenario, known: Best) -> bool:
    """Whether the worst case calls for another plan than the county's own figures do."""
    goal = asked_.goals[0]
    plain = solve(replace(asked_, goals=(WorstOffFirst(), *asked_.goals[1:]))).plan
    return plain is not None and goal.measure(plain) != known.values[0]


def dealt(first: int) -> Iterator[tuple[int, Scenario, Best | None]]:
    for seed in count(first):
        dice = Random(f"cases {seed}")
        base = random_scenario(seed, dice.choice((*TINY[1:4], TINY[6], TINY[9])))
        base = replace(base, goals=(WorstOffFirst(), dice.choice((FewUnitsTouched(), FillShortages())), Canonical()))
        strain = Strain(*(Span(Fraction(0), Fraction(2)),) * dice.choice((1, 2)))  # demand, or who retires as well
        asked_ = robust(base, list(strain.cases(base, dice.choice((1, 2, 3)), seed)))
        try:
            yield seed, asked_, written_out(asked_)
        except TooManyError:
            continue


def written_out(asked_: Scenario) -> Best | None:
    """The best of all plans, one by one: what is alike for one demand is not for another."""
    book = Book(asked_, Budget(BUDGET))
    bundles = book.bundles()
    plans = [Bundle(decided) for decided in islice((one for each in bundles for one in each.all()), BUDGET + 1)]
    Budget(BUDGET).spend(len(plans))
    return ranked(asked_, plans) if plans else None


def test_the_books_are_kept_with_the_figures_of_the_case() -> None:
    plan = best(scenario())
    case = scenario(replace(SKETCH, retirements={("U1", 2026): 5}).county)
    assert plan_of(case.problem, plan.decided).in_post("U1", "admin", 2026) == 1
    assert fared(case, plan).broken == ()
