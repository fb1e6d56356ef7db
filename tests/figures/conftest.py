"""English, whatever the machine speaks and a test chooses."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rebalance.text import activate


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Start and end in English."""
    activate("en")
    yield
    activate("en")
