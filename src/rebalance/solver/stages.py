"""The stages of a solve: each goal is brought to its best in a model that fills, and held while the next is solved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from rebalance.goals.goal import Leximin, LeximinVector, Minimise, Objective, Slack, TieBreak, Value, better
from rebalance.model.linear import Linear
from rebalance.model.model import Model
from rebalance.model.plan import Decision
from rebalance.solver.ascent import Ascent
from rebalance.solver.canonical import FixedProcedure, Last, differ
from rebalance.solver.engine import (
    Clock,
    Engine,
    Status,
)
from rebalance.solver.fixed import levels_held
from rebalance.solver.guide import Guide, Relaxation
from rebalance.solver.leximin import FixedLevels, ceiling, profile, without_agency_levels
from rebalance.solver.portfolio import Proving

WORTH_ATTAINING = Fraction(1, 200)
"""By how much the worst share must have risen in a smaller question before a lawful plan like it is looked for."""

DEPTH = 3
"""So many of the lowest levels of the linear relaxation must be the same for a smaller question to be worth asking."""


MANY = 2
"""So many parts of an amount are worth being bounded one by one."""

FOR_MENDING = 0.4
"""... and of the time left, this part is for making lawful what a smaller question comes to in the rest."""

TO_SPARE = 1.5
"""Making an answer lawful may take so many times what it took the last time."""


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a goal was brought.

    Attributes:
        proven: whether that is proven
        bound: what bound is known
        freedom: whether the goals before had left it any
        slack: by how much the goals after it may worsen it
    """

    proven: bool = False
    bound: Value | None = None
    freedom: bool = True
    slack: int = 0


