"""What one more of everything is worth, the largest effect first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from rebalance.explaining.price import Price
from rebalance.scenario import Scenario
from rebalance.words import _
from rebalance.writing.effect import changes
from rebalance.writing.repair import named, written
from rebalance.writing.summary import made_up
from rebalance.writing.terminal import add, line, table, words


def report(scenario: Scenario, found: Sequence[Price]) -> Iterator[RenderableType]:
    """A row for each that is worth anything; the others are counted."""
    problem = scenario.problem
    yield line(f"{problem.county} · {scenario}", "bold")
    yield from made_up(problem.county)
    worth = [one for one in found if one.worth]
    if worth:
        made = table(_("What it is worth, the most first"), words(_("one step of")), words(_("what the goals gain")))
        for one in worth:
            add(made, what(scenario, one), "\n".join(changes(one.effect.changes)))
        yield made
    nothing = sum(one.effect.settled and not one.worth for one in found)
    yield line(_("Worth nothing, as no goal gains: {count}.").format(count=nothing))
    open_ = [one for one in found if not one.effect.settled]
    if open_:
        text = _("NOT SETTLED in the time there was: {what}.")
        yield line(text.format(what="; ".join(what(scenario, one) for one in open_)), "yellow")


def what(scenario: Scenario, price: Price) -> str:
    """One position more, or the limit moved by one."""
    if isinstance(price.of, str):
        return _("one position more: {category}").format(category=scenario.problem.name(price.of))
    number = price.of.number(1)
    return f"{named(scenario.problem, price.of)} → {'' if number is None else written(number)}"
