"""Smaller questions whose answer cannot be worse: where a lawful plan attains it, the large question is answered too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rebalance.draft import Draft, Requirement
from rebalance.goals.goal import WorstFirst


def smaller_questions(draft: Draft, aim: WorstFirst) -> Iterator[tuple[Draft, WorstFirst]]:
    """The question without agencies, where its shares have a simpler form; the last year alone; and at the end the whole question.

    Each leaves out part of what is required and nothing else, so what is proven best in it bounds the whole.
    """
    last = draft.problem.last

    def at_the_end(requirement: Requirement) -> bool:
        return requirement.place.year in {0, last}

    def outside_agencies(requirement: Requirement) -> bool:
        return at_the_end(requirement) and bool(requirement.rule) and not requirement.place.agency

    simpler = tuple(key.simpler for key in aim.keys if key.simpler)
    if len(simpler) == len(aim.keys):
        yield draft.relaxed(outside_agencies), replace(aim, keys=simpler)
    if len(draft.problem.years) > 1:
        yield draft.relaxed(at_the_end), aim
    yield draft, aim
