from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from rebalance.plans.outcome import Outcome
from tests.cli.small import Desk, package, rebalance, scenario
from tests.counties import Has, Sketch

Captured = pytest.CaptureFixture[str]

HERE = ("--workers", "1", "--quiet")


@pytest.fixture
def two(tiny: Desk) -> Desk:
    """Beside the one scenario another, with one position fewer and a little more work."""
    file = tiny.scenario.with_name("fewer.toml")
    total = {"cut_above_add_below": {"total": {"at_most": 1}}}
    scenario(file, "../models/tiny", total, name="Fewer")
    with file.open("a", encoding="utf-8") as stream:
        stream.write('[data.demand.T2.A1]\npositions = "6.50"\n')
    return tiny


def sheets(capsys: Captured, *words: str | Path) -> dict[str, dict[str, list[Any]]]:
    """Every table by its title: the rows by what they are about."""
    assert rebalance(*words, "--format", "json") == 0
    return {
        sheet["title"]: {" ".join(str(cell) for cell in row[:-2]): row[-2:] for row in sheet["rows"]}
        for sheet in json.loads(capsys.readouterr().out)
    }


def test_inputs_come_first_then_figures_and_only_what_differs(two: Desk, capsys: Captured) -> None:
    found = sheets(capsys, "compare", two.scenario, two.scenario.with_name("fewer.toml"), *HERE)
    assert list(found) == ["What is asked", "What comes of it", "Townships", "Units", "Dominated"]
    assert found.pop("Dominated") == {"": ["Fewer", "Tiny"]}
    assert found["What is asked"] == {
        "rules.cut_above_add_below.total.at_most": ["4", "1"],
        "data.demand.T2.A1.positions": ["6.00", "6.50"],
    }
    assert found["What comes of it"]["positions given"] == [4, 1]
    assert "people hired" not in found["What comes of it"]
    assert "result" not in found["What comes of it"]
    assert all(values[0] != values[1] for sheet in found.values() for values in sheet.values())


def test_all_is_everything(two: Desk, capsys: Captured) -> None:
    found = sheets(capsys, "compare", two.scenario, two.scenario.with_name("fewer.toml"), "--all", *HERE)
    assert found["What comes of it"]["result"] == ["proven", "proven"]
    assert found["What comes of it"]["people hired"] == [0, 0]
    assert found["What is asked"]["rules.vacancies_first"] == ["yes", "yes"]
    assert found["Units"]["U2 positions"] == [5, 5]


def test_a_scenario_does_not_differ_from_itself(tiny: Desk, capsys: Captured) -> None:
    for words in (("compare", *HERE), ("show",)):
        assert rebalance(words[0], tiny.scenario, tiny.scenario, *words[1:]) == 0
        assert capsys.readouterr().out.strip() == "No difference."


def test_runs_plans_and_scenarios_are_one(tiny: Desk, capsys: Captured) -> None:
    assert rebalance("solve", tiny.scenario, "--out", tiny.out, "--quiet") == 0
    capsys.readouterr()
    assert rebalance("compare", "1", "#1", tiny.plan, tiny.scenario, *HERE) == 0
    assert capsys.readouterr().out.strip() == "No difference."


def test_the_dominated_scenario_is_named(two: Desk, capsys: Captured) -> None:
    more = two.scenario.with_name("more.toml")
    scenario(more, "../models/tiny", {"cut_above_add_below": {"total": {"at_most": 2}}}, "fill_shortages", name="Two")
    scenario(
        two.scenario,
        "../models/tiny",
        {"cut_above_add_below": {"total": {"at_most": 4}}},
        "fill_shortages",
        name="Four",
    )
    assert rebalance("compare", more, two.scenario, *HERE) == 0
    printed = capsys.readouterr().out
    assert "Two is dominated by Four" in printed
    assert "Four is dominated" not in printed


def test_none_is_dominated_where_each_is_better_in_something(two: Desk, capsys: Captured) -> None:
    none = two.scenario.with_name("none.toml")
    scenario(none, "../models/tiny", {"cut_above_add_below": {"total": {"at_most": 0}}}, name="None")
    assert rebalance("compare", two.scenario, none, *HERE) == 0
    assert "dominated" not in capsys.readouterr().out  # one covers more, the other touches no unit


