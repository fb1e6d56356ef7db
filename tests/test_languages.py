"""A scenario says its name, its reason and the sources of its rules in the language spoken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from rebalance.analysis.sweep_cases import points
from rebalance.plans.runs import Runs, Wanted
from rebalance.plans.store import key_of, opened
from rebalance.rules.phasing import Phasing
from rebalance.scenario.read import read_scenario
from rebalance.scenario.scenario import Scenario
from rebalance.scenario.write import scenario_toml
from rebalance.text import activate
from tests.papers.plain import PLAN, SCENARIO
from tests.papers.plans import langxi
from tests.plans.plans import proven
from tests.scenario.scenarios import faults, read, write

LEAF = """
name = "Leaf"
name_zh = "叶"
why = "what if?"
why_zh = "如何？"
[rules.phasing]
source = "a law"
[sources_zh]
phasing = "某法"
"""


@pytest.fixture(params=["en", "zh"])
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    activate(request.param)
    yield request.param
    activate("en")


def said(scenario: Scenario) -> tuple[str, str, str]:
    return str(scenario), scenario.reason, scenario.source("phasing")


def test_each_language_has_its_own_words(tmp_path: Path, spoken: str) -> None:
    words = {"en": ("Leaf", "what if?", "a law"), "zh": ("叶", "如何？", "某法")}
    assert said(read(tmp_path, LEAF)) == words[spoken]


@pytest.mark.usefixtures("spoken")
def test_what_has_no_chinese_is_shown_as_it_is(tmp_path: Path) -> None:
    bare = read(tmp_path, 'name = "Leaf"\nwhy = "what if?"\n[rules.phasing]\nsource = "a law"')
    assert said(bare) == ("Leaf", "what if?", "a law")


def test_a_source_is_inherited_with_its_chinese_and_lost_with_it(tmp_path: Path) -> None:
    leaf, top = 'extends = "base.toml"\n' + LEAF, 'extends = "leaf.toml"\n'
    write(tmp_path, leaf=leaf, kept=top, new=top + '[rules.phasing]\nsource = "another law"\n')
    without = 'without = ["phasing"]\n[variants.again]\nrules.phasing.share = 0.5\n'
    folder = write(tmp_path, without=top + without)
    found = {name: read_scenario(folder / f"{name}.toml") for name in ("kept", "new", "without")}
    again = read_scenario(f"{folder / 'without.toml'}#again")
    assert [dict(one.sources_zh) for one in (*found.values(), again)] == [{"phasing": "某法"}, {}, {}, {}]
    assert (found["kept"].name_zh, found["kept"].why_zh) == ("", "")


def test_variants_have_their_own(tmp_path: Path) -> None:
    family = 'extends = "base.toml"\n[variants.one]\nname_zh = "一"\nwhy_zh = "为何"\nsources_zh.phasing = "某文"\n'
    one = read_scenario(f"{write(tmp_path, family=family) / 'family.toml'}#one")
    assert (one.name_zh, one.why_zh, one.sources_zh) == ("一", "为何", {"phasing": "某文"})


@pytest.mark.parametrize(
    ("text", "where", "hint"),
    [
        ('nam_zh = "叶"', "nam_zh", "name_zh"),
        ('[sources_zh]\nphasin = "某法"', "sources_zh.phasin", "phasing"),
        ("[sources_zh]\nphasing = 3", "sources_zh.phasing", "text"),
    ],
)
def test_a_slip_is_told(tmp_path: Path, text: str, where: str, hint: str) -> None:
    (fault,) = faults(tmp_path, text)
    assert (fault.column, hint in fault.message) == (where, True)


def test_another_rule_does_not_keep_the_chinese_of_the_old_one(tmp_path: Path) -> None:
    leaf = read(tmp_path, LEAF)
    assert leaf.but(Phasing(Fraction(1, 3), source="a law")).sources_zh == {"phasing": "某法"}
    assert leaf.but(Phasing(source="mine")).sources_zh == {}
    assert leaf.but(without=("phasing",), name="Other").name_zh == ""
    assert leaf.with_settings({"rules.phasing.source": "mine"}).sources_zh == {}
    assert leaf.with_settings({"rules.phasing.share": "1/3"}).sources_zh == {"phasing": "某法"}


def test_cases_of_a_sweep_are_named_in_both(tmp_path: Path, spoken: str) -> None:
    plain, set_ = points(read(tmp_path, LEAF), [{}, {"rules.phasing.share": "1/3"}])
    assert plain.name == {"en": "Leaf", "zh": "叶"}[spoken]
    assert plain.scenario is not None
    assert set_.scenario is not None
    assert (plain.scenario.name, plain.scenario.name_zh) == ("Leaf", "叶")
    case = "phasing.share = 1/3"
    assert (set_.name, set_.scenario.name, set_.scenario.name_zh) == (case, f"Leaf: {case}", f"叶: {case}")


def test_a_translation_is_no_other_question(tmp_path: Path) -> None:
    leaf = read(tmp_path, LEAF)
    assert key_of(leaf) == key_of(replace(leaf, name_zh="", why_zh="", sources_zh={}))


def test_a_written_scenario_keeps_both(tmp_path: Path) -> None:
    leaf = read(tmp_path, LEAF)
    file = tmp_path / "scenarios/again.toml"
    file.write_text(scenario_toml(leaf), encoding="utf-8")
    again = read_scenario(file)
    assert (again.name_zh, again.why_zh, again.sources_zh) == ("叶", "如何？", {"phasing": "某法"})


def test_runs_are_listed_and_found_by_either_name(tmp_path: Path, spoken: str) -> None:
    with opened(tmp_path / "runs.db") as store:
        store.add(proven(replace(SCENARIO, name="Leaf", name_zh="叶"), PLAN))
        store.add(proven(replace(SCENARIO, name="Twig"), PLAN))
        assert [row[3] for row in Runs(tuple(store.runs())).tables()[0].rows] == [
            {"en": "Leaf", "zh": "叶"}[spoken],
            "Twig",
        ]
        found = [[run.name for run in store.runs(Wanted(name=text))] for text in ("叶", "lea", "枝")]
        assert found == [["Leaf"], ["Leaf"], []]


def test_the_papers_name_sources_and_stations_in_the_language_spoken(spoken: str) -> None:
    found = langxi().audit.rules().cells("source")
    assert ("改革要求：四办一队一中心" in found) is (spoken == "zh")
    assert {row.kind_name for row in langxi().audit.plan.problem.county.stations} == {
        "en": {"finance", "veterinary"},
        "zh": {"财政所", "畜牧兽医站"},
    }[spoken]
