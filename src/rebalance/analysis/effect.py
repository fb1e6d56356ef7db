"""What one plan does differently from another, to goals and to everybody's positions; or what stands against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Annotated, Any

from rich.console import RenderableType

from rebalance.analysis.place import Where, accounts, agencies
from rebalance.goals.goal import Goal, LeximinVector, Value, better, instead
from rebalance.model.plan import Plan
from rebalance.plans.columns import AgencyId, Category, GoalName, Holder, Rank
from rebalance.plans.conflict import Conflict, together
from rebalance.plans.file import written_value
from rebalance.plans.recorded import plain_members
from rebalance.problem.problem import Problem
from rebalance.scenario.parts import goal_name
from rebalance.scenario.scenario import Scenario
from rebalance.scenario.settings import titled
from rebalance.screen import first_rows, line
from rebalance.table import Fact, Figure, Kind, Table, Unit, figure, table_of, text_column
from rebalance.text import _, percent

MOST_ROWS = 12
"""So many rows are shown; the others are counted."""

Better = Annotated[bool, Fact("The goal gains.", Unit.TRUTH)]
Was = Annotated[object, Fact("What it came to before.", Unit.OWN)]
Is = Annotated[object, Fact("What it comes to then.", Unit.OWN)]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A goal that comes to something else."""

    rank: Rank
    goal: GoalName
    better: Better
    before: Was
    after: Is


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """A place that has more or fewer at the end."""

    of: Annotated[str, Fact("`positions` owned, or the `strength` of an agency.", Unit.ID)]
    holder: Holder
    agency: AgencyId
    category: Category
    before: Annotated[int, Fact("What it had.", Unit.POSITIONS)]
    after: Annotated[int, Fact("What it has then.", Unit.POSITIONS)]


@dataclass(frozen=True, slots=True)
class Change:
    """A goal, with its rank from 1, that comes to something else; `better` than before, or worse."""

    rank: int
    goal: Goal
    before: Value
    after: Value

    @property
    def better(self) -> bool:
        """Whether it gains."""
        return better(self.after, self.before)

    def __str__(self) -> str:
        """A sentence."""
        verdict = _("gains") if self.better else _("loses")
        text = _("Goal {rank}, {goal}, {verdict}: {what}.")
        return text.format(rank=self.rank, goal=titled(self.goal), verdict=verdict, what=self.difference())

    def difference(self) -> str:
        """What the goal was and would be; of a profile, the first place from the worst up where the two part."""
        if isinstance(self.before, tuple) and isinstance(self.after, tuple):
            rank, was, now = parting(self.before, self.after)
            text = _("number {rank} from the worst up stands at {now} instead of {was}")
            return text.format(rank=rank, was=_share(was, now), now=_share(now, was))
        if isinstance(self.before, int) and isinstance(self.after, int):
            return instead(self.goal, self.after, self.before)
        raise TypeError(self)

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "rank": self.rank,
            "goal": goal_name(self.goal),
            "better": self.better,
            "before": written_value(self.before),
            "after": written_value(self.after),
        }


def parting(before: LeximinVector, after: LeximinVector) -> tuple[int, Fraction | None, Fraction | None]:
    """The first place, from 1, at which two profiles differ, with both shares (None: nobody stands there)."""
    spread = [[level for level, count in profile for _one in range(count)] for profile in (before, after)]
    for rank in range(max(map(len, spread)) + 1):
        was, now = (levels[rank] if rank < len(levels) else None for levels in spread)
        if was != now:
            return rank + 1, was, now
    raise ValueError((before, after))


def _share(share: Fraction | None, other: Fraction | None) -> str:
    """A share as people read it; where both would read alike, with the fraction it is."""
    if share is None:
        return _("enough")
    alike = other is not None and percent(share) == percent(other)
    return f"{percent(share)} ({share})" if alike else percent(share)


@dataclass(frozen=True, slots=True)
class Shift:
    """A place at which there are more or fewer positions than before."""

    where: Where
    before: int
    after: int

    @property
    def by(self) -> int:
        """How many more; below zero, fewer."""
        return self.after - self.before

    def to_json(self) -> dict[str, Any]:
        """The place with what it has before and after, as plain data."""
        return asdict(self.where) | {"before": self.before, "after": self.after}


