"""How a plan fares when figures turn out differently."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from rebalance.analysis.alternatives import measured
from rebalance.analysis.strain import Span, Strain
from rebalance.analysis.stress import About, NoPlanError, Stress, judged
from rebalance.analysis.stress_search import solved_anew
from rebalance.analysis.worst_case_first import robust as for_all
from rebalance.api.named import named
from rebalance.api.progress import Watch, watch_for
from rebalance.api.run import runner
from rebalance.fault import MisuseError
from rebalance.plans.outcome import Outcome, scenario_of
from rebalance.scenario.scenario import Scenario
from rebalance.solver import lexicographic
from rebalance.text import _

Ends = tuple[str | int | Fraction, str | int | Fraction]

__all__ = ["Ends", "NoPlanError", "Stress", "stress"]


def stress(
    asked: Outcome | Scenario | Path | str,
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
    on: str = "",
    planned: Callable[[Outcome], None] | None = None,
    watch: Watch | None = None,
    quiet: bool = False,
) -> Stress:
    """How a plan fares in cases in which figures turn out differently.

    Args:
        asked: the outcome whose plan is judged, or a scenario, whose best plan is; or the name of its file.
        demand: between which factors demand may turn out, such as ("0.9", "1.2"), by agency or township.
        retirements: the same for people who retire, by holder.
        population: the same for residents, by township.
        count: how many cases.
        seed: which; the same seed draws the same.
        robust: of a scenario, one plan for its own figures and so many of the cases: lawful in each of them, the worst
            case first.
        again: solve every case anew, and see how the best plan of each does.
        floor: coverage below which a township is at risk (none: the worst that is meant).
        limit: seconds for each solve.
        workers: so many processes (None: one for each core). In a program, guard with `if __name__ == "__main__"`.
        on: the address of a Dask cluster's scheduler, where cases are solved anew instead.
        planned: is given the plan, of which nothing is claimed, before it is judged, which may take long.
        watch: who is told how far things are (none: whoever looks at the notebook or terminal).
        quiet: show no progress.

    Raises:
        FaultsError: the file cannot be read.
        ValueError: a range or a share that is none, a range of figures that the county does not have, or there is no
            plan (`NoPlanError`).
    """
    strain, least = Strain(*map(_span, (demand, retirements, population))), None if floor is None else _share(floor)
    given = asked if isinstance(asked, Outcome | Scenario) else named([asked], None)[0]
    scenario, told = scenario_of(given), watch_for(watch, quiet=quiet)
    _fitting(given, scenario, strain, robust)
    outcome = given if isinstance(given, Outcome) else _planned(given, strain, seed, robust, limit=limit, told=told)
    about = About(scenario, strain, seed, outcome, least, robust, again=again)
    if planned is not None and outcome.plan is not None:
        planned(measured(scenario, outcome.plan))
    cases = list(strain.cases(scenario, count, seed))
    if not again:
        return judged(about, cases)
    with told.cases() as heard:
        where = runner(cases, workers, on)
        return solved_anew(about, cases, where, limit=limit, told=lambda done: heard(done, len(cases)))


def _fitting(given: Outcome | Scenario, scenario: Scenario, strain: Strain, robust: int | None) -> None:
    """Refuse what could not be honoured, so that nothing asked for is dropped in silence."""
    if robust is not None and isinstance(given, Outcome):
        raise MisuseError(_("there is a plan already, and robust makes one of its own. Give a scenario instead."))
    if missing := strain.missing(scenario.problem):
        message = _("the county says nothing of this, so it cannot turn out differently: {figures}. Leave it out.")
        raise MisuseError(message.format(figures=", ".join(missing)))


def _planned(
    scenario: Scenario, strain: Strain, seed: int, robust: int | None, *, limit: float | None, told: Watch
) -> Outcome:
    """The best plan, or one for the first cases that are drawn."""
    asked = scenario
    if robust is not None:
        asked = for_all(scenario, [scenario, *strain.cases(scenario, robust, seed)])
    with told.goals(asked.goals) as progress:
        return lexicographic.solve(asked, limit=limit, progress=progress)


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
