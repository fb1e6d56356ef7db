"""How the parts of a workbook hang together: which sheets there are, and what they share."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring

from rebalance.reading.cell_xml import Book, read_texts

DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""The built-in number formats that show a date or a time."""

NO_DATE_LETTERS = re.compile(r'"[^"]*"|\\.|_.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
"""The parts of a number format whose letters mean nothing: quoted and escaped texts, colours, currencies."""


def sheet_parts(archive: ZipFile) -> Iterator[tuple[str, str]]:
    """The name and the part of every worksheet, in order."""
    part = _workbook(archive)
    targets = _targets(archive, part)
    for sheet in _parsed(archive, part).iterfind("{*}sheets/{*}sheet"):
        kind, target = targets[next(value for key, value in sheet.items() if key.endswith("}id"))]
        if kind == "worksheet":
            yield sheet.get("name", "").strip(), target


def shared(archive: ZipFile) -> Book:
    """The texts and styles all sheets refer to."""
    targets = dict(_targets(archive, _workbook(archive)).values())
    texts: tuple[str, ...] = ()
    dates: frozenset[int] = frozenset()
    if "sharedStrings" in targets:
        with archive.open(targets["sharedStrings"]) as part:
            texts = read_texts(part)
    if "styles" in targets:
        dates = _date_styles(_parsed(archive, targets["styles"]))
    return Book(texts, dates)


def _workbook(archive: ZipFile) -> str:
    return dict(_targets(archive, "").values())["officeDocument"]


def _targets(archive: ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """The parts a part refers to: kind and name, by the id it refers to them with."""
    folder, name = posixpath.split(part)
    relations = _parsed(archive, posixpath.join(folder, "_rels", f"{name}.rels"))
    return {
        relation.get("Id", ""): (
            relation.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/"),
        )
        for relation in relations
    }


def _parsed(archive: ZipFile, part: str) -> Element:
    return fromstring(archive.read(part), forbid_dtd=True)


def _date_styles(styles: Element) -> frozenset[int]:
    formats = dict.fromkeys(DATES, True)
    for custom in styles.iterfind("{*}numFmts/{*}numFmt"):
        formats[int(custom.get("numFmtId", "0"))] = _shows_date(custom.get("formatCode", ""))
    used = (int(style.get("numFmtId", "0")) for style in styles.iterfind("{*}cellXfs/{*}xf"))
    return frozenset(style for style, number in enumerate(used) if formats.get(number))


def _shows_date(form: str) -> bool:
    return bool(re.search("[dmyhs]", NO_DATE_LETTERS.sub("", form), re.IGNORECASE)) and form != "General"
