"""What the numbers agreed on a workbook come to, and the scenario that fixes them and leaves the rest to `solve`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import RenderableType

from rebalance.analysis.agreed import put_in
from rebalance.fault import Fault
from rebalance.files import seen_from
from rebalance.filing import Filing
from rebalance.goals.canonical import Canonical
from rebalance.goals.goal import Goal, Value, value
from rebalance.goals.stay_close import close_to
from rebalance.model.finding import Finding
from rebalance.model.plan import Plan
from rebalance.papers.edits import IDS, Edit, Edits, named, where
from rebalance.papers.returned import Remark
from rebalance.plans.audit import Audit, audit
from rebalance.plans.file import written_value
from rebalance.plans.outcome import Outcome
from rebalance.plans.recorded import Recorded
from rebalance.plans.rows import PlacedRow, Tables, plan_from, tables_of
from rebalance.rules.pinned import Pin, PinAgency, Pinned
from rebalance.scenario.parts import goal_name, rule_name
from rebalance.scenario.scenario import Scenario
from rebalance.scenario.settings import titled
from rebalance.scenario.write import row_files, scenario_toml
from rebalance.screen import Answer, line, on_screen
from rebalance.table import Cell, Kind, Table, figure, table_of, text_column
from rebalance.text import NOTHING, _, listed

MOST_NAMED = 6
"""So many others are named; they are counted all the same."""


@dataclass(frozen=True, repr=False)
class Review(Answer):
    """The numbers agreed, and the plan with them put in: nobody else comes to another number in the end.

    `edits` is all that was written in the workbook; `best` is what comes of solving again with the numbers fixed, where
    that was asked for; `package` is where the county is, `read` what has been read.
    """

    recorded: Recorded
    edits: Edits
    checks: Audit
    package: Path
    read: tuple[Path, ...] = ()
    best: Outcome | None = None

    @property
    def clean(self) -> bool:
        """Whether no rule is broken, and nothing was written that somebody has to read or that does not count."""
        impossible = self.best is not None and self.best.plan is None
        return not (self.broken or self.ignored or self.remarks or impossible)

    @property
    def agreed(self) -> tuple[Edit, ...]:
        """The numbers agreed, changed or to be kept."""
        return self.edits.agreed

    @property
    def ignored(self) -> tuple[Fault, ...]:
        """Changes where nothing should be changed, which do not count."""
        return self.edits.ignored

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What was written for people to read."""
        return self.edits.remarks

    @property
    def plan(self) -> Plan:
        """The plan that was reviewed."""
        return self.recorded.audit.plan

    @property
    def changed(self) -> tuple[Edit, ...]:
        """Numbers that differ from the plan's."""
        return tuple(edit for edit in self.agreed if edit.changed)

    @property
    def broken(self) -> tuple[tuple[str, Finding], ...]:
        """What is broken now and was not before.

        A number put in alone leaves the books of other cells open, of which `balance` tells; that there are not as many
        positions as an agency is given is worth saying.
        """
        before = {(rule, finding.place) for rule, finding in self.recorded.audit.broken}
        new = [(rule, found) for rule, found in self.checks.broken if (rule, found.place) not in before]
        books = {rule for rule, _found in new if self.checks.scenario.about(rule).bookkeeping}
        return tuple((rule, found) for rule, found in new if rule not in books or found.place.aspect == "placed")

    @property
    def goals(self) -> tuple[tuple[Goal, Value, Value], ...]:
        """Every goal, what it came to and what it comes to now."""
        goals = self.checks.scenario.goals
        pairs = zip(goals, self.recorded.audit.values, self.checks.values, strict=True)
        return tuple((goal, before, now) for goal, (_n, before), (_m, now) in pairs)

    @property
    def shifted(self) -> tuple[str, ...]:
        """Others who give or receive in other years than planned, so that fewer rules are broken."""
        mine = {edit.key[0] for edit in self.agreed}
        years, plan, now = self.plan.problem.years, self.plan, self.checks.plan
        others = (key for key in plan.problem.accounts if key[0] not in mine)
        return tuple(
            named(plan, key) for key in others if any(plan.owned(*key, y) != now.owned(*key, y) for y in years)
        )

    @property
    def balance(self) -> dict[str, int]:
        """By how much the numbers agreed make each category larger in all."""
        grown: Counter[str] = Counter()
        for edit in self.changed:
            if edit.table == "positions":
                grown[edit.key[1]] += edit.now - edit.was
        return {category: count for category, count in sorted(grown.items()) if count}

    @property
    def scenario(self) -> Scenario:
        """The scenario in which what was agreed is fixed, and the rest may move but stays close to the plan."""
        scenario, last = self.recorded.outcome.scenario, {None, self.plan.problem.last}
        rule = scenario.rules.get(rule_name(Pinned))
        before = rule if isinstance(rule, Pinned) else Pinned()
        cells = {edit.key: Pin(*edit.key, exactly=edit.now) for edit in self.agreed if edit.table == "positions"}
        agencies = {
            edit.key: PinAgency(*edit.key, exactly=edit.now) for edit in self.agreed if edit.table == "agencies"
        }
        kept = [pin for pin in before.cells if (pin.holder, pin.category) not in cells or pin.year not in last]
        stay = [pin for pin in before.agencies if (pin.township, pin.agency) not in agencies or pin.year not in last]
        pins = replace(before, cells=(*kept, *cells.values()), agencies=(*stay, *agencies.values()))
        name = _("{scenario}, as reviewed").format(scenario=scenario)
        why = _("Numbers agreed in review are fixed: {count}.").format(count=len(self.agreed))
        return replace(scenario.but(pins, close_to(self.plan), name=name), why=why, why_zh="")

    def save_scenario(self, file: Path | str, *, force: bool = False) -> Path:
        """Write that scenario, which `solve` takes as it is, and beside it the positions to stay close to.

        Args:
            file: where; its folder is made if need be.
            force: replace what is there even if this program has not written it, or it has been changed since.

        Raises:
            NotWritableError: nothing can be written there, or what is there is not written over.
        """
        file, scenario = Path(file), replace(self.scenario, county_path=seen_from(Path(file).parent, self.package))
        rows = row_files(scenario)
        names = [f"{file.stem}.positions{number or ''}.csv" for number in range(len(rows))]
        filing = Filing(force, self.read)
        for name in (file.name, *names):
            filing.look(file.with_name(name))
        for name, text in zip(names, rows, strict=True):
            filing.put(file.with_name(name), text)
        return filing.put(file, scenario_toml(scenario, names))

    def parts(self) -> Iterator[RenderableType]:
        """The edits, what was written beside them, what they break, what each goal loses now and at best."""
        yield from self._written()
        if not self.agreed:
            yield line(_("No number has been changed: the workbook agrees with the plan."), "green")
            return
        yield on_screen(self._numbers())
        for category, count in self.balance.items():
            text = _("{category}: the numbers agreed are {count} beyond the total; others have to make up for it.")
            less = _("{category}: the numbers agreed leave {count} of the total unused; others may take them.")
            name = self.plan.problem.name(category)
            yield line((text if count > 0 else less).format(category=name, count=abs(count)), "yellow")
        put = _("The numbers agreed stand in the years in which they break least; nobody else's differ in the end.")
        yield line(put)
        if shifted := self.shifted:
            text = _("For that, others give or receive in another year than planned: {count} ({holders}).")
            some = listed(shifted[:MOST_NAMED]) + (" …" if len(shifted) > MOST_NAMED else "")
            yield line(text.format(count=len(shifted), holders=some))
        if self.broken:
            yield on_screen(self.checks.table(_("Rules broken"), [("", one) for one in self.broken]))
        else:
            yield line(_("No rule is broken."), "green")
        yield on_screen(self._goals())
        if self.best is None:
            yield line(_("What the goals come to at best with these numbers, everything else moved: ask with --best."))
        elif self.best.plan is None:
            yield from (line(said, "yellow") for said in self.best.state())
            if self.best.clash is not None:
                yield from self.best.clash.lines(self.best.scenario)
        elif not self.best.proven:
            yield line(_("NOT PROVEN to be the best: there was no time for it."), "yellow")

    def _written(self) -> Iterator[RenderableType]:
        """What does not count, and what there is to read."""
        for fault in self.ignored:
            yield line(str(fault), "yellow")
        if self.remarks:
            columns = (
                text_column("of", _("whose row")),
                text_column("said", _("opinion")),
                text_column("at", _("where")),
            )
            names = (named(self.plan, one.key) for one in self.remarks)
            rows = [(name, one.said, one.place) for name, one in zip(names, self.remarks, strict=True)]
            yield on_screen(table_of("remarks", _("Opinions and remarks, for somebody to read"), columns, rows))

    def _numbers(self) -> Table:
        columns = (
            text_column("where", _("where")),
            figure("plan", _("plan"), Kind.PLAIN),
            figure("agreed", _("agreed"), Kind.PLAIN),
            figure("differs", _("differs"), Kind.PLAIN),
        )
        differs = (f"{edit.now - edit.was:+}" if edit.changed else _("kept") for edit in self.agreed)
        pairs = zip(self.agreed, differs, strict=True)
        rows = [(where(self.plan, edit), str(edit.was), str(edit.now), by) for edit, by in pairs]
        return table_of("agreed", _("Numbers agreed"), columns, rows)

    def _goals(self) -> Table:
        """Every goal before, with the numbers put in, and at best."""
        heads = [("plan", _("plan")), ("agreed", _("as agreed")), *([("best", _("at best"))] if self.best else [])]
        columns = (
            figure("rank", "#", Kind.YEAR),
            text_column("goal", _("goal")),
            *(text_column(*one) for one in heads),
        )
        reached = self.best.goals if self.best and self.best.plan else ()
        rows: list[tuple[Cell, ...]] = []
        for rank, (goal, before, now) in enumerate(self.goals, 1):
            if isinstance(goal, Canonical):
                continue
            found = [now, *(reached[rank - 1].value for _best in heads[2:] if reached)]
            said = ["=" if one == before else value(goal, one) for one in found]
            rows.append((rank, titled(goal), value(goal, before), *said, *[NOTHING] * (len(heads) - 1 - len(said))))
        return table_of("goals", _("Goals"), columns, rows)

    def to_json(self) -> dict[str, Any]:
        """The same as plain data."""
        rules, problem = self.checks.scenario.rules, self.checks.plan.problem
        return {
            "edits": [
                {"table": one.table, "key": list(one.key), "plan": one.was, "agreed": one.now} for one in self.agreed
            ],
            "ignored": [str(fault) for fault in self.ignored],
            "remarks": [{"where": one.place, "key": list(one.key), "says": one.said} for one in self.remarks],
            "shifted": list(self.shifted),
            "balance": self.balance,
            "broken": [{"rule": rule, "says": rules[rule].explain(problem, one.place)} for rule, one in self.broken],
            "goals": [
                {"goal": goal_name(goal), "plan": written_value(before), "agreed": written_value(now)}
                for goal, before, now in self.goals
            ],
            "best": self._best_to_json(),
        }

    def _best_to_json(self) -> dict[str, Any] | None:
        """What the goals come to at best; None where nobody asked."""
        if self.best is None:
            return None
        goals = [{"goal": one.name, "value": written_value(one.value), "proven": one.proven} for one in self.best.goals]
        return {"ending": self.best.ending.value, "proven": self.best.proven, "goals": goals}


