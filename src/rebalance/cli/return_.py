"""`rebalance return PLAN`: note that the commission has returned a plan."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from rebalance.cli.signing import Signing, parameters, sign
from rebalance.cli.verb import Verb
from rebalance.words import _


def command() -> click.Command:
    """The verb."""
    about = _("Note that the commission has returned a submitted plan; it may then be changed and submitted again.")
    short = _("Note that a plan is returned.")
    return Verb("return", returned, *parameters(), about=about, short=short)


def returned(plan: Path, **said: Any) -> int:  # noqa: ANN401  # the fields of `Signing`
    """Keep it with the plan."""
    return sign("returned", plan, Signing(**said))
