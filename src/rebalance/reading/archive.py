"""The zip file inside an `.xlsx`, looked at before anything in it is unpacked or parsed."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from lzma import LZMAError
from pathlib import Path
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from rebalance.reading.collecting import refuse
from rebalance.reading.text_file import cannot_open, shown
from rebalance.words import _

MOST_BYTES = 200 * 2**20
MOST_RATIO = 200
MOST_PARTS = 2000
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")  # .xls, and every workbook locked with a password
PICTURES = "xl/media/"  # never parsed; a drawing there may rightly have a document type

BROKEN = (BadZipFile, zlib.error, LZMAError, EOFError, ParseError, LookupError, ValueError, RuntimeError)
"""What zip and XML readers raise on a damaged, truncated or locked file."""


@contextmanager
def open_archive(file: Path) -> Iterator[ZipFile]:
    """The zip file, for as long as it is used; anything broken in it, then or later, is one fault.

    Raises:
        FaultsError: it is no workbook, is damaged, would unpack to far too much, or defines XML entities.
    """
    try:
        _look_at_start(file)
        with ZipFile(file) as archive:
            _look_at_directory(archive, shown(file))
            _look_for_entities(archive, shown(file))
            yield archive
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
    packed = max((part.file_size / max(part.compress_size, 1) for part in parts), default=0)
    if len(parts) > MOST_PARTS or size > MOST_BYTES or packed > MOST_RATIO:
        message = _("unpacks to too much (got {parts} parts, {size} MB, {ratio} times its size). {accepted}.")
        accepted = _("At most {parts} parts, {size} MB and {ratio} times are read")
        accepted = accepted.format(parts=MOST_PARTS, size=MOST_BYTES >> 20, ratio=MOST_RATIO)
        got = message.format(parts=len(parts), size=size >> 20, ratio=round(packed), accepted=accepted)
        raise refuse(file, got)


def _look_for_entities(archive: ZipFile, file: str) -> None:
    """Refuse document types: no spreadsheet program writes one, and entities can blow up or reach out."""
    for part in archive.infolist():
        if part.filename.startswith(PICTURES):
            continue
        content = archive.read(part).replace(b"\0", b"")  # UTF-16 too
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            message = _("{part} defines a document type. Save it anew as .xlsx in a spreadsheet program.")
            raise refuse(file, message.format(part=part.filename))
