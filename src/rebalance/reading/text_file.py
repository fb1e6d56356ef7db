"""The text of a file somebody gave us: an ordinary one, not too big, in one of the two encodings in use."""

from __future__ import annotations

import os
from pathlib import Path

from rebalance.fault import FaultsError
from rebalance.reading.collecting import refuse
from rebalance.words import _

MOST_BYTES = 50 * 2**20


def read_text(file: Path, most: int = MOST_BYTES) -> str:
    """The text of a file in UTF-8, with or without a byte order mark, or else in GB18030.

    Raises:
        FaultsError: it is no ordinary file, too big, cannot be opened, or is in another encoding.
    """
    return _decoded(_bytes(file, most), shown(file))


def shown(file: Path) -> str:
    """A file's name as faults give it, also when the name itself is not proper text."""
    return os.fsencode(file.name).decode("utf-8", "replace")


def _bytes(file: Path, most: int) -> bytes:
    try:
        if not file.exists():
            raise refuse(shown(file), _("there is no such file. Check its name and folder."))
        if not file.is_file():  # a pipe or a device would keep us waiting for ever
            raise refuse(shown(file), _("not an ordinary file. Put the table itself here."))
        size = file.stat().st_size
        if size > most:
            message = _("too big (got {size} MB). At most {most} MB are read.")
            raise refuse(shown(file), message.format(size=size >> 20, most=most >> 20), str(size))
        return file.read_bytes()
    except OSError as problem:
        raise cannot_open(file, problem) from None


def _decoded(content: bytes, file: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refuse(file, _("neither UTF-8 nor GB18030. Save it as “CSV UTF-8”."))


def cannot_open(file: Path, problem: OSError) -> FaultsError:
    """The fault for what the operating system will not let us read."""
    message = _("cannot be opened ({problem}). Close other programs that use it and check who may read it.")
    return refuse(shown(file), message.format(problem=problem.strerror or problem))
