"""What the README tells people to type works, and what it shows of quick answers is what they see."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rebalance.cli.output import DONE, NO, NO_TIME
from rebalance.cli.program import run
from rebalance.goals import GOALS
from rebalance.plans.outcome import Outcome
from rebalance.rules import RULES
from rebalance.scenario.scenario import Scenario
from rebalance.solver import lexicographic
from tests.blocks import ROOT, blocks, sessions, targets, unseen
from tests.cli.conftest import english
from tests.cli.small import TINY, package, scenario

__all__ = ["english"]  # a fixture

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md", "models/langxi/README.md")

LIMIT = 5.0
"""Seconds that a solve gets here: enough for a plan, not for the proofs."""

BASELINE = "Langxi, baseline"


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every solve of the baseline a limit, also where a command has no option for it."""
    patient: Callable[..., Outcome] = lexicographic.solve

    def solve(asked: Scenario, **settings: Any) -> Outcome:  # noqa: ANN401  # whatever the program passes
        return patient(asked, **settings | ({"limit": LIMIT} if asked.name == BASELINE else {}))

    monkeypatch.setattr(lexicographic, "solve", solve)


@pytest.mark.usefixtures("hurried")
def test_commands_do_what_the_readme_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("models", "scenarios"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    ours = [one for one in sessions(README) if one.words[0] == "rebalance"]
    assert {one.words[1] for one in ours} == {"check", "solve", "audit", "why", "explain"}
    for one in ours:
        if one.words[1] in {"audit", "why"} and not Path(one.words[2]).exists():
            continue  # a slow machine found no plan in so short a time
        code = run(one.words[1:])
        printed = capsys.readouterr().out.splitlines()
        assert code in expected(one.words), one.words
        if one.words[1] in {"check", "explain"}:
            assert unseen(one.shown, printed) == []


def expected(words: tuple[str, ...]) -> set[int]:
    """The exit codes a command may end with here."""
    answer = NO if "scenarios/impossible.toml" in words else DONE
    return {answer, NO_TIME} if answer == DONE and words[1] == "solve" else {answer}


def test_make_knows_every_target() -> None:
    asked = {one.words[1] for one in sessions(README) if one.words[0] == "make"}
    assert asked == {"demo", "test"}
    named = set(re.findall(r"`make ([a-z]+)", "".join((ROOT / name).read_text("utf-8") for name in DOCUMENTS)))
    assert asked | named <= targets()


def test_every_command_in_a_block_is_one_we_try() -> None:
    assert {one.words[0] for one in sessions(README)} == {"rebalance", "make"}


def test_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """On a tiny county that lies where the README looks for Langxi."""
    package(TINY, tmp_path / "models/langxi")
    scenario(tmp_path / "scenarios/baseline.toml", "../models/langxi")
    monkeypatch.chdir(tmp_path)
    (block,) = blocks(README, "python")
    exec(compile(block.text, "README.md", "exec"), {})  # noqa: S102  # our own text
    assert capsys.readouterr().out.splitlines() == [TINY.name, "done True True", "1", "2 positions"]


@pytest.mark.usefixtures("english")
def test_the_scenarios_can_be_read(tmp_path: Path) -> None:
    for folder in ("models", "scenarios"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    one, family = (block.text for block in blocks(README, "toml"))
    for text, address in ((one, "one.toml"), (family, "family.toml"), (family, "family.toml#fifteen")):
        (tmp_path / "scenarios" / address.partition("#")[0]).write_text(text, encoding="utf-8")
        assert run(["show", str(tmp_path / "scenarios" / address)]) == DONE


def test_every_rule_and_goal_has_its_line() -> None:
    assert [name for name in (*RULES, *GOALS) if not re.search(rf"^\| `{name}` \| \S", README, re.MULTILINE)] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    file = ROOT / name
    links = re.findall(r"\]\(([^)#:]+)\)", file.read_text(encoding="utf-8"))
    assert [link for link in links if not (file.parent / link).exists()] == []
