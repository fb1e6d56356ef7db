"""A figure's name is the figure, whatever has been loaded before: no module stands in its way."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import rebalance
from rebalance import figures

NOT_CALLED = {"figures", "goals", "rules", "__version__"}


def test_every_name_is_what_it_promises_once_all_modules_are_loaded() -> None:
    modules = [one.name for one in pkgutil.walk_packages(rebalance.__path__, "rebalance.") if "main" not in one.name]
    names = [f"figures.{name}" for name in vars(figures)["__all__"]]
    names += sorted(set(vars(rebalance)["__all__"]) - NOT_CALLED)
    asked = [f"import {', '.join(modules)}", "import rebalance", f"names = {names!r}"]
    asked += ["from operator import attrgetter", "print([n for n in names if not callable(attrgetter(n)(rebalance))])"]
    command = [sys.executable, "-c", "\n".join(asked)]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    assert done.stdout.strip() == "[]"
