"""Files as texts, in and out: two encodings in, one step out, names that every system takes, and TOML exactly."""

from __future__ import annotations

import os
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from hashlib import blake2b
from pathlib import Path, PurePath
from typing import Any

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


MOST_TOML_BYTES = 5 * 2**20


def read_toml(file: Path) -> dict[str, Any]:
    """The content of a TOML file; decimals are `Decimal`.

    Raises:
        FaultsError: it cannot be read, or it is not TOML (with the line).
    """
    text = read_text(file, MOST_TOML_BYTES)
    try:
        return tomllib.loads(text, parse_float=_exact)
    except RecursionError:
        raise refuse(shown(file), _("lists within lists too deep to be read. Write plain values.")) from None
    except ValueError as problem:  # a syntax error, or a whole number of more digits than Python reads
        line = re.search(r"line (\d+)", str(problem))
        message = _("not TOML: {problem}. Texts stand in quotes, lists in square brackets, one key a line.")
        row = int(line[1]) if line else text.count("\n") + 1
        raise refuse(shown(file), message.format(problem=problem), row=row) from None


def _exact(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent beyond all bounds
        raise ValueError(text) from None


class NotWritableError(OSError):
    """Nothing can be written into a folder; `problem` says why, in the words of the operating system."""

    def __init__(self, folder: Path, problem: str) -> None:
        """Name the folder."""
        super().__init__(None, problem, str(folder))
        self.folder, self.problem = folder, problem


def writable(folder: Path, name: str = "") -> Path:
    """The folder, made if need be, after a file has been written there on trial; `name` is to be a file there.

    Raises:
        NotWritableError: nothing can be written there.
    """
    trial = folder / ".rebalance-trial"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if name and (folder / name).is_dir():
            raise IsADirectoryError(None, _("{name} is a folder").format(name=name))
        write(trial, "")
        trial.unlink()
    except OSError as error:
        raise NotWritableError(folder, error.strerror or type(error).__name__) from None
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
