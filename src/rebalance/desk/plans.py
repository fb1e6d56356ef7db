"""Plans on disk, and papers."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rebalance import outcome as core
from rebalance.audit import audit
from rebalance.desk.outcome import Outcome, found
from rebalance.desk.scenario import Scenario
from rebalance.desk.shown import recast
from rebalance.hints import quoted
from rebalance.papers.export import KINDS, papers
from rebalance.reading.recorded import package_of, recorded_in
from rebalance.record.kinds import allowing
from rebalance.record.outcome import Recorded, outcome_to_json
from rebalance.words import _
from rebalance.writing.files import seen_from, write, write_bytes


def read_plan(path: Path | str, *, county: Path | str | None = None, allow_plugins: bool = False) -> Outcome:
    """Read a plan.json, ours or changed by hand, and work out everything again.

    Warns where the plan breaks a rule, or a figure in the file does not follow from it; `audit` says more.

    Args:
        path: the file.
        county: where the county's package is, if not where the plan says.
        allow_plugins: whether rules and goals of its own, which are programs, may be loaded.

    Raises:
        FaultsError: with everything that keeps it from being a plan of the county.
    """
    file, package = Path(path), None if county is None else Path(county)
    with allowing(allowed=allow_plugins):
        recorded = recorded_in(file, package)
    if not recorded.sound:
        message = _("{file} does not pass the audit. `rebalance audit {file}` says why.")
        warnings.warn(message.format(file=file), stacklevel=2)
    place = package or package_of(file)
    scenario = replace(recorded.outcome.scenario, county_path=place.resolve().as_posix())
    return recast(recorded.outcome, Outcome, scenario=recast(scenario, Scenario))


def save(outcome: core.Outcome, path: Path | str) -> Path:
    """Write an outcome as plan.json, which the program and `read_plan` read.

    Args:
        outcome: the outcome, with a plan or without.
        path: where; its folder is made if need be.
    """
    file = _in_a_folder(path)
    there = outcome.scenario.county_path
    scenario = replace(outcome.scenario, county_path=seen_from(file.parent, Path(there)) if there else "")
    write(file, outcome_to_json(replace(outcome, scenario=scenario)))
    return file


def export(outcome: core.Outcome, path: Path | str, *, others: Sequence[core.Outcome] = ()) -> Path:
    """Write the papers on which a commission decides: a .xlsx, .docx or .html file, or a folder of tables.

    Args:
        outcome: the plan.
        path: where, and by its ending what.
        others: plans to compare it with.

    Raises:
        ValueError: no paper has this ending, or there is no plan.
    """
    to = Path(path)
    if to.suffix and to.suffix.casefold() not in KINDS and not to.is_dir():
        message = _("no paper has this ending (got {value}). Accepted: {accepted}, or a folder.")
        raise ValueError(message.format(value=quoted(to.name), accepted=", ".join(KINDS)))
    for file, content in papers(_recorded(outcome), [_recorded(one) for one in others], to):
        write_bytes(_in_a_folder(file), content)
    return to


def _recorded(outcome: core.Outcome) -> Recorded:
    return Recorded(outcome, audit(outcome.scenario, found(outcome), outcome.goals), ())


def _in_a_folder(path: Path | str) -> Path:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    return file
