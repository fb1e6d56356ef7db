"""A small county with a plan worked out by hand, in which every table of a plan on disk has rows."""

from __future__ import annotations

from decimal import Decimal

from rebalance.county.reform import Borrowed, Dispatched, Matter, MatterKind, Station, Volume
from rebalance.goals.few_people_moved import FewPeopleMoved
from rebalance.goals.fill_shortages import FillShortages
from rebalance.goals.serve_early import ServeEarly
from rebalance.goals.worst_off_first import WorstOffFirst
from rebalance.model.plan import Decision, Plan, decisions, plan_of
from rebalance.plans.audit import audit
from rebalance.plans.outcome import Ending, Outcome
from rebalance.plans.reached import GoalResult
from rebalance.rules.agency_quota import AgencyQuota
from rebalance.rules.compulsory_agencies import CompulsoryAgencies
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.dispatched_staff import DispatchedStaff
from rebalance.rules.return_borrowed import ReturnBorrowed
from rebalance.rules.rule import Range
from rebalance.rules.stations_go_down import StationsGoDown
from rebalance.rules.vacancies_first import VacanciesFirst
from rebalance.rules.work_follows_matters import WorkFollowsMatters
from rebalance.scenario.scenario import Scenario
from tests.counties import ADMIN, FIRST, Has, Sketch, office, optional
from tests.reform import HOURS

SKETCH = Sketch(
    units={"U1": Has(9, 8, willing=1), "U2": Has(5, 6)},
    townships={"T1": Has(4, 3), "T2": 3},
    reserve=Has(1, 0),
    years=2,
    agencies=[office("A1", least=2), optional("A2", least=1, falls_to="A1")],
    placed={("T1", "A1"): 3, ("T2", "A1"): 1, ("T2", "A2"): 2},
    demand={("T1", "A1"): "8.5", ("T1", "A2"): "1.25", ("T2", "A1"): "6"},
    retirements={("U1", FIRST): 1},
    tables={
        "stations": (Station("S1", "U1", "T2", "A1", ADMIN, 1, 1, "finance"),),
        "dispatched": (Dispatched("U2", "T1", "A1", ADMIN, 1, least=0, most=2),),
        "borrowed": (Borrowed("T1", "U1", ADMIN, 1),),
        "matters": tuple(
            Matter(name, name, MatterKind.APPROVAL, "U1", "A1", hours=Decimal(1), base=base)
            for name, base in (("M1", False), ("M2", True))
        ),
        "volumes": (Volume("M1", "T1", 50), Volume("M2", "T2", 75)),
        "working_time": HOURS,
    },
)
COUNTY = SKETCH.county
SCENARIO = SKETCH.scenario(
    CutAboveAddBelow(total=Range(at_most=3)),
    VacanciesFirst(),
    CompulsoryAgencies(),
    AgencyQuota(),
    StationsGoDown(kinds=("finance",), by=FIRST + 1),
    DispatchedStaff(),
    ReturnBorrowed(by=FIRST + 1),
    WorkFollowsMatters(base_by=FIRST + 1),
    goals=(WorstOffFirst(), FillShortages(), FewPeopleMoved(), ServeEarly()),
)
DECIDED: dict[Decision, int] = {
    ("cut", "U1", ADMIN, FIRST): 2,
    ("moved_out", "U1", ADMIN, FIRST): 1,
    ("moved_in", "T1", ADMIN, FIRST): 1,
    ("added", "T1", ADMIN, FIRST): 2,
    ("reserve", ADMIN, FIRST): 1,
    ("added", "T2", ADMIN, FIRST + 1): 1,
    **{("open", township, "A1", year): 1 for township in ("T1", "T2") for year in (FIRST, FIRST + 1)},
    **{("open", "T1", "A2", year): 1 for year in (FIRST, FIRST + 1)},
    **{("placed", "T1", "A1", ADMIN, year): 4 for year in (FIRST, FIRST + 1)},
    **{("placed", "T1", "A2", ADMIN, year): 2 for year in (FIRST, FIRST + 1)},
    ("placed", "T2", "A1", ADMIN, FIRST): 3,
    ("placed", "T2", "A1", ADMIN, FIRST + 1): 5,
    ("handed", "S1", FIRST + 1): 1,
    **{("dispatched", "U2", "T1", "A1", ADMIN, year): 2 for year in (FIRST, FIRST + 1)},
    ("borrowed", "T1", "U1", ADMIN, FIRST): 1,
    **{("delegated", "M1", "T1", year): 1 for year in (FIRST, FIRST + 1)},
    **{("delegated", "M2", township, FIRST + 1): 1 for township in ("T1", "T2")},
}


def complete(scenario: Scenario, decided: dict[Decision, int]) -> Plan:
    """The plan with every cell named, as the solver gives it."""
    return plan_of(scenario.problem, dict.fromkeys((cell for cell, _most in decisions(scenario.problem)), 0) | decided)


def proven(scenario: Scenario, plan: Plan) -> Outcome:
    """An outcome that claims, truly, what the goals come to; and that no other plan is as good."""
    values = audit(scenario, plan).values
    goals = tuple(
        GoalResult(name, value, value, proven=True, seconds=0.25, freedom=name != "canonical") for name, value in values
    )
    return Outcome(scenario, Ending.DONE, plan, goals, unique=True, seconds=1.5)


PLAN = complete(SCENARIO, DECIDED)
