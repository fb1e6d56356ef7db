"""Every single value of a plan's file changed, every entry of its lists doubled, dropped or moved: what goes unnoticed?

What does is what `audit` says it takes on trust, and nothing else; once a plan has been signed, nothing does.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import islice
from random import Random
from typing import Any

import pytest

from rebalance.fault import FaultsError
from rebalance.goals.few_units_touched import FewUnitsTouched
from rebalance.goals.goal import Slack
from rebalance.plans.approval import Paper, State, Step, flaws, sealed
from rebalance.plans.file import fingerprint_of_all, opened, signed
from rebalance.plans.reached import Certificate, Opinion, Verdict
from rebalance.plans.recorded import outcome_to_json, read_outcome
from tests.campaign import Chunk, chunks
from tests.plans.plans import COUNTY, PLAN, SCENARIO, proven

Json = Any
Way = tuple[str | int, ...]

TRUSTED = re.compile(
    r"scenario/(name|name_zh|why|why_zh|county|sources|sources_zh)(/.*)?|versions/.*"
    r"|(goals/\d+/)?(seconds|questions)|before/.*"
    r"|goals/3/(bound|freedom)"  # the goal with slack, and whether goals before had settled it
    r"|goals/[124]/freedom|certificate/\d+/opinion"
)
"""The ways to what an audit takes on trust in this file, in which goal 3 has slack."""


@cache
def text() -> str:
    """A plan whose goals are proven and certified, one of them with slack."""
    slack = FewUnitsTouched(slack=Slack(Fraction(1)))
    scenario = replace(SCENARIO, goals=(*SCENARIO.goals[:3], slack, *SCENARIO.goals[3:]), name="Example")
    found = proven(scenario, PLAN)
    goals = tuple(replace(one, slack=1) if one.name == "few_units_touched" else one for one in found.goals)
    asked = [(rank, one.name) for rank, one in enumerate(goals, 1) if one.name != "canonical"]
    certificate = Certificate(tuple(Verdict(rank, name, Opinion.AGREES) for rank, name in asked))
    return outcome_to_json(replace(found, goals=goals, certificate=certificate))


def values(data: Json, way: Way = ()) -> Iterator[tuple[Way, Json]]:
    """Every table, list and single value, with the way to it."""
    yield way, data
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inner:
        yield from values(value, (*way, key))


def others(value: Json) -> list[tuple[str, Json]]:
    """What might stand there instead, and what was done."""
    if isinstance(value, bool):
        return [("flipped", not value)]
    if isinstance(value, int | float):
        return [("one more", value + 1), ("one less", value - 1)]
    if isinstance(value, str):
        return [("altered", _altered(value)), *([("emptied", "")] if value else [])]
    if value is None:
        return [("said", 1), ("said", True)]
    if isinstance(value, list) and value:
        return [
            ("doubled", [*value, value[0]]),
            ("the last doubled", [*value, value[-1]]),
            ("dropped", value[1:]),
            ("the last dropped", value[:-1]),
            *([("swapped", [value[1], value[0], *value[2:]])] if len(value) > 1 and value[0] != value[1] else []),
        ]
    return []


def _altered(value: str) -> str:
    """A number or share one off, a fingerprint with another digit, an opinion turned, a word with a letter more."""
    if whole := re.fullmatch(r"\d+", value):
        return str(int(whole[0]) + 1)
    if share := re.fullmatch(r"(\d+)/(\d+)", value):
        return f"{int(share[1]) + 1}/{share[2]}"
    return {"agrees": "not certified"}.get(value, f"{value}x")


def changes(data: Json) -> list[tuple[str, Way, Json]]:
    """Every single change: what was done, where, and what stands there then."""
    return [(done, way, other) for way, value in values(data) for done, other in others(value) if way]


def changed(data: Json, way: Way, other: Json) -> Json:
    found = copy.deepcopy(data)
    place = found
    for key in way[:-1]:
        place = place[key]
    place[way[-1]] = other
    return found


def unnoticed(data: Json) -> bool:
    """Whether neither reading nor the audit notices."""
    try:
        return read_outcome(json.dumps(data, ensure_ascii=False), COUNTY).sound
    except FaultsError:
        return False


def missed(chosen: Iterator[tuple[str, Way, Json]]) -> list[str]:
    data = json.loads(text())
    ways = ((f"{'/'.join(map(str, way))} {done}", changed(data, way, other)) for done, way, other in chosen)
    return [where for where, other in ways if unnoticed(other)]


SAME = ("findings swapped", "scenario/goals the last dropped")
"""Says the same: findings stand in no order, and the last goal of every scenario is `canonical`, named or not."""


def beyond_trust(found: list[str]) -> list[str]:
    return [one for one in found if not TRUSTED.fullmatch(one.split(" ")[0]) and one not in SAME]


def test_the_plan_is_sound_and_has_every_kind_of_change() -> None:
    data = json.loads(text())
    assert unnoticed(data)
    assert len(changes(data)) > 1000
    assert {done for done, _way, _other in changes(data)} >= {"flipped", "one more", "altered", "doubled", "swapped"}


@pytest.mark.parametrize("chunk", chunks(1, 3))
def test_what_no_audit_notices_is_what_it_takes_on_trust(chunk: Chunk) -> None:
    dice = Random(chunk.first)
    everything = changes(json.loads(text()))
    dice.shuffle(everything)
    assert beyond_trust(missed(islice(everything, 80 if chunk.known else 700))) == []


@pytest.mark.campaign
def test_every_single_change_is_noticed_or_taken_on_trust() -> None:
    found = missed(iter(changes(json.loads(text()))))
    assert beyond_trust(found) == []
    assert found  # some is on trust indeed


@pytest.mark.parametrize(
    ("way", "other"),
    [
        (("goals", 5, "freedom"), True),
        (("unique",), False),
        (("unique",), None),
        (("ending",), "out of time"),
        (("goals", 0, "freedom"), False),
        (("goals", 1, "bound"), 0),
        (("certificate", 0, "opinion"), "disagrees"),
        (("certificate",), []),
    ],
    ids=str,
)
def test_claims_that_do_not_go_together_are_noticed(way: Way, other: Json) -> None:
    assert not unnoticed(changed(json.loads(text()), way, other))


FORGED: list[tuple[str, Callable[[Json], object]]] = [
    ("a finding twice", lambda data: data["findings"].append(data["findings"][0])),
    (
        "a made-up certificate",
        lambda data: data["certificate"].append({"rank": 6, "goal": "canonical", "opinion": "agrees"}),
    ),
    ("a row moved", lambda data: data["positions"].append(data["positions"].pop(0))),
]


@pytest.mark.parametrize("forge", [forge for _name, forge in FORGED], ids=[name for name, _forge in FORGED])
def test_what_stands_twice_or_elsewhere_is_noticed(forge: Callable[[Json], object]) -> None:
    data = json.loads(text())
    forge(data)
    assert not unnoticed(data)


def test_of_a_signed_plan_every_single_change_is_noticed() -> None:
    entry = Step(State.SUBMITTED, "2026-01-31", "〔2026〕5", "as it is", "p", "c", (Paper("plan.docx", "0"),), "Office")
    first = sealed((), replace(entry, plan=fingerprint_of_all(text()), although="so be it"))
    trail = (first, sealed((first,), replace(entry, state=State.APPROVED, by="Commission")))
    carried = signed(text(), trail)
    data, before = json.loads(carried), fingerprint_of_all(carried)
    assert first.plan == before

    def noticed(other: Json) -> bool:
        said = json.dumps(other, ensure_ascii=False)
        if fingerprint_of_all(said) != before:
            return True
        try:
            return bool(list(flaws(opened(said).approval)))
        except FaultsError:
            return True

    everything = changes(data)
    Random(1).shuffle(everything)
    of_trail = [one for one in everything if one[1][0] == "approval"]
    all_of_it = [*of_trail, *everything[:150]]
    found = [
        f"{'/'.join(map(str, way))} {done}" for done, way, other in all_of_it if not noticed(changed(data, way, other))
    ]
    assert list(dict.fromkeys(found)) == ["approval the last dropped"]  # as it was before that: no file can tell
