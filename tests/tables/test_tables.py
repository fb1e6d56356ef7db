"""What stands on the screen: within 100 columns, names as they are, in both languages."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

import pytest
from rich.cells import cell_len
from rich.console import RenderableType

from rebalance.county.county import County
from rebalance.model.finding import Place
from rebalance.model.plan import Decision, Plan, plan_of
from rebalance.plans.audit import audit
from rebalance.plans.check import check
from rebalance.plans.conflict import Conflict
from rebalance.plans.outcome import Ending, Outcome
from rebalance.plans.recorded import outcome_to_json, read_outcome
from rebalance.problem.problem import Problem
from rebalance.scenario.scenario import Scenario
from rebalance.screen import WIDTH, Screen, parts_of
from rebalance.table import Table
from rebalance.tables.positions import schedule
from rebalance.tables.townships import townships, unplaced
from rebalance.tables.units import units_that_give
from rebalance.text import activate
from tests.counties import ADMIN, FIRST
from tests.plans.plans import COUNTY, DECIDED, PLAN, SCENARIO, SKETCH, complete, proven

HOSTILE = {
    "U1": "[bold red]Bureau[/bold red] [link=http://x]y[/link] " + "of very long names " * 9,
    "U2": "\x1b[2J\x1b[31mred\x07\nand more\u202e",
    "T1": "县直属机关事务管理和综合行政执法工作委员会办公室" * 5,
    "T2": "Supercalifragilisticexpialidocious" * 4,
}


def named(county: County) -> County:
    """The county with names that are markup, that move the cursor, that are wide or long."""
    units = tuple(replace(row, name=HOSTILE[row.unit], name_zh=HOSTILE["T1"]) for row in county.units)
    places = tuple(replace(row, name=HOSTILE[row.township]) for row in county.townships)
    return replace(county, units=units, townships=places, name="[blink]County[/blink]", synthetic=True)


def hostile() -> tuple[Scenario, Plan]:
    """The small county's scenario and plan, in such a county."""
    scenario = replace(SCENARIO, problem=Problem(named(COUNTY)), name="[red]x[/red]", why="[i]why[/i]" * 30)
    return scenario, complete(scenario, DECIDED)


def screens() -> Iterator[Iterable[RenderableType]]:
    """Everything that is ever shown."""
    scenario, plan = hostile()
    county = scenario.problem.county
    outcome = proven(scenario, plan)
    yield outcome.parts()
    stopped = replace(outcome, ending=Ending.OUT_OF_TIME, goals=(replace(outcome.goals[0], proven=False, bound=None),))
    yield stopped.parts()
    rows = ((rule, finding.place) for rule, findings in audit(scenario, plan).findings.items() for finding in findings)
    clash = Conflict(tuple(rows), confirmed=False)
    yield Outcome(scenario, Ending.IMPOSSIBLE, None, (), clash=clash).parts()
    yield Outcome(scenario, Ending.IMPOSSIBLE, None, (), clash=Conflict((), confirmed=True)).parts()
    yield Outcome(scenario, Ending.INTERRUPTED, None, ()).parts()
    yield read_outcome(outcome_to_json(outcome), county).parts()
    yield read_outcome(outcome_to_json(outcome).replace('"after": 6', '"after": 60000007'), county).parts()
    odd = replace(county, positions=tuple(replace(row, floor=9, ceiling=1) for row in county.positions))
    yield check(odd).parts()
    yield scenario.parts()
    changed = replace(scenario, changes={"units": {"U1": {"name": HOSTILE["U1"]}}})
    yield changed.parts(resolved=True)


def shown(parts: Iterable[RenderableType]) -> str:
    stream = io.StringIO()
    Screen(stream).show(parts)
    return stream.getvalue()


def rows(made: Table) -> list[list[str]]:
    """The words of each row of a table on a screen, and of what is said below."""
    lines = [text.split() for text in shown(parts_of(made)).splitlines() if text.strip()]
    return lines[1 + next(number for number, words in enumerate(lines) if set(words[0]) == {"─"}) :]


