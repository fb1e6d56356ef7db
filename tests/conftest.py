"""What a campaign does otherwise than an ordinary run: more examples for Hypothesis, new seeds; and it says which."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

from tests.campaign import CASES, SEED, scaled
from tests.langxi import Langxi, shared

settings.register_profile("usual", max_examples=30, deadline=None, derandomize=True, database=None)
settings.register_profile(
    "campaign",
    max_examples=scaled(400),
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Let Hypothesis try as much as fits the run."""
    settings.load_profile("campaign" if _campaign(config) else "usual")
    if _campaign(config):
        config.option.hypothesis_seed = SEED


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Every test of Hypothesis belongs to a campaign too, with more examples."""
    for item in items if _campaign(config) else ():
        if isinstance(item, pytest.Function) and is_hypothesis_test(item.obj):
            item.add_marker("campaign")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how a campaign can be run again with the same cases."""
    if _campaign(config):
        terminalreporter.section("campaign")
        terminalreporter.line(f"The same cases again: REBALANCE_SEED={SEED} REBALANCE_CASES={CASES:g}")


@pytest.fixture(scope="session")
def langxi(tmp_path_factory: pytest.TempPathFactory) -> Langxi:
    """The baseline of the example county, solved to the end."""
    return shared(tmp_path_factory)


def _campaign(config: pytest.Config) -> bool:
    return bool(config.option.markexpr == "campaign")
