"""`--allow-plugins`, of every verb that reads a scenario or a plan."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from rebalance.words import _


def plugins_option() -> click.Option:
    """`--allow-plugins`."""
    about = _("Run the rules and goals that a scenario brings itself, under plugins: these are programs.")
    return click.Option(["--allow-plugins"], is_flag=True, expose_value=False, callback=_allow, help=about)


def _allow(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from rebalance.record.kinds import allowing

        context.with_resource(allowing(allowed=True))
        context.with_resource(_looking_here())


@contextmanager
def _looking_here() -> Iterator[None]:
    """Let Python look in this folder too, after everywhere else: nothing that lies here stands in for anything."""
    here = str(Path.cwd())
    sys.path.append(here)
    try:
        yield
    finally:
        sys.path.remove(here)
