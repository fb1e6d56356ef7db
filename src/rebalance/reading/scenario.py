"""A scenario file, with all it extends and its county, becomes a `Scenario`, or all its faults."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rebalance.county.changes import change
from rebalance.goals import Goal
from rebalance.problem import Problem
from rebalance.reading.collecting import Findings
from rebalance.reading.layers import read_layers
from rebalance.reading.overlay import Overlay, overlay
from rebalance.reading.package import read_county
from rebalance.record.kinds import OURS, PLUGINS, kinds_with
from rebalance.record.names import unknown_names
from rebalance.record.parts import goals_from, rules_from, unknown_rules
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
    findings = Findings(said.faults)
    rules, goals = _parts(said, findings)
    changes = unstructure(said.data)
    with findings.part("county"):
        county = change(read_county(layers[0].beside("county")), changes, said.file)
        findings.faults.extend(unknown_names(rules, goals, county, said.file))
    findings.faults = [said.from_file(fault) for fault in findings.faults]
    findings.settle()
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


def _parts(said: Overlay, findings: Findings) -> tuple[Mapping[str, Rule], tuple[Goal, ...]]:
    """The rules and goals asked for; as many as can be read."""
    rules: Mapping[str, Rule] = {}
    goals: tuple[Goal, ...] = ()
    kinds = OURS
    with findings.part(PLUGINS):
        kinds = kinds_with(said.plugins, said.file)
    if PLUGINS not in findings.unread:  # else many names would seem unknown
        with findings.part("rules"):
            findings.faults.extend(unknown_rules(said.sources_zh, "sources_zh", said.file, kinds))
            rules = rules_from(said.rules, said.file, kinds)
        with findings.part("goals"):
            goals = goals_from(said.goals, said.file, kinds)
    return rules, goals
