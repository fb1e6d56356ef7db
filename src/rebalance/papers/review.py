"""What the numbers agreed on a workbook come to, and the scenario that fixes them and leaves the rest to `solve`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import RenderableType

from rebalance.fault import Fault
from rebalance.files import seen_from
from rebalance.filing import Filing
from rebalance.goals.goal import Goal, Value, value
from rebalance.goals.stay_close import close_to
from rebalance.model.finding import Finding
from rebalance.model.plan import Plan
from rebalance.papers.edits import Edit, where
from rebalance.plans.audit import Audit, audit
from rebalance.plans.file import written_value
from rebalance.plans.recorded import Recorded
from rebalance.plans.rows import PlacedRow, Tables, plan_from, tables_of
from rebalance.rules.pinned import Pin, PinAgency, Pinned
from rebalance.scenario.parts import goal_name, rule_name
from rebalance.scenario.scenario import Scenario
from rebalance.scenario.settings import label
from rebalance.scenario.write import scenario_toml
from rebalance.screen import Answer, add, line, number, on_screen, table, words
from rebalance.text import _


@dataclass(frozen=True, repr=False)
class Review(Answer):
    """The numbers agreed, and the plan with them put in as they are: nothing else has been moved to make room.

    `ignored` are changes where nothing should be changed, which do not count; `package` is where the county is, `read`
    what has been read.
    """

    recorded: Recorded
    agreed: tuple[Edit, ...]
    checks: Audit
    ignored: tuple[Fault, ...]
    package: Path
    read: tuple[Path, ...] = ()

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
        """Write that scenario, which `solve` takes as it is.

        Args:
            file: where; its folder is made if need be.
            force: replace what is there even if this program has not written it, or it has been changed since.

        Raises:
            NotWritableError: nothing can be written there, or what is there is not written over.
        """
        path = seen_from(Path(file).parent, self.package)
        text = scenario_toml(replace(self.scenario, county_path=path))
        return Filing(force, self.read).put(Path(file), text)

    def parts(self) -> Iterator[RenderableType]:
        """The edits, what they break, what each goal loses."""
        for fault in self.ignored:
            yield line(str(fault), "yellow")
        if not self.agreed:
            yield line(_("No change: the workbook agrees with the plan."), "green")
            return
        headers = (_("plan"), _("agreed"), _("differs"))
        made = table(_("Numbers agreed"), words(_("where")), *map(number, headers))
        for edit in self.agreed:
            differs = f"{edit.now - edit.was:+}" if edit.changed else _("kept")
            add(made, where(self.plan, edit), edit.was, edit.now, differs)
        yield made
        for category, count in self.balance.items():
            text = _("{category}: the numbers agreed are {count} beyond the total; others have to make up for it.")
            less = _("{category}: the numbers agreed leave {count} of the total unused; others may take them.")
            name = self.plan.problem.name(category)
            yield line((text if count > 0 else less).format(category=name, count=abs(count)), "yellow")
        yield line(_("Below, the numbers agreed are put in as they are; nothing else has moved to make room for them."))
        if self.broken:
            yield on_screen(self.checks.table(_("Rules broken"), [("", one) for one in self.broken]))
        else:
            yield line(_("No rule is broken."), "green")
        yield self._goals()

    def _goals(self) -> RenderableType:
        made = table(_("Goals"), number("#"), *map(words, (_("goal"), _("plan"), _("as agreed"))))
        for rank, (goal, before, now) in enumerate(self.goals, 1):
            after = "=" if before == now else value(goal, now)
            add(made, rank, label(goal), value(goal, before), after, style="" if before == now else "yellow")
        return made

    def to_json(self) -> dict[str, Any]:
        """The same as plain data."""
        rules, problem = self.checks.scenario.rules, self.checks.plan.problem
        return {
            "edits": [
                {"table": one.table, "key": list(one.key), "plan": one.was, "agreed": one.now} for one in self.agreed
            ],
            "ignored": [str(fault) for fault in self.ignored],
            "balance": self.balance,
            "broken": [{"rule": rule, "says": rules[rule].explain(problem, one.place)} for rule, one in self.broken],
            "goals": [
                {"goal": goal_name(goal), "plan": written_value(before), "agreed": written_value(now)}
                for goal, before, now in self.goals
            ],
        }


def review(
    recorded: Recorded,
    agreed: Iterable[Edit],
    ignored: Sequence[Fault] = (),
    package: Path | None = None,
    read: Sequence[Path] = (),
) -> Review:
    """Put the numbers in, and judge."""
    edits = tuple(agreed)
    plan = recorded.audit.plan
    edited = plan_from(_tables(plan, edits), plan.problem)
    checks = audit(recorded.outcome.scenario, edited)
    place = package or Path(recorded.outcome.scenario.county_path)
    return Review(recorded, edits, checks, tuple(ignored), place, tuple(read))


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
