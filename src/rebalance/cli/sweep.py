"""`rebalance sweep SCENARIO... --set PATH=VALUES`: many cases, one row each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from rebalance.cli.completion import parameters
from rebalance.cli.options import format_option, fresh_option, limit_option, running_options, store_option, whole
from rebalance.cli.output import DONE, NO, STOPPED, filing_of, force_option, misused, picture_option, ready, told
from rebalance.cli.verb import Verb, several_argument
from rebalance.text import _, quoted


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
        click.Option(["--set", "sets"], multiple=True, metavar="PATH=VALUES", shell_complete=parameters, help=values),
        click.Option(["--cases"], type=path, metavar="FILE", default=None, help=cases),
        click.Option(["--draws"], callback=_draws, metavar="N", default=None, help=_("So many random combinations.")),
        click.Option(
            ["--seed"], callback=whole(0, 2**31 - 1), metavar="N", default="0", help=_("Which draws (default: 0).")
        ),
        click.Option(["--county", "counties"], type=path, multiple=True, metavar="PACKAGE", help=county),
        limit_option(limit),
    )


def _answers() -> tuple[click.Option, ...]:
    return (format_option(), picture_option(), force_option())


def sweep(
    words: tuple[str, ...],
    *,
    sets: tuple[str, ...],
    cases: Path | None,
    draws: int | None,
    seed: int,
    counties: tuple[Path, ...],
    time_limit: float | None,
    workers: int | None,
    on: str,
    quiet: bool,
    store: Path,
    fresh: bool,
    as_: str,
    picture: Path | None,
    force: bool,
) -> int:
    """Make the cases, solve them, show the rows."""
    from rebalance.api import explore as api
    from rebalance.cli.answer import asking, draw, put, watch
    from rebalance.screen import line, on_screen

    axes = dict(map(_axis, sets))
    if draws is not None and not axes:
        raise misused(_("--draws: of what? Give the values to draw from with --set."))
    filing = filing_of(force, *words, *([cases] if cases else ()))
    ready(filing, picture, "--picture")
    with asking():
        found = api.sweep(
            words,
            axes,
            cases=cases,
            counties=counties,
            draws=draws,
            seed=seed,
            limit=time_limit,
            workers=workers,
            on=on,
            store=store,
            fresh=fresh,
            watch=watch(quiet=quiet),
        )
    sheets = [found.overview(), *([found.together()] if counties else [])]
    put(found, as_, parts=[*(on_screen(one) for one in sheets if one.rows), *map(line, found.said())])
    if picture is not None and any(one.figures for one in found):
        from rebalance.api.pictures import swept

        draw(picture, lambda: swept(found), filing=filing, quiet=quiet)
    if found.stopped:
        message = _("Stopped: {done} of {count} cases are done and kept. The same command goes on from there.")
        return told(message.format(done=found.done, count=found.asked), STOPPED)
    return NO if any(one.trouble for one in found) else DONE


def _axis(text: str) -> tuple[str, Sequence[Any]]:
    from rebalance.api.cases import values

    path, equals, said = text.partition("=")
    if not equals:
        message = _("--set: no value (got {value}). Write PATH=VALUES, such as rules.phasing.share=0.3,0.4.")
        raise misused(message.format(value=quoted(text)))
    try:
        return path.strip(), values(said)
    except ValueError as error:
        raise misused(f"--set {path.strip()}: {error}") from None


def _draws(context: click.Context, option: click.Parameter, value: str | None) -> int | None:
    return None if value is None else whole(1, 100_000)(context, option, value)
