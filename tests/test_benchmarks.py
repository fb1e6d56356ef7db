"""The benchmarks measure the same thing on both sides: equal plans are lawful, and goals come to equal values."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from benchmarks import pairwise, paper_parts, second_engine, solving
from benchmarks.contest import HIGHS, OURS, PAIRS, Finish, contest, disagreements
from benchmarks.generator import all_goals, generate, scenario
from benchmarks.papers import prepare
from benchmarks.reform import reform, reformed, usual_goals
from benchmarks.report import standings
from rebalance.county.county import County
from rebalance.model.linear import Linear
from rebalance.plans.audit import audit, today
from rebalance.plans.outcome import Ending, Outcome
from rebalance.plans.reached import GoalResult
from rebalance.rules.pinned import Pin, Pinned
from rebalance.solver.cpsat import CpSat
from rebalance.solver.engine import Status
from rebalance.solver.lexicographic import model_of, solve

ROOT = Path(__file__).parents[1]
SIZES = [(1, 1, 1, 1), (3, 2, 1, 1), (3, 2, 2, 2), (10, 4, 5, 4), (60, 10, 3, 3), (200, 30, 3, 3)]
SMALL = [(3, 2, 1, 1, 8, 0), (4, 2, 2, 1, 6, 2)]
LARGER = [(3, 2, 1, 1, 8, 1), (3, 2, 2, 2, 9, 3), (4, 2, 3, 2, 8, 4)]


def values(outcome: Outcome) -> list[object]:
    return [result.value for result in outcome.goals]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
def test_a_county_of_any_size_has_a_lawful_plan(size: tuple[int, int, int, int]) -> None:
    asked = scenario(generate(*size))
    model = model_of(asked)
    found = CpSat().solve(model, Linear()).values
    assert found is not None
    assert audit(asked, model.plan(found)).lawful


@pytest.mark.parametrize("size", [solving.SMALL, solving.COUNTY], ids=lambda size: "x".join(map(str, size)))
def test_the_whole_reform_has_a_lawful_plan(size: tuple[int, int, int, int]) -> None:
    asked = reform(reformed(generate(*size)), usual_goals())
    model = model_of(asked)
    found = CpSat().solve(model, Linear()).values
    assert found is not None
    assert audit(asked, model.plan(found)).lawful
    if size == solving.COUNTY:
        county = asked.problem.county
        assert (len(county.matters), len(county.stations), len(county.dispatched)) == (40, 24, 30)


def test_the_seed_makes_the_county() -> None:
    assert generate(10, 3, 2, 2, seed=7) == generate(10, 3, 2, 2, seed=7)
    assert generate(10, 3, 2, 2, seed=7) != generate(10, 3, 2, 2, seed=8)


def test_a_county_has_the_size_asked_for() -> None:
    county = generate(12, 5, 4, 2, agencies=9)
    sizes = (county.units, county.townships, county.categories, county.years, county.agencies)
    assert tuple(map(len, sizes)) == (12, 5, 4, 2, 9)


PLAIN = (
    *("name", "code", "years", "synthetic", "categories", "units", "townships", "positions", "retirements", "hiring"),
    *("routes", "agencies", "placed", "demand"),
)
"""What a generated county has."""


def test_a_county_is_like_a_real_one() -> None:
    county = generate(60, 10, 3, 3)
    assert all(getattr(county, field.name) for field in fields(County) if field.name in PLAIN)
    assert any(row.in_post > row.authorised for row in county.positions)
    assert any(finding.inherited for _rule, finding in today(county).inherited)
    assert {row.category for row in county.categories} - {row.category for row in county.routes} == {
        "institution_partial"
    }


@pytest.mark.parametrize(
    "case",
    [*SMALL, *(pytest.param(case, marks=pytest.mark.campaign) for case in LARGER)],
    ids=lambda case: "x".join(map(str, case)),
)
def test_the_straightforward_model_finds_the_same_plan(case: tuple[int, int, int, int, int, int]) -> None:
    *size, agencies, seed = case
    units, townships, categories, years = size
    asked = scenario(generate(units, townships, categories, years, agencies, seed), all_goals(depth=0))
    ours, theirs = solve(asked), pairwise.solve(asked)
    assert [ours.proven, theirs.proven] == [True, True]
    assert values(ours) == values(theirs)
    assert theirs.plan is not None
    assert audit(asked, theirs.plan, theirs.goals).lawful


@pytest.mark.campaign  # HiGHS gives up on some machines
def test_a_second_engine_finds_the_same_values() -> None:
    asked = scenario(generate(3, 2, 2, 1, seed=1))
    ours, theirs = solve(asked), second_engine.solve(asked)
    assert theirs.proven
    assert values(ours) == values(theirs)


def test_the_straightforward_model_says_what_it_has_not_proven() -> None:
    outcome = pairwise.solve(scenario(generate(60, 10, 3, 3)), limit=4)
    assert outcome.ending is Ending.OUT_OF_TIME
    assert not outcome.proven
    if outcome.plan is not None:  # else there was not even time for any plan
        assert len(outcome.goals) == len(all_goals())
        assert not outcome.goals[-1].proven
        assert outcome.goals[-1].conditional


def test_the_straightforward_model_notices_when_nothing_is_lawful() -> None:
    asked = scenario(generate(3, 2, 1, 1))
    asked = asked.but(Pinned(cells=(Pin("U1", at_least=10**6),)))
    assert CpSat().solve(model_of(asked), Linear()).status is Status.INFEASIBLE
    assert pairwise.solve(asked).ending is Ending.IMPOSSIBLE


def test_a_contest_is_printed_as_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    asked = scenario(generate(3, 2, 1, 1), all_goals()[1:2])
    finishes = contest(asked, dict.fromkeys((OURS, PAIRS, HIGHS), 20.0), runs=2)
    standings(finishes)
    printed = capsys.readouterr().out
    assert all(finish.done for finish in finishes.values())
    assert printed.split()[:6] == ["seconds", OURS, PAIRS, "ratio", HIGHS, "ratio"]
    assert printed.count("1 of 1") == 3
    assert "DIFFERENT" not in printed


def test_different_proofs_are_noticed() -> None:
    def proves(value: int, *, proven: bool = True) -> Finish:
        return Finish((0.0, 1.0), (GoalResult("few_units_touched", value, None, proven, 1.0),))

    assert disagreements({OURS: proves(3), PAIRS: proves(4)})
    assert not disagreements({OURS: proves(3), PAIRS: proves(3)})
    assert not disagreements({OURS: proves(3), PAIRS: proves(4, proven=False)})


def test_every_paper_is_written_and_timed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prepare(scenario(generate(3, 2, 2, 2)), tmp_path)
    paper_parts.main(tmp_path)
    said = json.loads(capsys.readouterr().out)
    assert set(paper_parts.PAPERS) <= said["seconds"].keys()
    assert all(said["kilobytes"][name] > 0 for name in paper_parts.PAPERS)


def test_the_benchmarks_can_be_listed() -> None:
    command = [sys.executable, "-m", "benchmarks", "--help"]
    shown = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert all(name in shown for name in ("all_goals_county", "sweep_on_two_cores", "dask_beside_pool", "province"))


def test_everything_but_solving_is_timed_part_by_part(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.parts", str(ROOT / "scenarios/baseline.toml"), str(tmp_path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    assert {"read", "build", "audit", "save"} <= set(json.loads(done.stdout)["seconds"])
    assert (tmp_path / "plan.json").exists()
