"""What a review has found, on the screen and as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import RenderableType

from rebalance.papers.edits import Edit, Edits
from rebalance.papers.review import Review
from rebalance.plan import Plan
from rebalance.record.plan_file import written_value
from rebalance.scenario import goal_name
from rebalance.words import _
from rebalance.writing.numbers import limits, value
from rebalance.writing.parameters import label
from rebalance.writing.terminal import add, line, number, table, words


def report(found: Review, read: Edits) -> Iterator[RenderableType]:
    """The edits, what they break, what each goal loses."""
    for fault in read.ignored:
        yield line(str(fault), "yellow")
    if not read.agreed:
        yield line(_("No change: the workbook agrees with the plan."), "green")
        return
    yield _edits(found)
    yield from _balance(found)
    yield line(_("Below, the numbers agreed are put in as they are; nothing else has moved to make room for them."))
    yield from _broken(found)
    yield _goals(found)


def _edits(found: Review) -> RenderableType:
    plan = found.recorded.audit.plan
    headers = (_("plan"), _("agreed"), _("differs"))
    made = table(_("Numbers agreed"), words(_("where")), *map(number, headers))
    for edit in found.agreed:
        differs = f"{edit.now - edit.was:+}" if edit.changed else _("kept")
        add(made, where(plan, edit), edit.was, edit.now, differs)
    return made


def where(plan: Plan, edit: Edit) -> str:
    """Whose number it is."""
    return ", ".join(map(plan.problem.name, edit.key))


def _balance(found: Review) -> Iterator[RenderableType]:
    for category, count in found.balance.items():
        text = _("{category}: the numbers agreed are {count} beyond the total; others have to make up for it.")
        less = _("{category}: the numbers agreed leave {count} of the total unused; others may take them.")
        name = found.recorded.audit.plan.problem.name(category)
        yield line((text if count > 0 else less).format(category=name, count=abs(count)), "yellow")


def _broken(found: Review) -> Iterator[RenderableType]:
    if not found.broken:
        yield line(_("No rule is broken."), "green")
        return
    headers = (words(_("rule")), words(_("what it asks")), number(_("found")), words(_("limits")))
    made = table(_("Rules broken"), *headers)
    for rule, finding in found.broken:
        sentence = found.checks.scenario.rules[rule].explain(found.checks.plan.problem, finding.place)
        add(made, rule, sentence, finding.found, limits(finding))
    yield made


def _goals(found: Review) -> RenderableType:
    made = table(_("Goals"), number("#"), *map(words, (_("goal"), _("plan"), _("as agreed"))))
    for rank, (goal, before, now) in enumerate(found.goals, 1):
        after = "=" if before == now else value(goal, now)
        add(made, rank, label(goal), value(goal, before), after, style="" if before == now else "yellow")
    return made


def plain(found: Review, read: Edits) -> dict[str, Any]:
    """The same as data."""
    rules, problem = found.checks.scenario.rules, found.checks.plan.problem
    return {
        "edits": [
            {"table": one.table, "key": list(one.key), "plan": one.was, "agreed": one.now} for one in found.agreed
        ],
        "ignored": [str(fault) for fault in read.ignored],
        "balance": found.balance,
        "broken": [{"rule": rule, "says": rules[rule].explain(problem, one.place)} for rule, one in found.broken],
        "goals": [
            {"goal": goal_name(goal), "plan": written_value(before), "agreed": written_value(now)}
            for goal, before, now in found.goals
        ],
    }
