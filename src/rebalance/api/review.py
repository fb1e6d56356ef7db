"""What a commission has changed in its papers: what it breaks and costs, now and at best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rebalance.api.solve import solve
from rebalance.papers.contents import tables
from rebalance.papers.edits import read_edits
from rebalance.papers.returned import in_every_language
from rebalance.papers.review import Review
from rebalance.papers.review import review as judged
from rebalance.plans.recorded import recorded_in

__all__ = ["review"]


def review(
    plan: Path | str,
    edited: Path | str,
    *,
    county: Path | None = None,
    sheets: Sequence[str] = (),
    best: bool = False,
    limit: float | None = None,
    quiet: bool = False,
) -> Review:
    """Read the numbers agreed in a workbook that `export` wrote: what they are, what they break, what goals lose.

    Args:
        plan: the plan.json from which the workbook was written.
        edited: the workbook as it came back.
        county: where the county's package is, if not where the plan says.
        sheets: of sheets that were copied, the names of those that count.
        best: solve again with these numbers fixed, to see what the goals come to at best.
        limit: seconds that this may take.
        quiet: tell nobody how far it is.

    Raises:
        FaultsError: with everything that keeps either from being read.
    """
    recorded = recorded_in(Path(plan), county)
    others = in_every_language(lambda: tables(recorded))
    edits = read_edits(Path(edited), recorded.audit.plan, counts=sheets, others=others)
    package = county or Path(plan).parent / recorded.outcome.scenario.county_path
    found = judged(recorded, edits, package, (Path(plan), Path(edited)))
    if not best or not edits.agreed:
        return found
    return replace(found, best=solve(found.scenario, limit=limit, quiet=quiet))
