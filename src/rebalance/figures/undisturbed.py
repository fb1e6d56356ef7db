"""Matplotlib is loaded as it comes: no file of the current folder, no setting of a notebook elsewhere changes it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

BACKEND = "MPLBACKEND"
"""How a notebook says where its own plots go, to every program it starts."""


@contextmanager
def undisturbed() -> Iterator[None]:
    """While Matplotlib may be loaded for the first time: it would read a `matplotlibrc` of the current folder.

    And it would not load at all where the environment names a backend that is not installed; one that is installed
    still counts, for the plots of whoever has called us.
    """
    if "matplotlib" in sys.modules:
        yield
        return
    backend, here = os.environ.pop(BACKEND, None), Path.cwd() if Path("matplotlibrc").exists() else None
    try:
        if here:
            os.chdir(Path(__file__).parent)
        yield
    finally:
        if here:
            os.chdir(here)
        if backend is not None:
            os.environ[BACKEND] = backend
    if backend and "matplotlib" in sys.modules:
        from matplotlib import rcParams  # noqa: PLC0415  # loaded by now

        with suppress(ValueError):
            rcParams["backend"] = backend
