"""Where a plan on disk stands in the commission: the store says so of the runs it keeps, else the plan's own file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rebalance.reading.text_file import read_text, shown
from rebalance.record.plan_file import fingerprint, opened
from rebalance.record.trail import Trail, changed
from rebalance.store import opened as opened_store
from rebalance.store import run_of, trail_of
from rebalance.words import _


@dataclass(frozen=True)
class Standing:
    """The trail that counts, the run of the store that holds the plan, and the trail in the plan's file."""

    plan: Path
    text: str
    trail: Trail
    run: int | None
    own: Trail

    @property
    def fingerprint(self) -> str:
        """That of the plan as it is."""
        return fingerprint(self.text)

    def changes(self, county: str) -> Iterator[str]:
        """What is not as it was when it was signed; a file that only has not heard of the last steps is in order."""
        yield from changed(self.trail, self.plan.parent, self.fingerprint, county)
        if self.own != self.trail[: len(self.own)]:
            yield _("the plan's file says otherwise of its approval than the store, which counts.")

    def kept(self, store: Path) -> str:
        """Who says so."""
        if self.run is None:
            return _("So says the plan's file; no store here keeps this plan.")
        return _("So says run {run} in {file}.").format(run=self.run, file=store.as_posix())


def standing(plan: Path, store: Path) -> Standing:
    """Look it up.

    Raises:
        FaultsError: the file is no plan, or the store is in trouble.
    """
    text = read_text(plan)
    said = opened(text, shown(plan))
    if not store.exists():
        return Standing(plan, text, said.approval, None, said.approval)
    with opened_store(store) as found:
        run = run_of(found, said, text)
        trail = trail_of(found, run) if run is not None else ()
    return Standing(plan, text, trail or said.approval, run, said.approval)
