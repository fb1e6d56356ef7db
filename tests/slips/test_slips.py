"""Slips of the pen are found all over, are put in force and taken out again, and it is told who notices them."""

from __future__ import annotations

import ast
from itertools import islice

import pytest

from rebalance.goals.few_moves import FewMoves
from tests.counties import Has, Sketch
from tests.rules.judging import done
from tests.slips import __main__ as campaign
from tests.slips.judged import answers, at_odds, cases
from tests.slips.planted import planted
from tests.slips.slip import Slip, slips, source_of

MODULES = campaign.modules()


def slip(module: str, function: str, right: str, wrong: str) -> Slip:
    """The one slip that makes this of that."""
    (found,) = (one for one in slips(module) if (one.function, one.right, one.wrong) == (function, right, wrong))
    return found


@pytest.mark.parametrize("module", MODULES)
def test_every_slip_is_in_the_language_and_makes_a_difference(module: str) -> None:
    source = source_of(module)
    found = slips(module)
    assert found
    lines = source.count(b"\n")
    for one in islice(found, 0, None, 7):
        changed = one.made_in(source)
        assert changed.count(b"\n") == lines
        assert ast.dump(ast.parse(changed)) != ast.dump(ast.parse(source)), one


def test_all_sorts_of_slips_are_found() -> None:
    texts = {(one.right, one.wrong) for one in slips("model.plan")}
    assert {
        ("year - 1", "year + 1"),
        ("agency == WHOLE", "agency != WHOLE"),
        ("min", "max"),
        ("problem.years", "list(problem.years)[1:]"),
        ("sign * now", "now"),
        ("not self.delegated(matter.matter, township, year)", "self.delegated(matter.matter, township, year)"),
        ("row.authorised", "row.in_post"),
    } <= texts


def test_what_is_said_to_people_is_left_out() -> None:
    assert {one.function for one in slips("rules.routes")}.isdisjoint({"explain", "about"})


def test_a_slip_is_in_force_only_as_long_as_it_is_asked_for() -> None:
    plan = done(Sketch(units={"A": Has(5, staff=3)}, townships={"T": 0}), cut={"A": 1}, added={"T": 1})
    wrong = slip("goals.few_moves", "measure", "h in problem.township", "h not in problem.township")
    assert FewMoves().measure(plan) == 2
    with planted(wrong.module, wrong.made_in(source_of(wrong.module))):
        assert FewMoves().measure(plan) == 1
    assert FewMoves().measure(plan) == 2


def test_the_same_seed_draws_the_same_and_every_module_has_its_share() -> None:
    drawn = campaign.drawn(200, 7, MODULES)
    assert drawn == campaign.drawn(200, 7, MODULES) != campaign.drawn(200, 8, MODULES)
    assert {one.module for one in drawn} == set(MODULES)
    assert 190 <= len(drawn) <= 220


def test_the_audit_has_nothing_against_a_faultless_program() -> None:
    scenarios = list(cases("rules.budget"))
    found = list(answers(scenarios))
    assert not any(one.noticed for one in found)
    assert not at_odds(scenarios, found)


def test_a_slip_in_what_model_and_audit_share_is_seen_by_another_audit_only() -> None:
    wrong = slip("model.plan", "used", *USED)
    scenarios = list(cases("model.plan"))
    with planted(wrong.module, wrong.made_in(source_of(wrong.module))):
        found = list(answers(scenarios))
    assert not any(one.noticed for one in found)
    assert at_odds(scenarios, found)


USED = (
    "self.owned(holder, category, year) + self.sent(holder, category, year)",
    "self.owned(holder, category, year) - self.sent(holder, category, year)",
)


def test_the_nearest_tests_are_there() -> None:
    for path in {path.partition("::")[0] for module in MODULES for path in campaign.near(module)}:
        assert (campaign.ROOT / path).exists(), path
