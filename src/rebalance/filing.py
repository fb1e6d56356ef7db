"""The one door through which files are written: to a new name, or over what this program has written there itself.

A file is the program's own if `.rebalance` beside it lists its name with the fingerprint of its bytes: what somebody
has changed since, or put there, is not. Approved plans, tables of counties and stores of runs are never written over,
nor is anything that is being read. The store of runs alone is written elsewhere: it is a database, which keeps itself
whole.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from rebalance.county.archive import open_archive
from rebalance.county.folder import ABOUT
from rebalance.county.naming import plain_name
from rebalance.county.read import WORKBOOK
from rebalance.county.workbook import SHEETS
from rebalance.county.xlsx import sheet_parts
from rebalance.fault import FaultsError
from rebalance.files import MOST_BYTES, NotWritableError, quoted_path, read_text, write_bytes
from rebalance.plans.approval import State
from rebalance.text import _, quoted

RECORD = ".rebalance"
LINE = re.compile(rb"([0-9a-f]{64})  (.+)")
MOST_RECORDED = 2**20
"""Bytes of a record; a longer one is written anew, with the latest of each file."""

STORE = b"SQLite format 3\0"
LEFT_ALONE = ("~$", ".")
BY_THE_DESKTOP = frozenset({"Thumbs.db", "desktop.ini"})


class NotOwnError(NotWritableError):
    """Something is there that is not written over."""

    def __init__(self, place: Path, message: str, *, forcible: bool = False, **more: str) -> None:
        """Say what is there, and whether it may be replaced if that is meant."""
        super().__init__(place, message.format(value=quoted_path(place), **more))
        self.forcible = forcible

    def said(self, force: str = "force=True") -> str:
        """What is there, and what to do."""
        way = _("{force} replaces it.").format(force=force)
        return f"{self.problem} {way}" if self.forcible else self.problem


@dataclass(frozen=True, slots=True)
class Record:
    """What has been written into a folder, and below it by the same export: fingerprints and names, the latest last."""

    folder: Path
    lines: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, folder: Path) -> Record:
        """That of a folder; empty where there is none that can be read."""
        file = folder / RECORD
        try:
            content = file.read_bytes() if stat.S_ISREG(file.lstat().st_mode) else b""
        except OSError:
            content = b""
        found = map(LINE.fullmatch, content.split(b"\n"))
        return cls(folder, tuple((one[1].decode(), os.fsdecode(one[2])) for one in found if one))

    def owns(self, name: str, place: Path) -> bool:
        """Whether what is there has been written under this name, and nobody has changed it since."""
        marks = {mark for mark, said in self.lines if said == name}
        return bool(marks) and _fingerprint(place) in marks

    def add(self, written: Mapping[str, str]) -> None:
        """Note fingerprints by name, before the files are written: a file is then known whenever the program ends.

        Raises:
            NotWritableError: that cannot be noted.
        """
        new = _lines((mark, name) for name, mark in written.items() if (mark, name) not in set(self.lines))
        if not new:
            return
        file = self.folder / RECORD
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        try:
            with os.fdopen(os.open(file, flags, 0o666), "ab", buffering=0) as stream:
                stream.write(new)  # in one go: another program may be adding to it as well
                size = os.fstat(stream.fileno()).st_size
        except OSError as error:
            raise NotWritableError(file, error.strerror or type(error).__name__) from None
        if size > MOST_RECORDED:
            self._shorten()

    def _shorten(self) -> None:
        """Keep the two latest lines of each file: that of what is there, and that of what is about to be."""
        kept: dict[str, list[str]] = {}
        for mark, name in Record.of(self.folder).lines:
            kept[name] = [*kept.get(name, [])[-1:], mark]
        write_bytes(self.folder / RECORD, _lines((mark, name) for name, marks in kept.items() for mark in marks))


def _lines(said: Iterable[tuple[str, str]]) -> bytes:
    return b"".join(mark.encode() + b"  " + os.fsencode(name) + b"\n" for mark, name in said)


@dataclass(frozen=True, slots=True)
class Filing:
    """How files are written: whether what is not the program's own is to be replaced, and what is being read."""

    force: bool = False
    inputs: tuple[Path, ...] = ()

    def look(self, file: Path) -> None:
        """See whether the file may be written, before long work begins; it is looked at again when it is.

        Raises:
            NotWritableError: it may not, or cannot, be written.
        """
        place = _real(file)
        self._look(place, file, Record.of(place.parent), place.name)

    def ready(self, file: Path) -> Path:
        """The same, after its folder has been made and written into on trial; the folder.

        Raises:
            NotWritableError: it may not, or cannot, be written.
        """
        self.look(file)
        _made(file.parent)
        trial = file.parent / ".rebalance-trial"
        write_bytes(trial, b"")
        trial.unlink(missing_ok=True)
        return file.parent

    def put(self, file: Path, content: bytes | str) -> Path:
        """Write a file, whole or not at all; its folder is made if need be. What is there already is left as it is.

        Raises:
            NotWritableError: it may not, or cannot, be written; nothing has changed.
        """
        place, data = _real(file), _data(content)
        record = Record.of(_made(place.parent))
        if not _same(place, data):
            self._look(place, file, record, place.name)
        _write(record, {place.name: (place, data)})
        return file

    def put_aside(self, file: Path, content: bytes | str) -> Path:
        """Write what must not be lost: if something is there that is not written over, to a new name beside it.

        Raises:
            NotWritableError: nothing can be written there at all.
        """
        try:
            return self.put(file, content)
        except NotOwnError:
            for number in count(2):
                other = file.with_name(f"{file.stem}-{number}{file.suffix}")
                if not os.path.lexists(other):
                    return Filing().put(other, content)
            raise

    def fill(self, folder: Path, files: Mapping[str, bytes], *, alone: bool = True) -> None:
        """Write many files into a folder: all may be written, or none is.

        Args:
            folder: where; made if need be.
            files: the bytes of each by its path in the folder.
            alone: whether nothing else is to lie there, unless they have been written there before.

        Raises:
            NotWritableError: one of them may not, or cannot, be written.
        """
        root = _real(folder)
        record = Record.of(root)
        places = {name: _inside(root / name, root) for name in files}
        if (root / ABOUT).exists():
            message = _("a county's folder (got {value}), into which nothing is exported. Name another folder.")
            raise NotOwnError(folder, message)
        if alone and not self.force and not any(record.owns(name, place) for name, place in places.items()):
            _look_around(folder, root, record)
        for name, place in places.items():
            if not _same(place, files[name]):
                self._look(place, folder / name, record, name)
        for place in places.values():
            _made(place.parent)
        _made(root)
        _write(record, {name: (place, files[name]) for name, place in places.items()})

    def _look(self, place: Path, file: Path, record: Record, name: str) -> None:
        """See whether what is there may be written over."""
        try:
            mode = place.stat().st_mode
        except FileNotFoundError:
            return
        except OSError as error:
            raise NotWritableError(file, error.strerror or type(error).__name__) from None
        _ordinary(file, mode)
        if any(_is_same(place, one) for one in self.inputs):
            raise NotOwnError(file, _("read, and to be written as well (got {value}). Name another file."))
        if reason := _never(place, record, name):
            raise NotOwnError(file, reason)
        _unlocked(file, mode)
        if self.force:
            return
        if not record.owns(name, place):
            message = _(
                "something is there that this program has not written, or that has been changed since (got {value})."
                " Name another file."
            )
            raise NotOwnError(file, message, forcible=True)
        if _states(_trail(place))[-1:] == [State.SUBMITTED]:
            raise NotOwnError(file, _("a submitted plan is there (got {value}). Name another folder."), forcible=True)


