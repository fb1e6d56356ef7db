"""A county of one's own begins with one call, and what has been solved is found again."""

from __future__ import annotations

from pathlib import Path
from typing import Never

import pytest

import rebalance as rb
from rebalance.solver import lexicographic


def test_a_new_county_is_read_at_once_and_nothing_is_written_over(folder: Path) -> None:
    scenario = rb.read_scenario(rb.new(folder / "mine") / "scenarios/baseline.toml")
    assert scenario.county.synthetic
    with pytest.raises(FileExistsError):
        rb.new(folder / "mine")


def test_a_filled_template_is_the_county_again(folder: Path, scenario: rb.Scenario) -> None:
    again = rb.read_county(rb.template(folder / "new" / "county.xlsx", county=scenario.county))
    assert again == scenario.county
    with pytest.raises(ValueError, match=r"county\.csv.*\.xlsx"):
        rb.template(folder / "county.csv")


def test_what_is_known_is_not_solved_again(
    folder: Path, scenario: rb.Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = rb.solve(scenario, store=folder / "runs.db")
    monkeypatch.setattr(lexicographic, "solve", _never)
    again = rb.solve(scenario, store=folder / "runs.db")
    assert isinstance(again, rb.Outcome)
    assert again.plan == first.plan


def _never(*_asked: object, **_how: object) -> Never:
    raise AssertionError
