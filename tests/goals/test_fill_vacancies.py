"""The fewest positions below without a person: by hiring within the plan, and by people who go along."""

from __future__ import annotations

from fractions import Fraction

from rebalance.goals.fill_shortages import FillShortages
from rebalance.goals.fill_vacancies import FillVacancies
from rebalance.goals.goal import about, value
from rebalance.goals.spare_the_units import SpareTheUnits
from rebalance.goals.worst_off_first import WorstOffFirst
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.hiring import HiringPlan
from rebalance.rules.rule import Range
from rebalance.rules.vacancies_first import VacanciesFirst
from tests.counties import ADMIN, FIRST, Has, Sketch, office
from tests.goals.aiming import aimed, chosen
from tests.rules.judging import done


def towns(planned: dict[tuple[str, int], int]) -> Sketch:
    """Two bureaus with three and four vacancies; two towns whose work needs 19 positions, with 10 for 7 people."""
    return Sketch(
        units={"U1": Has(10, 7), "U2": Has(10, 6)},
        townships={"T1": Has(6, 5), "T2": Has(4, 2)},
        agencies=(office("b"), office("o")),
        placed={("T1", "b"): 3, ("T1", "o"): 3, ("T2", "o"): 4},
        demand={("T1", "b"): "6", ("T1", "o"): "5", ("T2", "b"): "4", ("T2", "o"): "4"},
        hiring=planned,
    )


def test_people_are_hired_as_far_as_the_plan_goes() -> None:
    """Seven vacancies go down, so that 17 positions are there for 7 people: with a plan of 6, 4 are left unfilled."""
    goals = (WorstOffFirst(), FillShortages(), FillVacancies(), SpareTheUnits())
    rules = (CutAboveAddBelow(), VacanciesFirst(), HiringPlan())
    none = aimed(towns({}), *rules, goals=goals)
    assert none.goals[2].value == 10
    some = aimed(towns({("", FIRST): 6}), *rules, goals=goals)
    assert some.goals[2].value == 4
    assert sum(chosen(some).hired(t, ADMIN, FIRST) for t in ("T1", "T2")) == 6
    enough = aimed(towns({("", FIRST): 50}), *rules, goals=goals)
    assert enough.goals[2].value == 0
    assert [result.value for result in none.goals[:2]] == [result.value for result in enough.goals[:2]]


def test_without_the_goal_nothing_speaks_for_hiring_anybody() -> None:
    goals = (WorstOffFirst(), FillShortages(), SpareTheUnits())
    plan = chosen(aimed(towns({("", FIRST): 6}), CutAboveAddBelow(), VacanciesFirst(), HiringPlan(), goals=goals))
    assert FillVacancies().measure(plan) == 10


def test_who_goes_along_fills_a_position_too() -> None:
    county = Sketch(units={"U": Has(4, 3, willing=1)}, townships={"T": 0}, demand={"T": "2"})
    must = CutAboveAddBelow(total=Range(at_least=2))
    outcome = aimed(county, must, VacanciesFirst(), goals=(FillShortages(), FillVacancies()))
    assert outcome.goals[1].value == 1  # one vacancy, and one that comes with its holder
    assert chosen(outcome).moved_in("T", ADMIN, FIRST) == 1


def test_staff_without_a_position_in_one_town_fill_none_in_another() -> None:
    county = Sketch(townships={"S": Has(2, 4), "T": Has(3, 1)}, demand={"S": "2", "T": "3"})
    assert FillVacancies().measure(done(county)) == 2


def test_retirements_below_are_vacancies_of_the_last_year() -> None:
    county = Sketch(townships={"T": 3}, demand={"T": "3"}, years=2, retirements={("T", FIRST): 1, ("T", FIRST + 1): 1})
    assert FillVacancies().measure(done(county)) == 2
    outcome = aimed(county, goals=(FillVacancies(),))
    assert value(FillVacancies(), outcome.goals[0].value) == "positions unfilled below: 2"
    assert about(FillVacancies()).title == "Fill vacancies"


def test_before_the_goals_that_send_positions_down_it_would_send_none() -> None:
    county = Sketch(units={"U": Has(2, 0)}, townships={"T": 1}, demand={"T": "3"})
    first = chosen(aimed(county, goals=(FillVacancies(), FillShortages())))
    assert first.coverage("T", FIRST) == Fraction(1, 3)
