"""`rebalance stress SCENARIO|PLAN`: how plans fare when figures turn out differently."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from rebalance.cli.numbers import whole
from rebalance.cli.options import exploring_options
from rebalance.cli.pictured import picture_option
from rebalance.cli.spans import share, span
from rebalance.cli.trouble import misused
from rebalance.cli.verb import Verb, path_argument
from rebalance.words import _


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
    from rebalance.cli.stressing import Cases, carry_out

    if not any(asked[name] for name in ("demand", "retirements", "population")):
        raise misused(_("nothing varies from case to case. Give a range at least, such as --demand 0.9..1.2."))
    drawn = Cases(*(asked.pop(name) for name in ("demand", "retirements", "population", "cases", "seed")))
    return carry_out(scenario, drawn, **asked)


def _some(context: click.Context, option: click.Parameter, value: str | None) -> int | None:
    return None if value is None else whole(1, 1000)(context, option, value)
