"""Why a place has what it has, and what another number would cost, at the desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
from rich.console import RenderableType

from rebalance.audit import Audit, audit
from rebalance.desk.frames import frame, shows
from rebalance.desk.outcome import found
from rebalance.desk.reason_rows import ChangeRow, ReasonRow, ShiftRow
from rebalance.desk.shown import Answer
from rebalance.explaining.effect import Change, Effect, Shift
from rebalance.explaining.question import asking_about
from rebalance.explaining.where import place
from rebalance.explaining.why import Story, demanded, story
from rebalance.outcome import Outcome
from rebalance.rules.limits import Range
from rebalance.scenario import goal_name
from rebalance.words import _
from rebalance.writing import why as writing_why


@dataclass(frozen=True, repr=False)
class Why(Answer):
    """The story of a place; where another number was asked for, what that would lead to."""

    checks: Audit
    story: Story
    wanted: Range
    effect: Effect | None = None

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance why` says."""
        scenario = self.checks.scenario
        if self.effect is None:
            return writing_why.told(scenario, self.checks.plan, self.story)
        return writing_why.answered(scenario, self.story, self.wanted, self.effect)

    @shows(ReasonRow)
    def reasons(self) -> pd.DataFrame:
        """The limits that leave the place no room, and those of the whole county."""
        both = (("here", self.story.here), ("everywhere", self.story.everywhere))
        rules, problem = self.checks.scenario.rules, self.checks.plan.problem
        rows = (
            ReasonRow(
                scope,
                rule,
                one.place.holder,
                one.place.agency,
                one.place.category,
                one.place.year,
                one.found,
                one.at_least,
                one.at_most,
                rules[rule].explain(problem, one.place),
            )
            for scope, found in both
            for rule, one in found
        )
        return frame(ReasonRow, rows)

    @shows(ChangeRow)
    def changes(self) -> pd.DataFrame:
        """The goals that would come to something else."""
        return frame(ChangeRow, map(_changed, self.effect.changes if self.effect else ()))

    @shows(ShiftRow)
    def shifts(self) -> pd.DataFrame:
        """Who would have more or fewer positions at the end, and which agencies more or less strength."""
        found = self.effect or Effect(None)
        of_both = (("positions", found.owned), ("strength", found.strengths))
        return frame(ShiftRow, (_shifted(of, one) for of, those in of_both for one in those))


def why(
    outcome: Outcome,
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
    checks = sound(outcome)
    told, wanted = story(checks, place(checks.plan.problem, where)), Range(at_least, at_most)
    if wanted == Range():
        return Why(checks, told, wanted)
    with asking_about(outcome, checks.plan, limit) as asking:
        return Why(checks, told, wanted, demanded(asking, told.where, wanted))


def sound(outcome: Outcome) -> Audit:
    """The audit of a plan that passes it, or nothing said about the plan would mean anything.

    Raises:
        ValueError: it does not pass, or there is no plan.
    """
    checks = audit(outcome.scenario, found(outcome), outcome.goals)
    if not checks.lawful or checks.mismatches:
        raise ValueError(_("The plan does not pass the audit: {checks}.").format(checks=checks))
    return checks


def _changed(one: Change) -> ChangeRow:
    return ChangeRow(one.rank, goal_name(one.goal), one.better, one.before, one.after)


def _shifted(of: str, one: Shift) -> ShiftRow:
    return ShiftRow(of, one.where.holder, one.where.agency, one.where.category, one.before, one.after)
