"""How plans fare when figures turn out differently: one plan in every case, or the best plan of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from random import Random

from rebalance.analysis.cases import Case, Solved, solved
from rebalance.analysis.runners import Lost, Runner
from rebalance.county.agencies import Demand, Method
from rebalance.county.county import County
from rebalance.county.holders import Retirement, Township
from rebalance.goals.canonical import Canonical
from rebalance.goals.goal import Goal, Leximin, LeximinVector, Ratio, leximin_vector
from rebalance.goals.worst_off_first import Per, WorstOffFirst
from rebalance.model.model import Model
from rebalance.model.plan import Plan, plan_of
from rebalance.plans.audit import audit
from rebalance.plans.outcome import Ending
from rebalance.problem.problem import Problem
from rebalance.scenario.scenario import Scenario
from rebalance.text import _

STEPS = 10_000
"""A factor is one of so many equal steps between the ends of its range."""


@dataclass(frozen=True, slots=True)
class Span:
    """Between which factors a figure may turn out, both included."""

    least: Fraction = Fraction(1)
    most: Fraction = Fraction(1)

    def drawn(self, dice: Random) -> Fraction:
        """One of them, all as likely."""
        return self.least + (self.most - self.least) * Fraction(dice.randrange(STEPS + 1), STEPS)


AS_IT_IS = Span()


@dataclass(frozen=True, slots=True)
class Strain:
    """How far figures may turn out from what the county's tables say."""

    demand: Span = AS_IT_IS
    retirements: Span = AS_IT_IS
    population: Span = AS_IT_IS

    def cases(self, scenario: Scenario, count: int, seed: int = 0) -> Iterator[Scenario]:
        """So many cases of a scenario, which differ from it in these figures only."""
        for number in range(1, count + 1):
            county = self._county(scenario.problem.county, f"{seed}/{number}")
            yield replace(scenario, problem=Problem(county), name=_("case {number}").format(number=number), name_zh="")

    def _county(self, county: County, name: str) -> County:
        townships = tuple(self._township(row, name) for row in county.townships)
        retirements = tuple(self._retiring(county, name))
        drawn = replace(county, townships=townships, retirements=retirements)
        return drawn if self.demand == AS_IT_IS else self._given(drawn, name)

    def _given(self, county: County, name: str) -> County:
        """With its demand, by whatever method it is worked out, times a factor, as given figures."""
        agencies = tuple(replace(row, demand=Method.GIVEN) for row in county.agencies)
        worked_out = sorted(Problem(county).work.demand.items())
        return replace(county, agencies=agencies, demand=tuple(self._demand(*each, name) for each in worked_out))

    def _demand(self, place: tuple[str, str], hundredths: int, name: str) -> Demand:
        """Rounded up to a hundredth of a position, as demand always is."""
        factor = self.demand.drawn(Random(f"{name}/demand/{place[0]}/{place[1]}"))  # noqa: S311  # no secret
        return Demand(*place, ceil(hundredths * factor))

    def _township(self, row: Township, name: str) -> Township:
        if row.population is None:
            return row
        factor = self.population.drawn(Random(f"{name}/population/{row.township}"))  # noqa: S311  # no secret
        return replace(row, population=floor(row.population * factor + Fraction(1, 2)))

    def _retiring(self, county: County, name: str) -> Iterator[Retirement]:
        """A part of a person retires as often as it says; more than are in post never do."""
        left = Counter({(row.holder, row.category): row.in_post for row in county.positions})
        for row in county.retirements:  # in order of holder, category and year
            dice = Random(f"{name}/retirements/{row.holder}/{row.category}/{row.year}")  # noqa: S311  # no secret
            whole, part = divmod(row.count * self.retirements.drawn(dice), 1)
            count = whole + (dice.randrange(part.denominator) < part.numerator)
            most = max(row.count, left[row.holder, row.category])
            yield replace(row, count=min(count, most))
            left[row.holder, row.category] -= min(count, most)


def spread(values: Sequence[Fraction], percent: int) -> Fraction:
    """The value that so many in a hundred do not exceed (the nearest rank)."""
    return sorted(values)[max(0, ceil(Fraction(len(values) * percent, 100)) - 1)]


PERCENTS = (0, 10, 50, 90, 100)
"""Of a distribution these are shown: the worst, one in ten, the middle, nine in ten, the best."""


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


@dataclass(frozen=True)
class Stressed:
    """A plan as it was meant, and how it, or the best plan of each case, does in all of them.

    `stopped`: somebody did not wait for the others.
    """

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


def fared(case: Scenario, plan: Plan) -> Fared:
    """How a plan does in a case: what was decided stays, the books are kept with the case's figures."""
    kept = plan_of(case.problem, plan.decided)
    townships = (township for township in case.problem.townships if kept.work(township, case.problem.last))
    coverage = {township: kept.coverage(township, case.problem.last) for township in townships}
    broken = dict.fromkeys(rule for rule, _finding in audit(case, kept).broken)
    return Fared(case.name, coverage, tuple(broken))


