"""The story of a place: what it has today and at the end, and the findings that leave it no room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Annotated, Any

from rich.console import RenderableType

from rebalance.analysis.effect import Shift, whole
from rebalance.analysis.place import Where
from rebalance.model.finding import Finding
from rebalance.model.plan import Plan, status_quo
from rebalance.plans.audit import Audit
from rebalance.plans.columns import AgencyId, Category, Holder, Rule, Says
from rebalance.screen import line, on_screen
from rebalance.table import Fact, Kind, Table, Unit, figure, table_of, text_column
from rebalance.tables.words import limits
from rebalance.text import _, percent

FEW = 6
"""So many reasons are shown."""

Reason = tuple[str, Finding]
"""A rule, and what it finds at a place where it leaves no room."""


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A limit that leaves a place no room."""

    scope: Annotated[str, Fact("`here`, or `everywhere` in the county.", Unit.ID)]
    rule: Rule
    holder: Holder
    agency: AgencyId
    category: Category
    year: Annotated[int, Fact("The calendar year; 0: all years.", Unit.YEAR)]
    found: Annotated[int, Fact("What is there.", Unit.OWN)]
    at_least: Annotated[int | None, Fact("The least there may be; empty: no limit.", Unit.OWN)]
    at_most: Annotated[int | None, Fact("The most there may be; empty: no limit.", Unit.OWN)]
    says: Says


@dataclass(frozen=True)
class Story:
    """What a place has today and at the end, of what, and the findings that leave it no room.

    `here` are limits of the place itself, `everywhere` those that speak of the whole county.
    """

    checks: Audit
    where: Where
    today: int
    now: int
    parts: tuple[Shift, ...]
    here: tuple[Reason, ...]
    everywhere: tuple[Reason, ...]

    @property
    def plan(self) -> Plan:
        """The plan it is told of."""
        return self.checks.plan

    def report(self) -> Iterator[RenderableType]:
        """What the place gets, of what, and what leaves it no room."""
        yield line(self._sum())
        yield from map(line, self._covered())
        of_what, *reasons = self._all_tables()
        if len(of_what.rows) > 1:
            yield on_screen(replace(of_what, rows=of_what.rows[: 2 * FEW]))
        for table in reasons:
            if table.rows:
                yield on_screen(replace(table, rows=table.rows[:FEW]))
            if (more := len(table.rows) - FEW) > 0:
                yield line(_("… and {count} more: `rebalance audit --json` lists all.").format(count=more))
        if not (self.here or self.everywhere):
            yield line(_("No limit stands here by itself; with another number it is said what stands against that."))
        yield line(self._further())

    def tables(self) -> tuple[Table, ...]:
        """What the place has of each category, and the limits that leave it no room: here, and in the whole county."""
        return tuple(table for table in self._all_tables() if table.rows)

    def _all_tables(self) -> tuple[Table, Table, Table]:
        problem = self.plan.problem
        columns = (
            text_column("category", _("category")),
            figure("before", _("today")),
            figure("by", _("by"), Kind.CHANGE),
            figure("after", str(problem.last)),
        )
        parts = [one for one in self.parts if one.before or one.after]
        rows = [(problem.name(one.where.category), whole(one.before), one.by, whole(one.after)) for one in parts]
        return (
            table_of("parts", _("Of these"), columns, rows),
            self._reason_table("here", _("Here there is no room"), self.here),
            self._reason_table("everywhere", _("In the whole county there is no room"), self.everywhere),
        )

    def _reason_table(self, name: str, title: str, reasons: Sequence[Reason]) -> Table:
        columns = (
            text_column("rule", _("rule")),
            text_column("says", _("what it asks")),
            figure("found", _("found")),
            text_column("limits", _("limits")),
        )
        rows = [(rule, self._says(rule, one), whole(one.found), limits(one)) for rule, one in reasons]
        return table_of(name, title, columns, rows)

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "where": asdict(self.where),
            "today": self.today,
            "now": self.now,
            "parts": [one.to_json() for one in self.parts],
            "here": self._plain(self.here),
            "everywhere": self._plain(self.everywhere),
        }

    def _plain(self, reasons: Iterable[Reason]) -> list[dict[str, Any]]:
        return [{"rule": rule} | asdict(one) | {"says": self._says(rule, one)} for rule, one in reasons]

    def reason_rows(self) -> Iterator[ReasonRow]:
        """A row for each limit that leaves the place no room, and for those of the whole county."""
        for scope, reasons in (("here", self.here), ("everywhere", self.everywhere)):
            for rule, one in reasons:
                place, says = one.place, self._says(rule, one)
                where = (place.holder, place.agency, place.category, place.year)
                yield ReasonRow(scope, rule, *where, one.found, one.at_least, one.at_most, says)

    def _says(self, rule: str, found: Finding) -> str:
        """What a rule asks where it finds this, in its own words."""
        return self.checks.scenario.rules[rule].explain(self.plan.problem, found.place)

    def _sum(self) -> str:
        """What the place has today and at the end."""
        problem = self.plan.problem
        numbers = {"today": self.today, "now": self.now, "year": problem.last, "by": abs(self.now - self.today)}
        most = self.where.most(problem)
        if most == 1:
            text = _("{place} goes down by the end of {year}.")
            if not self.now:
                text = _("{place} does not go down by the end of {year}.")
        elif most is not None:
            text = _("{place}: goes down to {now} of {most} places by the end of {year}.")
        elif self.now > self.today:
            text = _("{place} has {today} today and {now} at the end of {year}: {by} more.")
        elif self.now < self.today:
            text = _("{place} has {today} today and {now} at the end of {year}: {by} fewer.")
        else:
            text = _("{place} has {now} today, and as many at the end of {year}.")
        return text.format(place=self.where.name(problem), most=most, **numbers)

    def _covered(self) -> Iterator[str]:
        """How much of the work is covered, where there is work."""
        problem, where = self.plan.problem, self.where
        whole_place = not (where.agency or where.others)
        if whole_place and where.holder in problem.township and problem.work.of(where.holder):
            today = percent(status_quo(problem).coverage(where.holder, problem.years[0]))
            now = percent(self.plan.coverage(where.holder, problem.last))
            text = _("That covers {now} of its work; what is placed today covers {today}.")
            short = _("That covers {now} of its work.")
            yield (text if problem.county.placed else short).format(now=now, today=today)

    def _further(self) -> str:
        """What can be asked next: one more where there could be, one fewer where there are any."""
        most = self.where.most(self.plan.problem)
        text = _("What one more would cost, and whom: the same with --at-least {more}; one fewer: --at-most {fewer}.")
        if not self.now:
            text = _("What one more would cost, and whom: the same with --at-least {more}.")
        elif most is not None and self.now >= most:
            text = _("What one fewer would bring, and whom: the same with --at-most {fewer}.")
        return text.format(more=self.now + 1, fewer=self.now - 1)


