"""Deliberate faults, each of one character or word, in one face of one rule: a test catches every one of them.

Those in `post` and `check` are for the agreement test, those in `explain` for the sentences written down by hand.

A rule's source is changed in one spot and read in as a module of its own; the rule itself stays as it is.
"""

from __future__ import annotations

import inspect
import sys
from dataclasses import dataclass
from types import ModuleType

from rebalance.rules import RULES, Rule


@dataclass(frozen=True, slots=True)
class Fault:
    """A text in the source of a rule, which stands there once, and what a slip of the pen makes of it."""

    rule: str
    face: str
    right: str
    wrong: str

    def __str__(self) -> str:
        """The rule, the face and the slip."""
        return f"{self.rule}.{self.face}: {self.right} -> {self.wrong}"


FAULTS = (
    Fault("ledgers", "post", "moved_in(holder, category, year) <=", "moved_in(holder, category, year) >="),
    Fault("ledgers", "post", "+ excess, Place", "- excess, Place"),
    Fault(
        "ledgers",
        "check",
        "at_most=plan.added(holder, category, year)",
        "at_least=plan.added(holder, category, year)",
    ),
    Fault("ledgers", "check", "max(0, over)", "min(0, over)"),
    Fault("ledgers", "check", "come, gone, gone)", "come, gone, come)"),
    Fault("hold_total", "post", "owned.equals(today)", "owned.equals(today + 1)"),
    Fault("hold_total", "post", "owned <= max(ceiling, today)", "owned >= max(ceiling, today)"),
    Fault("hold_total", "check", "sums[year], today, today)", "sums[year], today)"),
    Fault("hold_total", "check", "if today > ceiling else", "if today < ceiling else"),
    Fault("cut_above_add_below", "post", "+ q - 1", "+ q + 1"),
    Fault("cut_above_add_below", "post", "given >= self.total.at_least", "given <= self.total.at_least"),
    Fault("cut_above_add_below", "check", "math.ceil", "math.floor"),
    Fault("cut_above_add_below", "check", "lost += found", "lost -= found"),
    Fault("vacancies_first", "post", "moved <= willing", "moved >= willing"),
    Fault("vacancies_first", "post", "excess <= over - over * gives", "excess <= over + over * gives"),
    Fault("vacancies_first", "check", "year) <= 0", "year) >= 0"),
    Fault("vacancies_first", "check", "row.in_post - row.authorised if", "row.in_post + row.authorised if"),
    Fault("vacancies_first", "check", "at_most=row.willing", "at_least=row.willing"),
    Fault("routes", "post", "if origin == kind", "if origin != kind"),
    Fault("routes", "post", "draft.reserve(category, year - 1)", "draft.reserve(category, year)"),
    Fault(
        "routes",
        "check",
        "given[plan.problem.kind(holder)] -= change",
        "given[plan.problem.kind(holder)] += change",
    ),
    Fault("routes", "check", "if any((kind, to)", "if all((kind, to)"),
    Fault("holder_limits", "post", "min(row.floor, row.authorised)", "max(row.floor, row.authorised)"),
    Fault("holder_limits", "post", "max(row.ceiling, row.authorised)", "min(row.ceiling, row.authorised)"),
    Fault(
        "holder_limits",
        "post",
        "min(self.smallest, problem.size(unit))",
        "max(self.smallest, problem.size(unit))",
    ),
    Fault("holder_limits", "check", "low = row.authorised < row.floor", "low = row.authorised > row.floor"),
    Fault("holder_limits", "check", "if today < self.smallest else", "if today > self.smallest else"),
    Fault("compulsory_agencies", "post", "min(row.least, today)", "max(row.least, today)"),
    Fault("compulsory_agencies", "post", "max(row.most, today)", "min(row.most, today)"),
    Fault("compulsory_agencies", "post", "year) >= 1", "year) >= 2"),
    Fault("compulsory_agencies", "check", "weak = 0 < today", "weak = 1 < today"),
    Fault("compulsory_agencies", "check", "crowded = today > row.most", "crowded = today < row.most"),
    Fault("agency_quota", "post", "opened <= max(quota, today)", "opened <= min(quota, today)"),
    Fault("agency_quota", "post", "strength <= room * opened", "strength >= room * opened"),
    Fault("agency_quota", "check", "crowded = today > quota", "crowded = today < quota"),
    Fault("agency_quota", "check", "strength, at_most=0", "strength, at_most=1"),
    Fault("hiring", "post", "hired <= most", "hired >= most"),
    Fault("hiring", "post", "over <= most - most * takes", "over <= most + most * takes"),
    Fault("hiring", "check", "hired, at_most=row.most", "hired, at_least=row.most"),
    Fault(
        "hiring",
        "check",
        "plan.vacant(holder, category, year) + taken",
        "plan.vacant(holder, category, year) - taken",
    ),
    Fault("phasing", "post", "(denominator - 1)", "(denominator + 1)"),
    Fault("phasing", "check", "math.ceil", "math.floor"),
    Fault("phasing", "check", "owned[year - 1] - owned[year]", "owned[year + 0] - owned[year]"),
    Fault("pinned", "post", "amount >= int(least or 0)", "amount <= int(least or 0)"),
    Fault("pinned", "post", "amount <= int(most or 0)", "amount >= int(most or 0)"),
    Fault("pinned", "check", "(pin.year - 1, pin.year)", "(pin.year + 1, pin.year)"),
    Fault("pinned", "check", "_found(pin, plan), least, most", "_found(pin, plan), most, least"),
)

