"""What the README tells people to type works, and what it shows of quick answers is what they see."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rebalance.cli.program import run
from rebalance.cli.trouble import DONE, NO, NO_TIME
from rebalance.goals import GOALS
from rebalance.outcome import Outcome
from rebalance.rules import RULES
from rebalance.scenario import Scenario
from rebalance.solving import lexicographic
from rebalance.words import activate
from tests.cli.small import TINY, package, scenario

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md", "models/langxi/README.md")

LIMIT = 5.0
"""Seconds that a solve gets here: enough for a plan, not for the proofs."""

BASELINE = "Langxi, baseline"

LEFT_OUT = "…"


def blocks(language: str) -> list[str]:
    """The fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def sessions() -> Iterator[tuple[list[str], list[str]]]:
    """Every command as words, with the lines shown below it."""
    for block in blocks("bash"):
        yield from ((shlex.split(line), []) for line in block.splitlines())
    for block in blocks("console"):
        for session in block.split("$ ")[1:]:
            command, *shown = session.splitlines()
            yield shlex.split(command), shown


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Speak English, whatever the machine speaks."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    yield
    activate("en")


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every solve of the baseline a limit, also where a command has no option for it."""
    patient: Callable[..., Outcome] = lexicographic.solve

    def solve(asked: Scenario, **settings: Any) -> Outcome:  # noqa: ANN401  # whatever the program passes
        return patient(asked, **settings | ({"limit": LIMIT} if asked.name == BASELINE else {}))

    monkeypatch.setattr(lexicographic, "solve", solve)


@pytest.mark.usefixtures("english", "hurried")
def test_commands_do_what_the_readme_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("models", "scenarios"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    ours = [(words, shown) for words, shown in sessions() if words[0] == "rebalance"]
    assert {words[1] for words, _shown in ours} == {"check", "solve", "audit", "why", "explain"}
    for words, shown in ours:
        if words[1] in {"audit", "why"} and not Path(words[2]).exists():
            continue  # a slow machine found no plan in so short a time
        code = run(words[1:])
        printed = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
        assert code in expected(words), words
        if words[1] in {"check", "explain"}:
            assert [line for line in shown if line != LEFT_OUT and line not in printed] == []


def expected(words: list[str]) -> set[int]:
    """The exit codes a command may end with here."""
    answer = NO if "scenarios/impossible.toml" in words else DONE
    return {answer, NO_TIME} if answer == DONE and words[1] == "solve" else {answer}


def test_make_knows_every_target() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    asked = {words[1] for words, _shown in sessions() if words[0] == "make"}
    assert asked == {"demo", "test"}
    named = set(re.findall(r"`make ([a-z]+)", "".join((ROOT / name).read_text("utf-8") for name in DOCUMENTS)))
    assert asked | named <= targets


def test_every_command_in_a_block_is_one_we_try() -> None:
    assert {words[0] for words, _shown in sessions()} == {"rebalance", "make"}


@pytest.mark.usefixtures("english")
def test_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """On a tiny county that lies where the README looks for Langxi."""
    package(TINY, tmp_path / "models/langxi")
    scenario(tmp_path / "scenarios/baseline.toml", "../models/langxi")
    monkeypatch.chdir(tmp_path)
    (block,) = blocks("python")
    exec(compile(block, "README.md", "exec"), {})  # noqa: S102  # our own text
    assert capsys.readouterr().out.splitlines() == [TINY.name, "done True True", "1", "2 positions"]


@pytest.mark.usefixtures("english")
def test_the_scenarios_can_be_read(tmp_path: Path) -> None:
    for folder in ("models", "scenarios"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    one, family = blocks("toml")
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
