"""What every rule is: three independent statements of one requirement, a few lines apart, and what is said about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Protocol

from rebalance.county.columns import AtMost, Count
from rebalance.model.finding import Finding, Place
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem


class Rule(Protocol):
    """A requirement on every plan.

    Its dataclass fields are its parameters, under the very names of the scenario file.
    """

    tables: ClassVar[tuple[str, ...]]
    """Optional tables without which the rule has nothing to say."""

    @property
    def source(self) -> str:
        """Where the requirement comes from (text, place, year), when the scenario says so."""

    @property
    def law(self) -> bool:
        """Whether the requirement is beyond the commission's power: never left out, never repaired."""

    def post(self, model: Model) -> None:
        """Require it of a plan still unknown."""

    def check(self, plan: Plan) -> Iterator[Finding]:
        """Judge a finished plan, without a solver: one finding for every place it speaks of."""

    def explain(self, problem: Problem, place: Place) -> str:
        """Say in one sentence what is required at a place."""


@dataclass(frozen=True, slots=True)
class AboutRule:
    """What others want to know of a rule, whichever it is.

    Attributes:
        title: the rule for people, in the language spoken
        bookkeeping: whether it only keeps the books: then its limits are no reason for anything
        fixes_total: whether it keeps the county from having one position more, so that asking what one more would be
            worth means putting it past this rule, and past this rule alone
        telling: how much its limits tell of why a holder gives or gets no more: the lowest is told first (None: they
            are not told)
        written: how its figures are written
    """

    title: str
    bookkeeping: bool = False
    fixes_total: bool = False
    telling: int | None = None
    written: Callable[[int], str] = str


class KnownRule(Rule, Protocol):
    """A rule of `RULES`: it also says what is said about it. A rule that somebody writes for one county need not."""

    @staticmethod
    def about() -> AboutRule:
        """What others want to know of it."""


def about(rule: Rule | type[Rule] | None, name: str) -> AboutRule:
    """What is said about a rule; of one that does not say it, that it goes by its name."""
    said: Callable[[], AboutRule] | None = getattr(rule, "about", None)
    return said() if said else AboutRule(name)


@dataclass(frozen=True, slots=True)
class Range:
    """A least and a most.

    Attributes:
        at_least: not fewer; none named: no limit
        at_most: not more; none named: no limit
    """

    at_least: Count | None = None
    at_most: AtMost = None
