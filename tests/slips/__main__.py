"""`make slips`: slips of the pen all over what a plan's figures pass through, one after the other; who notices them?

Each is tried in two processes of its own, in which the slip is in force: one runs the tests nearest to it, and stops
at the first that fails; the other solves tiny counties and audits the plans. Then the faultless program audits them.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import multiprocessing
import os
import pickle
import resource
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

import pytest

from tests.campaign import SEED
from tests.slips.judged import Answer, answers, at_odds, cases
from tests.slips.planted import planted
from tests.slips.slip import Slip, slips, source_of

ROOT = Path(__file__).parents[2]
PARTS = ("rules", "goals", "problem")
MODEL = ("model.plan", "model.model", "model.ledger_model")
SPOKEN = {"rules.rule", "problem.flow"}
"""Modules in which nothing is decided: what every rule is, and the picture of a matter's way."""

SECONDS = 150
"""Of processor time that the tests, or the solves, may take with a slip; beyond that something runs without end."""

AUDITED = "tests/independent/test_against_the_audit.py::test_both_say_the_same"
EDGES = "tests/rules/test_agreement.py::test_the_solver_forbids_what_the_check_reports"


@dataclass(frozen=True, slots=True)
class Tried:
    """Who noticed a slip: the tests nearest to it, its own program's audit, the audit of the faultless program.

    `fell`: with it, a solve or an audit ended in an error, or not at all.
    """

    slip: Slip
    tests: bool
    fell: bool
    own: bool
    other: bool


def modules() -> list[str]:
    """All that is tried."""
    files = (path for part in PARTS for path in sorted((ROOT / "src" / "rebalance" / part).glob("*.py")))
    found = [f"{path.parent.name}.{path.stem}" for path in files if path.stem != "__init__"]
    return [*(one for one in found if one not in SPOKEN), *MODEL]


def drawn(number: int, seed: int, among: Iterable[str]) -> list[Slip]:
    """About so many slips, of each module its share, of none less than one."""
    dice = Random(f"slips {seed}")
    found = {module: slips(module) for module in among}
    everything = sum(map(len, found.values()))
    shares = {module: max(1, round(number * len(some) / everything)) for module, some in found.items()}
    return [one for module, some in found.items() for one in dice.sample(some, min(shares[module], len(some)))]


def near(module: str) -> list[str]:
    """The tests nearest to a module, the nearest first."""
    part, name = module.split(".")
    own = f"tests/{part}/test_{name}.py"
    first = [own] if (ROOT / own).exists() else []
    small = "tests/independent/test_faults.py::test_without_a_slip_they_say_the_same"
    match part:
        case "rules":
            return [*first, f"{EDGES}[{name}-0]", f"{AUDITED}[{name}-0]"]
        case "goals":
            return [*first, small, "tests/goals/test_few.py", "tests/goals/test_against_all_plans.py"]
        case "problem":
            return [*first, small, "tests/problem"]
        case _model:
            return [small, "tests/model", "tests/rules/test_ledgers.py", f"{EDGES}[ledgers-0]", f"{AUDITED}[ledgers-0]"]


def tried(slip: Slip) -> Tried:
    """The slip, tried."""
    scenarios = list(cases(slip.module))
    fails = _apart(partial(_test, near(slip.module)), slip)
    raw = _apart(lambda: list(answers(scenarios)), slip)
    found: list[Answer] = pickle.loads(raw) if raw else []  # noqa: S301  # a child of ours said it
    own, other = any(one.noticed for one in found), bool(found) and at_odds(scenarios, found)
    return Tried(slip, fails is None or pickle.loads(fails) != pytest.ExitCode.OK, not found, own, other)  # noqa: S301


def _test(paths: Sequence[str]) -> int:
    """How the tests end, file by file, until one fails."""
    codes = (_pytest("-x", path) for path in paths)
    return next((code for code in codes if code != pytest.ExitCode.OK), 0)


def _pytest(*said: str) -> int:
    os.chdir(ROOT)
    code = int(pytest.main(["-q", "-n", "0", "-p", "no:cacheprovider", "--timeout", "0", *said]))
    if code == pytest.ExitCode.USAGE_ERROR:
        raise FileNotFoundError(f"no such tests: {said}")
    return code


def _silently(work: Callable[[], object]) -> object:
    """What a piece of work comes to, whatever it prints left aside."""
    silent = io.StringIO()
    with contextlib.redirect_stdout(silent), contextlib.redirect_stderr(silent):
        return work()


def _apart(work: Callable[[], object], slip: Slip) -> bytes | None:
    """What a piece of work comes to in a process of its own, with a slip; None where it fails or does not end."""
    here, there = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=_work, args=(work, slip, there))
    child.start()
    there.close()
    try:
        return here.recv_bytes()
    except EOFError:
        return None
    finally:
        child.join()


def _work(work: Callable[[], object], slip: Slip, answer: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    with planted(slip.module, slip.made_in(source_of(slip.module))), contextlib.suppress(Exception):
        answer.send_bytes(pickle.dumps(_silently(work)))


def counted(everything: Sequence[Tried]) -> Iterator[str]:
    """A Markdown table: part by part, who noticed how many."""
    yield "| part | slips | the nearest tests | ends in an error | its own audit | a faultless audit | none of these |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    groups = {one.slip.module.split(".")[0]: Counter[str]() for one in everything} | {"all": Counter[str]()}
    for one in everything:
        for name in (one.slip.module.split(".")[0], "all"):
            groups[name].update(["slips"])
            groups[name].update(what for what in ("tests", "fell", "own", "other") if getattr(one, what))
            groups[name].update(["nobody"] if not (one.tests or one.fell or one.own or one.other) else [])
    for name, seen in groups.items():
        figures = (seen[what] for what in ("slips", "tests", "fell", "own", "other", "nobody"))
        yield f"| {name} | " + " | ".join(map(str, figures)) + " |"


def main(arguments: Sequence[str] | None = None) -> None:
    """Try slips, say of each who noticed, and of those that no test did, what they are."""
    parser = argparse.ArgumentParser(prog="make slips", description=__doc__)
    parser.add_argument("--slips", type=int, default=200)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("modules", nargs="*")
    said = parser.parse_args(arguments)
    chosen = drawn(said.slips, said.seed, said.modules or modules())
    print(f"{len(chosen)} slips, SEED={said.seed}", flush=True)
    _silently(partial(_pytest, "--collect-only", *{path for one in chosen for path in near(one.module)}))  # read once
    everything = []
    for number, slip in enumerate(chosen, 1):
        one = tried(slip)
        everything.append(one)
        marks = "".join(
            letter if yes else "-"
            for letter, yes in zip("TEAF", (one.tests, one.fell, one.own, one.other), strict=True)
        )
        print(f"{number:4} {marks} {slip}", flush=True)
    print(*counted(everything), sep="\n")
    print("Not noticed by the nearest tests:", *(one.slip for one in everything if not one.tests), sep="\n  ")


if __name__ == "__main__":
    main()
