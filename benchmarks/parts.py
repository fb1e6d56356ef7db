"""A process of its own that does everything but solve, and prints as JSON how long each part took.

    python -m benchmarks.parts SCENARIO FOLDER

Nothing is imported before it is timed.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TypeVar

from benchmarks.peak import megabytes

Result = TypeVar("Result")


class Parts:
    """Processor seconds by part, as they are done."""

    def __init__(self) -> None:
        """Nothing done yet but starting Python."""
        self.seconds: dict[str, float] = {"start": time.process_time()}

    def do(self, name: str, work: Callable[[], Result]) -> Result:
        """Do a part and remember how long it took."""
        start = time.process_time()
        result = work()
        self.seconds[name] = self.seconds.get(name, 0.0) + time.process_time() - start
        return result


def main(scenario_file: Path, folder: Path) -> None:
    """Import, read, build, find any plan (not timed), audit, save."""
    parts = Parts()
    reading = parts.do("import reading", lambda: import_module("rebalance.scenario.read"))
    scenario = parts.do("read", lambda: reading.read_scenario(scenario_file))
    parts.do("import ortools", lambda: import_module("ortools.sat.python.cp_model"))
    solving = parts.do("import solving", lambda: import_module("rebalance.solver.lexicographic"))
    model = parts.do("build", lambda: solving.model_of(scenario))
    plan = model.plan(solving.CpSat().solve(model, solving.Linear()).values)
    auditing = parts.do("import audit", lambda: import_module("rebalance.plans.audit"))
    parts.do("audit", lambda: auditing.audit(scenario, plan))
    parts.do("save", lambda: save(scenario, plan, folder))
    print(json.dumps({"seconds": parts.seconds, "megabytes": megabytes()}))


def save(scenario: object, plan: object, folder: Path) -> None:
    """Write `plan.json`, as `rebalance solve` does."""
    outcomes, record = import_module("rebalance.plans.outcome"), import_module("rebalance.plans.recorded")
    outcome = outcomes.Outcome(scenario, outcomes.Ending.DONE, plan, ())
    (folder / "plan.json").write_text(record.outcome_to_json(outcome), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
