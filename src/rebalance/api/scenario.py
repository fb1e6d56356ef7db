"""Scenarios from files, as somebody reads them who will solve them here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rebalance.county.kind import Kind, wanted
from rebalance.fault import FaultsError
from rebalance.scenario import read
from rebalance.scenario.parts import allowing
from rebalance.scenario.scenario import Scenario

__all__ = ["allowing", "mistaken", "read_scenario", "read_with"]


def read_scenario(path: Path | str, *, allow_plugins: bool = False) -> Scenario:
    """Read a scenario: one TOML file, those it extends, and the county package the base names.

    Args:
        path: the file.
        allow_plugins: whether rules and goals of its own, which are programs, may be loaded.

    Raises:
        FaultsError: with every fault found in the scenario files and in the county.
    """
    with allowing(allowed=allow_plugins):
        found = read.read_scenario(path)
    package = read.read_layers(Path(path))[0].beside("county")
    return replace(found, county_path=package.resolve().as_posix())


def mistaken(path: Path) -> str:
    """What lies there, and what to type, where it is no scenario but something else that we know; else nothing."""
    try:
        wanted(path, Kind.SCENARIO)
    except FaultsError as error:
        return str(error)
    return ""


def read_with(path: Path) -> tuple[Path, ...]:
    """The files that are read where a path is named: a scenario's own and those it extends, or else just the one."""
    found: dict[Path, None] = {path: None}
    try:
        scenarios = read.scenarios_in(path)
    except FaultsError:  # a plan, a county; or told of when it is read
        return (path,)
    for one in scenarios:
        try:
            found |= dict.fromkeys(layer.path for layer in read.read_layers(one))
        except FaultsError:  # a plan, a workbook; or told of when it is read
            found[one] = None
    return tuple(found)
