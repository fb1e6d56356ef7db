"""`--picture FILE.svg`."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from rebalance.hints import quoted
from rebalance.words import _


def picture_option() -> click.Option:
    """`--picture`."""
    about = _("Draw a picture of it as well.")
    return click.Option(["--picture"], callback=_svg, metavar="FILE.svg", default=None, help=about)


def _svg(context: click.Context, option: click.Parameter, value: str | None) -> Path | None:
    if value is None:
        return None
    file = Path(value)
    if "\0" in value or file.suffix != ".svg" or file.is_dir() or not file.parent.is_dir():
        message = _("not accepted (got {value}). Accepted: a file ending in .svg, in a folder that exists.")
        raise click.BadParameter(message.format(value=quoted(value)), context, option)
    if find_spec("matplotlib") is None:
        message = _("pictures need Matplotlib. Install it with: pip install 'rebalance[figures]'")
        raise click.BadParameter(message, context, option)
    return file
