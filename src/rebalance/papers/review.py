"""What an approver's numbers do to a plan: the rules they break, what each goal loses, and how to go on from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from rebalance.audit import Audit, audit
from rebalance.finding import Finding
from rebalance.goals import Goal
from rebalance.goals.goal import Value
from rebalance.goals.stay_close import close_to
from rebalance.papers.edits import Edit
from rebalance.plan import Plan
from rebalance.record.outcome import Recorded
from rebalance.record.plan import Tables, plan_from, tables_of
from rebalance.record.rows import PlacedRow
from rebalance.rules.pinned import Pin, PinAgency, Pinned
from rebalance.scenario import Scenario
from rebalance.words import _


@dataclass(frozen=True)
class Review:
    """The numbers agreed, and the plan with them put in as they are: nothing else has been moved to make room."""

    recorded: Recorded
    agreed: tuple[Edit, ...]
    checks: Audit

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
        new = (one for one in self.checks.broken if (one[0], one[1].place) not in before)
        return tuple((rule, found) for rule, found in new if rule != "ledgers" or found.place.aspect == "placed")

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


def review(recorded: Recorded, agreed: Iterable[Edit]) -> Review:
    """Put the numbers in, and judge."""
    edits = tuple(agreed)
    plan = recorded.audit.plan
    edited = plan_from(_tables(plan, edits), plan.problem)
    return Review(recorded, edits, audit(recorded.outcome.scenario, edited))


def pinned_scenario(found: Review) -> Scenario:
    """The scenario in which what was agreed is fixed, and the rest may move but stays close to the plan reviewed."""
    scenario, plan = found.recorded.outcome.scenario, found.recorded.audit.plan
    rule = scenario.rules.get("pinned")
    before = rule if isinstance(rule, Pinned) else Pinned()
    cells = {edit.key: Pin(*edit.key, exactly=edit.now) for edit in found.agreed if edit.table == "positions"}
    agencies = {edit.key: PinAgency(*edit.key, exactly=edit.now) for edit in found.agreed if edit.table == "agencies"}
    last = {None, plan.problem.last}
    kept = [pin for pin in before.cells if (pin.holder, pin.category) not in cells or pin.year not in last]
    stay = [pin for pin in before.agencies if (pin.township, pin.agency) not in agencies or pin.year not in last]
    pins = replace(before, cells=(*kept, *cells.values()), agencies=(*stay, *agencies.values()))
    name = _("{scenario}, as reviewed").format(scenario=scenario)
    why = _("Numbers agreed in review are fixed: {count}.").format(count=len(found.agreed))
    return replace(scenario.but(pins, close_to(plan), name=name), why=why, why_zh="")


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
