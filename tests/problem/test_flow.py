from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest

from rebalance.county.reform import Actor, Matter, MatterKind, Step
from rebalance.problem.flow import Arrow, Flow, flows
from tests.counties import Sketch

MATTER = Matter("M1", "Permit", MatterKind.APPROVAL, "U1", "A1")
WHO = {"a": Actor.APPLICANT, "t": Actor.TOWNSHIP, "u": Actor.UNIT}


def flow(*steps: str) -> Flow:
    """A flow from texts such as "2t > 3 4": the township's step 2, after which 3 or 4 follows."""
    return Flow(MATTER, tuple(_step(text) for text in steps))


def _step(text: str) -> Step:
    head, _arrow, after = text.partition(">")
    code = head.strip()
    return Step("M1", code[:-1], f"Step {code[:-1]}", WHO[code[-1]], None, tuple(after.split()))


PERMIT = flow("1a > 2", "2t > 3 4", "3a > 2", "4t > 5 6", "5u > 6", "6t > 7 8", "7t > 9", "8t", "9u > 10", "10a")
"""Apply; accept, or have completed and back; inspect; (the unit;) decide; refuse, or issue, survey and collect."""


def test_where_it_begins_ends_and_parts() -> None:
    assert PERMIT.first == ("1",)
    assert PERMIT.last == ("8", "10")
    assert PERMIT.decisions == ("2", "4", "6")


def test_what_leads_back() -> None:
    assert PERMIT.back == {("3", "2")}


def test_handoffs() -> None:
    # shortest: 1 a→t 2 4 6 8; longest: 1 a→t 2 4 t→u 5 u→t 6 7 t→u 9 u→a 10
    assert PERMIT.handoffs_on_a_way == (1, 5)
    assert PERMIT.handoffs == (("1", "2"), ("2", "3"), ("3", "2"), ("4", "5"), ("5", "6"), ("7", "9"), ("9", "10"))


def test_levels_are_the_longest_way_to_a_step() -> None:
    assert PERMIT.level == {"1": 0, "2": 1, "3": 2, "4": 2, "5": 3, "6": 4, "7": 5, "8": 5, "9": 6, "10": 7}


def test_hours_by_actor() -> None:
    steps = (
        Step("M1", "1", "", Actor.UNIT, Decimal("1.5")),
        Step("M1", "2", "", Actor.TOWNSHIP),
        Step("M1", "3", "", Actor.UNIT, minutes=Decimal(15)),
    )
    timed = Flow(MATTER, steps)
    assert timed.hours == {Actor.UNIT: Fraction(7, 4), Actor.TOWNSHIP: 0, Actor.APPLICANT: 0}
    assert timed.timed
    assert not PERMIT.timed


def test_a_loop_without_an_end() -> None:
    endless = flow("1t > 2", "2u > 1 2")
    assert endless.first == ("1",)
    assert endless.last == ()
    assert endless.back == {("2", "1"), ("2", "2")}
    assert endless.handoffs_on_a_way is None


def test_a_step_that_leads_nowhere_known_and_one_named_twice() -> None:
    odd = flow("1t > 2 2 9", "2u > 9")
    assert odd.arrows == (("1", "2"),)
    assert odd.last == ("2",)
    assert odd.decisions == ()


def test_a_loop_that_nothing_leads_to() -> None:
    apart = flow("1a > 2", "2t", "3u > 4", "4u > 3")
    assert apart.back == {("4", "3")}
    assert apart.handoffs_on_a_way == (1, 1)


def test_a_very_long_way() -> None:
    count = 20_000
    steps = (Step("M1", str(n), "", (Actor.UNIT, Actor.TOWNSHIP)[n % 2], None, (str(n + 1),)) for n in range(count))
    assert Flow(MATTER, tuple(steps)).handoffs_on_a_way == (count - 1, count - 1)


def test_flows_by_matter() -> None:
    county = replace(
        Sketch().county,
        matters=(MATTER, replace(MATTER, matter="M2")),
        steps=(Step("M1", "1", "", Actor.UNIT), Step("M9", "1", "", Actor.UNIT)),
    )
    assert {code: len(found.steps) for code, found in flows(county).items()} == {"M1": 1}


def tangle(dice: random.Random) -> Flow:
    """Any arrows between a few steps."""
    codes = [str(number) for number in range(dice.randint(1, 7))]
    chance = dice.choice((0.1, 0.2, 0.4))
    return Flow(
        MATTER,
        tuple(
            Step("M1", one, "", dice.choice(list(Actor)), None, tuple(to for to in codes if dice.random() < chance))
            for one in codes
        ),
    )


def ways(found: Flow, way: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Every way on from here to a last step, never along an arrow that leads back."""
    if way[-1] in found.last:
        yield way
    for before, after in found.arrows:
        if before == way[-1] and (before, after) not in found.back:
            yield from ways(found, (*way, after))


@pytest.mark.parametrize("seed", range(200))
def test_against_every_single_way(seed: int) -> None:
    found = tangle(random.Random(seed))
    every = [way for one in found.first for way in ways(found, (one,))]
    counts = [sum(found.is_handoff(arrow) for arrow in pairwise(way)) for way in every]
    assert found.handoffs_on_a_way == ((min(counts), max(counts)) if counts else None)
    assert all(rises(found, arrow) == (arrow not in found.back) for arrow in found.arrows)


def rises(found: Flow, arrow: Arrow) -> bool:
    before, after = (found.level[one] for one in arrow)
    return before < after
