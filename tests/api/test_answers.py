"""Every verb answers in one call with a value that shows itself, gives tables, and agrees with the library below."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

import rebalance as rb
from rebalance.analysis import compare as exploring
from rebalance.plans.outcome import Outcome
from rebalance.plans.recorded import outcome_to_json
from rebalance.screen import Shown
from tests.cli.small import Desk


def shown(value: Shown) -> None:
    """It shows itself in both ways, and says the same in both."""
    page = value._repr_html_()
    assert page.startswith("<div>")
    assert page.endswith("</div>")
    assert "<table>" in page or "<p" in page
    assert "object at 0x" not in repr(value)
    value.show()


def test_things_show_themselves(scenario: rb.Scenario, outcome: rb.Outcome, capsys: pytest.CaptureFixture[str]) -> None:
    assert repr(outcome) == "Outcome(Tiny: goals proven: 5 of 5, positions going down: 5)"
    assert repr(scenario.county) == "County(Tiny, 2026–2027: units: 3, townships: 2, positions: 26)"
    for one in (scenario.county, scenario, outcome):
        shown(one)
    assert "Year by year" in capsys.readouterr().out
    assert "Year by year" not in outcome._repr_html_(), "a notebook shows the most important part"


def test_the_rest_of_the_library_takes_them(outcome: rb.Outcome) -> None:
    assert isinstance(outcome, Outcome)
    assert outcome_to_json(outcome)
    assert exploring.compare([outcome]).alike


def test_compare_solves_what_is_not_solved(scenario: rb.Scenario, outcome: rb.Outcome) -> None:
    found = rb.compare([outcome, scenario.but(rb.rules.CutAboveAddBelow(share="0.15"), name="Less")])  # type: ignore[arg-type]
    shown(found)
    given = found.figures().query("figure == 'given'").set_index("scenario")["value"]
    assert given.to_dict() == {"Tiny": 4, "Less": 1}
    assert set(found.reached()["scenario"]) == {"Tiny", "Less"}
    close = rb.compare([outcome, scenario.but(name="Same")], close=True)
    assert not [row for row in (*close.townships, *close.units) if row.differs]


def test_compare_says_what_could_not_be_solved(scenario: rb.Scenario, impossible: rb.Scenario) -> None:
    assert [one.ending for one in rb.compare([scenario, impossible]).outcomes] == ["done", "impossible"]
    with pytest.raises(ValueError, match="Impossible has no plan to stay close to"):
        rb.compare([impossible, scenario], close=True)


def test_a_sweep_has_a_row_a_case(scenario: rb.Scenario) -> None:
    found = rb.sweep(scenario, {"rules.cut_above_add_below.share": "0.1,0.5", "rules.phasing.share": ["1"]})
    shown(found)
    table = found.cases()
    assert table["rules.cut_above_add_below.share_float"].tolist() == [0.1, 0.5]
    assert table["given"].tolist() == [0, 4]
    assert table["lowest_coverage"].tolist() == [Fraction(1, 2), Fraction(28, 39)]
    assert found.figures().query("figure == 'given'")["value"].tolist() == [0, 4]
    assert len(found) == len(list(found)) == 2
    assert found[1].proven
    assert set(found.reached()["goal"]) >= {"worst_off_first", "fill_shortages"}
    assert len(rb.sweep(scenario, {"rules.cut_above_add_below.share": "0.1..0.9/0.1"}, draws=2)) == 2


def test_a_sweep_in_other_processes_gives_the_same(scenario: rb.Scenario) -> None:
    rows = [{"rules.cut_above_add_below.share": share} for share in ("0.1", "0.5")]
    here, there = (rb.sweep(scenario, rows, workers=workers).cases() for workers in (1, 2))
    assert here.drop(columns="seconds").equals(there.drop(columns="seconds"))


def test_cases_that_cannot_be_asked_are_told(scenario: rb.Scenario) -> None:
    with pytest.raises(rb.FaultsError, match="unknown key"):
        rb.sweep(scenario, [{"rules.phasing.shares": "1"}])
    found = rb.sweep(scenario, [{"rules.phasing.shares": "1"}, {"rules.phasing.share": "1"}])
    assert [bool(text) for text in found.cases()["trouble"]] == [True, False]
    with pytest.raises(ValueError, match="a float is not exact"):
        rb.sweep(scenario, {"rules.phasing.share": [0.5]})


def test_a_trade_off_and_its_plans(scenario: rb.Scenario) -> None:
    found = rb.frontier(scenario, ["worst_off_first", "few_units_touched"])
    shown(found)
    table = found.reached()
    assert table["value"].tolist() == [Fraction(28, 39), 1, Fraction(1, 2), 0]
    assert table["proven"].all()
    assert found.outcome(2).positions().query("holder == 'U1'")["after"].tolist() == [9, 9]
    with pytest.raises(ValueError, match=r"no such plan \(got 3\)\. Accepted: 1 to 2\."):
        found.outcome(3)


def test_alternatives_and_what_distinguishes_them(scenario: rb.Scenario) -> None:
    found = rb.alternatives(scenario, 1, slack={"worst_off_first": "50 %", "fill_shortages": 500, "serve_early": 900})
    shown(found)
    assert len(found.others) == 1
    assert found.positions()["plan"].tolist() == [0, 1] * (len(found.positions()) // 2)
    assert found.reached().groupby("plan").size().tolist() == [5, 5]
    assert found.outcome(0).proven
    assert not found.outcome(1).proven, "nothing is claimed of another plan"
    with pytest.raises(ValueError, match=r"the scenario has no such goal \(got 'worst'\)"):
        rb.alternatives(scenario, 1, slack={"worst": 1})
    with pytest.raises(ValueError, match=r"not accepted \(got 'much'\)"):
        rb.alternatives(scenario, 1, slack="much")


def test_stress_of_one_plan_and_of_the_best_of_each_case(scenario: rb.Scenario, outcome: rb.Outcome) -> None:
    found = rb.stress(outcome, demand=("0.9", "1.2"), count=3)
    shown(found)
    assert len(found.by_case()) == 6
    assert found.spreads()["percent"].tolist() == [0, 10, 50, 90, 100] * 2
    assert found.broken().empty
    again = rb.stress(scenario, demand=("0.9", "1.2"), count=2, again=True, floor="0.5")
    assert all(case.proven for case in again.cases)
    assert min(again.by_case()["coverage"]) >= min(found.by_case().query("case in ('case 1', 'case 2')")["coverage"])
    assert rb.stress(scenario, demand=("0.9", "1.2"), count=2, robust=2).about.robust == 2
    with pytest.raises(ValueError, match="robust makes one of its own"):
        rb.stress(outcome, demand=("0.9", "1.2"), robust=2)
    for wrong in ((0.9, 1.2), ("1.2", "0.9")):
        with pytest.raises(ValueError, match=r"not exact|the smaller first"):
            rb.stress(outcome, demand=wrong)  # type: ignore[arg-type]  # as people will


def test_why_a_scenario_is_impossible(scenario: rb.Scenario, impossible: rb.Scenario) -> None:
    found = rb.explain(impossible)
    shown(found)
    assert found.possible is False
    assert found.members()["rule"].tolist() == ["pinned"]
    assert found.changes()[["name", "after"]].iloc[0].tolist() == ["pinned.cells.at_least", 9]
    assert "at_least = 9" in found.toml(extends="x.toml")
    assert rb.solve(found.scenario()).plan is not None
    with pytest.raises(ValueError, match=r"no such repair \(got 9\)"):
        found.toml(9)
    assert rb.explain(scenario).possible
    shown(rb.explain(scenario))


def test_why_a_place_has_what_it_has(outcome: rb.Outcome) -> None:
    found = rb.why(outcome, "T1")
    shown(found)
    assert (found.story.today, found.story.now) == (4, 7)
    assert found.reasons()["rule"].tolist() == ["cut_above_add_below"]
    assert found.changes().empty
    more = rb.why(outcome, "T1", at_least=8)
    shown(more)
    assert more.changes()["goal"].tolist() == ["worst_off_first"]
    assert more.shifts().query("of == 'positions'")[["holder", "before", "after"]].to_numpy().tolist() == [
        ["T1", 7, 8],
        ["T2", 5, 4],
    ]
    with pytest.raises(ValueError, match=r"nothing has this id or name \(got 'T9'\)"):
        rb.why(outcome, "T9")


def test_what_can_move_and_what_more_is_worth(outcome: rb.Outcome) -> None:
    ranges, prices = rb.ranges(outcome, agencies=True), rb.prices(outcome)
    shown(ranges)
    shown(prices)
    assert ranges.numbers().query("holder == 'T1' and agency == ''")[["now", "least", "most"]].iloc[0].tolist() == [
        7,
        7,
        7,
    ]
    worth = prices.worth()
    assert worth.query("kind == 'position'")["goal"].tolist() == ["worst_off_first", "fill_shortages", "serve_early"]
    assert worth.query("kind == 'limit'")["rank"].isna().all(), "nobody could give more anyway"


def test_a_question_about_a_plan_that_is_not_there(impossible: rb.Scenario) -> None:
    found = rb.solve(impossible)
    for ask in (rb.ranges, rb.prices, rb.stress, rb.audit):
        with pytest.raises(ValueError, match=r"no plan exists\. There is no plan to look at\."):
            ask(found)
    shown(found)


def test_plans_go_to_disk_and_come_back(outcome: rb.Outcome, folder: Path, place: Desk) -> None:
    file = rb.save(outcome, folder / "plan.json")
    whole = json.loads(file.read_text(encoding="utf-8"))
    assert (file.parent / whole["scenario"]["county"]).resolve() == (place.folder / "models/tiny").resolve()
    again = rb.read_plan(file)
    assert again.positions().equals(outcome.positions())
    assert again.proven
    assert isinstance(again.scenario, rb.Scenario)
    assert rb.read_plan(file, county=place.folder / "models/tiny").plan == outcome.plan
    assert rb.save(again, folder / "deeper/copy.json").exists()
    assert rb.read_plan(folder / "deeper/copy.json").plan == outcome.plan


def test_a_plan_changed_by_hand_is_read_with_a_warning(outcome: rb.Outcome, folder: Path) -> None:
    file = rb.save(outcome, folder / "plan.json")
    file.write_text(file.read_text("utf-8").replace('"after": 7', '"after": 9', 1), encoding="utf-8")
    with pytest.warns(UserWarning, match=r"plan\.json does not pass the audit"):
        found = rb.read_plan(file)
    assert not rb.audit(found).lawful


def test_papers_are_written(outcome: rb.Outcome, folder: Path) -> None:
    for name in ("plan.xlsx", "plan.docx", "plan.html"):
        assert rb.export(outcome, folder / name, others=[outcome]).stat().st_size > 2000
    assert any(rb.export(outcome, folder / "tables").iterdir())
    with pytest.raises(ValueError, match=r"no paper has this ending \(got 'plan\.odt'\)"):
        rb.export(outcome, folder / "plan.odt")


def test_everything_speaks_chinese(outcome: rb.Outcome, scenario: rb.Scenario) -> None:
    rb.speak("zh")
    assert "各个目标均已证明" in outcome._repr_html_()
    assert "规则" in scenario._repr_html_()
    with pytest.raises(ValueError, match="unknown language"):
        rb.speak("fr")


def test_reading_auditing_and_exporting_load_no_solver(outcome: rb.Outcome, folder: Path) -> None:
    file = rb.save(outcome, folder / "plan.json")
    code = (
        "import sys, rebalance as rb; found = rb.read_plan(sys.argv[1]); rb.audit(found); rb.columns();"
        "found.positions(); found._repr_html_(); rb.export(found, sys.argv[1] + '.html');"
        "print('ortools' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, file], check=True, capture_output=True, encoding="utf-8")
    assert done.stdout == "False\n"
