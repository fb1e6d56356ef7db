"""The papers on which a commission decides, and what it has changed in them. No solver."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rebalance.files import writable, write_bytes
from rebalance.papers.contents import warnings
from rebalance.papers.edits import read_edits
from rebalance.papers.folder import KINDS, papers
from rebalance.papers.review import Review
from rebalance.papers.review import review as judged
from rebalance.plans.outcome import Outcome
from rebalance.plans.recorded import Recorded, recorded_in
from rebalance.text import _, quoted

__all__ = ["KINDS", "export", "export_file", "review"]


def export(outcome: Outcome, path: Path | str, *, others: Sequence[Outcome] = ()) -> Path:
    """Write the papers on which a commission decides: a .xlsx, .docx or .html file, or a folder of tables.

    Args:
        outcome: the plan.
        path: where, and by its ending what.
        others: plans to compare it with.

    Raises:
        ValueError: no paper has this ending, or there is no plan.
        NotWritableError: nothing can be written there.
    """
    to = _accepted(Path(path))
    _write(_recorded(outcome), [_recorded(one) for one in others], to)
    return to


def export_file(plan: Path, to: Path, *, others: Sequence[Path] = (), county: Path | None = None) -> tuple[str, ...]:
    """The same of a plan.json, with others beside it; what nobody who reads the papers may miss.

    Raises:
        FaultsError: with everything that keeps one from being a plan of its county.
        ValueError: no paper has this ending.
        NotWritableError: nothing can be written there.
    """
    _accepted(to)
    recorded = recorded_in(plan, county)
    _write(recorded, [recorded_in(other, county) for other in others], to)
    return warnings(recorded)


def review(plan: Path | str, edited: Path | str, *, county: Path | None = None) -> Review:
    """Read the numbers agreed in a workbook that `export` wrote: what they are, what they break, what goals lose.

    Args:
        plan: the plan.json from which the workbook was written.
        edited: the workbook as it came back.
        county: where the county's package is, if not where the plan says.

    Raises:
        FaultsError: with everything that keeps either from being read.
    """
    recorded = recorded_in(Path(plan), county)
    read = read_edits(Path(edited), recorded.audit.plan)
    return judged(
        recorded, read.agreed, read.ignored, county or Path(plan).parent / recorded.outcome.scenario.county_path
    )


def _accepted(to: Path) -> Path:
    if to.suffix and to.suffix.casefold() not in KINDS and not to.is_dir():
        message = _("no paper has this ending (got {value}). Accepted: {accepted}, or a folder.")
        raise ValueError(message.format(value=quoted(to.name), accepted=", ".join(KINDS)))
    return to


def _write(recorded: Recorded, others: Sequence[Recorded], to: Path) -> None:
    for file, content in papers(recorded, others, to):
        write_bytes(writable(file.parent) / file.name, content)


def _recorded(outcome: Outcome) -> Recorded:
    return Recorded(outcome, outcome.checks, ())