def new(folder: Path, files: Mapping[str, str]) -> None:
    """Write files that belong to a person from the first: into an empty folder, and never again.

    Raises:
        FileExistsError: something is in the folder already.
        NotWritableError: they cannot be written.
    """
    try:
        _made(folder)
        if any(folder.iterdir()):
            raise FileExistsError(folder)
    except NotADirectoryError as error:
        raise NotWritableError(folder, error.strerror or "") from None
    for name, text in files.items():
        write_bytes(_made((folder / name).parent) / Path(name).name, text.encode())


def amend(file: Path, before: str, text: str) -> None:
    """Write a plan or a map anew with what has been added to it, if it still says what it said before.

    Raises:
        NotWritableError: somebody else has changed it meanwhile, or it cannot be written.
    """
    place = _real(file)
    try:
        mode = place.stat().st_mode
        _ordinary(file, mode)
        _unlocked(file, mode)
        if read_text(place) != before:
            raise NotOwnError(file, _("changed meanwhile by somebody else (got {value}). Look at it, and try again."))
    except (OSError, FaultsError) as error:
        if isinstance(error, NotWritableError):
            raise
        raise NotWritableError(file, str(error)) from None
    if Record.of(place.parent).owns(place.name, place):
        _write(Record.of(place.parent), {place.name: (place, _data(text))})
    else:
        write_bytes(place, _data(text))


def _write(record: Record, files: Mapping[str, tuple[Path, bytes]]) -> None:
    record.add({name: hashlib.sha256(data).hexdigest() for name, (_place, data) in files.items()})
    for place, data in files.values():
        if not _same(place, data):
            write_bytes(place, data)


def _data(content: bytes | str) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content


