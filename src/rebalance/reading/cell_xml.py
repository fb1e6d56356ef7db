"""The XML of one worksheet cell becomes a text, or the reason why it holds none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import IO
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from rebalance.hints import quoted
from rebalance.reading.raw import Cell, Refused
from rebalance.words import _

ESCAPE = re.compile(r"_x((?!d[89a-f])[0-9a-f]{4})_", re.IGNORECASE)
"""How a workbook writes a character that XML cannot hold; half a character (D800 to DFFF) stays as it is."""
WHOLE = re.compile(r"-?[0-9]+")


@dataclass(frozen=True, slots=True)
class Book:
    """What all sheets of a workbook share: the texts, and the styles that show a number as a date."""

    texts: tuple[str, ...]
    dates: frozenset[int]


def read_texts(part: IO[bytes]) -> tuple[str, ...]:
    """The table of texts that cells refer to by number."""
    texts = []
    for _event, item in iterparse(part, forbid_dtd=True):
        if item.tag.endswith("}si"):
            texts.append(_text(item))
            item.clear()
    return tuple(texts)


def read_value(cell: Element, name: str, book: Book) -> Cell:
    """The text of the cell called `name`, with numbers as they were typed."""
    kind = cell.get("t", "n")
    formula = cell.find("{*}f")
    raw = cell.findtext("{*}v", "").strip()
    if formula is not None:
        message = _("{cell} holds a formula (got {value}). Type the value instead.")
        text = "=" + (formula.text or "")
        return Refused(message.format(cell=name, value=quoted(text)), text)
    if kind == "d" or (kind == "n" and raw and int(cell.get("s", "0")) in book.dates):
        message = _("{cell} holds a date (got {value}). Type it as a plain number or text.")
        return Refused(message.format(cell=name, value=raw), raw)
    if kind == "e":
        message = _("{cell} holds an error (got {value}). Type the value instead.")
        return Refused(message.format(cell=name, value=raw), raw)
    return _plain(kind, raw, cell, book).strip()


def _plain(kind: str, raw: str, cell: Element, book: Book) -> str:
    if kind == "inlineStr":
        inline = cell.find("{*}is")
        return "" if inline is None else _text(inline)
    if kind == "s":
        return book.texts[int(raw)] if raw else ""
    if kind == "b":
        return {"1": "true", "0": "false"}.get(raw, raw)
    return _number(raw) if kind == "n" and raw else raw


def _number(raw: str) -> str:
    if WHOLE.fullmatch(raw):
        return raw
    value = float(raw)  # a spreadsheet writes 0.29 as 0.28999999999999998; this brings back what was typed
    return str(int(value)) if value.is_integer() else repr(value)


def _text(item: Element) -> str:
    """The text of an item, plain or in runs, without the reading aids of East Asian texts."""
    parts = [*item.iterfind("{*}t"), *item.iterfind("{*}r/{*}t")]
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)), "".join(part.text or "" for part in parts))
