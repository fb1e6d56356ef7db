"""What tests of the desk share: a small county on disk, solved once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import rebalance as rb
from rebalance.text import activate
from tests.cli.small import Desk, desk


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Leave in English, whatever a test speaks."""
    activate("en")
    yield
    activate("en")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A county and a scenario on disk."""
    return desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def scenario(place: Desk) -> rb.Scenario:
    """The scenario."""
    return rb.read_scenario(place.scenario)


@pytest.fixture(scope="module")
def outcome(scenario: rb.Scenario) -> rb.Outcome:
    """... and its outcome."""
    return rb.solve(scenario)


@pytest.fixture(scope="module")
def impossible(scenario: rb.Scenario) -> rb.Scenario:
    """More positions for a township than there are."""
    return scenario.but(rb.rules.Pinned((rb.rules.Pin("T1", at_least=30),)), name="Impossible")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a name that a shell would stumble over."""
    return tmp_path / "with a space 与中文"
