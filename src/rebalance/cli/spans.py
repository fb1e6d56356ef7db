"""Ranges and shares on the command line, read exactly."""

from __future__ import annotations

import re
from fractions import Fraction

import click

from rebalance.hints import quoted
from rebalance.words import _

PLAIN = re.compile(r"[0-9]{1,6}(\.[0-9]{1,9})?")
MOST = 1000

Ends = tuple[Fraction, Fraction]


def span(context: click.Context, option: click.Parameter, value: str | None) -> Ends | None:
    """Two factors, the smaller first; None where none are given."""
    if value is None:
        return None
    ends = value.split("..")
    if len(ends) == 2 and all(map(PLAIN.fullmatch, ends)):  # noqa: PLR2004  # from and to
        least, most = map(Fraction, ends)
        if least <= most <= MOST:
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
