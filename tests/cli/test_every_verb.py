"""In a campaign: every verb that asks something, on the example county and its baseline solved to the end."""

from __future__ import annotations

from pathlib import Path

import pytest

import rebalance as rb
from rebalance.cli.program import VERBS
from tests.cli.small import LANGXI, rebalance
from tests.langxi import BASELINE, Langxi

pytestmark = pytest.mark.campaign

SCENARIOS = BASELINE.parent
LIMIT = ("--time-limit", "300", "--quiet")
PLAN, OUT = "PLAN", "OUT"
"""Stand for the plan of the baseline, and for a folder."""

ASKED: dict[str, tuple[str | Path, ...]] = {
    "check": (LANGXI,),
    "show": (BASELINE, "--demand"),
    "audit": (PLAN,),
    "runs": (),
    "compare": (BASELINE, SCENARIOS / "fifteen_percent.toml", *LIMIT),
    "sweep": (BASELINE, "--set", "rules.cut_above_add_below.share=0.10,0.20", *LIMIT),
    "frontier": (BASELINE, "worst_off_first", "few_units_touched", *LIMIT),
    "alternatives": (BASELINE, "--count", "1", *LIMIT),
    "stress": (BASELINE, "--demand", "0.9..1.1", "--cases", "50", *LIMIT),
    "explain": (SCENARIOS / "impossible.toml", "--repairs", "1"),
    "why": (PLAN, "341821110", "--at-least", "76"),
    "range": (PLAN, "--quiet"),
    "price": (PLAN, "--quiet"),
    "export": (PLAN, "--to", OUT),
}
ELSEWHERE = {"import", "template", "new", "solve", "review", "submit", "approve", "return", "demo"}
"""They write or record something, and take no longer for a large county; `solve` has made the plan."""

ANSWERED = {"explain": {0, 1}, "frontier": {0, 3}, "alternatives": {0, 3}}
"""What else a verb may end with: that the scenario is impossible, or that there was no time for more."""


def test_every_verb_is_tried_or_left_to_others() -> None:
    assert ASKED.keys() | ELSEWHERE == VERBS.keys()


@pytest.mark.parametrize("verb", ASKED)
def test_it_answers(
    verb: str, langxi: Langxi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REBALANCE_STORE", str(langxi.store))
    rb.save(langxi.outcome, tmp_path / "plan.json")
    standing = {PLAN: tmp_path / "plan.json", OUT: tmp_path / "out"}
    words = [standing.get(word, word) if isinstance(word, str) else word for word in ASKED[verb]]
    assert rebalance(verb, *words) in ANSWERED.get(verb, {0})
    said = capsys.readouterr()
    assert said.out or (tmp_path / "out").exists()
    assert "Traceback" not in said.err
