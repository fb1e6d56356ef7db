"""Rules that cannot hold together: what they ask, a person's wish first, many places of a rule as one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import RenderableType

from rebalance.model.finding import Place
from rebalance.rules.pinned import Pinned
from rebalance.scenario.scenario import Scenario
from rebalance.scenario.settings import parameters
from rebalance.screen import first_rows, line
from rebalance.table import table_of, text_column
from rebalance.text import _, listed

FEW = 3
"""So many places at which a rule asks the like are told one by one; of more, one speaks for all."""

MOST = 40
"""So many constraints of a conflict are shown; the others are counted."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules, at places, that cannot hold together; `confirmed` when a second setting of the solver says so of them too.

    `law` are the limits marked as law that stand against them: nobody is blamed for those.
    """

    members: tuple[tuple[str, Place], ...]
    confirmed: bool
    law: tuple[tuple[str, Place], ...] = ()

    def lines(self, scenario: Scenario) -> Iterator[RenderableType]:
        """What cannot all be true, in the words of the rules; without any of it the rest could be."""
        if not self.members:
            yield line(_("What is law cannot hold together in this county, whatever else is asked."), "red")
            yield from self.law_lines(scenario)
        else:
            columns = (text_column("rule", _("rule")), text_column("says", _("what it asks")))
            rows = [(title, says) for title, says, _members in together(scenario, self.members)]
            yield from first_rows(table_of("clash", _("These cannot hold together"), columns, rows), MOST)
            yield from self.law_lines(scenario)
            yield line(_("Loosen any one of these, and the others can hold; then solve again."))
        if not self.confirmed:
            yield line(_("A second setting of the solver has not confirmed it in the time there was."), "yellow")

    def law_lines(self, scenario: Scenario) -> Iterator[RenderableType]:
        """The limits that are law and stand against the others."""
        for rule, place in self.law[:MOST]:
            sentence = scenario.rules[rule].explain(scenario.problem, place)
            yield line(_("Law, and taken as given: {sentence}").format(sentence=sentence))


Members = tuple[tuple[str, Place], ...]


def together(scenario: Scenario, members: Sequence[tuple[str, Place]]) -> Iterator[tuple[str, str, Members]]:
    """What rules ask at places, a line each: what a person has wished comes first; of many places, one speaks for all.

    A wish is a number fixed by hand, then a rule with a parameter, or on a table, that the scenario sets.
    """
    alike: dict[tuple[object, ...], list[tuple[str, Place]]] = {}
    for rule, place in sorted(members, key=lambda one: _wished(scenario, one[0])):
        kind = place if _wished(scenario, rule) == 0 else (place.year, place.category, place.aspect)
        alike.setdefault((rule, kind), []).append((rule, place))
    for same in alike.values():
        groups = [tuple(same)] if len(same) > FEW else [(one,) for one in same]
        for group in groups:
            rule, place = group[0]
            says, others = scenario.rules[rule].explain(scenario.problem, place), group[1:]
            if others:
                found = (scenario.problem.name(one.holder or one.item) for _rule, one in others)
                shown = list(dict.fromkeys(filter(None, found)))
                names = listed([*shown[:FEW], *(["…"] if len(shown) > FEW else [])])
                text = _("{says} Likewise at {count} other places: {names}")
                says = text.format(says=says, count=len(others), names=names)
            yield scenario.about(rule).title, says, group


def _wished(scenario: Scenario, name: str) -> int:
    """How much a rule is a person's wish: 0 for numbers fixed by hand, 1 for what the scenario sets, 2 for the rest."""
    rule = scenario.rules[name]
    if isinstance(rule, Pinned):
        return 0
    return 1 if parameters(rule, resolved=False) or set(rule.tables) & set(scenario.changes) else 2
