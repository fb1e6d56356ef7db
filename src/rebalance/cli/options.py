"""Options that several verbs share."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import click

from rebalance.cli.output import force_option
from rebalance.cli.verb import json_option
from rebalance.text import _, quoted

LONGEST = 10**7  # seconds: some four months


def seconds(context: click.Context, option: click.Parameter, value: str | None) -> float | None:
    """A time that ends; None where none is given."""
    if value is None:
        return None
    try:
        found = float(value)
    except ValueError:
        found = 0.0
    if not 0 < found <= LONGEST:
        message = _("not accepted (got {value}). Accepted: a number of seconds above 0, such as 60.")
        raise click.BadParameter(message.format(value=quoted(value)), context, option)
    return found


def whole(least: int, most: int) -> Callable[[click.Context, click.Parameter, str], int]:
    """A whole number between the two, both accepted."""

    def convert(context: click.Context, option: click.Parameter, value: str) -> int:
        is_plain = value.isascii() and value.isdecimal() and len(value) <= len(str(most))
        if not is_plain or not least <= int(value) <= most:
            message = _("not accepted (got {value}). Accepted: a whole number from {least} to {most}.")
            text = message.format(value=quoted(value), least=least, most=most)
            raise click.BadParameter(text, context, option)
        return int(value)

    return convert


STORE = Path("runs", "rebalance.db")
VARIABLE, WORKERS, TIME_LIMIT = "REBALANCE_STORE", "REBALANCE_WORKERS", "REBALANCE_TIME_LIMIT"
"""Variables of the environment that give an option once and for all."""

FORMATS = ("table", "csv", "json", "md")
MOST = 10**9


def store_option() -> click.Option:
    """`--store FILE`."""
    about = _("Where runs are kept (default: {file}, or what {variable} says).")
    return click.Option(
        ["--store"],
        type=click.Path(path_type=Path),
        metavar="FILE",
        envvar=VARIABLE,
        default=STORE,
        help=about.format(file=STORE.as_posix(), variable=VARIABLE),
    )


def fresh_option() -> click.Option:
    """`--fresh`."""
    return click.Option(["--fresh"], is_flag=True, help=_("Solve again what has been solved before."))


def format_option() -> click.Option:
    """`--format`."""
    about = _("As a table, or as text for other programs (default: table).")
    return click.Option(["--format", "as_"], type=click.Choice(FORMATS), default="table", help=about)


def running_options() -> tuple[click.Option, ...]:
    """Where cases run: `--workers`, `--on`, `--quiet`."""
    workers = with_variable(_("Processes, with one solver thread each (default: one for each core)."), WORKERS)
    cluster = _("Solve on the Dask cluster with its scheduler at this address, such as tcp://host:8786.")
    return (
        click.Option(["--workers"], callback=_workers, metavar="N", envvar=WORKERS, default=None, help=workers),
        click.Option(["--on"], metavar="ADDRESS", default="", help=cluster),
        quiet_option(),
    )


def _workers(context: click.Context, option: click.Parameter, value: str | None) -> int | None:
    return None if value is None else whole(1, 512)(context, option, value)


def county_option() -> click.Option:
    """Where the county is, if not where the plan says."""
    return click.Option(
        ["--county"],
        type=click.Path(path_type=Path),
        metavar="PACKAGE",
        help=_("The county's package, if it is not where the plan says."),
    )


def limit_option(about: str = "") -> click.Option:
    """How long it may take; in all, unless something else is said."""
    limit = with_variable(about or _("Seconds in all (default: no limit)."), TIME_LIMIT)
    return click.Option(["--time-limit"], callback=seconds, metavar="S", envvar=TIME_LIMIT, help=limit)


def with_variable(about: str, variable: str) -> str:
    """What an option says of itself, and the variable of the environment that can say it too."""
    return _("{about} Or: {variable}.").format(about=about, variable=variable)


def quiet_option() -> click.Option:
    """`--quiet`."""
    return click.Option(["--quiet"], is_flag=True, help=_("Show no progress."))


def exploring_options(out: str) -> tuple[click.Option, ...]:
    """What the verbs that search for plans share."""
    folder = click.Option(["--out"], type=click.Path(path_type=Path), metavar="DIR", default=None, help=out)
    return limit_option(), folder, force_option(), quiet_option(), format_option(), json_option()


def number(name: str, about: str) -> click.Option:
    """A whole number, or none."""
    return click.Option([name], callback=_number, metavar="N", help=about)


def _number(context: click.Context, option: click.Parameter, value: str | None) -> int | None:
    return None if value is None else whole(0, MOST)(context, option, value)


PLAIN = re.compile(r"[0-9]{1,6}(\.[0-9]{1,9})?")
MOST_SPAN = 1000

Ends = tuple[Fraction, Fraction]


def span(context: click.Context, option: click.Parameter, value: str | None) -> Ends | None:
    """Two factors, the smaller first; None where none are given."""
    if value is None:
        return None
    ends = value.split("..")
    if len(ends) == 2 and all(map(PLAIN.fullmatch, ends)):  # noqa: PLR2004  # from and to
        least, most = map(Fraction, ends)
        if least <= most <= MOST_SPAN:
            return least, most
    message = _("not accepted (got {value}). Accepted: two factors, the smaller first, such as 0.9..1.2.")
    raise click.BadParameter(message.format(value=quoted(value)), context, option)


def share(context: click.Context, option: click.Parameter, value: str | None) -> Fraction | None:
    """A share as 60% or 0.6; None where none is given."""
    if value is None:
        return None
    number, percent = value.removesuffix("%"), value.endswith("%")
    found = Fraction(number) / (100 if percent else 1) if PLAIN.fullmatch(number) else Fraction(-1)
    if not 0 <= found <= 1:
        message = _("not accepted (got {value}). Accepted: a share from 0 to 1, or a percentage, such as 60%.")
        raise click.BadParameter(message.format(value=quoted(value)), context, option)
    return found
