"""Which numbers of a plan are forced, and which can move without any goal getting worse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rebalance.analysis.place import Where
from rebalance.analysis.variability import Extremes, Told
from rebalance.analysis.what_if import WhatIf
from rebalance.problem.problem import Problem


@dataclass(frozen=True, slots=True)
class Span:
    """What a place has at the end, and the least and most it could have just as well."""

    where: Where
    now: int
    ends: Extremes

    @property
    def forced(self) -> bool:
        """Whether it is proven that the number can be no other."""
        ends = self.ends
        return ends.least == ends.most and ends.least_proven and ends.most_proven

    @property
    def proven(self) -> bool:
        """Whether both ends are proven."""
        return self.ends.least_proven and self.ends.most_proven


def accounts(problem: Problem) -> list[Where]:
    """What every holder owns, category by category."""
    return [Where(holder, "", category) for holder, category in problem.accounts]


def agencies(problem: Problem) -> list[Where]:
    """The strength of every agency."""
    return [Where(township, agency) for township in problem.townships for agency in problem.agencies]


def spans(asking: WhatIf, places: Sequence[Where], told: Told = lambda _done, _of: None) -> tuple[Span, ...]:
    """How far each of some places could move, all goals held where they are."""
    ends = asking.free(lambda model: [where.amount(model) for where in places], told)
    return tuple(Span(where, where.found(asking.plan), one) for where, one in zip(places, ends, strict=True))
