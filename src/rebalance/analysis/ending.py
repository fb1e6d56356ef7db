"""How an answer says it has ended: with an answer, none, out of time, or stopped."""

from __future__ import annotations

from rebalance.plans.outcome import Ending


def ending(*, possible: bool | None, settled: bool, interrupted: bool) -> Ending:
    """Whether asking has ended with a proven answer, with one that nothing can follow, or before there was any."""
    if interrupted:
        return Ending.INTERRUPTED
    if possible is False:
        return Ending.IMPOSSIBLE
    return Ending.DONE if possible and settled else Ending.OUT_OF_TIME
