"""`rebalance approve PLAN`: note that the commission has approved a plan; from then on it may not change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from rebalance.cli.signing import Signing, parameters, sign
from rebalance.cli.verb import Verb
from rebalance.words import _


def command() -> click.Command:
    """The verb."""
    about = _(
        "Note that a submitted plan is approved. Plan, data and papers must be as they were when it was submitted;"
        " from then on `solve` does not write over the plan, and `audit` checks the fingerprints."
    )
    short = _("Note that a plan is approved.")
    return Verb("approve", approve, *parameters(), about=about, short=short)


def approve(plan: Path, **said: Any) -> int:  # noqa: ANN401  # the fields of `Signing`
    """Keep it with the plan."""
    return sign("approved", plan, Signing(**said))
