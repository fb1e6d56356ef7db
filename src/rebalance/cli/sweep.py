"""`rebalance sweep SCENARIO... --set PATH=VALUES`: many cases, one row each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from rebalance.cli.numbers import whole
from rebalance.cli.options import format_option, fresh_option, limit_option, running_options, store_option
from rebalance.cli.pictured import picture_option
from rebalance.cli.verb import Verb, several_argument
from rebalance.words import _


def command() -> click.Command:
    """The verb."""
    about = _(
        "Solve many cases of a scenario: every combination of the values set, the rows of a CSV file, or random"
        " draws; or many scenarios, or one for many counties. Each answer is kept as it comes: the same command"
        " goes on where it was stopped. A case without a plan is a row like any other."
    )
    words = several_argument(_("Scenario files, or folders of them; FILE#NAME is one variant."))
    params = (words, *_cases(), *running_options(), store_option(), fresh_option(), *_answers())
    return Verb("sweep", sweep, *params, about=about, short=_("Solve many cases, one row each."))


def _cases() -> tuple[click.Option, ...]:
    path = click.Path(path_type=Path)
    values = _("Values for a place in the scenario: rules.RULE.PARAMETER=0.05..0.30/0.05, data.TABLE.KEY.COLUMN=2,4,8.")
    cases = _("A CSV file: a column for each place, a row for each case (a column named name names them).")
    county = _("The package of a county to solve the scenario for instead of its own, or a folder of such packages.")
    limit = _("Seconds for each case (default: no limit).")
    return (
        click.Option(["--set", "sets"], multiple=True, metavar="PATH=VALUES", help=values),
        click.Option(["--cases"], type=path, metavar="FILE", default=None, help=cases),
        click.Option(["--draws"], callback=_draws, metavar="N", default=None, help=_("So many random combinations.")),
        click.Option(
            ["--seed"], callback=whole(0, 2**31 - 1), metavar="N", default="0", help=_("Which draws (default: 0).")
        ),
        click.Option(["--county", "counties"], type=path, multiple=True, metavar="PACKAGE", help=county),
        limit_option(limit),
    )


def _answers() -> tuple[click.Option, ...]:
    return (format_option(), picture_option())


def sweep(words: tuple[str, ...], **how: Any) -> int:  # noqa: ANN401  # the options, by name
    """Make the cases, solve them, show the rows."""
    from rebalance.cli.sweeping import Asked, carry_out

    return carry_out(words, Asked(**how))


def _draws(context: click.Context, option: click.Parameter, value: str | None) -> int | None:
    return None if value is None else whole(1, 100_000)(context, option, value)
