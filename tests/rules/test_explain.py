"""Every place that a rule speaks of, to the solver or about a plan, has its sentence in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

import pytest

from rebalance.model.finding import Place
from rebalance.model.plan import plan_of, status_quo
from rebalance.problem.problem import Problem
from rebalance.rules import RULES, Rule
from rebalance.rules.ledgers import Ledgers
from rebalance.scenario.scenario import Scenario
from rebalance.solver.lexicographic import model_of
from rebalance.text import activate
from tests.counties import Dealer, Size, random_county

SIZE = Size(3, 2, 2, 2, 3)
LEFT_OVER = re.compile(r"[{}]|None|Fraction|  ")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Leave in English, whatever a test speaks."""
    yield
    activate("en")


def spoken_of(name: str) -> Iterator[tuple[Problem, Rule, Place]]:
    """Random counties with the rule and all its places: posted, checked on today, checked where all is one too many."""
    for seed in range(40):
        county = random_county(seed, SIZE, reform=75)
        problem, rule = Problem(county), Dealer(Random(seed), SIZE).rule(name, county)
        model = model_of(Scenario("any", problem, {name: rule}, ()))
        wild = plan_of(problem, dict.fromkeys((*model.cells, ("cut", "nobody", "nothing", 1)), 1))
        places = {one.place for one in model.requirements if one.rule}
        places |= {finding.place for plan in (status_quo(problem), wild) for finding in rule.check(plan)}
        yield from ((problem, rule, place) for place in places)


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_place_has_a_sentence_without_anything_left_to_fill_in(name: str, language: str) -> None:
    activate(language)
    sentences = {rule.explain(problem, place) for problem, rule, place in spoken_of(name)}
    assert sentences
    assert [sentence for sentence in sentences if LEFT_OVER.search(sentence) or not sentence.strip()] == []
    chinese = [sentence for sentence in sentences if re.search("[一-鿿]", sentence)]
    assert len(chinese) == (len(sentences) if language == "zh" else 0)


@pytest.mark.parametrize("name", RULES)
def test_the_solver_is_told_nothing_about_a_place_of_which_the_check_does_not_speak(name: str) -> None:
    aspects = {"posted": set[str](), "checked": set[str]()}
    for seed in range(40):
        county = random_county(seed, SIZE, reform=75)
        problem, rule = Problem(county), Dealer(Random(seed), SIZE).rule(name, county)
        model = model_of(Scenario("any", problem, {name: rule}, ()))
        aspects["posted"] |= {one.place.aspect for one in model.requirements if one.rule}
        for doors in (0, 1):
            plan = plan_of(problem, dict.fromkeys(model.cells, doors))
            aspects["checked"] |= {finding.place.aspect for finding in rule.check(plan)}
    assert aspects["posted"] <= aspects["checked"]
    assert Ledgers.law or aspects["posted"]
