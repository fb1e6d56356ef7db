"""Out of time, or stopped by Ctrl-C: the best plan so far is kept, and what is said about it is true."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Thread, Timer

import pytest

from benchmarks.generator import generate
from benchmarks.generator import scenario as asked
from rebalance.goals.goal import better
from rebalance.goals.worst_off_first import WorstOffFirst
from rebalance.model.linear import Linear
from rebalance.model.model import Model
from rebalance.plans.outcome import Ending, Outcome
from rebalance.plans.reached import Step
from rebalance.scenario.scenario import Scenario
from rebalance.solver import lexicographic
from rebalance.solver.cpsat import CpSat
from rebalance.solver.engine import POLL, Answer, Clock, Engine, Status, as_far_as_it_came, aside, heeding
from rebalance.solver.lexicographic import Run, by_clock, model_of, solve
from rebalance.solver.mathopt import MathOpt
from rebalance.solver.stages import Reached, Stages
from tests.brute import lawful, merit
from tests.counties import random_scenario


def test_a_clock_counts_down_and_never_below_zero() -> None:
    clock = Clock(60)
    assert 0 < clock.left <= 60
    assert clock.elapsed >= 0
    assert not clock.over
    clock.limit = 0
    assert (clock.left, clock.over) == (0.0, True)


def test_without_a_limit_only_somebody_who_stops_it_ends_it() -> None:
    clock = Clock()
    assert clock.left == float("inf")
    assert not clock.over
    clock.interrupt()
    assert clock.over


def test_ctrl_c_is_heeded_only_while_something_is_worked_out() -> None:
    before, clock = signal.getsignal(signal.SIGINT), Clock()
    with heeding(clock):
        signal.raise_signal(signal.SIGINT)
        assert clock.interrupted
    assert signal.getsignal(signal.SIGINT) is before


def never_asks_the_clock() -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        pass


def test_what_never_asks_the_clock_is_broken_off_when_patience_runs_out() -> None:
    before, clock, beyond = signal.getsignal(signal.SIGINT), Clock(), False
    with heeding(clock, patience=0.2), as_far_as_it_came(clock):
        signal.raise_signal(signal.SIGINT)
        never_asks_the_clock()
        beyond = True
    assert clock.interrupted
    assert not beyond
    assert signal.getsignal(signal.SIGINT) is before


def test_what_ends_by_itself_is_not_broken_off() -> None:
    with heeding(Clock(), patience=0.0):
        signal.raise_signal(signal.SIGINT)
    time.sleep(3 * POLL)  # nobody presses it afterwards


def test_a_stop_that_nobody_here_has_heard_of_breaks_off_as_ever() -> None:
    with pytest.raises(KeyboardInterrupt), as_far_as_it_came(Clock()):
        raise KeyboardInterrupt


def test_of_two_that_heed_it_both_hear_it() -> None:
    outer, early, late = Clock(), Clock(), Clock()
    with heeding(outer, patience=None):
        with heeding(early):
            signal.raise_signal(signal.SIGINT)
        with heeding(late):
            pass
    assert (outer.interrupted, early.interrupted, late.interrupted) == (True, True, True)


def test_a_goal_that_is_broken_off_keeps_the_plan_and_says_it_is_not_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    def climb(_stages: Stages, _aim: object, _before: object = None) -> Reached:
        signal.raise_signal(signal.SIGINT)
        never_asks_the_clock()
        return Reached(proven=True)

    scenario, clock = random_scenario(1), Clock()
    monkeypatch.setattr(Stages, "reach", climb)
    with heeding(clock, patience=0.2):
        outcome = Run(scenario, CpSat(clock), clock).outcome()
    assert outcome.ending is Ending.INTERRUPTED
    assert outcome.plan is not None
    assert lawful(scenario, outcome.plan)
    assert [goal.proven for goal in outcome.goals] == [False] * len(scenario.goals)


def test_a_model_that_takes_too_long_to_build_is_no_plan_and_no_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    def build(_scenario: Scenario) -> Model:
        signal.raise_signal(signal.SIGINT)
        never_asks_the_clock()
        raise AssertionError

    monkeypatch.setattr(lexicographic, "model_of", build)
    clock = Clock()
    with heeding(clock, patience=0.2):
        outcome = Run(random_scenario(1), CpSat(clock), clock).outcome()
    assert (outcome.ending, outcome.plan, outcome.goals) == (Ending.INTERRUPTED, None, ())


def test_a_part_of_the_time_is_no_longer_and_stops_with_the_whole() -> None:
    clock = Clock(60)
    part, rest = clock.within(5), clock.within(500)
    assert 0 < part.left <= 5 < rest.left <= 60
    clock.interrupt()
    assert part.over
    assert rest.over


def test_what_cannot_be_stopped_is_left_behind() -> None:
    clock, ended = Clock(), Event()
    Timer(0.2, clock.interrupt).start()
    assert aside(clock, lambda: ended.wait(60)) is None
    ended.set()


def test_what_can_be_stopped_gives_what_it_has_by_then() -> None:
    clock, ended = Clock(), Event()
    Timer(0.2, clock.interrupt).start()
    assert aside(clock, lambda: ended.wait(60), stop=ended.set)


def test_an_error_aside_is_an_error_here() -> None:
    with pytest.raises(ZeroDivisionError):
        aside(Clock(), lambda: 1 // 0)


def test_once_time_is_up_even_the_shortest_question_has_no_answer() -> None:
    """So a loop over many short questions ends at once, although none of them lasts until somebody looks."""
    clock, model = Clock(), model_of(random_scenario(1))
    engine = CpSat(clock)
    assert engine.solve(model, Linear()).values is not None
    clock.interrupt()
    assert engine.solve(model, Linear()) == Answer(Status.UNKNOWN)
    assert engine.quick().solve(model, Linear()) == Answer(Status.UNKNOWN)


def test_ctrl_c_is_given_back_even_after_an_error() -> None:
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(ZeroDivisionError), heeding(Clock()):
        _ = 1 // 0
    assert signal.getsignal(signal.SIGINT) is before


def test_in_another_thread_nobody_can_listen_and_nothing_breaks() -> None:
    endings: list[Ending] = []
    thread = Thread(target=lambda: endings.append(solve(random_scenario(1)).ending))
    thread.start()
    thread.join()
    assert len(endings) == 1


def test_time_is_kept_back_for_what_comes_after() -> None:
    clock = Clock(60)
    with clock.keeping(10):
        assert 0 < clock.left <= 50
    assert clock.left > 50
    with clock.keeping(1000):
        assert 0 < clock.left <= 30
    with Clock().keeping(10) as _nothing:
        pass


def test_in_a_hurry_the_first_lawful_plan_is_already_a_good_one() -> None:
    """The climb in the last year alone is made lawful, without any plan to begin with."""
    scenario, goal = asked(generate(6, 3, 1, 2)), WorstOffFirst()
    model = model_of(scenario)
    any_plan = CpSat().solve(model, Linear()).values
    assert any_plan is not None
    found = Stages(CpSat(), model, []).hurry(goal.aim(model))
    assert found is not None
    assert lawful(scenario, model.plan(found))
    assert better(goal.measure(model.plan(found)), goal.measure(model.plan(any_plan)))


def test_a_hurry_without_a_smaller_question_is_none() -> None:
    scenario, goal = asked(generate(6, 3, 1, 1)), WorstOffFirst()
    model = model_of(scenario)
    assert Stages(CpSat(), model, []).hurry(goal.aim(model)) is None


@dataclass
class Tiring:
    """An engine that ends everything after so many solves."""

    clock: Clock
    solves: int
    end: Callable[[Clock], None]
    inner: CpSat = field(default_factory=CpSat)

    def solve(self, model: Model, minimise: Linear, hint: list[int] | None = None, enough: int | None = None) -> Answer:
        """As the engine within, until there is no more time."""
        if self.solves <= 0:
            self.end(self.clock)
            return Answer(Status.UNKNOWN)
        self.solves -= 1
        return self.inner.solve(model, minimise, hint, enough)


def out_of_time(clock: Clock) -> None:
    clock.limit = 0


def ctrl_c(_clock: Clock) -> None:
    signal.raise_signal(signal.SIGINT)


def stopped(scenario: Scenario, solves: int, end: Callable[[Clock], None]) -> Outcome:
    clock = Clock()
    with heeding(clock):
        return Run(scenario, Tiring(clock, solves, end), clock).outcome()


@pytest.mark.parametrize(
    ("seed", "end", "ending"),
    [
        pytest.param(1, out_of_time, Ending.OUT_OF_TIME, id="1"),
        pytest.param(16, out_of_time, Ending.OUT_OF_TIME, id="16", marks=pytest.mark.campaign),
        pytest.param(29, out_of_time, Ending.OUT_OF_TIME, id="29", marks=pytest.mark.campaign),
        pytest.param(1, ctrl_c, Ending.INTERRUPTED, id="1 by ctrl-c"),
    ],
)
def test_however_early_it_ends_what_is_said_is_true(seed: int, end: Callable[[Clock], None], ending: Ending) -> None:
    scenario = random_scenario(seed)
    whole = solve(scenario)
    assert whole.proven
    unfinished = 0
    for solves in range(400):
        outcome = stopped(scenario, solves, end)
        if outcome.ending is Ending.DONE:
            assert outcome.plan == whole.plan
            break
        assert outcome.ending is ending
        assert_true(outcome, whole)
        unfinished += 1
    assert unfinished >= 3
    assert outcome.ending is Ending.DONE


def assert_true(outcome: Outcome, whole: Outcome) -> None:
    """What a stopped solve says: lawful, measured, proven goals are at their best, the others no better."""
    assert not outcome.proven
    if outcome.plan is None:
        assert outcome.goals == ()
        return
    assert lawful(outcome.scenario, outcome.plan)
    assert len(outcome.goals) == len(whole.goals)
    so_far = True
    for goal, mine, best in zip(outcome.scenario.goals, outcome.goals, whole.goals, strict=True):
        assert mine.value == goal.measure(outcome.plan)
        assert mine.conditional is not so_far
        if so_far and mine.value is not None and best.value is not None:
            ranks = merit(goal, mine.value), merit(goal, best.value)
            assert ranks[0] == ranks[1] if mine.proven else ranks[0] <= ranks[1]
        so_far = so_far and mine.proven


def test_no_time_at_all_is_no_plan_and_no_claim() -> None:
    outcome = solve(random_scenario(1), limit=0)
    assert (outcome.ending, outcome.plan, outcome.goals, outcome.clash) == (Ending.OUT_OF_TIME, None, (), None)
    assert not outcome.proven
    assert not outcome.unique


@pytest.fixture(scope="module")
def large() -> Scenario:
    """More than can be proven in a few seconds."""
    return asked(generate(40, 8, 3, 3))


def test_a_time_limit_is_for_the_whole_and_keeps_the_best_plan(large: Scenario) -> None:
    outcome = by_clock(large, Clock(4, time.process_time))  # whatever else the machine does
    assert outcome.ending is Ending.OUT_OF_TIME
    assert not outcome.proven
    assert outcome.plan is not None
    assert lawful(large, outcome.plan)
    assert [goal.value for goal in outcome.goals] == [goal.measure(outcome.plan) for goal in large.goals]


def test_ctrl_c_in_the_middle_of_a_solve_keeps_the_best_plan(large: Scenario) -> None:
    timer = Timer(2, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    outcome = solve(large, limit=60)
    assert outcome.ending is Ending.INTERRUPTED
    assert outcome.plan is not None
    assert lawful(large, outcome.plan)


@dataclass
class Scripted:
    """An engine that answers some questions wrongly or not at all, and the others as it should."""

    answers: list[Status | None]
    inner: CpSat = field(default_factory=CpSat)

    def solve(self, model: Model, minimise: Linear, hint: list[int] | None = None, enough: int | None = None) -> Answer:
        """What the script says (None, or at its end: the truth)."""
        said = self.answers.pop(0) if self.answers else None
        return self.inner.solve(model, minimise, hint, enough) if said is None else Answer(said)


def run(scenario: Scenario, answers: list[Status | None], second: Callable[[], Engine] | None = None) -> Outcome:
    return Run(scenario, Scripted(answers), Clock(), second=second).outcome()


def test_a_false_no_is_overruled_by_the_second_setting() -> None:
    scenario = random_scenario(1)
    outcome = run(scenario, [Status.INFEASIBLE], CpSat)
    assert outcome.ending is Ending.DONE
    assert outcome.plan == solve(scenario).plan


def test_a_no_that_the_second_setting_has_not_confirmed_is_not_said() -> None:
    seed = next(seed for seed in range(100) if solve(random_scenario(seed)).ending is Ending.IMPOSSIBLE)
    scenario = random_scenario(seed)
    silent = run(scenario, [], lambda: Scripted([Status.UNKNOWN]))
    assert (silent.ending, silent.plan, silent.clash) == (Ending.OUT_OF_TIME, None, None)
    in_part = run(scenario, [], lambda: Scripted([None, Status.UNKNOWN]))
    assert in_part.ending is Ending.IMPOSSIBLE
    assert in_part.clash is not None
    assert not in_part.clash.confirmed
    no_time = run(scenario, [None, None, Status.UNKNOWN])
    assert (no_time.ending, no_time.clash) == (Ending.IMPOSSIBLE, None)


def test_every_call_of_a_solver_is_counted_on_the_clock_they_share() -> None:
    """Whichever solver it is, by the clock itself or a part of it; the counts of the steps add up to it."""
    scenario, clock = random_scenario(1), Clock()
    model = model_of(scenario)
    CpSat(clock).solve(model, Linear())
    MathOpt(clock=clock.within(5)).solve(model, Linear())
    assert clock.questions == 2
    outcome = Run(scenario, CpSat(clock), clock).outcome()
    assert [one.step for one in outcome.before] == [Step.BUILDING, Step.FIRST_PLAN]
    before, goals = [one.questions for one in outcome.before], [one.questions or 0 for one in outcome.goals]
    assert clock.questions == 2 + sum(before) + sum(goals)
    assert before[0] == 0
    assert all(goals)
