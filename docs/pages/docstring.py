"""What a docstring says, taken apart: text, what each field means, where the thing comes from."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import dedent

FIELDS, SOURCE = "Attributes:", "References:"


@dataclass(frozen=True, slots=True)
class Said:
    """A docstring in its parts; indented lines of the text are formulas."""

    text: str
    fields: Mapping[str, str]
    source: str


def said(thing: type) -> Said:
    """The parts of the docstring of a class."""
    parts = re.split(rf"\n\n(?=(?:{FIELDS}|{SOURCE})\n)", inspect.getdoc(thing) or "")
    named = dict(part.split("\n", 1) for part in parts[1:])
    return Said(parts[0], dict(_fields(named.get(FIELDS, ""))), _joined(named.get(SOURCE, "")))


def markdown(text: str) -> str:
    """The text with its formulas as blocks."""
    return "\n\n".join(_block(part) if part.startswith("    ") else part for part in text.split("\n\n"))


def _block(part: str) -> str:
    formula = dedent(part).replace("`", "")
    return f"```{{code-block}} text\n:class: formula\n\n{formula}\n```"


def _fields(section: str) -> list[tuple[str, str]]:
    entries = re.split(r"\n(?= {4}\w+: )", "\n" + section)[1:]
    return [(name.strip(), _joined(rest)) for name, _colon, rest in (entry.partition(": ") for entry in entries)]


def _joined(lines: str) -> str:
    return " ".join(lines.split())