@pytest.fixture(params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each language in turn."""
    activate(request.param)
    yield request.param
    activate("en")


def test_everything_fits(language: str) -> None:
    for parts in screens():
        lines = shown(parts).splitlines()
        assert lines
        assert max(map(cell_len, lines)) <= WIDTH, language


def test_names_are_shown_and_not_obeyed(language: str) -> None:
    for parts in screens():
        text = shown(parts)
        assert not set("\x1b\x07\u202e") & set(text), language
    scenario, plan = hostile()
    text = shown(proven(scenario, plan).parts())
    assert "[blink]County[/blink] · [red]x[/red]" in text
    if language == "en":
        assert "[bold red]Bureau[/bold red]" in text


def test_what_is_not_proven_says_so() -> None:
    outcome = proven(SCENARIO, PLAN)
    goals = (outcome.goals[0], *(replace(goal, proven=False, bound=None) for goal in outcome.goals[1:]))
    text = shown(replace(outcome, goals=goals, ending=Ending.OUT_OF_TIME).parts())
    assert text.count("NOT PROVEN") == 1 + len(goals) - 1
    assert "Every goal is proven" not in text


def test_a_proof_that_hangs_on_another_says_so() -> None:
    outcome = proven(SCENARIO, PLAN)
    first = replace(outcome.goals[0], proven=False, bound=None)
    second = replace(outcome.goals[1], conditional=True)
    third = replace(outcome.goals[2], freedom=False)
    goals = (first, second, third, *outcome.goals[3:])
    text = shown(replace(outcome, goals=goals).parts())
    assert "proven, given the" in text
    assert "proven; settled by" in text


def test_made_up_figures_say_so() -> None:
    county = replace(COUNTY, synthetic=True)
    scenario = replace(SCENARIO, problem=Problem(county))
    assert "made up" in shown(proven(scenario, complete(scenario, DECIDED)).parts())
    assert "made up" not in shown(proven(SCENARIO, PLAN).parts())


def test_townships_show_what_changes() -> None:
    first, second, together = rows(townships(PLAN))
    assert first == ["T1", "4", "+2", "–", "6", "41.0", "%", "70.7", "%", "58.5", "%", "–"]
    assert second == ["T2", "3", "+1", "+1", "5", "16.6", "%", "74.0", "%", "59.2", "%", "–"]
    assert together[:5] == ["together", "7", "+3", "+1", "11"]


def test_what_is_in_no_agency_is_told() -> None:
    decided: dict[Decision, int] = {**DECIDED, ("placed", "T1", "A1", ADMIN, FIRST + 1): 1}
    plan = complete(SCENARIO, decided)
    assert unplaced(plan, "T1", FIRST + 1) == 3
    assert rows(townships(plan))[0][-1] == "3"


def test_coverage_that_nobody_knows_is_a_dash() -> None:
    without = replace(SKETCH, placed={}, demand={("T1", "A1"): "8.5"})
    first, second, _together = rows(townships(plan_of(without.problem, DECIDED)))
    assert first == ["T1", "4", "+2", "–", "6", "–", "66.6", "%", "66.6", "%", "–"]
    assert second == ["T2", "3", "+1", "+1", "5", "–", "–", "–", "–"]


def test_units_that_give_most_come_first() -> None:
    decided: dict[Decision, int] = {**DECIDED, ("cut", "U2", ADMIN, FIRST): 4}
    found = units_that_give(complete(SCENARIO, decided))
    assert [(giver.unit, giver.given, giver.after) for giver in found] == [("U2", 4, 1), ("U1", 3, 6)]


def test_years_in_which_nothing_happens_are_left_out() -> None:
    assert rows(schedule(PLAN)) == [
        [str(FIRST), "admin", "2", "2", "1", "1", "–", "1"],
        [str(FIRST + 1), "admin", "–", "1", "–", "–", "–", "–"],
    ]


def test_a_clash_is_told_in_the_words_of_its_rules() -> None:
    place = Place(category=ADMIN, year=FIRST, aspect="total")
    outcome = Outcome(SCENARIO, Ending.IMPOSSIBLE, None, (), clash=Conflict((("hold_total", place),), confirmed=False))
    text = shown(outcome.parts())
    assert f"admin, {FIRST}: all holders together own exactly as many positions as today." in text
    assert "has not confirmed it" in text


def test_shares_are_never_rounded_up_on_screen() -> None:
    assert Fraction(1) > PLAN.coverage("T1", FIRST + 1)
    assert "100.0 %" not in shown(parts_of(townships(PLAN)))
