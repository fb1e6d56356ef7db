"""A scenario file, with all it extends and its county, becomes a `Scenario`, or all its faults."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rebalance.county.changes import change
from rebalance.county.county import County
from rebalance.fault import FaultsError, gathered
from rebalance.goals import Goal
from rebalance.problem import Problem
from rebalance.reading.layers import read_layers
from rebalance.reading.overlay import overlay
from rebalance.reading.package import read_county
from rebalance.record.kinds import Kinds, kinds_with
from rebalance.record.parts import parts_from, unknown_rules
from rebalance.record.values import unstructure
from rebalance.rules import Rule
from rebalance.scenario import Scenario


def read_scenario(path: Path | str) -> Scenario:
    """Read a scenario: one TOML file, those it extends, and the county package the base names.

    Of a file with variants it is the base; `family.toml#fifteen` is one of them. The name (by default that of the file,
    or the variant's own) and the reason are those of the scenario itself, never inherited.

    Raises:
        FaultsError: with every fault found in the scenario files and in the county.
    """
    layers = read_layers(Path(path))
    said, top = overlay(layers), layers[-1]
    faults = [*said.faults]
    rules: Mapping[str, Rule] = {}
    goals: tuple[Goal, ...] = ()
    county: County | None = None
    changes = unstructure(said.data)
    kinds: Kinds | None = None
    with gathered(faults):
        kinds = kinds_with(said.plugins, said.file)
    with gathered(faults):
        county = change(read_county(layers[0].beside("county")), changes, said.file)
    with gathered(faults):
        if kinds:  # else many names would seem unknown
            faults.extend(unknown_rules(said.sources_zh, "sources_zh", said.file, kinds))
            rules, goals = parts_from(said.rules, said.goals, county, said.file, kinds)
    if faults or county is None:
        raise FaultsError([said.from_file(fault) for fault in faults])
    name = top.said.name or top.variant or top.path.stem
    return Scenario(
        name,
        Problem(county),
        rules,
        goals,
        why=top.said.why,
        county_path=layers[0].said.county,
        changes=changes,
        name_zh=top.said.name_zh,
        why_zh=top.said.why_zh,
        sources_zh=said.sources_zh,
    )
