from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from rebalance.county.county import digest
from rebalance.county.norms import Classes, WorkingTime
from rebalance.county.read import read_county
from rebalance.fault import FaultsError
from rebalance.scenario.scenario import scenario_from
from tests.scenario.scenarios import read

LEAF = """
name_zh = "叶"
goals = [{goal = "worst_off_first", per = "agency", enough = 0.95}, "canonical"]
[[rules.pinned.cells]]
holder = "001"
at_least = 3
[data.categories.inst]
cost = 999.5
[sources_zh]
phasing = "逐年"
[data.hiring]
drop = [["inst", 2025, "U2"]]
"""


def test_a_resolved_scenario_is_plain_and_comes_back_the_same(tmp_path: Path) -> None:
    scenario = read(tmp_path, LEAF)
    written = scenario.resolved()
    assert json.loads(json.dumps(written)) == written
    assert scenario_from(written, read_county(tmp_path / "county")) == scenario


def test_a_resolved_scenario_leaves_nothing_to_look_up(tmp_path: Path) -> None:
    written = read(tmp_path, LEAF).resolved()
    assert list(written) == ["name", "name_zh", "why", "why_zh", "county", "rules", "goals", "data", "sources_zh"]
    assert written["county"] == "../county"
    assert written["goals"] == [
        {"goal": "worst_off_first", "per": "agency", "enough": "19/20", "depth": 0, "of": "positions"},
        {"goal": "canonical"},
    ]
    assert written["rules"]["phasing"] == {"share": "1/2", "source": "", "law": False}
    assert written["data"] == {
        "categories": {"inst": {"cost": "999.5"}},
        "hiring": {"drop": [["inst", 2025, "U2"]]},
        "townships": {"001": {"population": 60000}},
    }


def test_a_county_that_lost_an_id_is_a_fault_and_no_crash(tmp_path: Path) -> None:
    written = read(tmp_path, LEAF).resolved()
    written["rules"]["pinned"]["cells"][0]["holder"] = "gone"
    with pytest.raises(FaultsError, match=r"plan\.json, rules\.pinned\.cells\[1\]\.holder: unknown id \(got 'gone'\)"):
        scenario_from(written, read_county(tmp_path / "county"))


def test_changed_settings_come_back_the_same_from_json(tmp_path: Path) -> None:
    leaf = (
        "[data.townships.002]\npopulation = 30000\n"
        "[data.classes]\nlarge = 2\nweights = { population = 0.40 }\n[data.working_time]\nleave = 12.5\n"
    )
    scenario = read(tmp_path, leaf)
    written = json.loads(json.dumps(scenario.resolved()))
    assert written["data"]["classes"] == {"large": 2, "weights": {"population": "0.40"}}
    again = scenario_from(written, read_county(tmp_path / "county"))
    assert again == scenario
    assert again.problem.county.classes == Classes(population=Decimal("0.4"), large=2)
    assert again.problem.county.working_time == WorkingTime(leave=Decimal("12.5"))
    assert digest(again.problem.county) == digest(scenario.problem.county)


@pytest.mark.parametrize("broken", [{}, {"name": 5}, {"name": "x", "goals": ["x"]}, {"name": "x", "rules": {"x": {}}}])
def test_what_is_no_scenario_is_a_fault(broken: dict[str, object], tmp_path: Path) -> None:
    read(tmp_path, LEAF)
    with pytest.raises(FaultsError):
        scenario_from(broken, read_county(tmp_path / "county"))
