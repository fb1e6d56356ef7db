"""`rebalance stress SCENARIO|PLAN`: how plans fare when figures turn out differently."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from rebalance.analysis.runners import Pool
from rebalance.analysis.stress import Span, Strain, Stressed, fared, judged, solved_anew
from rebalance.analysis.stress import robust as for_all
from rebalance.cli.options import exploring_options, share, span, whole
from rebalance.cli.output import misused, picture_option
from rebalance.cli.running import Wish, read, verdict
from rebalance.cli.verb import Verb, path_argument
from rebalance.model.plan import Plan
from rebalance.plans.outcome import Ending, Outcome
from rebalance.plans.recorded import recorded_in
from rebalance.scenario.scenario import Scenario
from rebalance.solver.lexicographic import solve
from rebalance.tables.explored import About, no_plan, stress_plain, stress_said, stress_sheets
from rebalance.text import _

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
    wanted.answer(stress_said(about, stressed), stress_sheets(about, stressed), stress_plain(about, stressed))
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


def command() -> click.Command:
    """The verb."""
    about = _(
        "Draw cases in which demand, retirements and population turn out differently, and see how a plan fares in"
        " them: the best plan of a scenario, a plan.json as it is, one plan made for the worst of the cases"
        " (--robust), or the best plan of each case (--again). A range is two factors, as in 0.9..1.2."
        " The same seed draws the same cases."
    )
    short = _("See how plans fare when figures turn out differently.")
    out = _("Write the plan as DIR/plan.json.")
    return Verb(
        "stress",
        stress,
        path_argument("scenario", _("A scenario file, or a plan.json.")),
        *_cases(),
        *_plans(),
        *exploring_options(out),
        picture_option(),
        about=about,
        short=short,
    )


def _cases() -> tuple[click.Option, ...]:
    """What is drawn: named after the fields of `Cases`."""
    return (
        click.Option(["--demand"], callback=span, metavar="A..B", help=_("Demand, by agency or township.")),
        click.Option(["--retirements"], callback=span, metavar="A..B", help=_("People who retire, by holder.")),
        click.Option(["--population"], callback=span, metavar="A..B", help=_("Residents, by township.")),
        click.Option(
            ["--cases"], callback=whole(1, 100_000), metavar="N", default="100", help=_("How many (default: 100).")
        ),
        click.Option(
            ["--seed"], callback=whole(0, 2**31 - 1), metavar="N", default="0", help=_("Other cases (default: 0).")
        ),
    )


def _plans() -> tuple[click.Option, ...]:
    robust = _("Make one plan for the first N cases and the county's own figures, the worst case first.")
    return (
        click.Option(["--robust"], callback=_some, metavar="N", default=None, help=robust),
        click.Option(["--again"], is_flag=True, help=_("Solve every case anew, on all cores.")),
        click.Option(
            ["--floor"],
            callback=share,
            metavar="SHARE",
            default=None,
            help=_("Coverage below which a township is at risk (default: the worst that is meant)."),
        ),
    )


def stress(scenario: Path, **asked: Any) -> int:  # noqa: ANN401  # as above
    """Read, draw, judge, report."""
    if not any(asked[name] for name in ("demand", "retirements", "population")):
        raise misused(_("nothing varies from case to case. Give a range at least, such as --demand 0.9..1.2."))
    drawn = Cases(*(asked.pop(name) for name in ("demand", "retirements", "population", "cases", "seed")))
    return carry_out(scenario, drawn, **asked)


def _some(context: click.Context, option: click.Parameter, value: str | None) -> int | None:
    return None if value is None else whole(1, 1000)(context, option, value)
