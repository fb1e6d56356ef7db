"""In the kernel of a real notebook: values are shown as HTML, progress comes and goes, and the stop button works."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from tests.cli.small import Desk

SETUP = """
import signal
from dataclasses import dataclass
from typing import ClassVar

import rebalance as rb

rb.speak("zh")
scenario = rb.read_scenario({file!r})
"""
OWN = '''
@dataclass(frozen=True)
class Nobody:
    """No township receives anything."""

    source: str = ""
    law: bool = False
    tables: ClassVar[tuple[str, ...]] = ()

    def post(self, draft):
        for place in self._places(draft.problem):
            draft.require(draft.added(*place).equals(0), rb.Place(place[0]))

    def check(self, plan):
        for place in self._places(plan.problem):
            yield rb.Finding(rb.Place(place[0]), plan.added(*place), 0, 0)

    def explain(self, problem, place):
        return "nothing for " + problem.name(place.holder)

    @staticmethod
    def _places(problem):
        return [(t, c, y) for t in problem.townships for c in problem.categories for y in problem.years]
'''
STOPPED = """
class Stop:
    def started(self, goal, number, count): pass
    def improved(self, value, bound): pass
    def ended(self, result): signal.raise_signal(signal.SIGINT)

stopped = rb.solve(scenario, progress=Stop())
print(stopped.ending.value, stopped.plan is not None, rb.audit(stopped).lawful)
"""
CELLS = (
    SETUP,
    "outcome = rb.solve(scenario)",
    "outcome",
    OWN + "mine = rb.solve(scenario.but(Nobody()), quiet=True)\nprint(mine.plan.down, rb.audit(mine).lawful)",
    "print(len(rb.sweep(scenario.but(Nobody()), [{}, {}], workers=2)))",
    "rb.save(mine, 'plan.json'); print(rb.read_plan('plan.json', allow_plugins=True).plan == mine.plan)",
    STOPPED,
    "rb.audit(outcome)",
)


@pytest.fixture(scope="module")
def run(place: Desk, tmp_path_factory: pytest.TempPathFactory) -> list[list[Any]]:
    """The outputs of every cell."""
    cells = [nbformat.v4.new_code_cell(text.replace("{file!r}", repr(str(place.scenario)))) for text in CELLS]
    book = nbformat.v4.new_notebook(cells=cells)
    folder: Path = tmp_path_factory.mktemp("notebook")
    NotebookClient(book, timeout=250, resources={"metadata": {"path": str(folder)}}).execute()
    return [cell.outputs for cell in book.cells]


def printed(outputs: list[Any]) -> str:
    """What a cell printed."""
    return "".join(one.text for one in outputs if one.output_type == "stream" and one.name == "stdout").strip()


def test_progress_is_gone_when_all_is_done(run: list[list[Any]]) -> None:
    (line,) = run[1]
    assert line.output_type == "display_data"
    assert line.data == {"text/html": "", "text/plain": ""}


def test_a_value_is_shown_in_the_language_chosen_cells_before(run: list[list[Any]]) -> None:
    (shown,) = run[2]
    assert "各个目标均已证明" in shown.data["text/html"]
    assert shown.data["text/plain"].startswith("Outcome(Tiny")


def test_a_rule_of_the_notebook_is_enforced_audited_swept_and_saved(run: list[list[Any]]) -> None:
    assert printed(run[3]) == "0 True"
    assert printed(run[4]) == "2"
    assert "Nobody" in "".join(one.text for one in run[4] if one.output_type == "stream" and one.name == "stderr")
    assert printed(run[5]) == "True"


def test_an_answer_is_one_output_without_colours(run: list[list[Any]]) -> None:
    (shown,) = run[7]
    assert "<p" in shown.data["text/html"]
    assert "各项规则均成立" in shown.data["text/plain"]
    assert "\x1b" not in shown.data["text/plain"]


def test_the_stop_button_keeps_the_best_plan(run: list[list[Any]]) -> None:
    assert printed(run[6]) == "interrupted True True"
