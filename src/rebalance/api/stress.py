"""How a plan fares when figures turn out differently, at the desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from rich.console import RenderableType

from rebalance.analysis import stress as core
from rebalance.analysis.compare import scenario_of
from rebalance.analysis.stress import Span, Strain
from rebalance.analysis.stress import robust as for_all
from rebalance.api.run import runner, steps
from rebalance.api.show import recast
from rebalance.api.solve import solve
from rebalance.frame import DataFrame, frame, shows
from rebalance.plans.outcome import Outcome
from rebalance.scenario.scenario import Scenario
from rebalance.screen import Answer, on_screen
from rebalance.tables.explored import About, stress_said, stress_sheets
from rebalance.tables.frames import BreakingRow, SpreadRow, StressRow
from rebalance.text import _

Ends = tuple[str | int | Fraction, str | int | Fraction]


@dataclass(frozen=True, repr=False)
class Stress(Answer, core.Stressed):
    """A plan as it was meant, and how it, or the best plan of each case, does in all cases."""

    about: About = field(kw_only=True)

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance stress` says."""
        yield from stress_said(self.about, self)
        yield from map(on_screen, stress_sheets(self.about, self))

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
            for pair in zip(core.PERCENTS, self.spread(township), strict=False)
        )
        return frame(SpreadRow, rows)

    @shows(BreakingRow)
    def broken(self) -> DataFrame:
        """The rules that break, case by case."""
        return frame(BreakingRow, (BreakingRow(case.name, rule) for case in self.cases for rule in case.broken))


def stress(
    asked: Outcome | Scenario,
    *,
    demand: Ends | None = None,
    retirements: Ends | None = None,
    population: Ends | None = None,
    count: int = 100,
    seed: int = 0,
    robust: int | None = None,
    again: bool = False,
    floor: Fraction | str | None = None,
    limit: float | None = None,
    workers: int | None = 1,
    quiet: bool = False,
) -> Stress:
    """How a plan fares in cases in which figures turn out differently.

    Args:
        asked: the outcome whose plan is judged, or a scenario, whose best plan is.
        demand: between which factors demand may turn out, such as ("0.9", "1.2"), by agency or township.
        retirements: the same for people who retire, by holder.
        population: the same for residents, by township.
        count: how many cases.
        seed: which; the same seed draws the same.
        robust: of a scenario, one plan for its own figures and so many of the cases, the worst case first.
        again: solve every case anew, and see how the best plan of each does.
        floor: coverage below which a township is at risk (none: the worst that is meant).
        limit: seconds for each solve.
        workers: so many processes (None: one for each core). In a program, guard with `if __name__ == "__main__"`.
        quiet: show no progress.

    Raises:
        ValueError: a range or a share that is none, or there is no plan.
    """
    strain, least = Strain(*map(_span, (demand, retirements, population))), None if floor is None else _share(floor)
    scenario, outcome = scenario_of(asked), _outcome(asked, strain, seed, robust, limit, quiet=quiet)
    cases = list(strain.cases(scenario, count, seed))
    fared = core.judged(scenario, outcome.found, () if again else cases)
    fared = _again(fared.meant, cases, limit, workers, quiet=quiet) if again else fared
    return recast(fared, Stress, about=About(scenario, strain, seed, outcome, least, robust, again=again))


def _outcome(
    asked: Outcome | Scenario, strain: Strain, seed: int, robust: int | None, limit: float | None, *, quiet: bool
) -> Outcome:
    """The one given; or the best plan, or one for several cases, which share the books: the same people retire."""
    if isinstance(asked, Outcome):
        return asked
    if robust is None:
        return solve(asked, limit=limit, quiet=quiet)
    alike = Strain(strain.demand, population=strain.population)
    return solve(for_all(asked, [asked, *alike.cases(asked, robust, seed)]), limit=limit, quiet=quiet)


def _again(
    meant: core.Fared, cases: list[Scenario], limit: float | None, workers: int | None, *, quiet: bool
) -> core.Stressed:
    where = runner(cases, workers)
    with steps(quiet=quiet) as told:
        return core.solved_anew(meant, cases, where, limit=limit, told=lambda done: told(done, len(cases)))


def _span(ends: Ends | None) -> Span:
    if ends is None:
        return Span()
    least, most = map(_share, ends)
    if not 0 <= least <= most:
        message = _("not accepted (got {value}). Accepted: two factors, the smaller first, such as 0.9..1.2.")
        raise ValueError(message.format(value=f"{least}..{most}"))
    return Span(least, most)


def _share(given: Fraction | str | float) -> Fraction:
    if isinstance(given, float):
        message = _('a float is not exact (got {value}). Write "{value}", or a Fraction.')
        raise ValueError(message.format(value=given))  # noqa: TRY004  # it is the value that is refused
    return Fraction(given)
