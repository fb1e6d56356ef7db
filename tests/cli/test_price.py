from __future__ import annotations

import json

import pytest

from tests.cli.small import Desk, rebalance


def test_a_position_more_and_every_tight_limit_have_a_price(solved: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert rebalance("price", solved.plan) == 0
    text = capsys.readouterr().out
    assert "one position more: admin" in text
    assert "Worth nothing, as no goal gains: 1." in text
    assert rebalance("price", solved.plan, "--json") == 0
    prices = json.loads(capsys.readouterr().out)["prices"]
    assert all(change["better"] for one in prices for change in one["goals"][:1])
    (limit,) = (one for one in prices if one["kind"] == "limit")  # the units have no fifth position that is vacant
    assert limit["of"] == "[rules.cut_above_add_below] total.at_most = 4"
    assert limit["goals"] == []
    gains = [min((change["rank"] for change in one["goals"]), default=99) for one in prices]
    assert gains == sorted(gains)


def test_without_time_it_says_what_is_not_settled(solved: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert rebalance("price", solved.plan, "--time-limit", "0.000001") == 3
    assert "NOT SETTLED" in capsys.readouterr().out
