"""Which engine is asked what, in which order, and for how long.

There are three in the same wheel: CP-SAT, and through MathOpt HiGHS and SCIP. Each is strong where another is not, and
each can be wrong. So questions that mostly have no answer go to the mixed-integer solvers, whose linear bounds refute
them at once; amounts that CP-SAT leaves open go to HiGHS for a while, whose word is not taken for the proof of a goal;
and that there is nothing at all is believed of CP-SAT only when it says so twice, differently set up.

MathOpt is loaded when it is first asked: most plans need nobody but CP-SAT.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rebalance.model.linear import Linear
from rebalance.model.model import Model
from rebalance.solver.cpsat import CpSat
from rebalance.solver.engine import Answer, Clock, Engine, Status
from rebalance.solver.multipliers import least

SECONDS_TO_REFUTE = 10.0
"""For one question to each mixed-integer solver.

What they can refute they mostly refute in well under a second. Some models one of them would search for hours, and
those the other often knows at once: so neither may have long.
"""

SECONDS_FOR_CPSAT_FIRST = 20.0
"""For an amount, before HiGHS is asked: CP-SAT answers most within half a second, and then nobody else is needed."""

SECONDS_FOR_HIGHS = 120.0
"""For an amount that CP-SAT has left open, before CP-SAT takes over again for as long as it takes.

On the largest counties measured HiGHS proves in ten seconds what CP-SAT leaves open for minutes. Two minutes leave room
for larger ones; what takes it longer may take it hours.
"""

SECONDS_TO_CONFIRM = 60.0
"""For CP-SAT, asked whether any of many amounts can go further than the mixed-integer solvers have sent them.

