"""The small county and its plan without what the reform adds: nobody but its own staff works in its townships."""

from __future__ import annotations

from dataclasses import replace

from rebalance.model.plan import Decision
from tests.counties import ADMIN, FIRST
from tests.plans import plans

RULES = ("cut_above_add_below", "vacancies_first", "compulsory_agencies", "agency_quota")
VERBS = ("handed", "dispatched", "borrowed", "delegated")

SKETCH = replace(plans.SKETCH, tables={})
SCENARIO = SKETCH.scenario(*(plans.SCENARIO.rules[name] for name in RULES), goals=plans.SCENARIO.goals[:-1])
DECIDED: dict[Decision, int] = {cell: number for cell, number in plans.DECIDED.items() if cell[0] not in VERBS}
DECIDED["placed", "T2", "A1", ADMIN, FIRST + 1] = 4
PLAN = plans.complete(SCENARIO, DECIDED)
