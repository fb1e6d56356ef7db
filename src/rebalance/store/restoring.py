"""What a run's text says becomes an outcome again, its figures worked out anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from rebalance.audit import audit
from rebalance.county.county import County
from rebalance.county.digest import digest
from rebalance.fault import FaultsError
from rebalance.finding import Place
from rebalance.outcome import Certificate, Clash, Ending, Outcome
from rebalance.record.checking import row_faults
from rebalance.record.plan import plan_from
from rebalance.record.plan_file import PlanFile, asked
from rebalance.record.scenario import resolved, scenario_from
from rebalance.record.values import structure
from rebalance.record.versions import versions
from rebalance.scenario import Scenario


def key_of(scenario: Scenario) -> str:
    """The fingerprint of everything an answer depends on: the county, rules, goals, and versions of the software."""
    parts = resolved(scenario) | {"data": [digest(scenario.problem.county), versions()]}
    return asked(parts)


def scenario_of(said: Mapping[str, Any], county: County, file: str) -> Scenario:
    """The scenario of a run; its changes have been made in the county already."""
    bare = scenario_from({**said, "data": {}}, county, file)
    return replace(bare, changes=said.get("data", {}))


def outcome_of(whole: Mapping[str, Any], scenario: Scenario, file: str) -> Outcome:
    """The outcome that a run's text states, on its scenario.

    Raises:
        FaultsError: the text does not fit the scenario.
    """
    if "positions" not in whole:
        return _without_plan(whole, scenario)
    said = structure(whole, PlanFile, "", file)
    if faults := list(row_faults(said, scenario.problem, file)):
        raise FaultsError(faults)
    plan = plan_from(said, scenario.problem)
    goals = tuple(row.result() for row in said.goals)
    seconds, certificate = float(said.seconds), said.second_opinion
    return Outcome(scenario, said.ending, plan, goals, said.unique, seconds=seconds, certificate=certificate)


def holds(outcome: Outcome) -> bool:
    """Whether the audit agrees with everything the outcome says of its plan, and no second solver disagrees."""
    if outcome.disputed:
        return False
    if outcome.plan is None:
        return True
    checks = audit(outcome.scenario, outcome.plan, outcome.goals)
    return checks.lawful and not checks.mismatches


def _without_plan(whole: Mapping[str, Any], scenario: Scenario) -> Outcome:
    found = whole.get("clash")
    clash = None
    if found is not None:
        names = [item.name for item in fields(Place)]
        members, law = (
            tuple((one["rule"], Place(**{name: one[name] for name in names})) for one in found.get(part, ()))
            for part in ("members", "law")
        )
        clash = Clash(members, found["confirmed"], law)
    said = structure({"verdicts": whole.get("certificate", [])}, Certificate, "certificate", "")
    outcome = Outcome(scenario, Ending(whole["ending"]), None, (), clash=clash, seconds=float(whole["seconds"]))
    return replace(outcome, certificate=said if said.verdicts else None)
