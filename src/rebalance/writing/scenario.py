"""What a scenario asks: its rules with their parameters, its goals with their options, its changes."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from rebalance.record.kinds import plugins_of
from rebalance.record.values import unstructure
from rebalance.scenario import Scenario, goal_name
from rebalance.words import _
from rebalance.writing.numbers import NOTHING
from rebalance.writing.parameters import flat, parameters
from rebalance.writing.summary import made_up
from rebalance.writing.terminal import add, line, number, table, words


def report(scenario: Scenario, *, resolved: bool) -> Iterator[RenderableType]:
    """The whole scenario; `resolved` spells out the defaults too."""
    county = scenario.problem.county
    yield line(f"{county} · {scenario}", "bold")
    if scenario.reason:
        yield line(scenario.reason)
    yield from made_up(county)
    if scenario.own:
        text = _("Rules and goals of its own, which are programs: {names}.")
        yield line(text.format(names=", ".join(plugins_of(scenario))), "yellow")
    yield _rules(scenario, resolved=resolved)
    yield _goals(scenario, resolved=resolved)
    yield from _changes(scenario)


def _rules(scenario: Scenario, *, resolved: bool) -> RenderableType:
    made = table(
        _("Rules, with all parameters") if resolved else _("Rules, with the parameters that are set"),
        words(_("rule")),
        words(_("parameters")),
        words(_("law")),
        words(_("source")),
    )
    silent = scenario.silent()
    for name, rule in scenario.rules.items():
        said = "\n".join(parameters(rule, resolved=resolved)) or NOTHING
        if name in silent:
            said = _("(nothing to say: the county lacks {tables})").format(tables=", ".join(rule.tables))
        add(made, name, said, _("law") if rule.law else "", scenario.source(name))
    return made


def _goals(scenario: Scenario, *, resolved: bool) -> RenderableType:
    made = table(_("Goals, in order of rank"), number("#"), *map(words, (_("goal"), _("options"), _("aims at"))))
    for rank, goal in enumerate(scenario.goals, 1):
        options = "\n".join(parameters(goal, resolved=resolved)) or NOTHING
        add(made, rank, goal_name(goal), options, goal.explain())
    return made


def _changes(scenario: Scenario) -> Iterator[RenderableType]:
    changes = [text for name, inner in scenario.changes.items() for text in flat(name, unstructure(inner))]
    if changes:
        made = table(_("Changes to the county's data"), words(_("change")))
        for text in changes:
            add(made, text)
        yield made
    else:
        yield line(_("The county's data is taken as it is."))
