"""The small county of the reader's tests, read once."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from rebalance.county.county import County
from rebalance.county.read import read_county
from tests.county.packages import Package


@cache
def small() -> County:
    """Two units, two townships, two categories, every table with a row."""
    return read(Package())


def read(package: Package) -> County:
    """The county a package says."""
    with tempfile.TemporaryDirectory() as folder:
        return read_county(package.folder(Path(folder)))
