"""The program as a whole: help, languages, wrong use, and whatever may go wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rebalance.api import start as package
from rebalance.cli.program import VERBS, program
from rebalance.text import _, activate
from tests.cli.small import LANGXI, Desk, desk, spawned
from tests.cli.small import rebalance as run

HEAVY = {"rich", "cattrs", "openpyxl", "ortools", "pandas", "numpy", "matplotlib"}


def test_help_names_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0
    printed = capsys.readouterr().out
    assert all(f"\n  {verb} " in printed for verb in VERBS)
    assert not any(text.endswith("...") for text in printed.splitlines()[1:]), "a short help was cut"
    assert max(map(len, printed.splitlines())) <= 80


def test_without_a_word_there_is_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    assert capsys.readouterr().out.startswith("Usage: rebalance")


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(verb, "-h") == 0
    assert capsys.readouterr().out.startswith(f"Usage: rebalance {verb}")


@pytest.mark.parametrize("verb", VERBS)
def test_every_parameter_says_what_it_is(verb: str) -> None:
    group = program()
    command = group.get_command(group.context_class(group, info_name="rebalance"), verb)
    assert command is not None
    assert [param.name for param in command.params if not getattr(param, "help", None)] == []


def test_help_loads_nothing_heavy() -> None:
    code = "import sys; from rebalance.cli.program import run; run(['--help']); print(*sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    modules = set(result.stdout.splitlines()[-1].split())
    assert "rebalance.cli.solve" in modules
    assert modules & HEAVY == set()


@pytest.mark.parametrize(
    "args",
    [
        ["--lang", "zh", "check", "--help"],
        ["check", "--lang=zh", "--help"],
        ["check", "--help", "--lang", "zh"],
    ],
    ids=["before", "joined", "last"],
)
def test_the_language_may_stand_anywhere(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*args) == 0
    activate("zh")
    printed = capsys.readouterr().out
    assert printed.startswith(_("Usage: "))
    assert _("Options") in printed
    assert _("Show this text and exit.") in printed


def test_the_environment_chooses_the_language(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert run("check", LANGXI) == 0
    assert "郎溪县" in capsys.readouterr().out
    assert run("check", LANGXI, "--lang", "en") == 0
    assert "郎溪县" not in capsys.readouterr().out


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_version(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(option) == 0
    assert capsys.readouterr().out.startswith("rebalance ")


@pytest.mark.parametrize("words", [["help"], ["help", "why"]], ids=" ".join)
def test_help_as_a_word_is_help_as_an_option(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*words) == 0
    asked = capsys.readouterr().out
    assert run(*words[1:], "--help") == 0
    assert capsys.readouterr().out == asked


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("REBALANCE_LANG", "fr", "REBALANCE_LANG: no such language (got 'fr'). Accepted: en, zh."),
        ("REBALANCE_TIME_LIMIT", "soon", "REBALANCE_TIME_LIMIT: not accepted (got 'soon')."),
        ("REBALANCE_WORKERS", "many", "REBALANCE_WORKERS: not accepted (got 'many')."),
    ],
)
def test_what_the_environment_says_is_checked_as_an_option_is(
    variable: str, value: str, expected: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(variable, value)
    assert run("solve", "a", "--out", "b") == 2
    assert expected in capsys.readouterr().err


def test_the_environment_limits_the_time_and_an_option_comes_first(
    tiny: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REBALANCE_TIME_LIMIT", "0.000001")
    assert run("solve", tiny.scenario, "--out", tiny.out, "--quiet") == 3
    assert run("solve", tiny.scenario, "--out", tiny.out, "--quiet", "--time-limit", "60") == 0
    capsys.readouterr()


@pytest.mark.parametrize("words", [["--json"], ["--format", "json"], ["--format", "csv"]], ids=" ".join)
def test_programs_get_unicode_whatever_the_console_speaks(words: list[str], tmp_path: Path) -> None:
    place = desk(tmp_path)
    about = place.folder / "models/tiny/county.toml"
    about.write_text(about.read_text("utf-8").replace('name = "Tiny', 'name = "𠮷例县', 1), "utf-8")
    verb = ["check", "models/tiny"] if words == ["--json"] else ["compare", "scenarios/tiny.toml"]
    environment = {**os.environ, "PYTHONIOENCODING": "gbk", "REBALANCE_LANG": "zh"}
    command = [sys.executable, "-m", "rebalance", *verb, *words]
    found = subprocess.run(command, check=True, capture_output=True, cwd=place.folder, env=environment).stdout
    text = found.decode("utf-8")
    if "csv" not in words:
        json.loads(text)


def test_a_csv_that_goes_into_a_file_has_its_mark(tiny: Desk, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "rebalance", "compare", str(tiny.scenario), "--format", "csv", "--quiet"]
    with (tmp_path / "answer.csv").open("wb") as file:
        subprocess.run(command, check=True, stdout=file, stderr=subprocess.DEVNULL)
    assert (tmp_path / "answer.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    piped = subprocess.run(command, check=True, capture_output=True).stdout
    assert not piped.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (
            ["chek"],
            f"no such verb (got 'chek'). Accepted: {', '.join(VERBS)}. Did you mean 'check'?",
        ),
        (["check"], "PACKAGE is missing."),
        (["check", "a", "b"], "b"),
        (["check", "a", "--jsn"], "no such option (got '--jsn'). Did you mean '--json'?"),
        (["--lang", "fr", "check"], "--lang: no such language (got 'fr'). Accepted: en, zh."),
        (["--lang"], "--lang: no such language (got ''). Accepted: en, zh."),
        (["solve", "a"], "--out is missing."),
        (["solve", "a", "--out", "b", "--time-limit", "0"], "--time-limit: not accepted (got '0')."),
        (["solve", "a", "--out", "b", "--time-limit", "nan"], "--time-limit: not accepted (got 'nan')."),
        (["solve", "a", "--out", "b", "--workers", "0"], "Accepted: a whole number from 1 to 512."),
        (["solve", "a", "--out", "b", "--seed", "1e3"], "--seed: not accepted (got '1e3')."),
        (["solve", "a", "--out", "b", "--seed", "9" * 5000], "--seed: not accepted"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else "",
)
def test_wrong_use_is_explained(args: list[str], expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*args) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert expected in printed.err
    assert "--help" in printed.err
    assert "Traceback" not in printed.err


def test_after_two_dashes_nothing_is_an_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "--", "--lang") == 1
    assert "--lang: there is no such file or folder." in capsys.readouterr().out


def broken(_path: Path) -> None:
    raise ValueError("a [bold]bug[/bold]\nof ours")


def test_our_own_mistakes_are_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(package, "read_package", broken)
    assert run("check", "x") == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("internal error: ValueError: a [bold]bug[/bold] of ours. ")
    assert len(printed.err.splitlines()) == 1


def test_those_who_ask_get_the_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("REBALANCE_DEBUG", "1")
    monkeypatch.setattr(package, "read_package", broken)
    assert run("check", "x") == 1
    assert "Traceback" in capsys.readouterr().err


def interrupted(_path: Path) -> None:
    raise KeyboardInterrupt


def test_an_interrupt_is_no_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(package, "read_package", interrupted)
    assert run("check", "x") == 130
    assert capsys.readouterr().err.strip() == "Stopped."


@pytest.mark.skipif(os.name == "nt", reason="pipes end otherwise there")
@pytest.mark.parametrize("args", [["check", LANGXI], ["check", LANGXI, "--json"]], ids=["text", "json"])
def test_a_reader_who_leaves_is_no_trouble(args: list[str | Path]) -> None:
    command = [sys.executable, "-m", "rebalance", *map(str, args)]
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        result = subprocess.run(command, check=False, stdout=pipe, stderr=subprocess.PIPE)
    assert (result.stderr, result.returncode) == (b"", 141)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk here")
def test_a_full_disk_is_a_sentence() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        command = [sys.executable, "-m", "rebalance", "check", str(LANGXI)]
        result = subprocess.run(command, check=False, stdout=full, stderr=subprocess.PIPE, text=True)
    assert result.returncode != 0
    assert "Traceback" not in result.stderr


def test_any_encoding_will_do(tiny: Desk) -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    result = spawned("--lang", "zh", "check", LANGXI, env=environment)
    assert result.returncode == 0
    assert "\\u90ce\\u6eaa" in result.stdout
    assert result.stdout.isascii()
    assert spawned("show", tiny.scenario, env=environment).returncode == 0


def test_the_module_runs_like_the_program() -> None:
    assert spawned("--version").stdout.startswith("rebalance ")
