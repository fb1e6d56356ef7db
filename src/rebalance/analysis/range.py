"""Which numbers of a plan are forced, and which can move without any goal getting worse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Annotated, Any

from rich.console import RenderableType

from rebalance.analysis.effect import whole
from rebalance.analysis.ending import ending
from rebalance.analysis.place import Where
from rebalance.analysis.variability import Extremes
from rebalance.county.county import made_up
from rebalance.frame import DataFrame, frame, shows
from rebalance.plans.columns import AgencyId, Category, Holder
from rebalance.plans.outcome import Ending
from rebalance.scenario.scenario import Scenario
from rebalance.screen import Answer, line, on_screen
from rebalance.table import Fact, Figure, Table, Unit, figure, table_of, text_column
from rebalance.text import _


@dataclass(frozen=True, slots=True)
class SpanRow:
    """How far a number can move while no goal gets worse."""

    holder: Holder
    agency: AgencyId
    category: Category
    now: Annotated[int, Fact("What it is in the plan.", Unit.POSITIONS)]
    least: Annotated[int, Fact("The least it could be.", Unit.POSITIONS)]
    most: Annotated[int, Fact("The most it could be.", Unit.POSITIONS)]
    least_proven: Annotated[bool, Fact("That it could not be less is proven.", Unit.TRUTH)]
    most_proven: Annotated[bool, Fact("That it could not be more is proven.", Unit.TRUTH)]
    forced: Annotated[bool, Fact("It can be no other, which is proven.", Unit.TRUTH)]


@dataclass(frozen=True, slots=True)
class Span:
    """What a place has at the end, and the least and most it could have just as well."""

    where: Where
    now: int
    ends: Extremes

    @property
    def forced(self) -> bool:
        """Whether it is proven that the number can be no other."""
        return self.ends.least == self.ends.most and self.proven

    @property
    def proven(self) -> bool:
        """Whether both ends are proven."""
        return self.ends.least_proven and self.ends.most_proven

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self.where) | {"now": self.now, "forced": self.forced} | asdict(self.ends)

    def row(self) -> SpanRow:
        """The same as a row."""
        where, ends = (self.where.holder, self.where.agency, self.where.category), self.ends
        return SpanRow(*where, self.now, ends.least, ends.most, ends.least_proven, ends.most_proven, self.forced)


@dataclass(frozen=True, repr=False)
class Ranges(Answer):
    """How far every number of a plan can move, one at a time, while no goal gets worse."""

    asked: Scenario
    spans: tuple[Span, ...]
    interrupted: bool = False

    @property
    def proven(self) -> bool:
        """Whether every end is proven."""
        return all(one.proven for one in self.spans)

    @property
    def ending(self) -> Ending:
        """Whether all is settled."""
        return ending(possible=True, settled=self.proven, interrupted=self.interrupted)

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance range` says."""
        problem = self.asked.problem
        yield line(f"{problem.county} · {self.asked}", "bold")
        yield from made_up(problem.county)
        forced = sum(one.forced for one in self.spans)
        text = _("Of {count} numbers at the end of {year}, {forced} are forced: another would make some goal worse.")
        yield line(text.format(count=len(self.spans), year=problem.last, forced=forced))
        yield from (on_screen(table) for table in self.tables() if table.rows)
        if not self.proven:
            yield line(_("? as far as was found in the time there was; it may go further."), "yellow")

    def tables(self) -> tuple[Table, ...]:
        """A row for each number that can move, or may be able to."""
        columns = (
            text_column("where", _("where")),
            figure("least", _("least")),
            figure("now", _("now")),
            figure("most", _("most")),
        )
        rows = [
            (
                one.where.name(self.asked.problem),
                _end(one.ends.least, proven=one.ends.least_proven),
                whole(one.now),
                _end(one.ends.most, proven=one.ends.most_proven),
            )
            for one in self.spans
            if not one.forced
        ]
        return (table_of("ranges", _("These can move, one at a time, and no goal gets worse"), columns, rows),)

    def to_json(self) -> dict[str, Any]:
        """What `rebalance range --json` says."""
        return {"numbers": [one.to_json() for one in self.spans]}

    @shows(SpanRow)
    def numbers(self) -> DataFrame:
        """A row a number."""
        return frame(SpanRow, (one.row() for one in self.spans))


def _end(number: int, *, proven: bool) -> Figure:
    return Figure(number, f"{number}{'' if proven else ' ?'}")
