"""TOML exactly, and in people's words what keeps a file from being it: signs of a Chinese keyboard above all."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from rebalance.fault import Fault, FaultsError, refuse
from rebalance.files import read_text, shown
from rebalance.text import _

MOST_TOML_BYTES = 5 * 2**20


def read_toml(file: Path) -> dict[str, Any]:
    """The content of a TOML file; decimals are `Decimal`.

    Raises:
        FaultsError: it cannot be read, or it is not TOML (with the lines).
    """
    text = read_text(file, MOST_TOML_BYTES)
    if DEEP_KEY.search(text):
        raise _too_deep(file)
    try:
        found = tomllib.loads(text, parse_float=_exact)
    except RecursionError:
        raise _too_deep(file) from None
    except ValueError as problem:  # a syntax error, or a whole number of more digits than Python reads
        raise FaultsError(list(_wrong(text, str(problem), shown(file)))) from None
    if _depth(found) > DEEPEST:
        raise _too_deep(file)
    return found


SIGNS: Mapping[str, str] = {
    **dict.fromkeys("“”„＂「」『』", '"'),
    **dict.fromkeys("‘’＇", "'"),
    **dict.fromkeys("，、", ","),
    **dict.fromkeys("：＝", "="),
    **dict.fromkeys("【［〔", "["),
    **dict.fromkeys("】］〕", "]"),
    "｛": "{",
    "｝": "}",
    "．": ".",
    "。": ".",
    "＃": "#",
    "－": "-",
    "＋": "+",
    "％": "%",
    "＿": "_",
    "\u3000": " ",
    "\u00a0": " ",
    **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
}
"""What a Chinese keyboard types, and what TOML has in its place."""

ASIDE = re.compile(
    r'"""(?:[^\\]|\\.)*?"""|\'\'\'.*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#[^\n]*',
    re.DOTALL,
)
"""A text in quotes, or a comment: what stands there is nobody's business."""

WORD = re.compile(r"[\w-]+")
HELD = "\0"
"""Stands where a text in quotes was."""


def _wrong(text: str, problem: str, file: str) -> Iterator[Fault]:
    """What is wrong with a text that is not TOML: signs that it does not know, words without quotes, or one line."""
    lines = text.splitlines()
    plain = ASIDE.sub(lambda found: re.sub(r"[^\n]", " " if found[0][0] == "#" else HELD, found[0]), text)
    bare = plain.splitlines()
    signs = {row: [sign for sign in line if sign in SIGNS] for row, line in enumerate(bare, 1)}
    words = {row: _words(line) for row, line in enumerate(bare, 1)}
    if any(signs.values()):
        message = _sign_message(sign for found in signs.values() for sign in found)
        yield from (Fault(file, row, "", message, found[0]) for row, found in signs.items() if found)
    elif any(words.values()):
        first = next(row for row, found in words.items() if found)
        message = _word_message(words[first][0], lines[first - 1], bare[first - 1])
        yield from (Fault(file, row, "", message, found[0]) for row, found in words.items() if found)
    else:
        line = re.search(r"line (\d+)", problem)
        row = int(line[1]) if line else text.count("\n") + 1
        message = _("not TOML: {problem}. Texts stand in quotes, lists in square brackets, one key a line.")
        yield Fault(file, row, "", message.format(problem=_explained(problem)))


def _words(line: str) -> list[str]:
    """Names and texts in other letters than A–Z; none where a quotation mark is left over, which is what is wrong."""
    if '"' in line or "'" in line:
        return []
    return [word for word in WORD.findall(line) if not word.isascii()]


def _sign_message(signs: Iterable[str]) -> str:
    found = dict.fromkeys(signs)
    message = _("not TOML: signs of a Chinese keyboard (got {value}). Write instead: {pairs}.")
    pairs = (_("a blank of ordinary width") if SIGNS[one] == " " else f"{one} → {SIGNS[one]}" for one in found)
    return message.format(value=" ".join(one for one in found if not one.isspace()) or "␣", pairs="  ".join(pairs))


def _word_message(word: str, line: str, bare: str) -> str:
    """The word, and its line up to the value as it should be, with every such word in quotes."""
    key = re.match(r"\s*\[[^\]]*\]*|[^=]*", bare)
    end = key.end() if key else len(line)
    if word not in bare[:end]:
        end = len(line)
    mended = WORD.sub(_in_quotes, bare[:end]) if HELD not in bare[:end] else f'"{word}"'
    message = _(
        "not TOML: names and texts with letters other than A–Z, digits, - and _ stand in quotes (got {value})."
        " Write: {mended} ."
    )
    return message.format(value=word[:MOST_SHOWN], mended=mended.strip()[:LONGEST])


def _in_quotes(found: re.Match[str]) -> str:
    return found[0] if found[0].isascii() else f'"{found[0]}"'


MOST_SHOWN, LONGEST = 60, 120


def _explained(problem: str) -> str:
    """What the reader of TOML says, in the language spoken."""
    for pattern, said in REASONS:
        if re.match(pattern, problem):
            return said()
    return _("it cannot be understood here")


REASONS: tuple[tuple[str, Callable[[], str]], ...] = (
    (
        r"Unterminated string|Illegal character '\\n'|Expected [\"']('''|\\n|\"\"\"|')",
        lambda: _("a quotation mark is not closed"),
    ),
    (r"Expected '\]+' at the end", lambda: _("the bracket of a table's name is not closed")),
    (r"Unclosed array", lambda: _("a list is not closed, ] is missing")),
    (r"Unclosed inline table", lambda: _("a table in one line is not closed, its curly bracket is missing")),
    (r"Expected '=' after a key", lambda: _("no = stands behind the key")),
    (r"Expected newline", lambda: _("something more stands behind the value")),
    (
        r"Cannot declare|Cannot overwrite|Cannot mutate|Cannot redefine|Duplicate inline",
        lambda: _("a key or a table stands there for the second time"),
    ),
    (r"Invalid initial character", lambda: _("a key is missing, or begins with a sign that stands in quotes only")),
    (r"Invalid statement", lambda: _("the line begins with no key")),
    (r"Illegal character|Found invalid character", lambda: _("a character that cannot be seen stands there")),
    (
        r"Unescaped|Invalid hex|Escaped character",
        lambda: _("a backslash in a text; write it twice, or the text between single quotes"),
    ),
    (r"Invalid date", lambda: _("there is no such date")),
    (r"Invalid value", lambda: _("the value is none")),
    (r"Exceeds the limit|[+-]?[0-9]", lambda: _("a number of too many digits")),
)
"""What the reader of TOML may say, by how it begins."""

DEEPEST = 50
"""So many tables or lists within each other; a file of ours has some five."""

PART = r"""(?:(?<![\w-])[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+"""
DEEP_KEY = re.compile(f"(?:{PART}){{{DEEPEST}}}")
"""A key of very many parts, with which reading alone takes for ever."""


def _too_deep(file: Path) -> FaultsError:
    return refuse(shown(file), _("tables or lists within each other too deep to be read. Write plain values."))


def _depth(found: object) -> int:
    """How many tables and lists lie within each other, counted without going down into them."""
    level, depth = [found], 0
    while level := [one for outer in level for one in _inside(outer)]:
        depth += 1
    return depth


def _inside(outer: object) -> Iterable[object]:
    if isinstance(outer, dict):
        return outer.values()
    return outer if isinstance(outer, list) else ()


def _exact(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent beyond all bounds
        raise ValueError(text) from None
