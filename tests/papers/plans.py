"""Plans for papers: a small one worked out by hand, the example county with something going on, and a hostile one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any, TypeVar

from rebalance.county.columns import Text
from rebalance.county.county import County
from rebalance.county.norms import Letterhead
from rebalance.county.tables import CATEGORIES, SETTINGS, TABLES
from rebalance.model.plan import Decision, Plan, plan_of, status_quo
from rebalance.plans.audit import audit
from rebalance.plans.outcome import Ending, Outcome
from rebalance.plans.reached import GoalResult
from rebalance.plans.recorded import Recorded
from rebalance.problem.problem import Problem
from rebalance.scenario.read import read_scenario
from rebalance.scenario.scenario import Scenario
from tests.papers.plain import PLAN, SCENARIO
from tests.plans.plans import proven

ROOT = Path(__file__).parents[2]

Paper = TypeVar("Paper")

PAYLOADS = (
    '=HYPERLINK("http://evil.example/x","click")',
    "http://evil.example/y",
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1-1",
    "{{ 7*7 }}{% raw %}",
    "\x1b[2Jwiped\x07 & ]]> <b>",
    "_x003D_1+1",
    "-2+3",
)


def small() -> Recorded:
    """Two units and two townships, two years, every goal proven."""
    return Recorded(proven(SCENARIO, PLAN), audit(SCENARIO, PLAN), ())


@cache
def langxi() -> Recorded:
    """The example county: all stations go down, one unit gives two positions to one town, nothing is proven."""
    scenario = read_scenario(ROOT / "scenarios/baseline.toml")
    return _recorded(scenario, _moved(scenario.problem))


@cache
def hostile() -> Recorded:
    """The same in a county whose every text tries to be something else."""
    scenario = read_scenario(ROOT / "scenarios/baseline.toml")
    problem = Problem(poisoned(scenario.problem.county))
    payloads = cycle(PAYLOADS)
    rules: dict[str, Any] = {name: replace(rule, source=next(payloads)) for name, rule in scenario.rules.items()}  # type: ignore[type-var]
    named = replace(scenario, problem=problem, rules=rules, name=PAYLOADS[0], why=PAYLOADS[2])
    chinese = dict(zip(rules, payloads, strict=False))
    named = replace(named, name_zh=PAYLOADS[1], why_zh=PAYLOADS[3], sources_zh=chinese)
    return _recorded(named, _moved(problem))


@cache
def written(write: Callable[[Recorded], Paper], of: Callable[[], Recorded]) -> Paper:
    """A paper, or all tables, of a plan: written once for all who look at it."""
    return write(of())


def poisoned(county: County) -> County:
    """The county with payloads in every column of free text."""
    payloads = cycle(PAYLOADS)
    changed: dict[str, Any] = {}
    for table in (CATEGORIES, *TABLES):
        names = [
            one.field for one in table.headings if isinstance(one.column.kind, Text) and one.field not in table.key
        ]
        changed[table.name] = tuple(
            replace(row, **{name: next(payloads) for name in names}) for row in getattr(county, table.name)
        )
    assert any(table.name == "papers" for table in SETTINGS)
    heads = Letterhead(**{one.name: next(payloads) for one in fields(Letterhead)})
    return replace(county, **changed, papers=heads, name=PAYLOADS[2], name_zh=PAYLOADS[0], source=PAYLOADS[4])


def _moved(problem: Problem) -> Plan:
    decided: dict[Decision, int] = dict(status_quo(problem).decided)
    last = problem.last
    decided |= {("handed", row.station, last): 1 for row in problem.county.stations}
    decided |= {("cut", "U001", "administrative", last): 2, ("added", "341821105", "administrative", last): 2}
    decided |= {("delegated", matter, problem.townships[0], last): 1 for matter in problem.delegation.matters}
    return plan_of(problem, decided)


def _recorded(scenario: Scenario, plan: Plan) -> Recorded:
    checks = audit(scenario, plan)
    goals = tuple(GoalResult(name, value, None, proven=False, seconds=1.0) for name, value in checks.values)
    return Recorded(Outcome(scenario, Ending.OUT_OF_TIME, plan, goals), checks, ())
