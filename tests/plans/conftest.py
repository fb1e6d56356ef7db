"""A store of its own for every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rebalance.plans.store import Store, opened


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where it is."""
    return tmp_path / "runs/rebalance.db"


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    """... and open."""
    with opened(file) as found:
        yield found
