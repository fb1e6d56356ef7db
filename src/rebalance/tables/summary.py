"""The first lines about an outcome: what it is, how sure, how much moves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from rebalance.county.county import County
from rebalance.model.plan import Plan
from rebalance.plans.outcome import Ending, Outcome
from rebalance.screen import line
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


def made_up(county: County) -> Iterator[RenderableType]:
    """A warning where figures are made up."""
    if county.synthetic:
        yield line(_("Figures of this county are made up, in part or in whole: see its table `sources`."), "yellow")


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
    given, taken = _changes(plan, plan.problem.units), _changes(plan, plan.problem.townships)
    text = _(
        "Positions given: {given}, by {givers} of {units} units; received: {taken}, by {takers} of"
        " {townships} townships. People who go along: {moved}; hired: {hired}."
    )
    figures = {
        "given": -sum(given),
        "givers": sum(map(bool, given)),
        "units": len(given),
        "taken": sum(taken),
        "takers": sum(map(bool, taken)),
        "townships": len(taken),
        "moved": _count(plan, "moved_out"),
        "hired": _count(plan, "hired"),
    }
    yield line(text.format(**figures))
    yield from _reserve(plan)


def _changes(plan: Plan, holders: Sequence[str]) -> list[int]:
    """By how much each holder grows from today to the end."""
    problem = plan.problem
    ends = (sum(plan.owned(h, c, problem.last) for c in problem.held.get(h, ())) for h in holders)
    return [end - problem.size(holder) for holder, end in zip(holders, ends, strict=True)]


def _count(plan: Plan, verb: str) -> int:
    return sum(count for (said, *_ids), count in plan.decided.items() if said == verb)


def _reserve(plan: Plan) -> Iterator[RenderableType]:
    problem = plan.problem
    years = (problem.today, problem.last)
    if problem.reserves:
        today, last = (sum(plan.reserve(c, year) for c in problem.reserves) for year in years)
        text = _("Reserve: {before} today, {after} in {year}.")
        yield line(text.format(before=today, after=last, year=problem.last))


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
