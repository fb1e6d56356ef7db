"""Counties and scenarios on disk, for a program that reads files; and the program, run here or by itself."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rebalance.cli.program import run
from rebalance.county.agencies import Demand
from rebalance.county.county import County
from rebalance.county.tables import TABLES
from tests.counties import Has, Sketch, office, optional

ROOT = Path(__file__).parents[2]
LANGXI = ROOT / "models/langxi"

RULES = (
    "ledgers",
    "hold_total",
    "cut_above_add_below",
    "vacancies_first",
    "compulsory_agencies",
    "agency_quota",
)
GOALS = ("worst_off_first", "fill_shortages", "few_units_touched", "serve_early")

TINY = Sketch(
    units={"U1": Has(9, 6, floor=5), "U2": Has(5, 6), "U3": 4},
    townships={"T1": Has(4, 3), "T2": 3},
    reserve=Has(1, 0),
    years=2,
    agencies=[office("A1", least=2), optional("A2", least=1, falls_to="A1")],
    placed={("T1", "A1"): 3, ("T2", "A1"): 1, ("T2", "A2"): 2},
    demand={("T1", "A1"): "8.5", ("T1", "A2"): "1.25", ("T2", "A1"): "6"},
    retirements={("U1", 2027): 1},
).county
"""Three units, one of them over-established; two townships, one with an office below its least."""


def package(county: County, folder: Path) -> Path:
    """Write a county as a folder of tables."""
    folder.mkdir(parents=True)
    (folder / "county.toml").write_text(_about(county), encoding="utf-8")
    for table in TABLES:
        if rows := getattr(county, table.name):
            with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
                sheet = csv.writer(file)
                sheet.writerow(heading.header for heading in table.headings)
                sheet.writerows([_cell(row, heading.field) for heading in table.headings] for row in rows)
    return folder


def scenario(
    file: Path, county: str, rules: Mapping[str, Mapping[str, Any]] | None = None, *goals: str, **about: str
) -> Path:
    """Write a scenario: all of `RULES` unless others are given, all of `GOALS` unless others are."""
    lines = [f"{key} = {json.dumps(value)}" for key, value in {"county": county, **about}.items()]
    lines.append(f"goals = {json.dumps(goals or GOALS)}")
    wanted: dict[str, Mapping[str, Any]] = {name: {} for name in RULES} | dict(rules or {})
    for name, parameters in wanted.items():
        lines.append(f"[rules.{name}]")
        lines += [f"{key} = {_toml(value)}" for key, value in parameters.items()]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


@dataclass(frozen=True)
class Desk:
    """A folder with a county and a scenario in it, as a planner has them."""

    folder: Path

    @property
    def scenario(self) -> Path:
        """The scenario file."""
        return self.folder / "scenarios/tiny.toml"

    @property
    def out(self) -> Path:
        """Where plans go."""
        return self.folder / "out"

    @property
    def plan(self) -> Path:
        """The plan."""
        return self.out / "plan.json"


def desk(folder: Path, county: County = TINY) -> Desk:
    """Lay out a county and a scenario."""
    package(county, folder / "models/tiny")
    found = Desk(folder)
    scenario(found.scenario, "../models/tiny", {"cut_above_add_below": {"total": {"at_most": 4}}}, name="Tiny")
    return found


def rebalance(*args: str | Path) -> int:
    """Run the program in this process."""
    return run([str(arg) for arg in args])


def spawned(*args: str | Path, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the program by itself."""
    command = [sys.executable, "-m", "rebalance", *map(str, args)]
    return subprocess.run(command, check=False, capture_output=True, encoding="utf-8", env=env)


def _about(county: County) -> str:
    lines = [f"{key} = {json.dumps(getattr(county, key))}" for key in ("name", "name_zh", "code", "source")]
    lines += [f"years = {list(county.years)}", f"synthetic = {str(county.synthetic).lower()}"]
    for row in county.categories:
        lines += [f"[categories.{json.dumps(row.category)}]", f"name = {json.dumps(row.name)}"]
        lines += [f"ceiling = {row.ceiling}"] if row.ceiling is not None else []
    return "\n".join(lines) + "\n"


def _cell(row: object, field: str) -> str:
    value = getattr(row, field)
    if isinstance(row, Demand) and field == "positions":
        return f"{value // 100}.{value % 100:02}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ";".join(value)
    return "" if value is None else str(value)


def _toml(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_toml(inner)}" for key, inner in value.items()) + " }"
    return json.dumps(value)
