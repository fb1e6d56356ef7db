"""`--picture FILE`."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import click

from rebalance.cli.trouble import DONE, told
from rebalance.hints import quoted
from rebalance.words import _

KINDS = (".svg", ".png", ".pdf")
"""Said here too, so that no other verb waits for what draws; a test compares."""


class Drawn(Protocol):
    """A picture, as the program sees it: what draws is loaded only where something is drawn."""

    def content(self, ending: str) -> bytes:
        """The bytes of a file with this ending."""


def picture_option() -> click.Option:
    """`--picture`."""
    about = _("Draw a picture of it as well (.svg, .png or .pdf).")
    return click.Option(["--picture"], callback=_picture, metavar="FILE", default=None, help=about)


def _picture(context: click.Context, option: click.Parameter, value: str | None) -> Path | None:
    if value is None:
        return None
    file = Path(value)
    if "\0" in value or file.suffix not in KINDS or file.is_dir() or not file.parent.is_dir():
        message = _("not accepted (got {value}). Accepted: a file ending in {accepted}, in a folder that exists.")
        raise click.BadParameter(message.format(value=quoted(value), accepted=", ".join(KINDS)), context, option)
    return file


@contextmanager
def aloud() -> Iterator[None]:
    """What is said about missing fonts while something is drawn goes to stderr, as a sentence."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        yield
    for sentence in dict.fromkeys(str(one.message) for one in said):
        told(sentence, DONE)
