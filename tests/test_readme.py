"""What the READMEs, and the guide's pages about the checkout, tell people to type works.

What they show of quick answers is what people see.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rebalance.cli.output import DONE, NO, NO_TIME
from rebalance.cli.program import VERBS, run
from rebalance.goals import GOALS
from rebalance.plans.outcome import Outcome
from rebalance.rules import RULES
from rebalance.scenario.scenario import Scenario
from rebalance.solver import lexicographic
from tests.blocks import IN_THE_CHECKOUT, ROOT, Typed, blocks, sessions, targets, unseen
from tests.cli.conftest import english
from tests.cli.small import TINY, package, scenario

__all__ = ["english"]  # a fixture

READMES = ("README.md", "README.zh.md")
TEXTS = {name: (ROOT / name).read_text(encoding="utf-8") for name in IN_THE_CHECKOUT}
DOCUMENTS = (
    *TEXTS,
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "docs/architecture.md",
    "models/langxi/README.md",
)

ASKED = {"solve", "audit", "why", "explain"}
"""What the sessions of a README ask."""

LONGEST = 200
"""Lines of a README: the rest is in the guide."""

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


def verb(one: Typed) -> str:
    """The verb, behind the option that says the language."""
    return one.words[3] if one.words[1] == "--lang" else one.words[1]


def named_file(one: Typed) -> Path:
    """The plan or scenario that is asked about."""
    return Path(one.words[one.words.index(verb(one)) + 1])


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize(
    ("name", "verbs"),
    [  # much the same questions about the same plan: one of the three every time, all in a campaign
        pytest.param("README.md", ASKED, marks=pytest.mark.campaign),
        ("README.zh.md", ASKED),
        pytest.param("docs/langxi.md", ASKED | {"check"}, marks=pytest.mark.campaign),
    ],
)
def test_commands_do_what_is_said(
    name: str, verbs: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("models", "scenarios"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    ours = [one for one in sessions(TEXTS[name]) if one.words[0] == "rebalance"]
    assert {verb(one) for one in ours} == verbs
    for one in ours:
        if verb(one) in {"audit", "why"} and not named_file(one).exists():
            continue  # a slow machine found no plan in so short a time
        code = run(one.words[1:])
        printed = capsys.readouterr().out.splitlines()
        assert code in expected(one), one.words
        if verb(one) in {"check", "explain"}:
            assert unseen(one.shown, printed) == []


def expected(one: Typed) -> set[int]:
    """The exit codes a command may end with here."""
    answer = NO if "scenarios/impossible.toml" in one.words else DONE
    return {answer, NO_TIME} if answer == DONE and verb(one) == "solve" else {answer}


@pytest.mark.parametrize("name", READMES)
def test_a_readme_is_short(name: str) -> None:
    assert len(TEXTS[name].splitlines()) <= LONGEST


def test_make_knows_every_target() -> None:
    asked = {name: {one.words[1] for one in sessions(TEXTS[name]) if one.words[0] == "make"} for name in READMES}
    assert asked == {name: {"demo", "test"} for name in READMES}
    named = set(re.findall(r"`make ([a-z]+)", "".join((ROOT / name).read_text("utf-8") for name in DOCUMENTS)))
    assert {"demo", "test"} | named <= targets()


@pytest.mark.parametrize("name", READMES)
def test_every_command_in_a_block_is_one_we_try(name: str) -> None:
    assert {one.words[0] for one in sessions(TEXTS[name])} == {"rebalance", "make"}


@pytest.mark.parametrize("name", READMES)
def test_python_runs(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a tiny county that lies where a README looks for Langxi."""
    package(TINY, tmp_path / "models/langxi")
    scenario(tmp_path / "scenarios/baseline.toml", "../models/langxi")
    monkeypatch.chdir(tmp_path)
    (block,) = blocks(TEXTS[name], "python")
    exec(compile(block.text, name, "exec"), {})  # noqa: S102  # our own text
    assert capsys.readouterr().out.splitlines() == [TINY.name, "done True True", "1", "2 positions"]


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("name", READMES)
def test_the_scenario_can_be_read(name: str, tmp_path: Path) -> None:
    for folder in ("models", "scenarios"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (block,) = blocks(TEXTS[name], "toml")
    (tmp_path / "scenarios/one.toml").write_text(block.text, encoding="utf-8")
    assert run(["show", str(tmp_path / "scenarios/one.toml")]) == DONE


def test_both_readmes_show_the_same_scenario_and_code() -> None:
    shown = [[bare(block.text) for block in blocks(TEXTS[name], "toml", "python")] for name in READMES]
    assert shown[0] == shown[1]


def bare(text: str) -> list[str]:
    """Lines without what is said in one language only: comments, and texts in Chinese."""
    lines = (re.sub(r"\s*#.*", "", line) for line in text.splitlines())
    return [line for line in lines if not re.match(r"\w+_zh =", line)]


def test_every_command_rule_and_goal_has_its_line() -> None:
    text = TEXTS["docs/overview.md"]
    assert [name for name in (*RULES, *GOALS) if not re.search(rf"^\| `{name}` \| \S", text, re.MULTILINE)] == []
    heads = "".join(re.findall(r"^\| (`rebalance [^|]+)\|", text, re.MULTILINE))
    assert [name for name in VERBS if not re.search(rf"\b{name}\b", heads)] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    file = ROOT / name
    links = re.findall(r"\]\(([^)#:]+)\)", file.read_text(encoding="utf-8"))
    assert [link for link in links if not (file.parent / link).exists()] == []
