"""What `why` does: find the place, tell its story, or ask for another number there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from rebalance.audit import Audit
from rebalance.cli.answers import answer, show
from rebalance.cli.questions import plain_effect, plain_shift, sound, verdict
from rebalance.cli.trouble import DONE, misused
from rebalance.explaining.question import asking_about
from rebalance.explaining.where import UnknownPlaceError, place
from rebalance.explaining.why import Found, Story, demanded, story
from rebalance.record.outcome import Recorded
from rebalance.rules.limits import Range
from rebalance.writing import why as writing

__all__ = ["answered", "sound", "story_of", "told"]


def story_of(recorded: Recorded, where: str) -> Story:
    """The story of the place that a text names.

    Raises:
        click.UsageError: nothing, or more than one thing, has this name.
    """
    try:
        return story(recorded.audit, place(recorded.audit.plan.problem, where))
    except UnknownPlaceError as error:
        raise misused(f"WHERE: {error}") from None


def told(recorded: Recorded, found: Story, *, as_json: bool) -> int:
    """The story."""
    audit = recorded.audit
    if as_json:
        answer(_plain(audit, found))
    else:
        show(writing.told(audit.scenario, audit.plan, found))
    return DONE


def answered(
    recorded: Recorded, found: Story, numbers: tuple[int | None, int | None], limit: float | None, *, as_json: bool
) -> int:
    """What another number would lead to."""
    audit, wanted = recorded.audit, Range(*numbers)
    with asking_about(recorded.outcome, audit.plan, limit) as asking:
        effect = demanded(asking, found.where, wanted)
    if as_json:
        answer(_plain(audit, found) | asdict(wanted) | plain_effect(audit.scenario, effect))
    else:
        show(writing.answered(audit.scenario, found, wanted, effect))
    return verdict(asking.clock, effect.possible, settled=effect.settled)


def _plain(audit: Audit, found: Story) -> dict[str, Any]:
    return {
        "where": asdict(found.where),
        "today": found.today,
        "now": found.now,
        "parts": [plain_shift(one) for one in found.parts],
        "here": _reasons(audit, found.here),
        "everywhere": _reasons(audit, found.everywhere),
    }


def _reasons(audit: Audit, those: Iterable[Found]) -> list[dict[str, Any]]:
    rules, problem = audit.scenario.rules, audit.plan.problem
    return [{"rule": rule} | asdict(one) | {"says": rules[rule].explain(problem, one.place)} for rule, one in those]
