"""`rebalance submit PLAN`: note that a plan goes to the commission, with fingerprints of plan, data and papers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from rebalance.cli.signing import Signing, parameters, sign
from rebalance.cli.verb import Verb
from rebalance.words import _


def command() -> click.Command:
    """The verb."""
    about = _("Note that a plan goes to the commission: the plan, the county's data and the papers get fingerprints.")
    short = _("Note that a plan is submitted.")
    return Verb("submit", submit, *parameters(), about=about, short=short)


def submit(plan: Path, **said: Any) -> int:  # noqa: ANN401  # the fields of `Signing`
    """Keep it with the plan."""
    return sign("submitted", plan, Signing(**said))
