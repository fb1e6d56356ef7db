from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rebalance.analysis.cases import Case, solved
from rebalance.analysis.runners import Here, Lost, Pool, Runner, chunks
from rebalance.plans.recorded import outcome_to_json
from rebalance.text import _, activate
from tests.analysis.small import masked, variants


def square(number: int) -> int:
    return number * number


def said(_job: int) -> str:
    return _("unit")


def killed_once(marker: Path) -> str:
    """Kills its own process the first time."""
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


def killed_if_odd(number: int) -> int:
    """Kills its own process every time."""
    if number % 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def wrong(number: int) -> int:
    raise ZeroDivisionError(number)


@pytest.mark.parametrize("make", [Here, lambda: Pool(2)], ids=["here", "pool"])
def test_every_job_is_answered_once(make: Callable[[], Runner]) -> None:
    found = sorted(make().run(square, range(50)))
    assert found == [(number, number * number) for number in range(50)]


def test_nothing_to_do() -> None:
    assert list(Pool(2).run(square, [])) == []


def test_answers_speak_our_language() -> None:
    activate("zh")
    try:
        here, there = (next(iter(runner.run(said, [1]))) for runner in (Here(), Pool(1)))
    finally:
        activate("en")
    assert here == there


def test_a_lost_process_is_made_good(tmp_path: Path) -> None:
    markers = [tmp_path / str(number) for number in range(3)]
    assert sorted(Pool(2).run(killed_once, markers)) == [(number, "done") for number in range(3)]


def test_only_what_breaks_its_process_again_and_again_is_lost() -> None:
    found = dict(Pool(2).run(killed_if_odd, [2, 3, 4]))
    assert sorted(found) == [0, 1, 2]
    assert [number for number, answer in sorted(found.items()) if isinstance(answer, Lost)] == [1]


def test_what_the_work_raises_ends_the_run() -> None:
    with pytest.raises(ZeroDivisionError):
        list(Pool(1).run(wrong, [1]))


def test_stopping_early_ends_the_processes() -> None:
    answers = Pool(2).run(square, range(1000))
    next(answers)
    answers.close()  # type: ignore[attr-defined]


def test_chunks_cover_every_job_once() -> None:
    for count in (0, 1, 31, 200, 1000):
        assert [number for chunk in chunks(count, 2) for number in chunk] == list(range(count))


def answers(runner: Runner, cases: list[Case]) -> list[Any]:
    return list(dict(sorted(runner.run(solved, cases))).values())


def test_the_same_answers_wherever_they_run() -> None:
    cases = [Case(str(total), scenario) for total, scenario in variants(3)]
    texts = [
        [masked(outcome_to_json(found.outcome)) for found in answers(runner, cases)] for runner in (Here(), Pool(2))
    ]
    assert texts[0] == texts[1]


def test_trouble_is_an_answer() -> None:
    broken = Case("broken", None)  # type: ignore[arg-type]
    assert "AttributeError" in solved(broken).trouble
