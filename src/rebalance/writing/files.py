"""Files put in place whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path, PurePath


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