def judged(scenario: Scenario, plan: Plan, cases: Iterable[Scenario]) -> Stressed:
    """How one plan does in every case."""
    return Stressed(fared(scenario, plan), tuple(fared(case, plan) for case in cases))


def solved_anew(
    meant: Fared,
    cases: Sequence[Scenario],
    runner: Runner,
    *,
    limit: float | None = None,
    told: Callable[[int], None] = lambda _number: None,
) -> Stressed:
    """How the best plan of each case does in it, beside how one is meant to.

    Each case may take `limit` seconds; `told` hears how many are done. Ctrl-C keeps those.
    """
    found: dict[int, Fared] = {}
    jobs = [Case(case.name, _any_of_the_best(case), limit) for case in cases]
    stopped = False
    try:
        for number, answer in runner.run(solved, jobs):
            found[number] = _best(cases[number], answer)
            told(len(found))
    except KeyboardInterrupt:
        stopped = True
    return Stressed(meant, tuple(found[number] for number in sorted(found)), stopped)


def _any_of_the_best(case: Scenario) -> Scenario:
    """Which of the best plans it is makes no difference to how the goals fare."""
    return replace(case, goals=tuple(goal for goal in case.goals if not isinstance(goal, Canonical)))


def _best(case: Scenario, answer: Solved | Lost) -> Fared:
    outcome = None if isinstance(answer, Lost) else answer.outcome
    if outcome is not None and outcome.ending is Ending.INTERRUPTED:
        raise KeyboardInterrupt
    if outcome is None or outcome.plan is None:
        return Fared(case.name, {}, found=False, proven=outcome is not None and outcome.ending is Ending.IMPOSSIBLE)
    return replace(fared(case, outcome.plan), proven=outcome.proven)


@dataclass(frozen=True)
class WorstCaseFirst:
    """Raise the coverage of the worst-off township in its worst case as far as can be, then the next.

    Every township in every case is a share of its own, and all of them are compared: a leximin over (case, township).
    So a township that is badly off in two cases comes before one that is so in one. Cases differ in demand only.
    """

    cases: tuple[Problem, ...] = ()
    enough: Fraction = Fraction(1)
    depth: int = 0

    def aim(self, model: Model) -> Leximin:
        """A share for each township that has work, case by case, of one and the same plan."""
        return Leximin(tuple(self._ratios(model)), self.enough, self.depth or None)

    def measure(self, plan: Plan) -> LeximinVector:
        """Coverage levels over all cases, from the worst, with how many (case, township) stand at each."""
        views = (replace(plan, problem=case) for case in self.cases)
        shares = (
            view.coverage(township, view.problem.last)
            for view in views
            for township in view.problem.townships
            if view.work(township, view.problem.last)
        )
        return leximin_vector(shares, self.enough, self.depth or None)

    def explain(self) -> str:
        """The goal in words."""
        return _("The township whose work is covered least in its worst case gets the most that is possible.")

    def _ratios(self, model: Model) -> Iterator[Ratio]:
        for case in self.cases:
            yield from WorstOffFirst(enough=self.enough).aim(model.seen_as(case)).ratios


def robust(scenario: Scenario, cases: Sequence[Scenario]) -> Scenario:
    """The scenario of one plan for all of these cases.

    Its goals look at the worst case where they looked at the worst-off township; where none did, a new goal comes
    first. Rules, and the other goals, go by the scenario's own figures.

    Raises:
        ValueError: there is no case, or one differs in more than what has to be done.
    """
    problems = tuple(case.problem for case in cases)
    if not problems:
        raise ValueError(_("there is no demand case. Give at least one."))
    for case in cases:
        if _books(case.problem) != _books(scenario.problem):
            message = _("{name} differs in more than demand. One plan cannot be judged by several books.")
            raise ValueError(message.format(name=case.name))
    goals = tuple(_widened(goal, problems) for goal in scenario.goals)
    if goals == scenario.goals:
        goals = (WorstCaseFirst(problems), *goals)
    return replace(scenario, goals=goals)


def _widened(goal: Goal, cases: tuple[Problem, ...]) -> Goal:
    if isinstance(goal, WorstOffFirst) and goal.per is Per.TOWNSHIP:
        return WorstCaseFirst(cases, goal.enough, goal.depth)
    return goal


def _books(problem: Problem) -> County:
    """The county without what its demand is worked out from."""
    county = problem.county
    agencies = tuple(replace(row, demand=Method.GIVEN) for row in county.agencies)
    townships = tuple(replace(row, population=None) for row in county.townships)
    return replace(county, demand=(), agencies=agencies, townships=townships)
