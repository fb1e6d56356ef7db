"""What `stress` does: draw the cases, find or read the plan, judge it, say how it fares."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from rebalance.cli.asking import Wish, read, verdict
from rebalance.cli.trouble import misused
from rebalance.exploring.pool import Pool
from rebalance.exploring.robust import robust as for_all
from rebalance.exploring.strain import Span, Strain
from rebalance.exploring.stress import Stressed, fared, judged, solved_anew
from rebalance.outcome import Ending, Outcome
from rebalance.plan import Plan
from rebalance.reading.recorded import recorded_in
from rebalance.scenario import Scenario
from rebalance.solving.lexicographic import solve
from rebalance.words import _
from rebalance.writing.stress import About, no_plan, plain, said, sheets

Ends = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Cases:
    """What is drawn."""

    demand: Ends | None
    retirements: Ends | None
    population: Ends | None
    count: int
    seed: int

    def of(self, scenario: Scenario) -> list[Scenario]:
        """The cases of a scenario."""
        return list(self.strain.cases(scenario, self.count, self.seed))

    @property
    def strain(self) -> Strain:
        """The ranges."""
        ends = (self.demand, self.retirements, self.population)
        return Strain(*(Span() if each is None else Span(*each) for each in ends))


def carry_out(
    file: Path,
    drawn: Cases,
    *,
    robust: int | None,
    again: bool,
    floor: Fraction | None,
    time_limit: float | None,
    picture: Path | None,
    **wish: Any,  # noqa: ANN401  # the fields of `Wish`
) -> int:
    """Everything from the scenario's or plan's file to the exit code."""
    wanted = Wish(**wish)
    scenario, outcome = _found(file, drawn, robust, time_limit, wanted)
    if outcome.plan is None:
        wanted.answer([no_plan(outcome)], [], {"scenario": scenario.name, "ending": outcome.ending.value})
        return verdict(outcome.ending, found=False)
    wanted.keep(scenario, {"plan": outcome.plan})
    stressed = _stressed(scenario, outcome.plan, drawn, wanted, again=again, limit=time_limit)
    if picture is not None:
        from rebalance.figures import stress_bands

        wanted.draw(picture, lambda: stress_bands(scenario, stressed))
    about = About(scenario, drawn.strain, drawn.seed, outcome, floor, robust, again=again)
    wanted.answer(said(about, stressed), sheets(about, stressed), plain(about, stressed))
    return verdict(Ending.INTERRUPTED if stressed.stopped else outcome.ending, found=True)


def _found(file: Path, drawn: Cases, robust: int | None, limit: float | None, wanted: Wish) -> tuple[Scenario, Outcome]:
    """The plan of a file, or the best, or the most robust, plan of a scenario."""
    if file.suffix == ".json":
        if robust is not None:
            raise misused(_("--robust makes a plan of its own. Name a scenario instead of a plan."))
        outcome = recorded_in(file, None).outcome
        return outcome.scenario, outcome
    scenario = read(file, wanted.out)
    asked = scenario
    if robust is not None:
        asked = for_all(scenario, [scenario, *replace(drawn, count=robust, retirements=None).of(scenario)])
    return scenario, solve(asked, limit=limit, progress=wanted.progress(asked.goals))


def _stressed(
    scenario: Scenario, plan: Plan, drawn: Cases, wanted: Wish, *, again: bool, limit: float | None
) -> Stressed:
    cases = drawn.of(scenario)
    if not again:
        return judged(scenario, plan, cases)
    message = _("cases solved: {number} of {count}")

    def told(number: int) -> None:
        wanted.say(message.format(number=number, count=len(cases)))

    return solved_anew(fared(scenario, plan), cases, Pool(), limit=limit, told=told)
