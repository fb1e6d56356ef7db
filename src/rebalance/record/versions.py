"""Which versions were at work: of this program, of the solver, of Python."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

FORMAT = "1"
"""The format of a plan on disk; it changes when a key changes its meaning or goes away."""


def version_of(package: str) -> str:
    """The installed version of a package; "unknown" when it runs without having been installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"


def versions() -> dict[str, str]:
    """What a plan on disk says about the software that made it (asking does not load the solver)."""
    return {
        "format": FORMAT,
        "ortools": version_of("ortools"),
        "python": platform.python_version(),
        "rebalance": __version__,
    }


__version__ = version_of("rebalance")
