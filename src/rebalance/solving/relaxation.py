"""Smaller questions whose answer cannot be worse: if a lawful plan attains it, the large question is answered too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rebalance.draft import Draft
from rebalance.finding import Place
from rebalance.gate import Requirement
from rebalance.goals.goal import WorstFirst

HELD_INSIDE = Place(agency="*", aspect="held")
"""Marks what is held of single agencies."""


def smaller_questions(draft: Draft, aim: WorstFirst) -> Iterator[tuple[Draft, WorstFirst]]:
    """The question without agencies; the last year alone, at first without what is held inside agencies.

    And at the end the whole question.

    Each leaves out part of what is required and nothing else, so what is proven best in it bounds the whole.
    """
    last = draft.problem.last

    def at_the_end(requirement: Requirement) -> bool:
        return requirement.place.year in {0, last}

    def outside_agencies(requirement: Requirement) -> bool:
        return at_the_end(requirement) and not requirement.place.agency

    def loosely(requirement: Requirement) -> bool:
        return at_the_end(requirement) and requirement.place != HELD_INSIDE

    if not aim.inside_agencies:
        yield draft.relaxed(outside_agencies), replace(aim, keys=tuple(key.simpler or key for key in aim.keys))
        if any(requirement.place == HELD_INSIDE for requirement in draft.requirements):
            yield draft.relaxed(loosely), aim
    if len(draft.problem.years) > 1:
        yield draft.relaxed(at_the_end), aim
    yield draft, aim


def loosened(draft: Draft) -> Draft | None:
    """The question without what is held inside agencies; None where nothing is."""
    if all(requirement.place != HELD_INSIDE for requirement in draft.requirements):
        return None
    return draft.relaxed(lambda requirement: requirement.place != HELD_INSIDE)
