from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import threading
from fractions import Fraction

import pytest

from benchmarks.generator import generate
from benchmarks.generator import scenario as asked
from rebalance.api import progress as shown
from rebalance.api.progress import Lively, Plain, progress
from rebalance.goals.few_units_touched import FewUnitsTouched
from rebalance.goals.fill_shortages import FillShortages
from rebalance.goals.goal import Goal, Value, better
from rebalance.goals.worst_off_first import WorstOffFirst
from rebalance.plans.reached import GoalResult
from rebalance.screen import Screen
from rebalance.solver.engine import Silent
from rebalance.solver.lexicographic import solve
from tests.cli.small import Desk

GOALS: tuple[Goal, ...] = (FillShortages(), FewUnitsTouched())
RESULT = GoalResult("fill_shortages", 1250, 1250, proven=True, seconds=0.25)


Captured = pytest.CaptureFixture[str]


def test_each_goal_ends_with_a_line(capsys: Captured) -> None:
    with progress(GOALS, quiet=False) as watch:
        watch.started("fill_shortages", 1, 2)
        watch.improved(1300, 1200)
        watch.ended(RESULT)
    assert capsys.readouterr().err == "goal 1/2 fill_shortages: positions short: 12.50, proven, 0.2 s\n"


def test_a_long_goal_says_now_and_then_how_it_goes(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown, "SELDOM", 0.0)
    with progress(GOALS, quiet=False) as watch:
        watch.started("fill_shortages", 1, 2)
        watch.improved(1300, 1200)
    assert capsys.readouterr().err == "goal 1/2 fill_shortages: positions short: 13.00 now, at best 12.00, 0 s\n"


def test_of_shares_the_worst_is_said_the_best_it_can_be_and_how_many_stay_as_they_are() -> None:
    watch = Lively((WorstOffFirst(),), Screen(io.StringIO()))
    watch.started("worst_off_first", 1, 1)
    worst, best = (Fraction(9, 10), 2), ((Fraction(19, 20), 7),)
    watch.improved((worst, (Fraction(1), 5)), None)
    assert watch.__rich__().plain.startswith("goal 1/1 worst_off_first: worst 90.0 %, 0 of 7 steady, ")
    watch.improved((worst, (Fraction(1), 5)), best)
    assert watch.__rich__().plain.startswith("goal 1/1 worst_off_first: worst 90.0 % (≤ 95.0 %), 0 of 7 steady, ")
    watch.improved((worst, (Fraction(11, 10), 5)), best)
    assert watch.__rich__().plain.startswith("goal 1/1 worst_off_first: worst 90.0 % (≤ 95.0 %), 2 of 7 steady, ")
    watch.started("worst_off_first", 1, 1)
    watch.improved((worst, (Fraction(11, 10), 5)), best)
    assert "0 of 7 steady" in watch.__rich__().plain


def test_a_solve_tells_of_goals_in_their_own_unit_only() -> None:
    """Neither the questions of a climb nor those after any plan are told, whose numbers mean nothing to anybody."""
    heard: dict[str, list[tuple[Value, Value | None]]] = {}

    class Hearing(Silent):
        def started(self, goal: str, number: int, count: int) -> None:
            self.now = heard.setdefault(goal, [])

        def improved(self, value: Value, bound: Value | None) -> None:
            self.now.append((value, bound))

    outcome = solve(
        asked(generate(6, 3, 2, 2), (FillShortages(), WorstOffFirst(), FewUnitsTouched())), progress=Hearing()
    )
    assert outcome.proven
    climbed = heard["worst_off_first"]
    reached = outcome.goals[1].value
    assert climbed
    for value, bound in climbed:
        assert isinstance(value, tuple)
        assert isinstance(bound, tuple)
        assert not better(value, bound)
    assert isinstance(reached, tuple)
    assert climbed[0][1] is not None
    assert not better(reached, climbed[0][1])
    for result in (outcome.goals[0], outcome.goals[2]):
        assert all(isinstance(value, int) for value, _bound in heard[result.name])


def test_quiet_is_quiet(capsys: Captured) -> None:
    with progress(GOALS, quiet=True) as watch:
        watch.started("fill_shortages", 1, 2)
        watch.improved(3, 2)
        watch.ended(RESULT)
    assert capsys.readouterr().err == ""


def test_the_solver_may_report_from_its_own_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(shown, "SELDOM", 0.0)
    watch = Plain(GOALS, Screen(stream), under_way="{goal} 现 {value} 界 {bound} {seconds}")
    watch.started("fill_shortages", 1, 2)
    thread = threading.Thread(target=watch.improved, args=(0, 0))
    thread.start()
    thread.join()
    assert stream.getvalue() == "goal 1/2 fill_shortages 现 positions short: 0.00 界 0.00 0\n"


def test_the_live_line_says_where_things_stand() -> None:
    watch = Lively(GOALS, Screen(io.StringIO()))
    assert watch.__rich__().plain.startswith("looking for a first plan … ")
    watch.started("few_units_touched", 2, 2)
    assert watch.__rich__().plain.startswith("goal 2/2 few_units_touched … ")
    watch.improved(8, 6)
    assert watch.__rich__().plain.startswith("goal 2/2 few_units_touched: units: 8 now, at best 6, ")


@pytest.mark.skipif(os.name == "nt", reason="no such terminals there")
def test_on_a_terminal_the_line_lives_and_the_answer_stays_clean(tiny: Desk) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "rebalance", "solve", str(tiny.scenario), "--out", str(tiny.out)]
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=environment) as process:
        os.close(theirs)
        out = (process.stdout or io.BytesIO()).read()
        err = b"".join(iter(lambda: _read(ours), b""))
    os.close(ours)
    assert process.returncode == 0
    assert b"\x1b" not in out
    assert b"\x1b" in err
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", err.decode())
    assert "goal 5/5 canonical" in plain


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # nobody is at the other end any more
        return b""
