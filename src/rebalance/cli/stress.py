"""`rebalance stress SCENARIO|PLAN`: how plans fare when figures turn out differently."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import click

from rebalance.cli.options import exploring_options, share, span, whole
from rebalance.cli.output import filing_of, misused, picture_option, ready
from rebalance.cli.verb import Verb, path_argument
from rebalance.text import _

Ends = tuple[Fraction, Fraction]


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
    """What is drawn."""
    return (
        click.Option(["--demand"], callback=span, metavar="A..B", help=_("Demand, by agency or township.")),
        click.Option(["--retirements"], callback=span, metavar="A..B", help=_("People who retire, by holder.")),
        click.Option(["--population"], callback=span, metavar="A..B", help=_("Residents, by township.")),
        click.Option(
            ["--cases", "count"],
            callback=whole(1, 100_000),
            metavar="N",
            default="100",
            help=_("How many (default: 100)."),
        ),
        click.Option(
            ["--seed"], callback=whole(0, 2**31 - 1), metavar="N", default="0", help=_("Other cases (default: 0).")
        ),
    )


def _plans() -> tuple[click.Option, ...]:
    robust = _(
        "Make one plan for the first N cases and the county's own figures: lawful in each, the worst case first."
    )
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


def stress(
    scenario: Path,
    *,
    demand: Ends | None,
    retirements: Ends | None,
    population: Ends | None,
    count: int,
    seed: int,
    robust: int | None,
    again: bool,
    floor: Fraction | None,
    time_limit: float | None,
    out: Path | None,
    force: bool,
    quiet: bool,
    as_: str,
    as_json: bool,
    picture: Path | None,
) -> int:
    """Read, draw, judge, report."""
    from rebalance.api import stress as api
    from rebalance.api.scenario import read_scenario
    from rebalance.cli.answer import asking, draw, keep, put, verdict, watch

    if not any((demand, retirements, population)):
        raise misused(_("nothing varies from case to case. Give a range at least, such as --demand 0.9..1.2."))
    is_plan = scenario.suffix == ".json"
    if is_plan and robust is not None:
        raise misused(_("--robust makes a plan of its own. Name a scenario instead of a plan."))
    asked = scenario if is_plan else read_scenario(scenario)
    filing = filing_of(force, scenario)
    ready(filing, out and out / "plan.json")
    ready(filing, picture, "--picture")
    as_ = "json" if as_json else as_
    try:
        with asking():
            found = api.stress(
                asked,
                demand=demand,
                retirements=retirements,
                population=population,
                count=count,
                seed=seed,
                robust=robust,
                again=again,
                floor=floor,
                limit=time_limit,
                workers=None,
                planned=lambda outcome: keep(out, {"plan": outcome}, filing=filing, quiet=quiet),
                watch=watch(quiet=quiet),
            )
    except api.NoPlanError as error:
        put(error, as_)
        return verdict(error.outcome.ending, found=False)
    put(found, as_)
    if picture is not None:
        from rebalance.api.pictures import stress_bands

        draw(picture, lambda: stress_bands(found.about.scenario, found), filing=filing, quiet=quiet)
    return verdict(found.ending, found=True)


def _some(context: click.Context, option: click.Parameter, value: str | None) -> int | None:
    return None if value is None else whole(1, 1000)(context, option, value)
