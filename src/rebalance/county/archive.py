"""The zip file that a workbook is: looked at before anything is unpacked, its parts found however they are written."""

from __future__ import annotations

import posixpath
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from lzma import LZMAError
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml.ElementTree import fromstring

from rebalance.fault import refuse
from rebalance.files import cannot_open, shown
from rebalance.text import _

MOST_BYTES = 200 * 2**20
MOST_RATIO = 200
FEW_BYTES = 5 * 2**20
"""What unpacks to less is no bomb, however well it is packed: blank pictures and settings of printers are."""
MOST_PARTS = 2000
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")  # .xls, and every workbook locked with a password
PICTURES = "xl/media/"  # never parsed; a drawing there may rightly have a document type

BROKEN = (BadZipFile, zlib.error, LZMAError, EOFError, ParseError, LookupError, ValueError, RuntimeError)
"""What zip and XML readers raise on a damaged, truncated or locked file."""


@dataclass(frozen=True, slots=True)
class Archive:
    """The parts of a workbook by name; neither capitals nor the way slashes lean matter in a name."""

    file: ZipFile
    names: Mapping[str, str]

    def __contains__(self, part: str) -> bool:
        """Whether there is such a part."""
        return _plain(part) in self.names

    def open(self, part: str) -> IO[bytes]:
        """The content of a part."""
        return self.file.open(self.names[_plain(part)])

    def parsed(self, part: str) -> Element:
        """The content of a part, as a tree."""
        return fromstring(self.file.read(self.names[_plain(part)]), forbid_dtd=True)

    def targets(self, part: str) -> dict[str, tuple[str, str]]:
        """The parts a part refers to and that are there: kind and name, by the id it refers to them with."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        found = {}
        for relation in self.parsed(relations) if relations in self else ():
            target = relation.get("Target", "").replace("\\", "/")
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if path in self:
                found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], path)
        return found


def _plain(part: str) -> str:
    return part.replace("\\", "/").lstrip("/").casefold()


@contextmanager
def open_archive(file: Path) -> Iterator[Archive]:
    """The workbook, for as long as it is used; anything broken in it, then or later, is one fault.

    Raises:
        FaultsError: it is no workbook, is damaged, would unpack to far too much, or defines XML entities.
    """
    try:
        _look_at_start(file)
        with ZipFile(file) as archive:
            _look_at_directory(archive, shown(file))
            _look_for_entities(archive, shown(file))
            yield Archive(archive, {_plain(name): name for name in archive.namelist()})
    except OSError as problem:
        raise cannot_open(file, problem) from None
    except BROKEN as problem:
        message = _("damaged ({problem}). Open it in a spreadsheet program and save it anew as .xlsx.")
        raise refuse(shown(file), message.format(problem=problem)) from None


def _look_at_start(file: Path) -> None:
    if not file.is_file():
        raise refuse(shown(file), _("not an ordinary file. Give the workbook itself."))
    with file.open("rb") as content:
        start = content.read(len(OLD_OFFICE))
    if not start:
        raise refuse(shown(file), _("an empty file (0 bytes). Give a workbook."))
    if start == OLD_OFFICE:
        message = _("an old .xls, or locked with a password. Save it as .xlsx without a password.")
        raise refuse(shown(file), message)
    if not start.startswith(b"PK"):
        raise refuse(shown(file), _("not a workbook, whatever its name says. Save the tables as .xlsx."))


def _look_at_directory(archive: ZipFile, file: str) -> None:
    parts = archive.infolist()
    size = sum(part.file_size for part in parts)
    large = (part for part in parts if part.file_size > FEW_BYTES)
    packed = max((part.file_size / max(part.compress_size, 1) for part in large), default=0)
    if len(parts) > MOST_PARTS or size > MOST_BYTES or packed > MOST_RATIO:
        message = _("unpacks to too much (got {parts} parts, {size} MB, {ratio} times its size). {accepted}.")
        accepted = _("At most {parts} parts, {size} MB and {ratio} times are read")
        accepted = accepted.format(parts=MOST_PARTS, size=MOST_BYTES >> 20, ratio=MOST_RATIO)
        got = message.format(parts=len(parts), size=size >> 20, ratio=round(packed), accepted=accepted)
        raise refuse(file, got)


def _look_for_entities(archive: ZipFile, file: str) -> None:
    """Refuse document types: no spreadsheet program writes one, and entities can blow up or reach out."""
    for part in archive.infolist():
        if _plain(part.filename).startswith(PICTURES):
            continue
        content = archive.read(part).replace(b"\0", b"")  # UTF-16 too
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            message = _("{part} defines a document type. Save it anew as .xlsx in a spreadsheet program.")
            raise refuse(file, message.format(part=part.filename))
