"""Questions about a plan: what another number would lead to, and how far every number could move."""

from __future__ import annotations

from collections.abc import Sequence

from rebalance.analysis.effect import Change, Effect, owned, strengths
from rebalance.analysis.place import Where
from rebalance.analysis.range import Span
from rebalance.analysis.variability import Steps
from rebalance.analysis.what_if import Reply, WhatIf
from rebalance.model.model import Model
from rebalance.rules.rule import Range


def effect(asking: WhatIf, reply: Reply) -> Effect:
    """What a reply says, beside the plan it was asked of."""
    if reply.plan is None:
        return Effect(None if reply.conflict is None else False, conflict=reply.conflict)
    goals = zip(asking.goals, asking.values, reply.values, strict=True)
    changes = tuple(Change(n, goal, old, new) for n, (goal, old, new) in enumerate(goals, 1) if old != new)
    before, after = asking.plan, reply.plan
    return Effect(
        possible=True,
        settled=reply.settled,
        changes=changes,
        owned=owned(before, after),
        strengths=strengths(before, after),
    )


def demanded(asking: WhatIf, where: Where, wanted: Range) -> Effect:
    """What it would lead to if the place had at least, or at most, so many; the goals solved again in order."""

    def demand(model: Model) -> None:
        amount = where.amount(model)
        if wanted.at_least is not None:
            model.add(amount >= wanted.at_least)
        if wanted.at_most is not None:
            model.add(amount <= wanted.at_most)

    return effect(asking, asking.tightened(demand))


def spans(asking: WhatIf, places: Sequence[Where], progress: Steps = lambda _done, _of: None) -> tuple[Span, ...]:
    """How far each of some places could move, all goals held where they are."""
    ends = asking.free(lambda model: [where.amount(model) for where in places], progress)
    return tuple(Span(where, where.found(asking.plan), one) for where, one in zip(places, ends, strict=True))
