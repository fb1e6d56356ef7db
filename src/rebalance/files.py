"""Files as texts, in and out: two encodings in, one step out, and names that every system takes."""

from __future__ import annotations

import os
import re
import stat
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path, PurePath
from secrets import token_hex

from rebalance.encoding import UTF8, readings
from rebalance.fault import FaultsError, refuse
from rebalance.text import _

MOST_BYTES = 50 * 2**20


def read_text(file: Path, most: int = MOST_BYTES) -> str:
    """The text of a file in UTF-8, with or without a byte order mark, or else in GB18030.

    Raises:
        FaultsError: it is no ordinary file, too big, cannot be opened, or is in another encoding.
    """
    found = readings(read_bytes(file, most), shown(file))
    return next((one for one in found if one.encoding == UTF8), found[0]).text


def shown(file: Path) -> str:
    """A file's name as faults give it, also when the name itself is not proper text."""
    return os.fsencode(file.name).decode("utf-8", "replace")


def read_bytes(file: Path, most: int = MOST_BYTES) -> bytes:
    """The content of a file.

    Raises:
        FaultsError: it is no ordinary file, too big, or cannot be opened.
    """
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


def cannot_open(file: Path, problem: OSError) -> FaultsError:
    """The fault for what the operating system will not let us read."""
    message = _("cannot be opened ({problem}). Close other programs that use it and check who may read it.")
    return refuse(shown(file), message.format(problem=problem.strerror or problem))


class NotWritableError(OSError):
    """Nothing can be written there; `problem` says why, in the words of the operating system."""

    def __init__(self, place: Path, problem: str) -> None:
        """Name the file, or the folder."""
        super().__init__(problem)
        self.place, self.problem = place, problem

    def __str__(self) -> str:
        """What is wrong, and what to do."""
        return self.said()

    def said(self, force: str = "force=True") -> str:
        """The same; `force` is how one says that a file is meant to be replaced, where that can be meant."""
        message = _("nothing can be written there (got {value}; {problem}). Name another place.")
        return message.format(value=quoted_path(self.place), problem=self.problem)


def write_bytes(file: Path, content: bytes) -> None:
    """Put the content in place in one step: whoever looks sees the old file or the new, never half of one.

    What may be written over, `filing` knows; everything but the store of runs is written through it.

    Raises:
        NotWritableError: it cannot be written; nothing has changed.
    """
    part = file.with_name(f"{PART}{os.getpid()}-{token_hex(4)}")
    try:
        _sweep(file.parent)
        with part.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if file.exists():
            part.chmod(stat.S_IMODE(file.stat().st_mode))
        part.replace(file)
    except OSError as error:
        raise NotWritableError(file, error.strerror or type(error).__name__) from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


PART = ".rebalance-part-"
ABANDONED = 60.0
"""Seconds after which what nobody goes on writing was left by a program that was killed."""


def _sweep(folder: Path) -> None:
    """Take away what a program that was killed has left."""
    for left in folder.glob(f"{PART}*"):
        with suppress(OSError):
            if time.time() - left.lstat().st_mtime > ABANDONED:
                left.unlink()


def quoted_path(place: Path) -> str:
    """A path as messages quote it, never cut: its end is what one looks for."""
    return repr(os.fsencode(place).decode("utf-8", "replace"))


def seen_from(folder: Path, target: Path) -> str:
    """The way from a folder to a file, with slashes on every system; the whole path where there is no way."""
    try:
        return PurePath(os.path.relpath(target.resolve(), folder.resolve())).as_posix()
    except ValueError:  # on another drive
        return target.resolve().as_posix()


LONGEST = 40
RESERVED = re.compile(r"con|prn|aux|nul|(com|lpt)\w", re.IGNORECASE)  # Windows keeps these, whatever their ending
MARKED = re.compile(r".*-[0-9a-f]{16}", re.DOTALL)


def file_names(codes: Iterable[str]) -> Mapping[str, str]:
    """A name, without ending, for each code: the code itself where that is harmless, or else one like it.

    No two are the same, not even to a system that takes capital and small letters for equal.
    """
    codes = tuple(codes)
    seen = Counter(map(_folded, codes))
    return {code: code if _harmless(code) and seen[_folded(code)] == 1 else _marked(code) for code in codes}


def _folded(code: str) -> str:
    return unicodedata.normalize("NFKC", code).casefold()


def _harmless(code: str) -> bool:
    """Whether it is made of letters, digits, - and _, and means nothing else to any system or to us."""
    plain = code == _plain(code) == unicodedata.normalize("NFKC", code)
    return plain and code[:1].isalnum() and not RESERVED.fullmatch(code) and not MARKED.fullmatch(code)


def _plain(code: str) -> str:
    return "".join(char if char.isalnum() or char in "-_" else "_" for char in code)[:LONGEST]


def _marked(code: str) -> str:
    """What is plain in the code, and a fingerprint of all of it."""
    mark = blake2b(code.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return f"{_plain(code).lstrip('-_') or 'matter'}-{mark}"
