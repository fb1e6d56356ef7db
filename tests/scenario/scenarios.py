"""Scenario files beside the small county."""

from __future__ import annotations

from pathlib import Path

import pytest

from rebalance.fault import Fault, FaultsError
from rebalance.scenario.read import read_scenario
from rebalance.scenario.scenario import Scenario
from tests.county.packages import Package

BASE = """
county = "../county"
name = "Base"
why = "to start from"
goals = ["worst_off_first", "few_units_touched"]
[rules.cut_above_add_below]
share = 0.2
[rules.phasing]
share = "1/2"
[data.townships.001]
population = 60000
"""


def write(folder: Path, **files: str) -> Path:
    """A folder `scenarios` with the files named (and base.toml), beside the small county; gives its path."""
    Package().folder(folder / "county")
    scenarios = folder / "scenarios"
    scenarios.mkdir(exist_ok=True)
    for name, text in ({"base": BASE} | files).items():
        (scenarios / f"{name}.toml").write_text(text, encoding="utf-8")
    return scenarios


def read(folder: Path, leaf: str, **files: str) -> Scenario:
    """The scenario `leaf` on top of the base."""
    return read_scenario(write(folder, leaf='extends = "base.toml"\n' + leaf, **files) / "leaf.toml")


def faults_in(path: Path) -> tuple[Fault, ...]:
    """What reading it complains of."""
    with pytest.raises(FaultsError) as caught:
        read_scenario(path)
    return caught.value.faults


def faults(folder: Path, leaf: str, **files: str) -> tuple[Fault, ...]:
    """What reading `leaf` on top of the base complains of."""
    return faults_in(write(folder, leaf='extends = "base.toml"\n' + leaf, **files) / "leaf.toml")
