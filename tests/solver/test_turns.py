from __future__ import annotations

from dataclasses import dataclass

import pytest

from rebalance.model.linear import Linear
from rebalance.model.model import Model
from rebalance.solver.cpsat import CpSat
from rebalance.solver.engine import Answer, Clock, Status
from rebalance.solver.lexicographic import model_of
from rebalance.solver.mathopt import MathOpt
from rebalance.solver.portfolio import InTurn
from tests.counties import Sketch


@dataclass
class Stuck(CpSat):
    """Finds nothing in its first turn."""

    def solve(self, model: Model, minimise: Linear, hint: list[int] | None = None, enough: int | None = None) -> Answer:
        if self.clock.limit is not None:
            return Answer(Status.UNKNOWN)
        return CpSat.solve(self, model, minimise, hint, enough)


def question() -> tuple[Model, Linear]:
    """The fewest positions that a unit keeps: none of three."""
    model = model_of(Sketch(units={"U1": 3}, townships={"T1": 0}).scenario())
    return model, model.owned("U1", "admin", model.problem.last)


def least(engine: InTurn, enough: int | None = None) -> tuple[Status, int | None]:
    model, kept = question()
    answer = engine.solve(model, kept, enough=enough)
    return answer.status, None if answer.values is None else kept.value(answer.values)


def test_ours_has_the_first_word() -> None:
    assert least(InTurn(CpSat())) == (Status.OPTIMAL, 0)


def test_where_ours_is_stuck_the_other_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CpSat, "solve", lambda *_asked: Answer(Status.UNKNOWN))
    assert least(InTurn(CpSat())) == (Status.OPTIMAL, 0)


def test_where_both_are_stuck_ours_goes_on_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MathOpt, "solve", lambda *_asked: Answer(Status.UNKNOWN))
    assert least(InTurn(Stuck())) == (Status.OPTIMAL, 0)


def test_what_is_enough_ends_the_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    model, kept = question()
    values = CpSat().solve(model, Linear()).values
    monkeypatch.setattr(CpSat, "solve", lambda *_asked: Answer(Status.FEASIBLE, values))
    monkeypatch.setattr(MathOpt, "solve", lambda *_asked: pytest.fail("it was good enough"))
    assert InTurn(CpSat()).solve(model, kept, enough=3).values == values


def test_without_time_nobody_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MathOpt, "solve", lambda *_asked: pytest.fail("there was no time"))
    assert least(InTurn(CpSat(Clock(1e-9))))[0] is Status.UNKNOWN
