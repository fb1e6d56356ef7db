"""Which rules cannot hold together, in their own words."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from rebalance.outcome import Clash
from rebalance.scenario import Scenario
from rebalance.words import _
from rebalance.writing.terminal import add, line, table, words

MOST = 40
"""So many statements are shown; the others are counted."""


def clash(scenario: Scenario, found: Clash) -> Iterator[RenderableType]:
    """The statements that cannot all be true; without any of them the rest could be."""
    if not found.members:
        yield line(_("What is law cannot hold together in this county, whatever else is asked."), "red")
        yield from law(scenario, found)
    else:
        yield _members(scenario, found)
        if len(found.members) > MOST:
            yield line(_("… and {count} more.").format(count=len(found.members) - MOST))
        yield from law(scenario, found)
        yield line(_("Loosen any one of these, and the others can hold; then solve again."))
    if not found.confirmed:
        yield line(_("A second setting of the solver has not confirmed it in the time there was."), "yellow")


def law(scenario: Scenario, found: Clash) -> Iterator[RenderableType]:
    """The limits that are law and stand against the others."""
    for rule, place in found.law[:MOST]:
        sentence = scenario.rules[rule].explain(scenario.problem, place)
        yield line(_("Law, and taken as given: {sentence}").format(sentence=sentence))


def _members(scenario: Scenario, found: Clash) -> RenderableType:
    made = table(_("These cannot hold together"), words(_("rule")), words(_("what it asks")))
    for rule, place in found.members[:MOST]:
        add(made, rule, scenario.rules[rule].explain(scenario.problem, place))
    return made
