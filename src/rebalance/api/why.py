"""Why a scenario has no plan, and the cheapest ways out, at the desk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rich.console import RenderableType

from rebalance.analysis.effect import Change, Effect, Shift
from rebalance.analysis.place import place
from rebalance.analysis.price import Price, Pricing
from rebalance.analysis.range import Span, accounts, spans
from rebalance.analysis.range import agencies as every_agency
from rebalance.analysis.repair import CorrectionSets, Repair, Repairs
from rebalance.analysis.what_if import asking_about
from rebalance.analysis.why import Story, demanded, story
from rebalance.api.outcome import found
from rebalance.api.progress import steps
from rebalance.api.scenario import Scenario
from rebalance.api.show import recast
from rebalance.frame import DataFrame, frame, shows
from rebalance.model.finding import Place
from rebalance.plans.audit import Audit, audit
from rebalance.plans.outcome import Conflict, Outcome
from rebalance.rules.rule import Range
from rebalance.scenario import scenario as core
from rebalance.scenario.scenario import Scenario as CoreScenario
from rebalance.scenario.scenario import goal_name
from rebalance.screen import Answer, line
from rebalance.solver.engine import Clock, heeding
from rebalance.solver.feasible import Feasible
from rebalance.solver.relaxable import relaxable_limits
from rebalance.tables import answers as writing_price
from rebalance.tables import answers as writing_range
from rebalance.tables import answers as writing_why
from rebalance.tables.answers import explained, named, overlay
from rebalance.tables.frames import ChangeRow, MemberRow, MoveRow, PriceRow, ReasonRow, ShiftRow, SpanRow
from rebalance.text import _

FILE = "scenario.toml"
"""What a repair extends, as long as nobody says otherwise."""

NO_REPAIRS = Repairs((), complete=True)


@dataclass(frozen=True, repr=False)
class Explanation(Answer):
    """What cannot hold together, and what to change. `possible`: whether there is a plan (None: no time to say)."""

    asked: core.Scenario
    possible: bool | None
    clashes: tuple[Conflict, ...] = ()
    repairs: Repairs = NO_REPAIRS

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance explain` says."""
        if self.possible is None:
            yield line(_("There was no time to find out."), "yellow")
        elif self.possible:
            yield line(_("This scenario is possible: there is nothing to explain."), "green")
        else:
            where = relaxable_limits(self.asked, [member for clash in self.clashes for member in clash.members])
            yield from explained(self.asked, self.clashes, where, self.repairs, FILE)

    @shows(MemberRow)
    def members(self) -> DataFrame:
        """What cannot hold together: without any one of a clash, its others can."""
        rows = (
            MemberRow(number, rule, *_ids(place), self.asked.rules[rule].explain(self.asked.problem, place))
            for number, clash in enumerate(self.clashes, 1)
            for rule, place in clash.members
        )
        return frame(MemberRow, rows)

    @shows(MoveRow)
    def changes(self) -> DataFrame:
        """The changes of every repair."""
        rows = (
            MoveRow(
                number,
                move.relaxable.name,
                named(self.asked.problem, move.relaxable),
                move.relaxable.number(move.steps),
                repair.verified,
            )
            for number, repair in enumerate(self.repairs.found, 1)
            for move in repair.moves
        )
        return frame(MoveRow, rows)

    def scenario(self, number: int = 1) -> Scenario:
        """The scenario as a repair makes it.

        Raises:
            ValueError: there is no such repair.
        """
        return recast(self._repair(number).scenario, Scenario)

    def toml(self, number: int = 1, extends: str = FILE) -> str:
        """A repair as a scenario file that extends the impossible one.

        Raises:
            ValueError: there is no such repair.
        """
        return "\n".join(overlay(self._repair(number), extends)) + "\n"

    def _repair(self, number: int) -> Repair:
        if not 1 <= number <= len(self.repairs.found):
            message = _("no such repair (got {value}). There are {count}.")
            raise ValueError(message.format(value=number, count=len(self.repairs.found)))
        return self.repairs.found[number - 1]


def explain(
    scenario: core.Scenario,
    *,
    clashes: int = 1,
    repairs: int = 3,
    weigh: Mapping[str, int] | None = None,
    limit: float | None = None,
) -> Explanation:
    """Which rules of an impossible scenario cannot hold together, and the cheapest repairs, each verified by solving.

    What is law is never blamed and never repaired.

    Args:
        scenario: the scenario that has no plan.
        clashes: so many clashes at most.
        repairs: so many repairs at most.
        weigh: how many times a change of a rule, a table or one of their numbers counts (0: never change it).
        limit: seconds in all.
    """
    clock = Clock(limit)
    with heeding(clock):
        found = Feasible(clock).clashes(scenario, clashes)
        if not found:
            return Explanation(scenario, None if found is None else True)
        if not repairs:
            return Explanation(scenario, possible=False, clashes=tuple(found))
        mended = CorrectionSets(scenario, Feasible(clock), weigh or {}).repairs(repairs)
    return Explanation(scenario, possible=False, clashes=tuple(found), repairs=mended)


def _ids(place: Place) -> tuple[str, str, str, int, str, str]:
    return place.holder, place.agency, place.category, place.year, place.aspect, place.item


