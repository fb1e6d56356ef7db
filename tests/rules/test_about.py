"""What is said about a rule stands with the rule."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rebalance.rules import RULES, about
from rebalance.text import activate
from tests.own import AtMostEach


@pytest.fixture
def chinese() -> Iterator[None]:
    activate("zh")
    yield
    activate("en")


@pytest.mark.parametrize("name", RULES)
def test_a_rule_has_a_title(name: str) -> None:
    title = about(RULES[name], name).title
    assert title.isascii()
    assert title != name


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("name", RULES)
def test_and_one_in_chinese(name: str) -> None:
    assert not about(RULES[name], name).title.isascii()


def test_no_two_rules_have_the_same_title_or_are_equally_telling() -> None:
    said = [kind.about() for kind in RULES.values()]
    assert len({one.title for one in said}) == len(said)
    ranks = [one.telling for one in said if one.telling is not None]
    assert len(set(ranks)) == len(ranks)


def test_a_rule_of_ones_own_goes_by_its_name() -> None:
    assert about(AtMostEach(1), "at_most_each").title == "at_most_each"