SENTENCES = (
    Fault("ledgers", "explain", "holder=problem.name(place.holder)", "holder=problem.name(place.category)"),
    Fault("ledgers", "explain", '"moved": _(', '"moved " : _('),
    Fault("hold_total", "explain", "problem.ceiling[place.category]", "len(problem.ceiling)"),
    Fault("hold_total", "explain", 'if place.aspect == "ceiling"', 'if place.aspect != "ceiling"'),
    Fault("cut_above_add_below", "explain", "least=least, most=most", "least=most, most=least"),
    Fault("cut_above_add_below", "explain", "self.share * 100", "self.share * 10"),
    Fault("cut_above_add_below", "explain", "size=problem.size(place.holder)", "size=len(problem.units)"),
    Fault("vacancies_first", "explain", "place.category].willing", "place.category].in_post"),
    Fault("vacancies_first", "explain", 'if place.aspect == "willing"', 'if place.aspect != "willing"'),
    Fault("routes", "explain", '"{origin} → {to}"', '"{to} → {origin}"'),
    Fault("routes", "explain", "if not routes", "if routes"),
    Fault("holder_limits", "explain", "floor=row.floor", "floor=row.ceiling"),
    Fault("holder_limits", "explain", "smallest=self.smallest", "smallest=problem.size(place.holder)"),
    Fault(
        "compulsory_agencies", "explain", '"least": row.least, "most": row.most', '"least": row.most, "most": row.least'
    ),
    Fault("compulsory_agencies", "explain", 'case "open":', 'case "least" | "open":'),
    Fault("agency_quota", "explain", "quota = self.quota(problem, place.holder)", "quota = self.medium"),
    Fault("agency_quota", "explain", "agency=problem.name(place.agency)", "agency=problem.name(place.holder)"),
    Fault("hiring", "explain", "place.year][place.holder]", 'place.year][""]'),
    Fault("hiring", "explain", "if place.holder else", "if not place.holder else"),
    Fault("phasing", "explain", "self.share * 100", "self.share * 10"),
    Fault("pinned", "explain", 'most="–" if most is None else most', 'most="–" if most is None else least'),
    Fault("pinned", "explain", "if found == place", "if found != place"),
)
"""Numbers or sentences swapped."""


def with_fault(fault: Fault) -> type[Rule]:
    """The rule as it would be with the fault."""
    name = RULES[fault.rule].__module__
    source = inspect.getsource(sys.modules[name])
    if source.count(fault.right) != 1:
        raise ValueError(f"stands there {source.count(fault.right)} times, not once: {fault}")
    module = ModuleType(name)
    changed = compile(source.replace(fault.right, fault.wrong), name, "exec")
    exec(changed, vars(module))  # noqa: S102  # our own text
    _share_parameters(module, RULES[fault.rule].__name__)
    kind: type[Rule] = getattr(module, RULES[fault.rule].__name__)
    return kind


def _share_parameters(module: ModuleType, rule: str) -> None:
    """Let the changed module know parameters (pins, say) by the classes that scenarios use."""
    for name, thing in vars(sys.modules[module.__name__]).items():
        if inspect.isclass(thing) and thing.__module__ == module.__name__ and name != rule:
            setattr(module, name, thing)
