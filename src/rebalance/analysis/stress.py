"""How plans fare when figures turn out differently: one plan in every case, or the best plan of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Annotated, Any

from rich.console import RenderableType

from rebalance.analysis.strain import Strain
from rebalance.county.county import made_up
from rebalance.frame import DataFrame, frame, shows
from rebalance.model.plan import Plan, plan_of
from rebalance.plans.audit import audit
from rebalance.plans.columns import CaseName, Coverage, Rule, Township
from rebalance.plans.outcome import Ending, Outcome
from rebalance.scenario.codec import unstructure
from rebalance.scenario.scenario import Scenario
from rebalance.screen import Answer, line, on_screen
from rebalance.table import Cell, Fact, Figure, Table, Unit, sheet
from rebalance.text import _, percent

PERCENTS = (0, 10, 50, 90, 100)
"""Of a distribution these are shown: the worst, one in ten, the middle, nine in ten, the best."""


@dataclass(frozen=True, slots=True)
class StressRow:
    """How a township fares in a case."""

    case: CaseName
    township: Township
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """How a township fares over all cases."""

    township: Township
    percent: Annotated[int, Fact("In so many of a hundred cases it is no better; 0: the worst.", Unit.COUNT)]
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class BreakingRow:
    """A rule that a plan breaks in a case."""

    case: CaseName
    rule: Rule


@dataclass(frozen=True, slots=True)
class About:
    """What was asked: the cases, where the plan comes from, what counts as being at risk."""

    scenario: Scenario
    strain: Strain
    seed: int
    outcome: Outcome
    floor: Fraction | None = None
    robust: int | None = None
    again: bool = False

    @property
    def plan(self) -> Plan:
        """The plan that is judged.

        Raises:
            NoPlanError: there is none.
        """
        if self.outcome.plan is None:
            raise NoPlanError(self.scenario, self.outcome)
        return self.outcome.plan


class NoPlanError(ValueError):
    """There is no plan to judge; the `outcome` says why."""

    def __init__(self, scenario: Scenario, outcome: Outcome) -> None:
        """Say what came of the scenario instead."""
        super().__init__(_("{outcome}. There is no plan to look at.").format(outcome=outcome))
        self.scenario, self.outcome = scenario, outcome

    def parts(self) -> list[RenderableType]:
        """Why there is none, for people."""
        return [line(" ".join(self.outcome.state()), "yellow")]

    def tables(self) -> list[Table]:
        """There are none."""
        return []

    def to_json(self) -> dict[str, Any]:
        """The same as plain data."""
        return {"scenario": self.scenario.name, "ending": self.outcome.ending.value}


@dataclass(frozen=True, slots=True)
class Fared:
    """How a plan does in one case: coverage at the end by township (those with work), and the rules it breaks.

    `found` is False where there is no plan for the case; `proven` says whether that, or that the plan is the best of
    the case, has been shown (a plan made for another case proves nothing).
    """

    name: str
    coverage: Mapping[str, Fraction]
    broken: tuple[str, ...] = ()
    found: bool = True
    proven: bool = False

    @property
    def worst(self) -> Fraction:
        """The coverage of the worst-off township; 1 where none has work."""
        return min(self.coverage.values(), default=Fraction(1))


@dataclass(frozen=True, repr=False)
class Stress(Answer):
    """A plan as it was meant, and how it, or the best plan of each case, does in all of them.

    `about` says what was asked; `stopped`: somebody did not wait for the other cases.
    """

    about: About
    meant: Fared
    cases: tuple[Fared, ...]
    stopped: bool = False

    @property
    def found(self) -> tuple[Fared, ...]:
        """The cases that have a plan."""
        return tuple(case for case in self.cases if case.found)

    @property
    def worst(self) -> Fared | None:
        """The case in which the worst-off township is worst off."""
        return min(self.found, key=lambda case: case.worst, default=None)

    @property
    def ending(self) -> Ending:
        """How it ended: as the search for the plan did, unless somebody stopped it later."""
        return Ending.INTERRUPTED if self.stopped else self.about.outcome.ending

    @property
    def floor(self) -> Fraction:
        """Below this a township is at risk: what was asked, or else the worst coverage that is meant."""
        return self.meant.worst if self.about.floor is None else self.about.floor

    def coverage(self, township: str) -> tuple[Fraction, ...]:
        """A township's coverage in every case in which it has work."""
        return tuple(case.coverage[township] for case in self.found if township in case.coverage)

    def spread(self, township: str) -> tuple[Fraction, ...]:
        """Its coverage at the ends, a tenth in from them, and in the middle; empty where it never has work."""
        found = self.coverage(township)
        return tuple(spread(found, percent) for percent in PERCENTS) if found else ()

    def at_risk(self, floor: Fraction | None = None) -> Mapping[str, int]:
        """In how many cases a township falls below a floor, most often first (none: the worst coverage meant)."""
        least = self.meant.worst if floor is None else floor
        below = Counter(t for case in self.found for t, share in case.coverage.items() if share < least)
        return dict(sorted(below.items(), key=lambda item: (-item[1], item[0])))

    def breaking(self) -> Mapping[str, int]:
        """In how many cases a rule is broken, most often first."""
        counts = Counter(rule for case in self.cases for rule in case.broken)
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def said(self) -> Iterator[RenderableType]:
        """What was asked, and the answer in a few sentences."""
        county = self.about.scenario.problem.county
        yield line(f"{county} · {self.about.scenario}", "bold")
        yield from made_up(county)
        yield line(self._plan())
        yield line(self._drawn())
        yield from map(line, (*self._worst(), *self._risk(), *self._trouble()))

    def tables(self) -> list[Table]:
        """Coverage by township, and the rules that break."""
        breaking = self.breaking()
        rules = sheet(_("Cases in which a rule is broken"), (_("rule"), _("cases")), list(breaking.items()))
        return [self._townships(), *([rules] if breaking else [])]

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance stress` says."""
        yield from self.said()
        yield from map(on_screen, self.tables())

    def to_json(self) -> dict[str, Any]:
        """The answer as plain data, as `rebalance stress --json` prints it."""
        about = self.about
        whole: dict[str, Any] = {
            "scenario": about.scenario.name,
            "strain": about.strain,
            "seed": about.seed,
            "floor": self.floor,
            "robust": about.robust,
            "again": about.again,
            "proven": about.outcome.proven,
            "meant": self.meant,
            "at_risk": dict(self.at_risk(about.floor)),
            "broken": dict(self.breaking()),
            "cases": self.cases,
        }
        return {key: unstructure(each) for key, each in whole.items()}

    @shows(StressRow)
    def by_case(self) -> DataFrame:
        """How every township with work fares in every case that has a plan."""
        rows = (StressRow(case.name, *pair) for case in self.found for pair in case.coverage.items())
        return frame(StressRow, rows)

    @shows(SpreadRow)
    def spreads(self) -> DataFrame:
        """How every township with work fares over all cases: at the ends, a tenth in from them, and in the middle."""
        rows = (
            SpreadRow(township, *pair)
            for township in self.about.scenario.problem.townships
            for pair in zip(PERCENTS, self.spread(township), strict=False)
        )
        return frame(SpreadRow, rows)

    @shows(BreakingRow)
    def broken(self) -> DataFrame:
        """The rules that break, case by case."""
        return frame(BreakingRow, (BreakingRow(case.name, rule) for case in self.cases for rule in case.broken))

    def _plan(self) -> str:
        kind = _("One and the same plan in every case.")
        if self.about.robust is not None:
            text = _("One plan for the county's own figures and {count} cases, lawful in each, the worst case first.")
            kind = text.format(count=self.about.robust)
        if self.about.again:
            beside = _("The best plan of each case, beside the plan as it was meant.")
            kind = beside if self.about.robust is None else f"{kind} {beside}"
        return kind + ("" if self.about.outcome.proven else " " + _("It is NOT PROVEN to be the best."))

    def _drawn(self) -> str:
        strain = self.about.strain
        spans = {
            _("demand"): strain.demand,
            _("retirements"): strain.retirements,
            _("population"): strain.population,
        }
        ranges = ", ".join(
            _("{figure} {least} to {most}").format(figure=figure, least=percent(one.least), most=percent(one.most))
            for figure, one in spans.items()
            if one.least != 1 or one.most != 1
        )
        text = _("Cases: {count}, seed {seed}; {ranges} of what the tables say.")
        ranges = ranges or _("everything as it is, 100 %")
        return text.format(count=len(self.cases), seed=self.about.seed, ranges=ranges)

    def _worst(self) -> Iterator[str]:
        if (worst := self.worst) is not None:
            text = _("Worst-off township: {meant} as meant, {worst} in the worst case ({case}).")
            yield text.format(meant=percent(self.meant.worst), worst=percent(worst.worst), case=worst.name)

    def _risk(self) -> Iterator[str]:
        problem, risks = self.about.scenario.problem, self.at_risk(self.about.floor)
        floor = percent(self.floor)
        if not risks:
            yield _("No township is covered below {floor} in any case.").format(floor=floor)
            return
        names = ", ".join(f"{problem.name(township)} ({count})" for township, count in list(risks.items())[:3])
        yield _("At risk, covered below {floor} in so many cases: {names}.").format(floor=floor, names=names)

    def _trouble(self) -> Iterator[str]:
        if self.stopped:
            yield _("Stopped; only these cases were solved.")
        if broken := sum(bool(case.broken) for case in self.cases):
            yield _("Cases in which the plan breaks a rule: {count}.").format(count=broken)
        if missing := len(self.cases) - len(self.found):
            yield _("Cases without a plan: {count}.").format(count=missing)
        if unproven := sum(self.about.again and not case.proven for case in self.cases):
            yield _("Cases NOT PROVEN: {count}.").format(count=unproven)

    def _townships(self) -> Table:
        """A row for each township: as meant, the spread over all cases, how often it is at risk."""
        names = (_("worst"), *(_("{percent} %").format(percent=each) for each in PERCENTS[1:-1]), _("best"))
        columns = (_("township"), _("meant"), *names, _("at risk"))
        problem, risks = self.about.scenario.problem, self.at_risk(self.about.floor)
        rows: list[tuple[Cell, ...]] = []
        for township in problem.townships:
            if spread := self.spread(township):
                meant = self.meant.coverage.get(township)
                figures = (None if meant is None else _share(meant), *map(_share, spread))
                rows.append((problem.name(township), *figures, risks.get(township, 0)))
        return sheet(_("Coverage at the end, over all cases"), columns, rows)


def _share(share: Fraction) -> Figure:
    return Figure(share, percent(share))


def spread(values: Sequence[Fraction], percent: int) -> Fraction:
    """The value that so many in a hundred do not exceed (the nearest rank)."""
    return sorted(values)[max(0, ceil(Fraction(len(values) * percent, 100)) - 1)]


def fared(case: Scenario, plan: Plan) -> Fared:
    """How a plan does in a case: what was decided stays, the books are kept with the case's figures."""
    kept = plan_of(case.problem, plan.decided)
    townships = (township for township in case.problem.townships if kept.work(township, case.problem.last))
    coverage = {township: kept.coverage(township, case.problem.last) for township in townships}
    broken = dict.fromkeys(rule for rule, _finding in audit(case, kept).broken)
    return Fared(case.name, coverage, tuple(broken))


def judged(about: About, cases: Iterable[Scenario]) -> Stress:
    """How one plan does in every case.

    Raises:
        NoPlanError: there is no plan.
    """
    return Stress(about, fared(about.scenario, about.plan), tuple(fared(case, about.plan) for case in cases))
