from __future__ import annotations

from pathlib import Path

import pytest

from rebalance.analysis.place import UnknownPlaceError, Where, place
from rebalance.analysis.story import story
from rebalance.county.read import read_county
from rebalance.goals.goal import Goal
from rebalance.model.plan import plan_of
from rebalance.plans.audit import audit
from rebalance.problem.problem import Problem
from rebalance.rules.stations_go_down import StationsGoDown
from rebalance.scenario.scenario import Scenario

LANGXI = Problem(read_county(Path(__file__).parents[2] / "models" / "langxi"))
GOALS: tuple[Goal, ...] = ()


@pytest.mark.parametrize(
    ("text", "where", "name"),
    [
        ("Yaocun Town", Where("341821110"), "Yaocun Town"),
        ("姚村镇", Where("341821110"), "Yaocun Town"),
        ("yaocun town/FINANCE_OFFICE", Where("341821110", "finance_office"), "Yaocun Town, Finance Office"),
        ("县财政局/administrative", Where("U015", "", "administrative"), "Bureau of Finance, Administrative"),
        ("A01", Where(others=("A01",)), "Approval of rural house sites"),
        ("F001", Where(others=("F001",)), "station F001 of Bureau of Finance in Langbu Sub-district"),
    ],
)
def test_a_place_is_known_by_its_id_and_its_names_in_every_language(text: str, where: Where, name: str) -> None:
    text = text.replace("FINANCE_OFFICE", "finance_office")
    assert place(LANGXI, text) == where
    assert place(LANGXI, text).name(LANGXI) == name


def test_a_near_miss_in_another_language_is_named() -> None:
    with pytest.raises(UnknownPlaceError, match="姚村镇"):
        place(LANGXI, "姚村鎮")


def test_a_station_that_must_go_down_says_which_rule_settles_it() -> None:
    rules = {"stations_go_down": StationsGoDown(kinds=("finance",), by=2025)}
    scenario = Scenario("stations", LANGXI, rules, GOALS)
    plan = plan_of(LANGXI, {("handed", "F001", year): 1 for year in LANGXI.years})
    found = story(audit(scenario, plan), place(LANGXI, "F001"))
    assert (found.today, found.now, found.where.most(LANGXI)) == (0, 1, 1)
    assert [(rule, one.place.item) for rule, one in found.here] == [("stations_go_down", "F001")]
    assert found.everywhere == ()
