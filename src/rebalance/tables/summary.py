"""The first lines about an outcome: what it is, how sure, how much moves."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from rebalance.model.plan import Plan
from rebalance.model.totals import totals
from rebalance.plans.outcome import Ending, Outcome
from rebalance.screen import line
from rebalance.tables.demand import made_up
from rebalance.text import _


def summary(outcome: Outcome) -> Iterator[RenderableType]:
    """The county and scenario, the state of the proof, and how much moves."""
    county = outcome.scenario.problem.county
    yield line(f"{county} · {outcome.scenario}", "bold")
    yield from made_up(county)
    for sentence in state(outcome):
        yield line(sentence, "green" if outcome.proven else "yellow")
    if outcome.plan is not None:
        yield from movement(outcome.plan)


def state(outcome: Outcome) -> Iterator[str]:
    """What is proven, in a sentence or two."""
    if outcome.plan is None:
        yield _no_plan(outcome.ending)
    elif outcome.proven and outcome.unrivalled:
        yield _("Every goal is proven, and no other plan is as good.")
    elif outcome.proven and outcome.unique:
        yield _("Every goal is proven. Of the plans that are equally good, a fixed rule chose this one.")
    elif outcome.proven:
        yield _("Every goal is proven; that the rule for equally good plans leaves only this one has not been shown.")
    else:
        yield _why(outcome.ending)
        ranks = ", ".join(str(rank) for rank, goal in enumerate(outcome.goals, 1) if not goal.proven)
        yield _("NOT PROVEN to be the best: goals {ranks}.").format(ranks=ranks)


def movement(plan: Plan) -> Iterator[RenderableType]:
    """How many positions and people move, from how many to how many."""
    problem, found = plan.problem, totals(plan)
    text = _(
        "Positions given: {given}, by {givers} of {units} units; received: {taken}, by {takers} of"
        " {townships} townships. People who go along: {moved}; hired: {hired}."
    )
    figures = {
        "given": found.given,
        "givers": found.givers,
        "units": len(problem.units),
        "taken": found.received,
        "takers": found.receivers,
        "townships": len(problem.townships),
        "moved": found.along,
        "hired": found.hired,
    }
    yield line(text.format(**figures))
    if found.reserve:
        text = _("Reserve: {before} today, {after} in {year}.")
        before, after = found.reserve
        yield line(text.format(before=before, after=after, year=problem.last))


def _no_plan(ending: Ending) -> str:
    match ending:
        case Ending.IMPOSSIBLE:
            return _("There is no such plan: rules of the scenario cannot hold together.")
        case Ending.OUT_OF_TIME:
            return _("Out of time before any plan was found. Allow more with --time-limit.")
        case _stopped:
            return _("Stopped before any plan was found.")


def _why(ending: Ending) -> str:
    match ending:
        case Ending.OUT_OF_TIME:
            return _("Out of time; this is the best plan found so far.")
        case Ending.INTERRUPTED:
            return _("Stopped; this is the best plan found so far.")
        case _done:
            return _("This is the best plan found.")
