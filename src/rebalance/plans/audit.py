"""Every rule's verdict on any plan, ours or typed by hand, and every goal measured again; no solver."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest

from rebalance.county.county import County
from rebalance.goals.goal import Value
from rebalance.model.finding import Finding
from rebalance.model.plan import Plan, status_quo
from rebalance.plans.outcome import GoalResult
from rebalance.problem.problem import Problem
from rebalance.rules import RULES
from rebalance.scenario.scenario import Scenario, goal_name
from rebalance.text import _


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A goal whose value was claimed to be one thing and is measured to be another.

    `number` is the goal's rank, from 1 (a goal may be named twice). A value is None where there is none: the
    claim is missing, or is about a goal that the scenario does not have.
    """

    number: int
    goal: str
    claimed: Value | None
    measured: Value | None


@dataclass(frozen=True)
class Audit:
    """What the rules found on a plan, rule by rule, and what its goals come to."""

    scenario: Scenario
    plan: Plan
    findings: Mapping[str, tuple[Finding, ...]]
    values: tuple[tuple[str, Value], ...]
    mismatches: tuple[Mismatch, ...] = ()

    def __str__(self) -> str:
        """The scenario, and how much is wrong."""
        return _("{scenario}: broken: {broken}, inherited: {inherited}, goals that differ: {goals}").format(
            scenario=self.scenario,
            broken=len(self.broken),
            inherited=len(self.inherited),
            goals=len(self.mismatches),
        )

    def __repr__(self) -> str:
        """The same; `broken`, `inherited` and `mismatches` have the rest."""
        return f"Audit({self})"

    @cached_property
    def broken(self) -> tuple[tuple[str, Finding], ...]:
        """Every figure outside its limits, with the rule that says so."""
        return self._those(lambda finding: finding.broken)

    @cached_property
    def inherited(self) -> tuple[tuple[str, Finding], ...]:
        """Every place where today's ledgers already break a limit, and the plan does not make it worse."""
        return self._those(lambda finding: finding.inherited and not finding.broken)

    @cached_property
    def tight(self) -> tuple[tuple[str, Finding], ...]:
        """Every limit that leaves no room; equations, and nothing out of nothing, are left out."""
        return self._those(lambda finding: notable(finding) and not (finding.broken or finding.inherited))

    @property
    def lawful(self) -> bool:
        """Whether no rule is broken."""
        return not self.broken

    def _those(self, wanted: Callable[[Finding], bool]) -> tuple[tuple[str, Finding], ...]:
        found = ((rule, finding) for rule, findings in self.findings.items() for finding in findings)
        return tuple((rule, finding) for rule, finding in found if wanted(finding))


def notable(finding: Finding) -> bool:
    """Whether a person would want to see it: broken, inherited, or at a limit that could have left room."""
    bites = finding.tight and bool(finding.found) and finding.at_least != finding.at_most
    return finding.broken or finding.inherited or bites


def audit(scenario: Scenario, plan: Plan, claims: Sequence[GoalResult] = ()) -> Audit:
    """Check a plan against every rule of a scenario, and its goals against what is claimed of them.

    Args:
        scenario: the rules and goals.
        plan: any plan for the scenario's problem.
        claims: what solving, or a file, says the goals come to, in the scenario's order (none: not compared).
    """
    findings = {name: tuple(rule.check(plan)) for name, rule in scenario.rules.items()}
    values = tuple((goal_name(goal), goal.measure(plan)) for goal in scenario.goals)
    return Audit(scenario, plan, findings, values, tuple(_mismatches(values, claims)))


def today(county: County) -> Audit:
    """What today's state comes to under every rule with its defaults: nothing happens, nobody retires.

    Where nobody has said what is placed in agencies today, the rules about agencies are left out.
    """
    problem = Problem(replace(county, retirements=()))
    unknown = county.agencies and not county.placed
    rules = {n: kind() for n, kind in RULES.items() if not (unknown and "agencies" in kind.tables)}
    return audit(Scenario("", problem, rules, ()), status_quo(problem))


def _mismatches(values: Sequence[tuple[str, Value]], claims: Sequence[GoalResult]) -> Iterator[Mismatch]:
    """Every claim that differs from what is measured; with any claims, one for every goal is expected."""
    for number, (measured, claim) in enumerate(zip_longest(values, claims) if claims else (), 1):
        if measured is None:
            yield Mismatch(number, claim.name, claim.value, None)
        elif claim is None or claim.name != measured[0]:
            yield Mismatch(number, measured[0], None, measured[1])
        elif claim.value != measured[1]:
            yield Mismatch(number, measured[0], claim.value, measured[1])