def review(recorded: Recorded, edits: Edits, package: Path | None = None, read: Sequence[Path] = ()) -> Review:
    """Put the numbers in where they break least, and judge."""
    scenario, plan = recorded.outcome.scenario, recorded.audit.plan
    owned, strengths = ({edit.key: edit.now for edit in edits.agreed if edit.table == name} for name in IDS)
    edited = put_in(scenario, plan, owned, strengths) if edits.agreed else plan
    checks = audit(scenario, edited or plan_from(_tables(plan, edits.agreed), plan.problem))
    place = package or Path(scenario.county_path)
    return Review(recorded, edits, checks, place, tuple(read))


def _tables(plan: Plan, edits: Iterable[Edit]) -> Tables:
    """The plan's rows with the numbers agreed in the last year's."""
    tables, last = tables_of(plan), plan.problem.last
    owned = {edit.key: edit.now for edit in edits if edit.table == "positions"}
    rows: list[Any] = []
    for row in tables.positions:
        now = owned.get((row.holder, row.category)) if row.year == last else None
        rows.append(row if now is None else replace(row, after=now))
    placed = {(row.township, row.agency, row.category, row.year): row.positions for row in tables.placed}
    for edit in edits:
        if edit.table == "agencies":
            _place(placed, plan, edit)
    places = tuple(PlacedRow(*key, positions) for key, positions in sorted(placed.items()) if positions)
    return replace(tables, positions=tuple(rows), placed=places)


def _place(placed: dict[tuple[str, str, str, int], int], plan: Plan, edit: Edit) -> None:
    """More positions join the category the agency has most of; fewer leave the largest first."""
    keys = [(*edit.key, category, plan.problem.last) for category in plan.problem.categories]
    more = edit.now - edit.was
    for key in sorted(keys, key=lambda key: (-placed.get(key, 0), key)):
        change = max(more, -placed.get(key, 0))
        placed[key] = placed.get(key, 0) + change
        more -= change
        if not more:
            return
