"""The baseline of the example county, solved to the end: once for a whole run of the tests, as it takes a while."""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

import rebalance as rb

BASELINE = Path(__file__).parents[1] / "scenarios/baseline.toml"


@dataclass(frozen=True)
class Langxi:
    """A store in which the run is kept."""

    store: Path

    @property
    def outcome(self) -> rb.Outcome:
        """The run; solved where it is not yet there."""
        return rb.solve(rb.read_scenario(BASELINE), store=self.store, quiet=True)


def shared(factory: pytest.TempPathFactory) -> Langxi:
    """The store of this run of the tests, whichever of its processes comes first."""
    folder = factory.getbasetemp()
    folder = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    found = Langxi(folder / "langxi.db")
    with (folder / "langxi.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # let go when the file is closed
        assert found.outcome.proven
    return found