@dataclass(frozen=True, repr=False)
class Why(Answer):
    """The story of a place; where another number was asked for, what that would lead to."""

    checks: Audit
    story: Story
    wanted: Range
    effect: Effect | None = None

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance why` says."""
        scenario = self.checks.scenario
        if self.effect is None:
            return writing_why.told(scenario, self.checks.plan, self.story)
        return writing_why.answered(scenario, self.story, self.wanted, self.effect)

    @shows(ReasonRow)
    def reasons(self) -> DataFrame:
        """The limits that leave the place no room, and those of the whole county."""
        both = (("here", self.story.here), ("everywhere", self.story.everywhere))
        rules, problem = self.checks.scenario.rules, self.checks.plan.problem
        rows = (
            ReasonRow(
                scope,
                rule,
                one.place.holder,
                one.place.agency,
                one.place.category,
                one.place.year,
                one.found,
                one.at_least,
                one.at_most,
                rules[rule].explain(problem, one.place),
            )
            for scope, found in both
            for rule, one in found
        )
        return frame(ReasonRow, rows)

    @shows(ChangeRow)
    def changes(self) -> DataFrame:
        """The goals that would come to something else."""
        return frame(ChangeRow, map(_changed, self.effect.changes if self.effect else ()))

    @shows(ShiftRow)
    def shifts(self) -> DataFrame:
        """Who would have more or fewer positions at the end, and which agencies more or less strength."""
        found = self.effect or Effect(None)
        of_both = (("positions", found.owned), ("strength", found.strengths))
        return frame(ShiftRow, (_shifted(of, one) for of, those in of_both for one in those))


def why(
    outcome: Outcome,
    where: str,
    *,
    at_least: int | None = None,
    at_most: int | None = None,
    limit: float | None = None,
) -> Why:
    """Why a place has what it has; with another number, what that would cost and whom, or which rules forbid it.

    Args:
        outcome: the plan, which has to pass the audit.
        where: the id or name of a holder, or of anything else that is decided on; or `township/agency`.
        at_least: solve the goals again, with at least so many there.
        at_most: the same, with at most so many.
        limit: seconds in all.

    Raises:
        ValueError: the plan does not pass the audit, or nothing, or more than one thing, has this name.
    """
    checks = sound(outcome)
    told, wanted = story(checks, place(checks.plan.problem, where)), Range(at_least, at_most)
    if wanted == Range():
        return Why(checks, told, wanted)
    with asking_about(outcome, checks.plan, limit) as asking:
        return Why(checks, told, wanted, demanded(asking, told.where, wanted))


def sound(outcome: Outcome) -> Audit:
    """The audit of a plan that passes it, or nothing said about the plan would mean anything.

    Raises:
        ValueError: it does not pass, or there is no plan.
    """
    checks = audit(outcome.scenario, found(outcome), outcome.goals)
    if not checks.lawful or checks.mismatches:
        raise ValueError(_("The plan does not pass the audit: {checks}.").format(checks=checks))
    return checks


def _changed(one: Change) -> ChangeRow:
    return ChangeRow(one.rank, goal_name(one.goal), one.better, one.before, one.after)


def _shifted(of: str, one: Shift) -> ShiftRow:
    return ShiftRow(of, one.where.holder, one.where.agency, one.where.category, one.before, one.after)


@dataclass(frozen=True, repr=False)
class Ranges(Answer):
    """How far every number of a plan can move, one at a time, while no goal gets worse."""

    asked: CoreScenario
    spans: tuple[Span, ...]

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance range` says."""
        return writing_range.range_report(self.asked, self.spans)

    @shows(SpanRow)
    def numbers(self) -> DataFrame:
        """A row a number."""
        return frame(SpanRow, map(_spanned, self.spans))


@dataclass(frozen=True, repr=False)
class Prices(Answer):
    """What one position more of each category is worth, and one step of every limit without room."""

    asked: CoreScenario
    prices: tuple[Price, ...]

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance price` says."""
        return writing_price.price_report(self.asked, self.prices)

    @shows(PriceRow)
    def worth(self) -> DataFrame:
        """What each is worth, the most first: a row for every goal that gains."""
        return frame(PriceRow, (row for one in self.prices for row in self._rows(one)))

    def _rows(self, price: Price) -> Iterator[PriceRow]:
        is_position = isinstance(price.of, str)
        kind = "position" if is_position else "limit"
        of = price.of if isinstance(price.of, str) else named(self.asked.problem, price.of)
        settled = price.effect.settled
        if not price.effect.changes:
            yield PriceRow(kind, of, settled, None, "", None, None)
        for one in price.effect.changes:
            yield PriceRow(kind, of, settled, one.rank, goal_name(one.goal), one.before, one.after)


def ranges(outcome: Outcome, *, agencies: bool = False, limit: float | None = None, quiet: bool = False) -> Ranges:
    """Which numbers of a plan are forced, and which can move without any goal getting worse.

    Args:
        outcome: the plan, which has to pass the audit.
        agencies: also the strength of every agency.
        limit: seconds in all.
        quiet: show no progress.

    Raises:
        ValueError: the plan does not pass the audit.
    """
    checks = sound(outcome)
    problem = checks.plan.problem
    places = [*accounts(problem), *(every_agency(problem) if agencies else ())]
    with asking_about(outcome, checks.plan, limit) as asking, steps(quiet=quiet) as told:
        return Ranges(checks.scenario, spans(asking, places, told))


def prices(outcome: Outcome, *, limit: float | None = None, quiet: bool = False) -> Prices:
    """What one position more of each category is worth, and one step of every limit that leaves no room.

    Args:
        outcome: the plan, which has to pass the audit.
        limit: seconds in all.
        quiet: show no progress.

    Raises:
        ValueError: the plan does not pass the audit.
    """
    checks = sound(outcome)
    with asking_about(outcome, checks.plan, limit) as asking, steps(quiet=quiet) as told:
        return Prices(checks.scenario, Pricing(asking, checks, told).prices())


def _spanned(one: Span) -> SpanRow:
    where, ends = (one.where.holder, one.where.agency, one.where.category), one.ends
    return SpanRow(*where, one.now, ends.least, ends.most, ends.least_proven, ends.most_proven, one.forced)
