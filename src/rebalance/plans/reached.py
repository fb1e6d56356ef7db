"""What a goal came to, how sure that is, what a second solver says of it, and what came of working it out again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rich.console import RenderableType

from rebalance.goals.goal import Value
from rebalance.screen import Answer, add, line, number, table, words
from rebalance.text import _

DISAGREEMENT = "disagreement"
"""The folder, beside the plan, with the models of both solvers."""


class Step(StrEnum):
    """What comes before the goals."""

    BUILDING = "building"
    FIRST_PLAN = "first plan"

    @property
    def words(self) -> str:
        """What it is, in the language spoken."""
        return {Step.BUILDING: _("building the model"), Step.FIRST_PLAN: _("looking for a first plan")}[self]


@dataclass(frozen=True, slots=True)
class Effort:
    """What a step before the goals took: seconds, and questions put to a solver."""

    step: Step
    seconds: float
    questions: int


@dataclass(frozen=True, slots=True)
class GoalResult:
    """What one goal came to.

    `bound` is the best value not yet ruled out (equal to `value` when proven; None: nothing known). `freedom` is
    False when the goals before had already settled this one. `conditional` is True when a goal of higher rank is not
    proven, so that this proof holds only given its value. The goals after it may have used up to `slack`: then `value`
    lies that much above `bound`, its proven best. `questions` counts those put to a solver (None: nobody has counted).
    """

    name: str
    value: Value | None
    bound: Value | None
    proven: bool
    seconds: float
    conditional: bool = False
    freedom: bool = True
    slack: int = 0
    questions: int | None = None

    @property
    def best(self) -> Value | None:
        """The best it was brought to, before any slack is used."""
        return self.bound if self.slack else self.value

    @property
    def held(self) -> Value | None:
        """What the goals after it may not worsen it beyond: its best, with the slack."""
        return self.bound + self.slack if self.slack and isinstance(self.bound, int) else self.value

    @property
    def certainty(self) -> str:
        """How sure the value is, and whether there was anything left to decide, in words."""
        if not self.proven:
            return _("NOT PROVEN")
        if self.conditional:
            return _("proven, given the goals above")
        return _("proven") if self.freedom else _("proven; settled by the goals above")


class Opinion(StrEnum):
    """What a second solver, of another kind, says of a proof."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    OPEN = "not certified"


@dataclass(frozen=True, slots=True)
class Verdict:
    """An opinion on one goal (its rank from 1), or on there being no plan (rank 0, no goal)."""

    rank: int
    goal: str
    opinion: Opinion

    @property
    def subject(self) -> str:
        """What it is about, in words."""
        return _("goal {rank}").format(rank=self.rank) if self.rank else _("that there is no plan")

    @property
    def complaint(self) -> str:
        """What the solvers disagree about, in words."""
        if not self.rank:
            return _("one says that there is no plan, and the other has found one")
        text = _("goal {rank}, {goal}, is said to be at its best, and the other solver has found a better plan")
        return text.format(rank=self.rank, goal=self.goal)


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a second solver says of every proof it was asked about."""

    verdicts: tuple[Verdict, ...]

    @property
    def certified(self) -> bool:
        """Whether everything asked about was agreed to."""
        return bool(self.verdicts) and all(one.opinion is Opinion.AGREES for one in self.verdicts)

    @property
    def disagreements(self) -> tuple[Verdict, ...]:
        """Where the solvers differ."""
        return tuple(one for one in self.verdicts if one.opinion is Opinion.DISAGREES)

    @property
    def _agreement(self) -> str:
        """What the second solver agrees with; it is never asked which of the equals a fixed rule chooses."""
        if not self.verdicts[0].rank:
            return _("Certified: a second solver, of another kind, agrees that there is no plan.")
        return _(
            "Certified: a second solver, of another kind, agrees with every goal's proof but that of canonical, about"
            " which it was not asked."
        )

    def lines(self) -> Iterator[RenderableType]:
        """Disagreements first; then what is not certified; or that all is."""
        for one in self.disagreements:
            text = _(
                "THE SOLVERS DISAGREE: {what}. Nothing of this is proven. Both models were saved where the plan was to"
                " go, in {folder}: please report them."
            )
            yield line(text.format(what=one.complaint, folder=DISAGREEMENT), "bold red")
        left = [one.subject for one in self.verdicts if one.opinion is Opinion.OPEN]
        if left:
            text = _("Not certified, for the second solver did not know in time: {what}.")
            yield line(text.format(what=", ".join(left)), "yellow")
        if self.certified:
            yield line(self._agreement, "green")


@dataclass(frozen=True, slots=True)
class Claim:
    """Something said of a goal (its rank from 1; 0: of the plan); `agrees` is None where there was not time enough."""

    rank: int
    goal: str
    said: str
    agrees: bool | None

    @property
    def verdict(self) -> str:
        """What came of it, in words."""
        return {True: _("agrees"), False: _("NOT SO"), None: _("not settled")}[self.agrees]


@dataclass(frozen=True, repr=False)
class Afresh(Answer):
    """Everything that was worked out again, and what came of each."""

    claims: tuple[Claim, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was found to be otherwise."""
        return not any(one.agrees is False for one in self.claims)

    def parts(self) -> Iterator[RenderableType]:
        """A row for each, and what they come to."""
        made = table(_("Worked out afresh"), number("#"), *map(words, (_("goal"), _("said"), _("afresh"))))
        for one in self.claims:
            style = {True: "", False: "red", None: "yellow"}[one.agrees]
            add(made, one.rank or "", one.goal, one.said, one.verdict, style=style)
        if self.claims:
            yield made
        sorts = [one.agrees for one in self.claims]
        text = _("Worked out afresh: agrees {yes}, not so {no}, not settled in the time there was {open}.")
        said = text.format(yes=sorts.count(True), no=sorts.count(False), open=sorts.count(None))
        yield line(said, "red" if not self.sound else "yellow" if None in sorts else "green")

    def to_json(self) -> list[dict[str, Any]]:
        """The same as plain data."""
        return [{"rank": one.rank, "goal": one.goal, "said": one.said, "agrees": one.agrees} for one in self.claims]
