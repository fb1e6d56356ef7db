"""What the second solver says about the proofs of the first; a disagreement is said loudly."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from rebalance.solving.certificate import Certificate, Opinion, Verdict
from rebalance.words import _
from rebalance.writing.terminal import line


def report(found: Certificate, folder: str) -> Iterator[RenderableType]:
    """Disagreements first; then what is not certified; or that all is."""
    for one in found.disagreements:
        text = _(
            "THE SOLVERS DISAGREE: {what}. Nothing of this is proven. Both models are in {folder}: please report them."
        )
        yield line(text.format(what=_what(one), folder=folder), "bold red")
    left = [one for one in found.verdicts if one.opinion is Opinion.OPEN]
    if left:
        text = _("Not certified, for the second solver did not know in time: {what}.")
        yield line(text.format(what=", ".join(map(_about, left))), "yellow")
    if found.verdicts and found.certified:
        yield line(_("Certified: a second solver, of another kind, agrees with every proof."), "green")


def _what(one: Verdict) -> str:
    if not one.rank:
        return _("one says that there is no plan, and the other has found one")
    text = _("goal {rank}, {goal}, is said to be at its best, and the other solver has found a better plan")
    return text.format(rank=one.rank, goal=one.goal)


def _about(one: Verdict) -> str:
    return _("goal {rank}").format(rank=one.rank) if one.rank else _("that there is no plan")
