"""The folder into which a verb writes, tried beforehand."""

from __future__ import annotations

from pathlib import Path

from rebalance.cli.trouble import misused
from rebalance.hints import quoted
from rebalance.words import _
from rebalance.writing.files import write

PLAN = "plan.json"


def writable(folder: Path, option: str = "--out") -> Path:
    """The folder, made if need be, after a file has been written there on trial.

    Raises:
        click.UsageError: nothing can be written there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / PLAN).is_dir():
            raise IsADirectoryError(None, _("{name} is a folder").format(name=PLAN))
        write(folder / ".rebalance-trial", "")
        (folder / ".rebalance-trial").unlink()
    except OSError as error:
        message = _("{option}: nothing can be written there (got {value}; {problem}). Name another folder.")
        raise misused(message.format(option=option, value=quoted(str(folder)), problem=error.strerror)) from None
    return folder
