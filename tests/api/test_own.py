"""Rules and goals written by whoever sits at the desk: enforced, audited, swept, and said where they cannot go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest

import rebalance as rb
from rebalance import total
from tests.own import AtMostEach, Nothing, SpareOne


@dataclass(frozen=True)
class Lazy(AtMostEach):
    """A rule whose `post` forgets what its `check` asks."""

    def post(self, model: rb.Draft) -> None:
        """Nothing."""


@dataclass
class CanChange:
    """A rule that is not frozen."""

    source: str = ""
    law: bool = False
    tables: ClassVar[tuple[str, ...]] = ()

    def post(self, model: rb.Draft) -> None:
        """Nothing."""

    def check(self, plan: rb.Plan) -> Iterator[rb.Finding]:
        """Nothing."""
        return iter(())

    def explain(self, problem: rb.Problem, place: rb.Place) -> str:
        """Nothing."""
        return ""


def received(outcome: rb.Outcome) -> dict[str, int]:
    """What each township has at the end beyond today."""
    table = outcome.positions()
    ends = table[table["holder"].str.startswith("T")].groupby("holder")
    return {str(name): int(rows["after"].iloc[-1] - rows["before"].iloc[0]) for name, rows in ends}


def test_a_rule_is_enforced_and_audited(scenario: rb.Scenario, outcome: rb.Outcome) -> None:
    assert max(received(outcome).values()) > 1
    found = rb.solve(scenario.but(AtMostEach(1)))
    assert received(found) == {"T1": 1, "T2": 1}
    assert found.findings(everything=True).query("rule == 'at_most_each'")["found"].tolist() == [1, 1]
    assert rb.audit(found).lawful
    broken = rb.audit(scenario.but(AtMostEach(1)), outcome.plan)
    assert {rule for rule, _finding in broken.broken} == {"at_most_each"}
    assert "T1 receives at most 1." in repr(broken)


def test_the_audit_does_not_believe_what_was_posted(scenario: rb.Scenario) -> None:
    found = rb.solve(scenario.but(Lazy(0)))
    assert not rb.audit(found).lawful
    assert "THE AUDIT DOES NOT AGREE" in found._repr_html_()
    with pytest.raises(ValueError, match=r"The plan does not pass the audit: Tiny: broken: 2"):
        rb.why(found, "T1")


def test_a_goal_is_pursued_and_measured(scenario: rb.Scenario, outcome: rb.Outcome) -> None:
    given = outcome.positions().query("holder == 'U1'")
    assert given["after"].iloc[-1] < given["before"].iloc[0]
    found = rb.solve(scenario.but(goals=[SpareOne("U1"), "fill_shortages"]))
    assert found.reached()[["goal", "value"]].iloc[0].tolist() == ["spare_one", 0]
    assert found.reached()["proven"].all()
    assert not rb.audit(found).mismatches
    assert rb.frontier(found.scenario, ["spare_one", "fill_shortages"]).complete


def test_they_can_be_compared_explained_and_shown(scenario: rb.Scenario, outcome: rb.Outcome) -> None:
    mine = scenario.but(AtMostEach(1), SpareOne("U1"), name="Mine")
    found = rb.compare([outcome, mine])
    assert found.asked().set_index(["scenario", "path"])["value"]["Mine", "rules.at_most_each.most"] == 1
    assert "at_most_each" in mine._repr_html_()
    explained = rb.explain(mine.but(rb.rules.Pinned((rb.rules.Pin("T1", at_least=8),))))
    assert set(explained.members()["rule"]) == {"at_most_each", "pinned"}
    assert rb.solve(explained.scenario(1)).plan is not None


def test_their_parameters_can_be_swept_in_other_processes(scenario: rb.Scenario) -> None:
    found = rb.sweep(scenario.but(AtMostEach(1)), {"rules.at_most_each.most": [0, 1]}, workers=2)
    assert found.cases()["received"].tolist() == [0, 2]


def test_what_cannot_be_sent_runs_here_and_it_says_so(scenario: rb.Scenario) -> None:
    @dataclass(frozen=True)
    class Local(AtMostEach):
        """A rule that no other process could find."""

    mine = scenario.but(Local(1))
    with pytest.warns(UserWarning, match="Local can only be used in this process, so all cases run here"):
        found = rb.sweep(mine, {"rules.local.most": [0, 1]}, workers=2)
    assert found.cases()["received"].tolist() == [0, 2]
    assert len(rb.sweep(mine, {"rules.local.most": [1]})) == 1


def test_answers_are_kept_but_never_taken_from_the_store(scenario: rb.Scenario, tmp_path: Path) -> None:
    rows = [{"rules.at_most_each.most": 1}]
    runs = [rb.sweep(scenario.but(AtMostEach(1)), rows, store=tmp_path / "runs.db")[0] for _time in range(2)]
    assert [(run.run, run.known) for run in runs] == [(1, False), (2, False)]
    ours = [rb.sweep(scenario, [{}], store=tmp_path / "runs.db")[0] for _time in range(2)]
    assert [(run.run, run.known) for run in ours] == [(3, False), (3, True)]


def test_a_plan_with_them_can_be_saved_and_read_where_that_is_allowed(scenario: rb.Scenario, tmp_path: Path) -> None:
    found = rb.solve(scenario.but(AtMostEach(1)))
    file = rb.save(found, tmp_path / "out/plan.json")
    with pytest.raises(
        rb.FaultsError, match=r"brings code of its own \(got 'tests\.own:AtMostEach'\).*allow_plugins=True"
    ):
        rb.read_plan(file)
    assert rb.read_plan(file, allow_plugins=True).plan == found.plan
    with pytest.raises(rb.FaultsError, match="brings code of its own"):
        rb.read_plan(file)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (Nothing(), "Nothing is neither a rule nor a goal: it lacks tables, source, law, post, check, explain. A rule"),
        (CanChange(), r"CanChange can be changed\. Write @dataclass\(frozen=True\) above its class\."),
    ],
)
def test_what_has_another_shape_is_refused(scenario: rb.Scenario, part: rb.Rule, said: str) -> None:
    with pytest.raises(TypeError, match=said):
        scenario.but(part)


def test_an_id_that_names_nothing_is_a_fault(scenario: rb.Scenario) -> None:
    with pytest.raises(rb.FaultsError, match=r"goals\[5\]\.unit: unknown id \(got 'U9'\)"):
        scenario.but(SpareOne("U9"))


def test_sums_of_unknowns_are_at_hand() -> None:
    assert total((1, 2)).constant == 3
