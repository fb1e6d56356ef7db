"""Answers as plain data, for `--json`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rebalance.audit import Audit, Mismatch
from rebalance.county.county import County
from rebalance.county.digest import digest
from rebalance.county.remark import Remark
from rebalance.county.tables import TABLES
from rebalance.record.outcome import Recorded
from rebalance.record.plan import finding_rows
from rebalance.record.plan_file import written_value
from rebalance.record.scenario import resolved
from rebalance.record.trail import Trail, state_of
from rebalance.record.values import unstructure
from rebalance.scenario import Scenario


def checked(county: County, remarks: Sequence[Remark], audit: Audit) -> dict[str, Any]:
    """What `check` has to say about a county without faults."""
    return {
        "faults": [],
        "county": {"name": county.name, "name_zh": county.name_zh, "code": county.code},
        "years": list(county.years),
        "synthetic": county.synthetic,
        "digest": digest(county),
        "tables": {table.name: len(getattr(county, table.name)) for table in TABLES},
        "remarks": [asdict(remark) for remark in remarks],
        "today": [row for row in unstructure(finding_rows(audit)) if row["broken"] or row["inherited"]],
        "silent": list(audit.scenario.silent()),
    }


def asked(scenario: Scenario) -> dict[str, Any]:
    """What `show` has to say about a scenario: all of it, and the rules that have nothing to say."""
    return resolved(scenario) | {"silent": list(scenario.silent())}


def audited(recorded: Recorded) -> dict[str, Any]:
    """What `audit` has to say about a plan."""
    audit = recorded.audit
    return {
        "sound": recorded.sound,
        "lawful": audit.lawful,
        "proven": recorded.outcome.proven,
        "checked": {name: len(found) for name, found in audit.findings.items()},
        "goals": [{"name": name, "measured": written_value(value)} for name, value in audit.values],
        "mismatches": [_mismatch(one) for one in audit.mismatches],
        "stated": [{"where": one.where, "said": one.said, "is": one.is_} for one in recorded.stated],
        "findings": unstructure(finding_rows(audit)),
    }


def approved(trail: Trail, run: int | None, changes: Sequence[str]) -> dict[str, Any]:
    """Where a plan stands in the commission, in which run of the store, and what has changed since it was signed."""
    return {
        "state": state_of(trail) or "draft",
        "run": run,
        "steps": unstructure(trail),
        "changed": list(changes),
    }


def _mismatch(one: Mismatch) -> dict[str, Any]:
    values = {"claimed": written_value(one.claimed), "measured": written_value(one.measured)}
    return {"number": one.number, "goal": one.goal} | values