def _real(file: Path) -> Path:
    """Where a file really is: links are followed, and those that lead nowhere refused."""
    if file.name.startswith(RECORD):
        raise NotWritableError(file, _("this program keeps such names for itself"))
    try:
        if file.is_symlink() and not file.exists():
            raise NotWritableError(file, _("a link that leads nowhere"))
        return file.resolve()
    except (ValueError, RuntimeError) as error:  # a null character; a link that leads to itself
        raise NotWritableError(file, str(error)) from None
    except OSError as error:
        if isinstance(error, NotWritableError):
            raise
        raise NotWritableError(file, error.strerror or type(error).__name__) from None


def _inside(file: Path, root: Path) -> Path:
    place = _real(file)
    if not place.is_relative_to(root):
        raise NotWritableError(file, _("a link that leads out of the folder"))
    return place


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWritableError(folder, error.strerror or type(error).__name__) from None
    return folder


def _ordinary(file: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise NotWritableError(file, _("{name} is a folder").format(name=file.name))
    if not stat.S_ISREG(mode):
        raise NotWritableError(file, _("not an ordinary file"))


def _unlocked(file: Path, mode: int) -> None:
    if not mode & 0o222 or not os.access(file, os.W_OK):  # to the administrator every file is open
        raise NotWritableError(file, _("{name} is read-only").format(name=file.name))


def _is_same(place: Path, other: Path) -> bool:
    """Whether both are one file: links, letter case and spellings of the way there make no difference."""
    try:
        return place.samefile(other)
    except OSError:
        return False


def _same(place: Path, data: bytes) -> bool:
    with suppress(OSError):
        return place.stat().st_size == len(data) and place.read_bytes() == data
    return False


def _fingerprint(place: Path) -> str:
    try:
        with place.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError:
        return ""


def _never(place: Path, record: Record, name: str) -> str:
    """Why a file is not written over whatever anybody says; empty where there is no such reason."""
    if _starts(place, STORE):
        return _("a store of runs is there (got {value}). Name another file.")
    if State.APPROVED in _states(_trail(place)):
        return _("an approved plan is there (got {value}). Name another folder.")
    if _is_signed(place):
        return _("a paper of an approved plan is there (got {value}). Name another file.")
    if place.name == ABOUT or (place.suffix.casefold() == ".csv" and (place.parent / ABOUT).exists()):
        return _("a county's table is there (got {value}). Name another file.")
    if _is_county(place) and not record.owns(name, place):
        return _("a county's workbook is there (got {value}). Name another file.")
    return ""


def _starts(place: Path, start: bytes) -> bool:
    with suppress(OSError), place.open("rb") as content:
        return content.read(len(start)) == start
    return False


def _trail(place: Path) -> Sequence[Any]:
    """The steps of approval that a file tells of itself; a plan that cannot be read any more may have had any."""
    with suppress(OSError):
        if place.stat().st_size > MOST_BYTES or b'"approval"' not in (content := place.read_bytes()):
            return ()
        try:
            steps = json.loads(content)["approval"]
        except (ValueError, LookupError, TypeError, RecursionError):
            steps = [{"state": State.APPROVED}] if b'"approved"' in content else []
        return [step for step in steps if isinstance(step, dict)] if isinstance(steps, list) else ()
    return ()


def _states(trail: Sequence[Any]) -> list[Any]:
    return [step.get("state") for step in trail]


def _is_signed(place: Path) -> bool:
    """Whether it is a paper, as it was signed, of an approved plan beside it or in the folder above."""
    for folder in place.parents[:2]:
        plan = folder / "plan.json"
        trail = _trail(plan) if plan.is_file() else ()
        if State.APPROVED in _states(trail) and _fingerprint(place) in set(_papers(trail)):
            return True
    return False


def _papers(trail: Iterable[Mapping[str, Any]]) -> Iterator[Any]:
    for step in trail:
        papers = step.get("papers")
        yield from (one.get("sha256") for one in papers or () if isinstance(one, dict))


def _is_county(place: Path) -> bool:
    """Whether it is a workbook with the sheet that every county has."""
    if place.suffix.casefold() != WORKBOOK:
        return False
    try:
        with open_archive(place) as archive:
            return any(plain_name(sheet.name) in SHEETS for sheet in sheet_parts(archive))
    except FaultsError:
        return False


def _look_around(folder: Path, root: Path, record: Record) -> None:
    """Refuse a folder in which something lies that this program has not written."""
    try:
        found = sorted(root.iterdir()) if root.exists() else []
    except OSError as error:
        raise NotWritableError(folder, error.strerror or type(error).__name__) from None
    for one in found:
        if one.name.startswith(LEFT_ALONE) or one.name in BY_THE_DESKTOP:
            continue
        if not ((one / RECORD).is_file() if one.is_dir() else record.owns(one.name, one)):
            message = _("a folder in which other things lie (got {value}), such as {name}. Name a new folder.")
            raise NotOwnError(folder, message, forcible=True, name=quoted(one.name))
