"""Who gives and who receives: bands from the givers through the county's pool to the receivers.

Who gives to whom is not decided, so every band goes through the pool; stations, which are handed down whole, go
through a node of their own.
"""

from __future__ import annotations

from collections.abc import Sequence

from rebalance.figures.colours import NEW, SITTING
from rebalance.figures.page import Key, Picture, Words, finished, foot, page, plan_of
from rebalance.figures.stress import Drawing, End
from rebalance.figures.style import look
from rebalance.model.plan import Plan
from rebalance.model.totals import grown, sunk
from rebalance.plans.outcome import Outcome
from rebalance.tables.positions import holder_name
from rebalance.text import _, listed

MOST = 40
"""So many givers, or receivers, have a band of their own; where there are more, those at the end are drawn as one."""


@look()
def flows(outcome: Outcome) -> Picture:
    """Who gives how many positions, and who receives how many, through the county's pool and with stations.

    Raises:
        ValueError: the outcome has no plan.
    """
    plan = plan_of(outcome)
    gives, takes = (_ends(plan, sign) for sign in (-1, 1))
    title, lead = _title(plan, gives, takes), _lead(gives, takes)
    key = [Key(NEW, _("through the county's pool"))] if any(end.pool for end in [*gives, *takes]) else []
    if any(end.stations for end in [*gives, *takes]):
        key.append(Key(SITTING, _("with stations, which are handed down whole")))
    drawing = Drawing(_fewer(gives), _fewer(takes))
    made = page(Words(title, lead, foot(outcome), key), drawing.height)
    drawing.draw(made.free())
    said = [_("Give: {ends}.").format(ends=_list(gives)), _("Receive: {ends}.").format(ends=_list(takes))]
    return finished(made.figure, title, lead, *said, *foot(outcome))


def _ends(plan: Plan, sign: int) -> list[End]:
    """Those who give (-1) or receive (1): those whose positions go through the pool first, then by size."""
    found = [_end(plan, holder, sign) for holder in plan.problem.held]
    return sorted((end for end in found if end.together), key=lambda end: (not end.pool, -end.together, end.name))


def _end(plan: Plan, holder: str, sign: int) -> End:
    stations = sunk(plan, holder)
    pool = grown(plan, holder) - stations
    return End(holder, holder_name(plan, holder), max(0, sign * pool), max(0, sign * stations))


def _fewer(ends: Sequence[End]) -> list[End]:
    """The ends that are drawn: the smallest as one where there are too many."""
    if len(ends) <= MOST:
        return list(ends)
    kept, rest = ends[: MOST - 1], ends[MOST - 1 :]
    name = _("{count} others").format(count=len(rest))
    return [*kept, End("", name, sum(end.pool for end in rest), sum(end.stations for end in rest))]


def _title(plan: Plan, gives: Sequence[End], takes: Sequence[End]) -> str:
    if not gives and not takes:
        return _("Nobody gives and nobody receives")
    text = _("Positions moved from {givers} of {units} units to {takers} of {townships} townships: {count}")
    problem = plan.problem
    return text.format(
        count=max(sum(end.together for end in side) for side in (gives, takes)),
        givers=sum(end.holder in problem.unit for end in gives),
        units=len(problem.units),
        takers=sum(end.holder in problem.township for end in takes),
        townships=len(problem.townships),
    )


def _lead(gives: Sequence[End], takes: Sequence[End]) -> str:
    if not gives and not takes:
        return ""
    return _(
        "A band is as high as its positions are many. Who gives to whom is not decided: all go through one pool for"
        " the county, but for stations."
    )


def _list(ends: Sequence[End]) -> str:
    return listed(f"{end.name} {end.together}" for end in ends) or "–"
