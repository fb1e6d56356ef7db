"""Outcomes to draw: worked out by hand, odd, hostile, large."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.generator import generate, scenario
from rebalance.county.county import County
from rebalance.model.plan import Decision, plan_of, status_quo
from rebalance.plans.outcome import Ending, Outcome
from rebalance.plans.reached import GoalResult
from rebalance.problem.problem import Problem
from rebalance.scenario.scenario import Scenario
from tests.counties import FIRST, Has, Sketch
from tests.papers import plain
from tests.plans import plans

UNPROVEN = (GoalResult("canonical", 1, None, proven=False, seconds=1.0),)

HOSTILE = (
    "$x_1$ \\frac{1}{2} <script>alert(1)</script>",
    "a & b ]]> \"quoted\" 'single'",
    "\x1b[31mred\x00\u202eright to left",
    "خيزران بلدة",
    "👩‍👩‍👧‍👦 🏛",
    "W" * 5000,
    "{braces} %s %(percent)s {0}",
    " ",
)


def reformed() -> Outcome:
    """T1 4 to 6; T2 3 to 5, of them one with a station; U1 gives three, one with that station; the reserve one."""
    return plans.proven(plans.SCENARIO, plans.PLAN)


def simple() -> Outcome:
    """T1 4 to 6, T2 3 to 4. Covered: T1 3 of 9.75 today, 5.25 at the end; T2 1 of 6 today, 4 at the end."""
    return plans.proven(plain.SCENARIO, plain.PLAN)


def still(sketch: Sketch) -> Outcome:
    """Nothing happens."""
    asked = sketch.scenario()
    return Outcome(asked, Ending.OUT_OF_TIME, status_quo(asked.problem), UNPROVEN)


ODD = {
    "one township": Sketch(units={"U1": 2}, townships={"T1": 1}, demand={"T1": "4"}),
    "no work": Sketch(units={"U1": 2}, townships={"T1": 1, "T2": 0}),
    "nothing": Sketch(units={"U1": 0}, townships={"T1": 0}, demand={"T1": "2"}),
    "no townships": Sketch(units={"U1": 2}),
    "some without work": Sketch(units={"U1": 2}, townships={"T1": 1, "T2": 3}, demand={"T2": "3"}, years=5),
    "nobody knows today": Sketch(
        units={"U1": 2}, townships={"T1": Has(3)}, agencies=plans.SKETCH.agencies, demand={("T1", "A1"): "4"}
    ),
}
"""Counties in which something is missing."""


def shrinking() -> Outcome:
    """A township that loses a position to another: no rule allows it, but a plan typed by hand may say so."""
    sketch = Sketch(units={"U1": 2}, townships={"T1": 4, "T2": 1}, demand={"T1": "4", "T2": "4"})
    asked = sketch.scenario()
    decided: dict[Decision, int] = {("added", "T1", "admin", FIRST): -1, ("added", "T2", "admin", FIRST): 1}
    return Outcome(asked, Ending.INTERRUPTED, plan_of(asked.problem, decided), ())


def hostile() -> Outcome:
    """Names that try to be something else."""
    county = plans.COUNTY
    names = iter(HOSTILE * 2)
    poisoned = replace(
        county,
        name=HOSTILE[0],
        synthetic=True,
        units=tuple(replace(row, name=next(names)) for row in county.units),
        townships=tuple(replace(row, name=next(names)) for row in county.townships),
    )
    return _on(poisoned, plans.SCENARIO)


def _on(county: County, asked: Scenario) -> Outcome:
    problem = Problem(county)
    made = plan_of(problem, plans.PLAN.decided)
    return Outcome(replace(asked, problem=problem, name=HOSTILE[1]), Ending.DONE, made, ())


def large(townships: int) -> Outcome:
    """Sixty units, of which every one gives from one position to three, and so many townships, which share them."""
    asked = scenario(generate(60, townships, 1, 3), ())
    problem, year = asked.problem, asked.problem.last
    category = problem.categories[0]
    decided: dict[Decision, int] = dict(status_quo(problem).decided)
    given = 0
    for number, unit in enumerate(problem.units):
        decided["cut", unit, category, year] = 1 + number % 3
        given += 1 + number % 3
    for number, township in enumerate(problem.townships):
        decided["added", township, category, year] = given // townships + (number < given % townships)
    return Outcome(asked, Ending.OUT_OF_TIME, plan_of(problem, decided), UNPROVEN)
