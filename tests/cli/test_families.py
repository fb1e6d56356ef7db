"""A folder of scenarios, or a file with variants, in one call."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from rebalance.api.solve import Solved, Solving
from rebalance.cli import solve as solving_all
from rebalance.cli.output import STOPPED
from rebalance.plans.store import opened
from tests.cli.small import Desk, rebalance

Captured = pytest.CaptureFixture[str]

HERE = ("--workers", "1", "--quiet")
VARIANTS = """
[variants.two]
name = "Two at most"
why = "What if it were two?"
rules.cut_above_add_below.total.at_most = 2

[variants.many]
rules.cut_above_add_below.total = { at_most = 20, at_least = 12 }
"""


@pytest.fixture
def family(tiny: Desk) -> Desk:
    """The one scenario with two variants, one of them impossible."""
    with tiny.scenario.open("a", encoding="utf-8") as file:
        file.write(VARIANTS)
    return tiny


def plans(folder: Path) -> dict[str, str]:
    """The scenario of every plan by its folder."""
    files = sorted(folder.glob("*/plan.json"))
    return {file.parent.name: json.loads(file.read_text(encoding="utf-8"))["scenario"]["name"] for file in files}


def test_each_variant_is_solved_into_a_folder_of_its_own(family: Desk, store: Path, capsys: Captured) -> None:
    assert rebalance("solve", family.scenario, "--out", family.out) == 1  # one of them is impossible
    printed = capsys.readouterr()
    assert plans(family.out) == {"base": "Tiny", "two": "Two at most"}
    assert re.search(r"Tiny +proven +4", printed.out)
    assert re.search(r"Two at most +proven +2", printed.out)
    assert re.search(r"many +impossible +–", printed.out)
    assert [line for line in printed.err.splitlines() if line[1:3] == "/3"] == ["1/3 base", "2/3 two", "3/3 many"]
    with opened(store) as found:
        assert [run.name for run in found.runs()] == ["Tiny", "Two at most", "many"]
    assert rebalance("audit", family.out / "two/plan.json") == 0


def test_one_variant_is_solved_like_any_scenario(family: Desk, capsys: Captured) -> None:
    assert rebalance("solve", f"{family.scenario}#two", "--out", family.out, "--quiet") == 0
    assert "Two at most" in capsys.readouterr().out
    assert family.plan.exists()


def test_a_folder_of_scenarios_is_solved_in_one_call(family: Desk, capsys: Captured) -> None:
    family.scenario.with_name("other.toml").write_text(
        'extends = "tiny.toml#two"\n[rules.phasing]\nshare = 0.5\n', encoding="utf-8"
    )
    assert rebalance("solve", family.scenario.parent, "--out", family.out, "--quiet", "--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["other", "tiny-base", "tiny-two", "tiny-many"]
    assert [one["ending"] for one in found.values()] == ["done", "done", "done", "impossible"]
    assert plans(family.out) == {"other": "other", "tiny-base": "Tiny", "tiny-two": "Two at most"}


def test_all_faults_are_told_before_anything_is_solved(
    family: Desk, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    with family.scenario.open("a", encoding="utf-8") as file:
        file.write("[variants.wrong]\nrules.phasing.share = 'much'\n[variants.worse]\nrules.fasing = {}\n")
    monkeypatch.setattr(Solving, "solve", lambda *_args: pytest.fail("solved first"))
    assert rebalance("solve", family.scenario, "--out", family.out) == 1
    printed = capsys.readouterr().err
    assert "tiny.toml#wrong, rules.phasing.share" in printed
    assert "tiny.toml#worse, rules.fasing" in printed
    assert not family.out.exists()


def test_an_empty_folder_is_no_scenario(tiny: Desk, capsys: Captured) -> None:
    empty = tiny.folder / "empty"
    empty.mkdir()
    assert rebalance("solve", empty, "--out", tiny.out) == 2
    assert "no scenario is in this folder" in capsys.readouterr().err


def test_ctrl_c_leaves_the_rest(family: Desk, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setattr(solving_all, "_code", lambda _done: STOPPED)
    begun: list[str] = []

    patient = Solving.solve

    def noted(how: Solving, file: Path, out: Path) -> Solved:
        begun.append(out.name)
        return patient(how, file, out)

    monkeypatch.setattr(Solving, "solve", noted)
    assert rebalance("solve", family.scenario, "--out", family.out) == 130
    assert begun == ["base"]
    assert "Stopped: 1 of 3 scenarios were begun." in capsys.readouterr().err


def test_a_family_is_shown_with_what_differs(family: Desk, capsys: Captured) -> None:
    assert rebalance("show", family.scenario) == 0
    printed = capsys.readouterr().out
    assert "Goals, in order of rank" in printed
    assert re.search(r"two +Two at most +What if it were two\?", printed)
    assert re.search(r"total.at_least +– +– +12", printed)
    assert rebalance("show", family.scenario, "--json") == 0
    variants = json.loads(capsys.readouterr().out)["variants"]
    assert variants["two"] == {"name": "Two at most", "why": "What if it were two?"}
    assert rebalance("show", f"{family.scenario}#two") == 0
    assert "Variants" not in capsys.readouterr().out


def test_a_family_is_compared_and_swept_whole(family: Desk, capsys: Captured) -> None:
    assert rebalance("compare", family.scenario, *HERE, "--format", "json") == 0
    asked, *_others = json.loads(capsys.readouterr().out)
    assert asked["columns"] == ["what", "Tiny", "Two at most", "many"]
    words = ("--set", "rules.phasing=on,off")
    assert rebalance("sweep", family.scenario, *words, *HERE, "--format", "json") == 0
    (cases,) = json.loads(capsys.readouterr().out)
    assert len(cases["rows"]) == 6
    assert rebalance("compare", family.scenario, f"{family.scenario}#two", *HERE, "--format", "json") == 0


@pytest.mark.parametrize(
    "verb", [("frontier", "fill_shortages", "few_units_touched"), ("stress", "--demand", "0.9..1.1", "--cases", "2")]
)
def test_a_variant_is_accepted_wherever_a_scenario_is(verb: tuple[str, ...], family: Desk, capsys: Captured) -> None:
    name, *words = verb
    assert rebalance(name, f"{family.scenario}#two", *words, "--quiet") == 0
    assert rebalance("explain", f"{family.scenario}#many") == 1
    assert "12 to 20" in capsys.readouterr().out
