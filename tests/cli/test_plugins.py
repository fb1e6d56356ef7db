"""Rules and goals that a scenario brings itself: never loaded unless somebody allows it, then like ours."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rebalance.fault import FaultsError
from rebalance.scenario.parts import allowing
from rebalance.scenario.read import read_scenario
from tests.cli.small import Desk, rebalance

ROOT = Path(__file__).parents[1]
MODULE = "rules_of_my_own"
ALLOW = "--allow-plugins"
OWN = f"""
extends = "tiny.toml"
plugins = ["{MODULE}:AtMostEach", "{MODULE}:SpareOne"]
goals = [{{ goal = "spare_one", unit = "U1" }}, "fill_shortages"]
[rules.at_most_each]
most = 1
"""


@pytest.fixture
def mine(tiny: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A scenario with a rule and a goal of its own, in the folder where the module lies."""
    shutil.copy(ROOT / "own.py", tiny.folder / f"{MODULE}.py")
    file = tiny.folder / "scenarios/mine.toml"
    file.write_text(OWN, encoding="utf-8")
    monkeypatch.chdir(tiny.folder)
    yield file
    sys.modules.pop(MODULE, None)


def test_nothing_of_it_is_loaded_unless_allowed(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rebalance("show", mine) == 1
    told = capsys.readouterr().err
    assert told.startswith("mine.toml, plugins: the scenario brings code of its own (got 'rules_of_my_own:AtMostEach")
    assert ALLOW in told
    assert "Faults: 1." in told
    assert MODULE not in sys.modules


def test_allowing_it_once_allows_it_once(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rebalance("show", mine, ALLOW) == 0
    assert f"Rules and goals of its own, which are programs: {MODULE}:AtMostEach" in capsys.readouterr().out
    assert rebalance("show", mine) == 1
    assert str(mine.parents[1]) not in sys.path


def test_they_are_enforced_audited_and_kept_in_the_plan(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rebalance("solve", mine, "--out", "out", "--quiet", ALLOW) == 0
    capsys.readouterr()
    plan = json.loads(Path("out/plan.json").read_text(encoding="utf-8"))
    assert plan["scenario"]["plugins"] == [f"{MODULE}:AtMostEach", f"{MODULE}:SpareOne"]
    assert [goal["name"] for goal in plan["goals"]] == ["spare_one", "fill_shortages", "canonical"]
    assert plan["goals"][0]["value"] == 0
    assert plan["checked"]["at_most_each"] == 2
    assert rebalance("audit", "out/plan.json") == 1
    assert ALLOW in capsys.readouterr().err
    assert rebalance("audit", "out/plan.json", ALLOW) == 0


def test_the_audit_sees_where_one_is_broken(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rebalance("solve", mine, "--out", "out", "--quiet", ALLOW) == 0
    file = Path("out/plan.json")
    file.write_text(file.read_text(encoding="utf-8").replace('"most": 1', '"most": 0'), encoding="utf-8")
    capsys.readouterr()
    assert rebalance("audit", file, ALLOW, "--json") == 1
    broken = [row for row in json.loads(capsys.readouterr().out)["findings"] if row["broken"]]
    assert {row["rule"] for row in broken} == {"at_most_each"}


@pytest.mark.parametrize("paper", ["p.xlsx", "p.docx", "p.html", "papers"])
def test_papers_can_be_written(mine: Path, paper: str) -> None:
    assert rebalance("solve", mine, "--out", "out", "--quiet", ALLOW) == 0
    assert rebalance("export", "out/plan.json", "--to", paper) == 1
    assert rebalance("export", "out/plan.json", "--to", paper, ALLOW) == 0


def test_questions_about_the_plan_can_be_asked(mine: Path) -> None:
    assert rebalance("solve", mine, "--out", "out", "--quiet", ALLOW) == 0
    assert rebalance("why", "out/plan.json", "T1", "--at-least", "9", ALLOW) == 1
    assert rebalance("price", "out/plan.json", "--quiet", ALLOW) == 0
    assert rebalance("frontier", mine, "spare_one", "fill_shortages", "--quiet", ALLOW) == 0


def test_a_sweep_may_set_their_parameters_in_other_processes(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sets = ("--set", "rules.at_most_each.most=0..1")
    assert rebalance("sweep", mine, *sets, "--format", "json", "--quiet", "--workers", "2", ALLOW) == 0
    (table,) = json.loads(capsys.readouterr().out)
    received = table["columns"].index("positions received")
    assert [row[received] for row in table["rows"]] == [0, 1]


def test_their_answers_are_never_taken_from_the_store(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The module may have been changed since."""
    for _time in range(2):
        assert rebalance("solve", mine, "--out", "out", ALLOW) == 0
        told = capsys.readouterr().err
        assert "Already solved" not in told
        assert "kept as run" in told
    assert rebalance("runs", "2", ALLOW) == 0


def test_what_is_law_of_ones_own_is_never_repaired(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = "\n[[rules.pinned.cells]]\nholder = 'T1'\nat_least = 7\n"
    mine.write_text(OWN + more, encoding="utf-8")
    assert rebalance("explain", mine, ALLOW, "--json", "--weigh", "at_most_each=2") == 1
    found = json.loads(capsys.readouterr().out)
    assert {member["rule"] for member in found["clashes"][0]["members"]} == {"at_most_each", "pinned"}
    assert {move["name"] for repair in found["repairs"] for move in repair["changes"]} == {
        "at_most_each.most",
        "pinned.cells.at_least",
    }
    mine.write_text(OWN + "law = true\n" + more, encoding="utf-8")
    assert rebalance("explain", mine, ALLOW, "--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert {move["name"] for repair in found["repairs"] for move in repair["changes"]} == {"pinned.cells.at_least"}


@pytest.mark.parametrize(
    ("plugin", "said"),
    [
        ("own", "not accepted (got 'own'). Write module:Class."),
        ("os; rm:x", "not accepted"),
        (f"{MODULE}.x:AtMostEach", "cannot be loaded"),
        (f"{MODULE}:Absent", "cannot be loaded (got 'rules_of_my_own:Absent'; AttributeError"),
        (f"{MODULE}:Nothing", "Nothing is neither a rule nor a goal: it lacks tables, source, law, post, check, expl"),
        (f"{MODULE}:total", "not a class of rules or goals (got function)."),
        ("rebalance.rules.pinned:Pinned", "the name is taken (got 'Pinned')"),
    ],
)
def test_what_is_no_rule_is_a_fault(mine: Path, plugin: str, said: str) -> None:
    mine.write_text(OWN.replace(f"{MODULE}:SpareOne", plugin), encoding="utf-8")
    with allowing(allowed=True), pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(mine.parents[1])
        with pytest.raises(FaultsError) as raised:
            read_scenario(mine)
    (fault,) = raised.value.faults
    assert fault.column == "plugins[2]"
    assert said in fault.message


def test_a_module_that_breaks_is_a_fault_and_no_crash(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for body in ("raise SystemExit(7)", "1/0", "this is no Python"):
        (mine.parents[1] / f"{MODULE}.py").write_text(body, encoding="utf-8")
        assert rebalance("show", mine, ALLOW) == 1
        assert f"plugins[1]: cannot be loaded (got '{MODULE}:AtMostEach'; " in capsys.readouterr().err
