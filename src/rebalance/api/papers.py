"""The papers on which a commission decides. No solver."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rebalance.filing import Filing
from rebalance.papers.contents import warnings
from rebalance.papers.folder import KINDS, folder
from rebalance.plans.outcome import Outcome
from rebalance.plans.recorded import Recorded, recorded_in
from rebalance.text import _, quoted

__all__ = ["KINDS", "export", "export_file"]


def export(outcome: Outcome, path: Path | str, *, others: Sequence[Outcome] = (), force: bool = False) -> Path:
    """Write the papers on which a commission decides: a .xlsx, .docx or .html file, or a folder of tables.

    Args:
        outcome: the plan.
        path: where, and by its ending what.
        others: plans to compare it with.
        force: replace what is there even if this program has not written it, or it has been changed since.

    Raises:
        ValueError: no paper has this ending, or there is no plan.
        NotWritableError: nothing can be written there, or what is there is not written over.
    """
    to = _accepted(Path(path))
    _write(_recorded(outcome), [_recorded(one) for one in others], to, Filing(force))
    return to


def export_file(
    plan: Path, to: Path, *, others: Sequence[Path] = (), county: Path | None = None, force: bool = False
) -> tuple[str, ...]:
    """The same of a plan.json, with others beside it; what nobody who reads the papers may miss.

    Raises:
        FaultsError: with everything that keeps one from being a plan of its county.
        ValueError: no paper has this ending.
        NotWritableError: nothing can be written there, or what is there is not written over.
    """
    _accepted(to)
    recorded = recorded_in(plan, county)
    read = [plan, *others, *([county] if county else [])]
    _write(recorded, [recorded_in(other, county) for other in others], to, Filing(force, tuple(read)))
    return warnings(recorded)


def _accepted(to: Path) -> Path:
    if to.suffix and to.suffix.casefold() not in KINDS and not to.is_dir():
        message = _("no paper has this ending (got {value}). Accepted: {accepted}, or a folder.")
        raise ValueError(message.format(value=quoted(to.name), accepted=", ".join(KINDS)))
    return to


def _write(recorded: Recorded, others: Sequence[Recorded], to: Path, filing: Filing) -> None:
    kind = KINDS.get(to.suffix.casefold())
    if kind is not None:
        filing.look(to)
        filing.put(to, kind(recorded, others))
    else:
        filing.fill(to, dict(folder(recorded, others)))


def _recorded(outcome: Outcome) -> Recorded:
    return Recorded(outcome, outcome.checks, ())
