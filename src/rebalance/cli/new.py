"""`rebalance new FOLDER`: a county of one's own to begin with, made up, which solves at once."""

from __future__ import annotations

from pathlib import Path

import click

from rebalance.cli.trouble import DONE, misused, told
from rebalance.cli.verb import Verb, path_argument
from rebalance.words import _


def command() -> click.Command:
    """The verb."""
    about = _(
        "Start a county of your own in a new folder: the tables of a small made-up county, a scenario, a notebook and"
        " a README, in the language in use. It solves at once; put your own figures in, table by table. Nothing that"
        " is there is written over."
    )
    short = _("Start a county of your own.")
    return Verb("new", new, path_argument("folder", _("Folder to make.")), about=about, short=short, scenarios=False)


def new(folder: Path) -> int:
    """Write, and say how to go on."""
    from shlex import quote

    from rebalance.starting.folder import SCENARIO, start

    try:
        written = start(folder)
    except FileExistsError:
        message = _("FOLDER: something is there already (got {value}). Name a new folder.")
        raise misused(message.format(value=repr(str(folder)))) from None
    text = _("Started in {folder}: {count} files, all figures made up. README.md says what is what. Try:")
    told(text.format(folder=folder, count=len(written)), DONE)
    command = f"rebalance solve {quote(str(folder / SCENARIO))} --out {quote(str(folder / 'out'))}"
    return told(f"  {command}", DONE)
