"""Files the program writes: whole or not at all, into a folder tried beforehand."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path, PurePath

import click

from rebalance.hints import quoted
from rebalance.words import _

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
        raise click.UsageError(
            message.format(option=option, value=quoted(str(folder)), problem=error.strerror),
            click.get_current_context(silent=True),
        ) from None
    return folder


def write(file: Path, text: str) -> None:
    """Put the text in place in one step."""
    write_bytes(file, text.encode("utf-8"))


def write_bytes(file: Path, content: bytes) -> None:
    """Put the content in place in one step: whoever looks sees the old file or the new, never half of one."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


def seen_from(folder: Path, target: Path) -> str:
    """The way from a folder to a file, with slashes on every system; the whole path where there is no way."""
    try:
        return PurePath(os.path.relpath(target.resolve(), folder.resolve())).as_posix()
    except ValueError:  # on another drive
        return target.resolve().as_posix()