def test_what_is_not_proven_is_said(two: Desk, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setattr(Outcome, "proven", property(lambda one: one.scenario.name != "Fewer"))
    words = ("compare", two.scenario, two.scenario.with_name("fewer.toml"), *HERE)
    assert rebalance(*words) == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert "Not every goal is proven in: Fewer. A difference may be for want of time." in printed
    assert "result proven" in printed


def test_a_folder_is_all_its_scenarios(two: Desk, capsys: Captured) -> None:
    assert rebalance("compare", two.scenario.parent, *HERE, "--format", "csv") == 0
    head = next(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert head == ["table", "what", "Fewer", "Tiny"]
    assert rebalance("show", two.scenario.parent) == 0
    assert re.search(r"total.at_most +1 +4", capsys.readouterr().out)


def test_an_impossible_scenario_has_no_figures(two: Desk, capsys: Captured) -> None:
    other = two.scenario.with_name("other.toml")
    scenario(other, "../models/tiny", {"cut_above_add_below": {"total": {"at_least": 12}}}, name="Twelve")
    found = sheets(capsys, "compare", two.scenario, other, *HERE)
    assert found["What comes of it"]["result"] == ["proven", "impossible"]
    assert found["What comes of it"]["positions given"] == [4, None]


def test_names_that_repeat_get_a_number(tiny: Desk, capsys: Captured) -> None:
    other = tiny.scenario.with_name("other.toml")
    scenario(other, "../models/tiny", name="Tiny")
    assert rebalance("show", tiny.scenario, other, "--json") == 0
    (sheet,) = json.loads(capsys.readouterr().out)
    assert sheet["columns"] == ["what", "Tiny", "Tiny (2)"]


def test_switching_a_rule_off_is_a_difference(tiny: Desk, capsys: Captured) -> None:
    other = tiny.scenario.with_name("other.toml")
    other.write_text(
        'extends = "tiny.toml"\nwithout = ["agency_quota"]\n[rules.phasing]\nshare = 0.5\n', encoding="utf-8"
    )
    found = sheets_of_show(capsys, tiny.scenario, other)
    assert found == {
        "rules.agency_quota": ["yes", None],
        "rules.phasing": [None, "yes"],
        "rules.phasing.share": [None, "1/2"],
    }


def sheets_of_show(capsys: Captured, *words: Path) -> dict[str, list[Any]]:
    assert rebalance("show", *words, "--json") == 0
    (sheet,) = json.loads(capsys.readouterr().out)
    return {row[0]: row[1:] for row in sheet["rows"]}


@pytest.mark.parametrize(
    ("word", "answer"),
    [
        ("7", (1, "no runs are kept there")),
        ("what", (2, "neither a scenario, a plan nor the number of a run (got 'what')")),
        ("no.toml", (1, "there is no such file")),
        ("no.json", (1, "there is no such file")),
        (".", (2, "no scenario is in this folder")),
    ],
)
def test_what_cannot_be_compared(
    word: str, answer: tuple[int, str], tiny: Desk, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tiny.folder)
    assert rebalance("compare", tiny.scenario, word, *HERE) == answer[0]
    printed = capsys.readouterr()
    assert printed.out == ""
    assert answer[1] in printed.err


def test_markdown_shows_names_as_they_are(tiny: Desk, capsys: Captured) -> None:
    other = tiny.scenario.with_name("other.toml")
    scenario(other, "../models/tiny", name="a|b *c*")
    assert rebalance("compare", tiny.scenario, other, *HERE, "--format", "md") == 0
    assert "| a\\|b \\*c\\* |" in capsys.readouterr().out


TIED = Sketch(
    units={"U1": Has(6, 2), "U2": Has(6, 2), "U3": Has(6, 2), "U4": Has(6, 2)},
    townships={"T1": 2},
    demand={"T1": "9"},
).county
"""Any of four units can give what the township needs: a plan of more positions need not be like one of fewer."""


def test_close_leaves_no_difference_to_ties(tmp_path: Path, capsys: Captured) -> None:
    package(TIED, tmp_path / "models/tiny")
    files = [tmp_path / f"scenarios/{most}.toml" for most in (3, 4)]
    for most, file in zip((3, 4), files, strict=True):
        total = {"ledgers": {}, "hold_total": {}, "cut_above_add_below": {"total": {"at_most": most}}}
        scenario(file, "../models/tiny", total, "fill_shortages", name=file.stem)
    found = sheets(capsys, "compare", *files, "--close", *HERE)
    changed = [row for row in found["Units"] if row.endswith("positions")]
    assert len(changed) == 1
    assert found["What is asked"] == {"rules.cut_above_add_below.total.at_most": ["3", "4"]}
    assert "stay_close" not in str(found)
    assert rebalance("compare", *files, "--close", *HERE) == 0
    assert "as close to 3 as can be" in capsys.readouterr().out
    assert rebalance("compare", *files, "--all", *HERE) == 0  # not taken for the answer without --close
    assert "stay_close" not in capsys.readouterr().out


def test_nothing_to_stay_close_to(tiny: Desk, capsys: Captured) -> None:
    scenario(tiny.scenario, "../models/tiny", {"cut_above_add_below": {"total": {"at_least": 12}}}, name="Twelve")
    assert rebalance("compare", tiny.scenario, tiny.scenario, "--close", *HERE) == 1
    assert "Twelve has no plan to stay close to" in capsys.readouterr().err