@dataclass(slots=True)
class Stages:
    """The model as it fills, and the best values so far.

    Attributes:
        engine: what answers the questions
        model: what is required: by the rules, and by the goals so far
        values: the best lawful plan so far, as one value per variable
        clock: when to stop
        finder: looks for better plans, and need prove nothing
        amounts: answers for amounts, where that is another
        held: what is held of leximin goals
        last: what is held of the goal before, where that is one amount
        proven: whether every goal so far is proven
        unique: whether no other plan is as good (None: not settled)
        mending: seconds that it last took to look for a lawful plan like one that is not
        told: hears of the levels of a leximin goal as it climbs, and of levels that cannot be bettered
    """

    engine: Engine
    model: Model
    values: list[int]
    clock: Clock = field(default_factory=Clock)
    finder: Engine | None = None
    amounts: Proving | None = None
    held: list[FixedLevels] = field(default_factory=list)
    last: Last | None = None
    proven: bool = True
    unique: bool | None = None
    mending: float = 0.0
    told: Callable[[LeximinVector, LeximinVector | None], object] = lambda _levels, _bound: None

    def hurry(self, aim: Objective) -> list[int] | None:
        """A lawful plan that is already good for a goal: a smaller question's answer, mended, or a first climb's.

        Its first answer, or its second, is mended at once, to have a plan and to see whether that question is of any
        use here.

        None: there is no smaller question, so that any plan is soon bettered, or none has been found in that time.
        """
        if not isinstance(aim, Leximin) or (smaller := next(relaxations(self.model, aim))) is self.model:
            return None
        climb, known = Ascent(self.finder or self.engine, self.engine, smaller, aim, []), self.values
        with self.clock.keeping(self.clock.left * FOR_MENDING):
            start = self.clock.elapsed
            if not climb.begin():
                return None
            if self.clock.left > self.clock.elapsed - start:  # time for another like it
                climb.better()
        if self._attained(climb):
            self._climbed(climb)
        else:
            climb = Ascent(self.finder or self.engine, self.engine, self.model, aim, known)
            with self.clock.keeping(self.clock.left * FOR_MENDING):
                self.values = climb.values if climb.begin() else known
        return (self.values or None) if not known or better(profile(aim, self.values), profile(aim, known)) else known

    def reach(self, aim: Objective, before: Value | None = None) -> Reached:
        """Bring one goal as far as can be, and hold it; `before` is what it comes to in the plan so far."""
        match aim:
            case Minimise():
                reached = self._least(aim, before)
            case Leximin():
                self.last, reached = None, self._worst_first(aim)
            case TieBreak(weights):
                reached = self._one_of_the_equals(weights)
        self.proven = self.proven and reached.proven
        return reached

    def _one_of_the_equals(self, weights: Mapping[Decision, int]) -> Reached:
        """Choose one plan by a procedure in which only proven values have a say."""
        if not self.proven:
            return Reached()
        tie = Linear({self.model.cells[cell]: weight for cell, weight in weights.items()})
        procedure = FixedProcedure(self.clock, self.model, tie, self.last)
        chosen = procedure.chosen()
        if chosen is None:
            return Reached()
        found, self.values = self.values, chosen
        self.unique = False if differ(self.model, found, chosen) else procedure.alone(chosen)
        return Reached(proven=True, freedom=self.unique is not True)

    def _least(self, aim: Minimise, before: Value | None) -> Reached:
        """Bring an amount to its least and hold it there, or within the slack."""
        amount, slack = aim.amount, aim.slack
        if self.held and (least := self._meets(amount)) is not None:
            return self._hold(amount, least, slack, before)
        apart = self._apart(aim.parts)
        answer = (self.amounts or self.engine).solve(self.model, amount, self.values, apart)
        bounds = [bound for bound in (answer.bound, apart) if bound is not None]
        if answer.values is None:
            return Reached(bound=max(bounds, default=None))
        self.values = answer.values
        least = amount.value(self.values)
        proven = answer.status is Status.OPTIMAL or least <= max(bounds, default=least - 1)
        return self._hold(amount, least, slack, before) if proven else self._keep(amount, max(bounds, default=None))

    def _apart(self, parts: Sequence[Linear]) -> int | None:
        """What the parts of an amount come to at least, each asked by itself, all together; None where one is open."""
        if self.amounts is None or len(parts) < MANY:
            return None
        usual = self.amounts.usual()
        bounds = [bound for part in parts if (bound := self._bounded(usual, part)) is not None]
        return sum(bounds) if len(bounds) == len(parts) else None

    def _bounded(self, engine: Engine, part: Linear) -> int | None:
        """A bound of a part: without the amount held last, which often stands in the way, or else with it."""
        last, bounds = self.last, []
        looser = [self.model.relaxed(lambda one: one is not last.held)] if last else []
        for model in (*looser, self.model):
            answer = engine.solve(model, part)
            bounds += [] if answer.bound is None else [answer.bound]
            if answer.status is Status.OPTIMAL:
                break
        return max(bounds, default=None)

    def _keep(self, amount: Linear, bound: int | None) -> Reached:
        """Hold an amount that is not proven to be the least."""
        self._add(amount, amount.value(self.values))
        return Reached(bound=bound)

    def _hold(self, amount: Linear, least: int, slack: Slack, before: Value | None) -> Reached:
        """Hold a proven least, after asking whether it could have been anything else: mostly the plan before was."""
        freedom = isinstance(before, int) and before > least
        if not freedom:
            worse = self.model.copy()
            worse.add(amount >= least + 1)
            freedom = self.engine.solve(worse, Linear(), self.values).status is not Status.INFEASIBLE
        room = slack.room(least)
        self._add(amount, least + room)
        return Reached(proven=True, bound=least, freedom=freedom, slack=room)

    def _add(self, amount: Linear, most: int) -> None:
        self.model.add(amount <= most)
        self.last = Last(amount, most, self.model.requirements[-1])

    def _meets(self, amount: Linear) -> int | None:
        """Bound the amount in a looser question, then look for a plan that meets the bound.

        Where there is one, nothing more need be proven. The bound is found sooner without a plan to start from: the
        goals before have left that one far from the best.
        """
        looser = without_agency_levels(self.model) or self.model
        bound = (self.finder or self.engine).solve(looser, amount)
        if bound.status is not Status.OPTIMAL or bound.bound is None:
            return None
        if looser is self.model and bound.values is not None:
            self.values = bound.values
        least = bound.bound
        if len(self.values) == len(self.model.variables) and amount.value(self.values) <= least:
            return least
        if bound.values is not None and self._repeat(amount, bound.values):
            return least
        return least if self._search(amount, self._pin, least) and amount.value(self.values) <= least else None

    def _repeat(self, amount: Linear, values: list[int]) -> bool:
        """Look for a lawful plan with the very numbers of the looser question's answer.

        That answer itself is the best hint: mostly little of it breaks what is held inside agencies.
        """

        def alike(copy: Model) -> None:
            for index in amount.terms:
                copy.add(Linear({index: 1}).equals(values[index]))

        return self._search(Linear(), alike, hint=values)

    def _pin(self, copy: Model) -> None:
        for one in self.held:
            one.pin(copy, self.values)

    def _search(
        self, amount: Linear, pin: Callable[[Model], object], enough: int | None = None, hint: list[int] | None = None
    ) -> bool:
        """Look for a good plan among those where every share keeps its place.

        That is quickly done, and the proof then starts from it.
        """
        copy, start = self.model.copy(), self.clock.elapsed
        pin(copy)
        engine = self.engine if enough is None else self.finder or self.engine
        answer = engine.solve(copy, amount, hint or self.values, enough)
        self.mending = self.clock.elapsed - start
        self.values = answer.values[: len(self.model.variables)] if answer.values else self.values
        return answer.values is not None

    def _worst_first(self, aim: Leximin) -> Reached:
        """Climb in a smaller question first: where a lawful plan attains what is proven there, it is the answer."""
        proven = False
        for model, guide in self._guided(aim):
            climb = Ascent(self.finder or self.engine, self.engine, model, aim, self.values, guide=guide)
            if climb.begin() and self._attained(climb) and self._climbed(climb):
                proven = climb.proven
                break
        if len(self.values) == len(self.model.variables):
            held = levels_held(aim, profile(aim, self.values))
            held.add(self.model)
            self.held.append(held)
        return Reached(proven=proven)

    def _guided(self, aim: Leximin) -> Iterator[tuple[Model, Guide | None]]:
        """The questions to climb in, with their guides: a smaller one only where it may come to the same."""
        for model in relaxations(self.model, aim):
            guide = Relaxation(model, aim, self.clock).guide()
            if model is not self.model and guide:
                whole = Relaxation(self.model, aim, self.clock).guide(DEPTH)
                if whole and not guide.alike(whole, DEPTH):
                    continue
            yield model, guide

    def _climbed(self, climb: Ascent) -> bool:
        """Whether a lawful plan attains what the climb ends with; one that comes near it is kept on the way."""
        attained, worst, best = climb.reached, climb.worst, ceiling(climb.model, climb.aim)
        while self._bettered(climb, best):
            if (climb.model is self.model or climb.worst - worst >= WORTH_ATTAINING) and self._attained(climb):
                attained, worst = climb.reached, climb.worst
        alike = climb.reached == attained or self._attained(climb)
        return alike or self._search(Linear(), levels_held(climb.aim, climb.reached).add)

    def _bettered(self, climb: Ascent, best: LeximinVector | None) -> bool:
        """Go on climbing; in a smaller question only as long as there is time left to make lawful what it comes to."""
        self.told(climb.reached, best)
        with self.clock.keeping(0.0 if climb.model is self.model else self.mending * TO_SPARE):
            return climb.better()

    def _attained(self, climb: Ascent) -> bool:
        """Look for a lawful plan with the very shares of the climb."""
        if climb.model is self.model:
            self.values = climb.values[: len(self.model.variables)]
            return True

        def pin(copy: Model) -> None:
            levels_held(climb.aim, climb.reached).pin(copy, climb.values)
            for one in self.held:
                one.pin(copy, climb.values)

        return self._search(Linear(), pin)


def relaxations(model: Model, aim: Leximin) -> Iterator[Model]:
    """The question of the last year alone, where the shares are of many agencies each; and the whole one.

    The first leaves out part of what is required and nothing else, so what is proven best in it bounds the whole.
    """
    last = model.problem.last
    if len(model.problem.years) > 1 and any(ratio.simpler for ratio in aim.ratios):
        yield model.relaxed(lambda one: one.place.year in {0, last})
    yield model
