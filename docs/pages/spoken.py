"""A language spoken for a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rebalance.text import activate, language


@contextmanager
def spoken(lang: str) -> Iterator[None]:
    """Speak it, and afterwards what was spoken before."""
    before = language()
    activate(lang)
    try:
        yield
    finally:
        activate(before)