def story(checks: Audit, where: Where) -> Story:
    """The story of a place, from the same findings as the audit."""
    plan = checks.plan
    problem, still = plan.problem, status_quo(plan.problem)
    parts = tuple(Shift(part, part.found(still), part.found(plan)) for part in where.parts(problem))
    tight = _last_years(one for one in _tight(checks, where) if not checks.scenario.about(one[0]).bookkeeping)
    here = tuple(one for one in tight if where.concerns(one[1].place))
    everywhere = tuple(_everywhere(tight, where, where.categories(plan)))
    return Story(checks, where, where.found(still), where.found(plan), parts, here, everywhere)


def _tight(checks: Audit, where: Where) -> Iterator[Reason]:
    """Every limit that leaves no room; of what is so or not, also those that settle it."""
    yield from checks.tight
    for rule, findings in checks.findings.items() if where.others else ():
        yield from ((rule, one) for one in findings if one.tight and one.place.item in where.others)


def _everywhere(found: Iterable[Reason], where: Where, categories: frozenset[str]) -> Iterator[Reason]:
    """What is said of no place in particular, about all categories or one that there is here."""
    for rule, one in found if not where.others else ():
        if not (one.place.holder or one.place.agency) and one.place.category in {"", *categories}:
            yield rule, one


def _last_years(found: Iterable[Reason]) -> tuple[Reason, ...]:
    """The last year of what is said about the same place in several: the story is about how it ends."""
    last: dict[tuple[str, ...], Reason] = {}
    for rule, finding in found:
        place = finding.place
        last[rule, place.holder, place.agency, place.category, place.aspect] = (rule, finding)
    return tuple(last.values())
