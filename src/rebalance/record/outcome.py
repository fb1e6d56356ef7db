"""An outcome as `plan.json`, and back, with everything in it that does not add up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from rebalance.audit import Audit, audit
from rebalance.county.county import County
from rebalance.county.digest import digest
from rebalance.fault import FaultsError
from rebalance.outcome import GoalResult, Outcome
from rebalance.record.checking import row_faults
from rebalance.record.clash import plain_clash
from rebalance.record.json_text import written
from rebalance.record.plan import Tables, finding_rows, plan_from, tables_of
from rebalance.record.plan_file import PlanFile, asked, opened, written_value
from rebalance.record.scenario import resolved, scenario_from
from rebalance.record.stated import Stated, compare, compare_counts, compare_proofs, compare_rows, compare_verdicts
from rebalance.record.values import unstructure
from rebalance.record.versions import versions


@dataclass(frozen=True)
class Recorded:
    """What a file holds: the outcome, the audit of its plan, and the figures that do not follow from it."""

    outcome: Outcome
    audit: Audit
    stated: tuple[Stated, ...]

    @property
    def sound(self) -> bool:
        """Whether no rule is broken and every figure is what the file says."""
        return self.audit.lawful and not self.audit.mismatches and not self.stated


def outcome_to_json(outcome: Outcome) -> str:
    """The text of `plan.json`: the same bytes for the same outcome, but for `seconds` and `versions`.

    Without a plan it holds what there is instead: the rules that cannot hold together, where some cannot.
    """
    whole = _heading(outcome)
    if outcome.plan is None:
        return written(whole | {"clash": outcome.clash and plain_clash(outcome.scenario, outcome.clash)})
    checks = audit(outcome.scenario, outcome.plan)
    whole |= unstructure(tables_of(outcome.plan))
    whole["checked"] = _counts(checks)
    return written(whole | {"findings": unstructure(finding_rows(checks))})


def read_outcome(text: str, county: County, file: str = "plan.json") -> Recorded:
    """Read what `outcome_to_json` wrote, on the county as its package says, and work out every figure again.

    Raises:
        FaultsError: with everything that keeps it from being a plan of this county.
    """
    return recorded(opened(text, file), county, file)


def recorded(said: PlanFile, county: County, file: str = "plan.json") -> Recorded:
    """The same, of a file already opened."""
    scenario = scenario_from(said.scenario, county, file)
    if faults := list(row_faults(said, scenario.problem, file)):
        raise FaultsError(faults)
    plan = plan_from(said, scenario.problem)
    goals = tuple(row.result() for row in said.goals)
    certificate = said.second_opinion
    outcome = Outcome(
        scenario, said.ending, plan, goals, said.unique, seconds=float(said.seconds), certificate=certificate
    )
    checks = audit(scenario, plan, goals)
    return Recorded(outcome, checks, tuple(_differences(said, outcome, checks)))


def _heading(outcome: Outcome) -> dict[str, Any]:
    scenario = resolved(outcome.scenario)
    return {
        "scenario": scenario,
        "scenario_digest": asked(scenario),
        "county_digest": digest(outcome.scenario.problem.county),
        "versions": versions(),
        "ending": outcome.ending.value,
        "proven": outcome.proven,
        "unique": outcome.unique,
        "seconds": round(outcome.seconds, 3),
        "goals": [_goal(result) for result in outcome.goals],
    } | ({"certificate": unstructure(outcome.certificate.verdicts)} if outcome.certificate else {})


def _goal(result: GoalResult) -> dict[str, Any]:
    values = {"value": written_value(result.value), "bound": written_value(result.bound)}
    plain: dict[str, Any] = unstructure(result)
    return plain | values | {"seconds": round(result.seconds, 3)}


def _counts(checks: Audit) -> dict[str, int]:
    return {name: len(found) for name, found in checks.findings.items()}


def _differences(said: PlanFile, outcome: Outcome, checks: Audit) -> Iterator[Stated]:
    """Everything the file says that is not so, the county's own data first."""
    yield from compare("county_digest", said.county_digest, digest(outcome.scenario.problem.county))
    yield from compare("scenario_digest", said.scenario_digest, asked(resolved(outcome.scenario)))
    yield from compare("proven", said.proven, outcome.proven)
    yield from compare("unique", said.unique, said.unique and outcome.proven)
    yield from compare_proofs(outcome.goals, outcome.scenario.goals)
    yield from compare_verdicts(outcome)
    truth = tables_of(checks.plan)
    for table in fields(Tables):
        yield from compare_rows(table.name, getattr(said, table.name), getattr(truth, table.name))
    yield from compare_counts("checked", said.checked, _counts(checks))
    yield from compare_rows("findings", said.findings, finding_rows(checks))
