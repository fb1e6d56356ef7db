"""Where many cases run, and where their answers are kept."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path

from rebalance.analysis.cases import Keeping
from rebalance.analysis.processes import cores
from rebalance.analysis.runners import Here, Pool, Runner
from rebalance.fault import FaultsError, MisuseError
from rebalance.scenario.scenario import Scenario
from rebalance.text import _


class NoDaskError(MisuseError):
    """A cluster is asked for, and what it takes to use one is not installed."""


def runner(scenarios: Sequence[Scenario], workers: int | None, on: str = "") -> Runner:
    """A cluster where one is named, else so many processes (None: one for each core); one alone works here.

    All cases run here, too, where a rule cannot be sent elsewhere.

    Raises:
        NoDaskError: the cluster cannot be used.
    """
    if on:
        return _cluster(on)
    processes = min(cores() if workers is None else workers, len(scenarios))
    if processes <= 1:
        return Here()
    bound = [kind.__name__ for one in scenarios for kind in one.own if _only_here(kind)]
    if bound:
        message = _("{names} can only be used in this process, so all cases run here. In a module it could be sent.")
        warnings.warn(message.format(names=", ".join(dict.fromkeys(bound))), stacklevel=4)
        return Here()
    return Pool(processes)


def keeping(store: Path | str | None, *, fresh: bool = False) -> Keeping:
    """Where runs are kept, and whether old ones count; trouble with it costs nobody an answer."""
    return Keeping(None if store is None else Path(store), fresh, _warn)


def _cluster(address: str) -> Runner:
    try:
        from rebalance.analysis.cluster import Cluster  # noqa: PLC0415  # an extra, which few have
    except ImportError:
        raise NoDaskError(_("a cluster needs Dask. Install it with: pip install 'rebalance[cluster]'")) from None
    return Cluster(address)


def _only_here(kind: type) -> bool:
    """Whether another process could not find a class: written in a notebook, or inside a function."""
    return kind.__module__ == "__main__" or "." in kind.__qualname__


def _warn(error: FaultsError) -> None:
    warnings.warn(_("{problem} Runs are not kept there; nothing else is affected.").format(problem=error), stacklevel=2)
