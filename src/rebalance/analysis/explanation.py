"""Why a scenario has no plan: the rules that cannot hold together, and the cheapest ways out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any

from rich.console import RenderableType

from rebalance.analysis.ending import ending
from rebalance.analysis.relaxation import stands
from rebalance.analysis.repair import RelaxationRow, Repair, Repairs
from rebalance.frame import DataFrame, frame, shows
from rebalance.plans.columns import AgencyId, Category, Holder, Rule, Says
from rebalance.plans.conflict import FEW, Conflict, together
from rebalance.plans.outcome import Ending
from rebalance.plans.recorded import plain_clash
from rebalance.scenario.scenario import Scenario
from rebalance.screen import Answer, first_rows, line
from rebalance.solver.relaxable import Instance, RelaxableLimit, relaxable_limits
from rebalance.table import Fact, Table, Unit, table_of, text_column
from rebalance.text import _

FILE = "scenario.toml"
"""What a repair extends, as long as nobody says otherwise."""

MOST_MEMBERS = 20
"""So many constraints of a conflict are shown; the others are counted."""

NO_REPAIRS = Repairs((), complete=True)


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Something that cannot hold together with the others of the same clash."""

    clash: Annotated[int, Fact("The clash.", Unit.RANK)]
    rule: Rule
    holder: Holder
    agency: AgencyId
    category: Category
    year: Annotated[int, Fact("The calendar year; 0: all years.", Unit.YEAR)]
    aspect: Annotated[str, Fact("Which of several things the rule says there.", Unit.ID)]
    item: Annotated[str, Fact("A station, matter, platform or other holder it is about.", Unit.ID)]
    says: Says


@dataclass(frozen=True, repr=False)
class Explanation(Answer):
    """What cannot hold together, and what to change. `possible`: whether there is a plan (None: no time to say).

    `file` is what the scenario file of a repair extends.
    """

    asked: Scenario
    possible: bool | None
    clashes: tuple[Conflict, ...] = ()
    repairs: Repairs = NO_REPAIRS
    file: str = FILE
    interrupted: bool = False

    @property
    def ending(self) -> Ending:
        """Whether there is nothing to explain, or there is no plan, or nobody knows."""
        return ending(possible=self.possible, settled=True, interrupted=self.interrupted)

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance explain` says."""
        if self.possible is None:
            yield line(_("There was no time to find out."), "yellow")
            return
        if self.possible:
            yield line(_("This scenario is possible: there is nothing to explain."), "green")
            return
        yield line(f"{self.asked.problem.county} · {self.asked}", "bold")
        yield line(_("There is no such plan: rules of the scenario cannot hold together."), "yellow")
        if not all(one.confirmed for one in self.clashes):
            yield line(_("A second setting of the solver has not confirmed it in the time there was."), "yellow")
        for conflict, table in zip(self.clashes, self._all_tables(), strict=True):
            yield from self._conflict(conflict, table)
        yield from self.repairs.parts(self.asked.problem, self.file)

    def _conflict(self, conflict: Conflict, members: Table) -> Iterator[RenderableType]:
        if conflict.members:
            yield from first_rows(members, MOST_MEMBERS)
        else:
            yield line(_("What is law cannot hold together in this county, whatever else is asked."), "red")
        yield from conflict.law_lines(self.asked)
        if len(conflict.members) > 1:
            yield line(_("Without any one of these, the others of this table can hold together."))

    def tables(self) -> tuple[Table, ...]:
        """One for each conflict, unless it is only of what is law: its rules, and where their numbers stand."""
        return tuple(table for table in self._all_tables() if table.rows)

    def _all_tables(self) -> Iterator[Table]:
        problem, count = self.asked.problem, len(self.clashes)
        columns = (
            text_column("rule", _("rule")),
            text_column("says", _("what it asks")),
            text_column("stands", _("where it stands")),
        )
        for number, conflict in enumerate(self.clashes, 1):
            title = _("These cannot hold together") + (f" ({number}/{count})" if count > 1 else "")
            rows = []
            for rule, says, members in together(self.asked, conflict.members):
                limits = dict.fromkeys(
                    stands(problem, one) for each in members for one in self._relaxable.get(each, ())
                )
                rows.append((rule, says, "\n".join([*list(limits)[:FEW], *(["…"] if len(limits) > FEW else [])])))
            yield table_of(f"clash_{number}", title, columns, rows)

    @cached_property
    def _relaxable(self) -> Mapping[Instance, Sequence[RelaxableLimit]]:
        """What could give way at each place."""
        return relaxable_limits(self.asked, [member for one in self.clashes for member in one.members])

    def to_json(self) -> dict[str, Any]:
        """What `rebalance explain --json` says."""
        if self.possible is not False:
            return {"possible": self.possible}
        return {
            "possible": False,
            "clashes": [plain_clash(self.asked, one) for one in self.clashes],
            "repairs": [one.to_json(self.asked.problem, self.file) for one in self.repairs.found],
            "complete": self.repairs.complete,
        }

    @shows(MemberRow)
    def members(self) -> DataFrame:
        """What cannot hold together: without any one of a clash, its others can."""
        rows = (
            MemberRow(
                number,
                rule,
                place.holder,
                place.agency,
                place.category,
                place.year,
                place.aspect,
                place.item,
                self.asked.rules[rule].explain(self.asked.problem, place),
            )
            for number, conflict in enumerate(self.clashes, 1)
            for rule, place in conflict.members
        )
        return frame(MemberRow, rows)

    @shows(RelaxationRow)
    def changes(self) -> DataFrame:
        """The changes of every repair."""
        return frame(RelaxationRow, self.repairs.rows(self.asked.problem))

    def scenario(self, number: int = 1) -> Scenario:
        """The scenario as a repair makes it.

        Raises:
            ValueError: there is no such repair.
        """
        return self._repair(number).scenario

    def toml(self, number: int = 1, extends: str | None = None) -> str:
        """A repair as a scenario file that extends the impossible one.

        Raises:
            ValueError: there is no such repair.
        """
        return self._repair(number).toml(self.file if extends is None else extends)

    def _repair(self, number: int) -> Repair:
        if not 1 <= number <= len(self.repairs.found):
            message = _("no such repair (got {value}). There are {count}.")
            raise ValueError(message.format(value=number, count=len(self.repairs.found)))
        return self.repairs.found[number - 1]