One question stands for all that are left, so it may take its time; where it ends without an answer, the ends found
are said to be unproven, which is no harm that would be worth waiting for much longer.
"""


@dataclass(frozen=True, slots=True)
class MixedInteger:
    """HiGHS, and SCIP where that gives up, each for a while only."""

    clock: Clock

    def solve(self, model: Model, minimise: Linear, hint: list[int] | None = None, enough: int | None = None) -> Answer:
        """What the first of them says that knows; else the best that was found."""
        from rebalance.solver.mathopt import SCIP_LAST, MathOpt

        best = Answer(Status.UNKNOWN)
        for solver in SCIP_LAST:
            if self.clock.over:
                break
            answer = MathOpt(solver, self.clock.within(SECONDS_TO_REFUTE)).solve(model, minimise, hint, enough)
            if answer.settled:
                return answer
            best = answer if answer.values is not None else best
        return best


@dataclass(frozen=True, slots=True)
class MixedIntegerFirst:
    """The mixed-integer solvers, and CP-SAT where they do not know: for questions that mostly have no answer."""

    clock: Clock

    def solve(self, model: Model, minimise: Linear, hint: list[int] | None = None, enough: int | None = None) -> Answer:
        """What they say, or as long as CP-SAT takes."""
        answer = MixedInteger(self.clock).solve(model, minimise, hint, enough)
        if answer.status is not Status.UNKNOWN:
            return answer
        return CpSat(self.clock).solve(model, minimise, hint, enough)


@dataclass(frozen=True, slots=True)
class InTurn:
    """CP-SAT for a while, HiGHS for a while, and CP-SAT to the end."""

    ours: CpSat

    def solve(self, model: Model, minimise: Linear, hint: list[int] | None = None, enough: int | None = None) -> Answer:
        """What the first of them says that knows; each begins with the best that is known by then."""
        clock = self.ours.clock
        quick = replace(self.ours, clock=clock.within(SECONDS_FOR_CPSAT_FIRST))
        answer = quick.solve(model, minimise, hint, enough)
        if _will_do(answer, minimise, enough) or clock.over:
            return answer
        from rebalance.solver.mathopt import MathOpt

        best = answer.values or hint
        other = MathOpt(clock=clock.within(SECONDS_FOR_HIGHS)).solve(model, minimise, best, enough)
        if other.settled:
            return other
        return answer if clock.over else self.ours.solve(model, minimise, best, enough)


@dataclass(frozen=True, slots=True)
class Proving:
    """The least of an amount, proven without tolerances.

    CP-SAT has some work to do; what it leaves open is looked for by HiGHS, and bounded by the linear relaxation in
    whole numbers. Where the two meet, that is the proof; else CP-SAT goes on, from the best that was found, to the end.
    """

    ours: CpSat

    def solve(self, model: Model, minimise: Linear, hint: list[int] | None = None, enough: int | None = None) -> Answer:
        """What CP-SAT says, or a plan that meets its exact bound."""
        clock = self.ours.clock
        answer = self.ours.quick().solve(model, minimise, hint, enough)
        if _will_do(answer, minimise, enough) or clock.over:
            return answer
        answer = self._looked_for(_bounded(answer, model, minimise, clock), model, minimise, hint)
        if _will_do(answer, minimise, enough) or clock.over:
            return answer
        last = self.ours.solve(model, minimise, answer.values or hint, enough)
        return last if last.settled else _together(minimise, answer, last)

    def usual(self) -> CpSat:
        """CP-SAT that may do the usual work for a model of its size, and knows a bound when it has to stop."""
        return replace(self.ours, work=1.0)

    def _looked_for(self, answer: Answer, model: Model, minimise: Linear, hint: list[int] | None) -> Answer:
        """The same with the plan that HiGHS finds, where that is better; what it says besides is left aside."""
        from rebalance.solver.mathopt import MathOpt

        if answer.settled or self.ours.clock.over:
            return answer
        highs = MathOpt(clock=self.ours.clock.within(SECONDS_FOR_HIGHS))
        found = highs.solve(model, minimise, answer.values or hint).values
        return answer if found is None else _together(minimise, answer, Answer(Status.FEASIBLE, found))


def _bounded(answer: Answer, model: Model, minimise: Linear, clock: Clock) -> Answer:
    """The same with the bound that follows from the linear relaxation, where that is better."""
    from rebalance.solver.mathopt import multipliers

    found = multipliers(model, minimise, clock)
    return (
        answer
        if found is None
        else _together(minimise, answer, Answer(Status.UNKNOWN, None, least(model, minimise, found)))
    )


def _together(minimise: Linear, one: Answer, other: Answer) -> Answer:
    """The better plan and the better bound of two answers to a question; where these meet, it is settled."""
    bound = max((answer.bound for answer in (one, other) if answer.bound is not None), default=None)
    values = min(
        (answer.values for answer in (one, other) if answer.values is not None), key=minimise.value, default=None
    )
    if values is None:
        return Answer(Status.UNKNOWN, None, bound)
    met = bound is not None and minimise.value(values) <= bound
    return Answer(Status.OPTIMAL if met else Status.FEASIBLE, values, bound)


def _will_do(answer: Answer, minimise: Linear, enough: int | None) -> bool:
    """Whether an answer is the last word, or as good as was asked for."""
    found = answer.values
    return answer.settled or (found is not None and enough is not None and minimise.value(found) <= enough)


@dataclass(frozen=True, slots=True)
class Agreed:
    """An engine that is believed, but that there is no solution only when a second one says so too."""

    first: Engine
    second: Engine

    def solve(self, model: Model, minimise: Linear, hint: list[int] | None = None, enough: int | None = None) -> Answer:
        """What the first says, or where it finds nothing, the second, which is given no hint."""
        answer = self.first.solve(model, minimise, hint, enough)
        return self.second.solve(model, minimise, enough=enough) if answer.status is Status.INFEASIBLE else answer


def second_setting(engine: CpSat) -> CpSat:
    """CP-SAT set up so differently that the two are unlikely to share a fault.

    Most wrong answers reported of it come from presolve, so it goes without; the linear relaxation and the seed are
    others too. It starts from nothing, and shows nobody how it gets on.
    """
    return CpSat(engine.clock, engine.workers, engine.seed + 1, presolve=False, linearization=1)


def confirming(clock: Clock) -> CpSat:
    """CP-SAT that gives up after a while, if there is as much time."""
    return CpSat(clock.within(SECONDS_TO_CONFIRM))