@dataclass(frozen=True)
class Effect:
    """What follows from asking for something else.

    Nothing can follow where `possible` is False, because of a `conflict`; None: there was no time to find out.
    `settled`: all of it is proven.
    """

    possible: bool | None
    settled: bool = False
    changes: tuple[Change, ...] = ()
    owned: tuple[Shift, ...] = ()
    strengths: tuple[Shift, ...] = ()
    conflict: Conflict | None = None

    def parts(self, scenario: Scenario) -> Iterator[RenderableType]:
        """The goals first, then who pays; or what stands against it."""
        if self.possible is None:
            yield line(_("There was no time to find out."), "yellow")
        elif self.conflict is not None:
            yield from self._forbidden(scenario, self.conflict)
        else:
            yield from self._followed(scenario)

    def _forbidden(self, scenario: Scenario, conflict: Conflict) -> Iterator[RenderableType]:
        """The rules that stand against it: without any one of them the others would not."""
        if not conflict.members:
            text = _(
                "It cannot be, whatever is given way: what is law forbids it,"
                " or that units only give, townships receive."
            )
            yield line(text, "red")
        for table in self.tables(scenario):
            yield from first_rows(table, MOST_ROWS)
        yield from conflict.law_lines(scenario)
        if not conflict.confirmed:
            yield line(_("A second setting of the solver has not confirmed it in the time there was."), "yellow")

    def _followed(self, scenario: Scenario) -> Iterator[RenderableType]:
        if not self.changes:
            yield line(_("No goal changes."))
        yield from map(line, map(str, self.changes))
        for table in self.tables(scenario):
            yield from first_rows(table, MOST_ROWS)
        if self.owned:
            gain, loss = (sum(abs(one.by) for one in self.owned if (one.by > 0) is up) for up in (True, False))
            yield line(_("Together {gain} more and {loss} fewer.").format(gain=gain, loss=loss))
        elif not self.strengths:
            yield line(_("Nobody has more or fewer positions."))
        if not self.settled:
            yield line(_("NOT PROVEN to be the best: there was no time for it."), "yellow")

    def tables(self, scenario: Scenario) -> tuple[Table, ...]:
        """The rules that forbid it; or who has more and who has fewer positions, or else which agencies have."""
        if self.conflict is not None and self.conflict.members:
            columns = (text_column("rule", _("rule")), text_column("says", _("what it asks")))
            rows = [(title, says) for title, says, _members in together(scenario, self.conflict.members)]
            return (table_of("against", _("It cannot be: these rules together forbid it"), columns, rows),)
        if self.owned:
            return (_shift_table("positions", _("Positions at the end of {year}"), self.owned, scenario.problem),)
        if self.strengths:
            title = _("Strength of agencies at the end of {year}")
            return (_shift_table("strengths", title, self.strengths, scenario.problem),)
        return ()

    def to_json(self, scenario: Scenario) -> dict[str, Any]:
        """As plain data."""
        return {
            "possible": self.possible,
            "settled": self.settled,
            "goals": [one.to_json() for one in self.changes],
            "positions": [one.to_json() for one in self.owned],
            "strengths": [one.to_json() for one in self.strengths],
            "against": plain_members(scenario, self.conflict.members) if self.conflict else [],
            "law": plain_members(scenario, self.conflict.law) if self.conflict else [],
        }

    def change_rows(self) -> Iterator[ChangeRow]:
        """A row for each goal that comes to something else."""
        for one in self.changes:
            yield ChangeRow(one.rank, goal_name(one.goal), one.better, one.before, one.after)

    def shift_rows(self) -> Iterator[ShiftRow]:
        """A row for each that has more or fewer positions, or strength."""
        for of, shifts in (("positions", self.owned), ("strength", self.strengths)):
            for one in shifts:
                where = one.where
                yield ShiftRow(of, where.holder, where.agency, where.category, one.before, one.after)


def _shift_table(name: str, title: str, shifts: Sequence[Shift], problem: Problem) -> Table:
    """The largest first; losses before gains of the same size."""
    columns = (
        text_column("where", _("where")),
        figure("before", _("was")),
        figure("by", _("by"), Kind.CHANGE),
        figure("after", _("is")),
    )
    largest_first = sorted(shifts, key=lambda one: (-abs(one.by), one.by, str(one.where)))
    rows = [(one.where.name(problem), whole(one.before), one.by, whole(one.after)) for one in largest_first]
    return table_of(name, title.format(year=problem.last), columns, rows)


def whole(number: int) -> Figure:
    """A number of which nought is written too."""
    return Figure(number, str(number))


def owned(before: Plan, after: Plan) -> tuple[Shift, ...]:
    """By how many positions every holder and category differs at the end; together by nothing."""
    return _shifts(accounts(before.problem), before, after)


def strengths(before: Plan, after: Plan) -> tuple[Shift, ...]:
    """By how much the strength of every agency differs at the end."""
    return _shifts(agencies(before.problem), before, after)


def _shifts(places: Iterable[Where], before: Plan, after: Plan) -> tuple[Shift, ...]:
    found = (Shift(where, where.found(before), where.found(after)) for where in places)
    return tuple(one for one in found if one.by)
