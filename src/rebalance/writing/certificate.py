"""How sure a proof is, and what a second solver says about it; a disagreement is said loudly."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from rebalance.outcome import GoalResult, Opinion, Outcome, Verdict
from rebalance.words import _
from rebalance.writing.terminal import line

DISAGREEMENT = "disagreement"
"""The folder, beside the plan, with the models of both solvers."""


def opinions(outcome: Outcome) -> Iterator[RenderableType]:
    """Disagreements first; then what is not certified; or that all is. Nothing where no second solver was asked."""
    found = outcome.certificate
    if found is None:
        return
    for one in found.disagreements:
        text = _(
            "THE SOLVERS DISAGREE: {what}. Nothing of this is proven. Both models were saved where the plan was to"
            " go, in {folder}: please report them."
        )
        yield line(text.format(what=_what(one), folder=DISAGREEMENT), "bold red")
    left = [one for one in found.verdicts if one.opinion is Opinion.OPEN]
    if left:
        text = _("Not certified, for the second solver did not know in time: {what}.")
        yield line(text.format(what=", ".join(map(_about, left))), "yellow")
    if found.certified:
        yield line(_("Certified: a second solver, of another kind, agrees with every proof."), "green")


def proof(result: GoalResult) -> str:
    """How sure a goal's value is, and whether there was anything left to decide."""
    if not result.proven:
        return _("NOT PROVEN")
    if result.conditional:
        return _("proven, given the goals above")
    return _("proven") if result.freedom else _("proven; settled by the goals above")


def certified(outcome: Outcome, rank: int) -> str:
    """How sure a goal's value is, with what the second solver says of it."""
    result = outcome.goals[rank - 1]
    match outcome.opinion(rank):
        case Opinion.DISAGREES:
            return _("DISPUTED by a second solver")
        case Opinion.AGREES:
            return _("{proof}; certified").format(proof=proof(result))
        case _:
            return proof(result)


def _what(one: Verdict) -> str:
    if not one.rank:
        return _("one says that there is no plan, and the other has found one")
    text = _("goal {rank}, {goal}, is said to be at its best, and the other solver has found a better plan")
    return text.format(rank=one.rank, goal=one.goal)


def _about(one: Verdict) -> str:
    return _("goal {rank}").format(rank=one.rank) if one.rank else _("that there is no plan")
