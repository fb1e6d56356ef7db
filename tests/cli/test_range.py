from __future__ import annotations

import json

import pytest

from tests.cli.small import Desk, rebalance


def test_forced_numbers_are_counted_and_the_others_shown(solved: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert rebalance("range", solved.plan) == 0
    text = capsys.readouterr().out
    assert "are forced" in text
    assert rebalance("range", solved.plan, "--agencies", "--json") == 0
    numbers = json.loads(capsys.readouterr().out)["numbers"]
    assert all(one["least"] <= one["now"] <= one["most"] for one in numbers)
    assert {one["agency"] for one in numbers} == {"", "A1", "A2"}
    forced = [one for one in numbers if one["forced"]]
    assert forced
    assert all(one["least"] == one["most"] for one in forced)


def test_without_time_ends_are_marked_as_not_settled(solved: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert rebalance("range", solved.plan, "--time-limit", "0.000001") == 3
    assert "?" in capsys.readouterr().out
