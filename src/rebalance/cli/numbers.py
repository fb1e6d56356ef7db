"""Numbers on the command line, refused in our own words."""

from __future__ import annotations

from collections.abc import Callable

import click

from rebalance.hints import quoted
from rebalance.words import _

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
