"""What a shell offers, asked as a shell asks."""

from __future__ import annotations

import os

import pytest

from tests.cli.small import Desk, spawned


def offered(*words: str) -> list[str]:
    """What is offered for the last of the words."""
    where = {"_REBALANCE_COMPLETE": "bash_complete", "COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
    return [line.removeprefix("plain,") for line in spawned(env={**os.environ, **where}).stdout.splitlines() if line]


def test_verbs_and_options() -> None:
    assert offered("rebalance", "exp") == ["explain", "export"]
    assert "--time-limit" in offered("rebalance", "solve", "--")


def test_goals_and_parameters_of_rules() -> None:
    assert offered("rebalance", "frontier", "s.toml", "fill_") == ["fill_shortages", "fill_vacancies"]
    assert offered("rebalance", "sweep", "s.toml", "--set", "rules.phasing.sh") == ["rules.phasing.share="]


def test_places_of_the_plan(solved: Desk) -> None:
    found = offered("rebalance", "why", str(solved.plan), "T")
    assert found
    assert all(one.startswith(("T", "t")) for one in found)


@pytest.mark.parametrize("plan", ["no-such-plan.json", "."])
def test_nothing_where_there_is_no_plan(plan: str) -> None:
    assert offered("rebalance", "why", plan, "T") == []
