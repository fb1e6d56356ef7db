"""Questions about a plan, each in one call: why, which numbers are forced, and what more would be worth."""

from __future__ import annotations

from rebalance.analysis.place import UnknownPlaceError, accounts, place
from rebalance.analysis.place import agencies as strengths
from rebalance.analysis.price import Prices
from rebalance.analysis.pricing import Pricing
from rebalance.analysis.questions import demanded, spans
from rebalance.analysis.range import Ranges
from rebalance.analysis.story import story
from rebalance.analysis.what_if import asking_about
from rebalance.analysis.why import Why
from rebalance.api.progress import steps
from rebalance.plans.outcome import Outcome
from rebalance.plans.recorded import Recorded
from rebalance.rules.rule import Range
from rebalance.text import _

__all__ = ["UnknownPlaceError", "UnsoundError", "prices", "ranges", "sound", "why"]


class UnsoundError(ValueError):
    """A plan that does not pass the audit: nothing said about it would mean anything."""


def sound(plan: Outcome | Recorded) -> Recorded:
    """A plan that passes the audit, with that audit; one read from a file has to be what the file says, too.

    Raises:
        UnsoundError: it does not pass.
        ValueError: there is no plan.
    """
    found = plan
    if isinstance(found, Outcome):
        found = Recorded(found, found.checks, ())
    if not found.sound:
        raise UnsoundError(_("The plan does not pass the audit: {checks}.").format(checks=found.audit))
    return found


def why(
    outcome: Outcome | Recorded,
    where: str,
    *,
    at_least: int | None = None,
    at_most: int | None = None,
    limit: float | None = None,
) -> Why:
    """Why a place has what it has; with another number, what that would cost and whom, or which rules forbid it.

    Args:
        outcome: the plan, which has to pass the audit.
        where: the id or name of a holder, or of anything else that is decided on; or `township/agency`.
        at_least: solve the goals again, with at least so many there.
        at_most: the same, with at most so many.
        limit: seconds in all.

    Raises:
        ValueError: the plan does not pass the audit, or nothing, or more than one thing, has this name.
    """
    plan, wanted = sound(outcome), Range(at_least, at_most)
    found = story(plan.audit, place(plan.audit.plan.problem, where))
    if wanted == Range():
        return Why(found, wanted)
    with asking_about(plan.outcome, plan.audit.plan, limit) as asking:
        effect = demanded(asking, found.where, wanted)
    return Why(found, wanted, effect, asking.clock.interrupted)


def ranges(
    outcome: Outcome | Recorded, *, agencies: bool = False, limit: float | None = None, quiet: bool = False
) -> Ranges:
    """Which numbers of a plan are forced, and which can move without any goal getting worse.

    Args:
        outcome: the plan, which has to pass the audit.
        agencies: also the strength of every agency.
        limit: seconds in all.
        quiet: show no progress.

    Raises:
        ValueError: the plan does not pass the audit.
    """
    plan = sound(outcome)
    problem = plan.audit.plan.problem
    places = [*accounts(problem), *(strengths(problem) if agencies else ())]
    with asking_about(plan.outcome, plan.audit.plan, limit) as asking, steps(quiet=quiet) as progress:
        found = spans(asking, places, progress)
    return Ranges(plan.audit.scenario, found, asking.clock.interrupted)


def prices(outcome: Outcome | Recorded, *, limit: float | None = None, quiet: bool = False) -> Prices:
    """What one position more of each category is worth, and one step of every limit that leaves no room.

    Args:
        outcome: the plan, which has to pass the audit.
        limit: seconds in all.
        quiet: show no progress.

    Raises:
        ValueError: the plan does not pass the audit.
    """
    plan = sound(outcome)
    with asking_about(plan.outcome, plan.audit.plan, limit) as asking, steps(quiet=quiet) as progress:
        found = Pricing(asking, plan.audit, progress).prices()
    return Prices(plan.audit.scenario, found, asking.clock.interrupted)
