"""Figures as people write them: full-width digits, separators of thousands, 2026年, percentages, ticks and dashes.

Each reader gives back the plain form, or the text itself where it could mean two things: whoever reads that form then
refuses it. How something was written is told by `manners`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from rebalance.county.notices import How

PLAIN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
SCIENTIFIC = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?)e([+-]?[0-9]{1,3})", re.IGNORECASE)
MEASURED = re.compile(r"([+-]?[0-9,.]+)(人|名|个|件)")
LONGEST = 64
FINEST = 40
"""A power of ten beyond this is nobody's figure."""

DIGITS = 15
"""So many digits a spreadsheet shows and keeps."""
NOISY = range(16, 19)
"""So many digits a number has that a program wrote out of the binary one it keeps."""

DASHES = frozenset("-‐‑‒–—―−－─━/／\\＼")
EMPTY = frozenset({"无", "n/a", "空", "暂无"})
TICKS = frozenset({"√", "✓", "✔", "☑", "有", "是", "对"})
CROSSES = frozenset({"×", "✗", "✘", "☐", "没有", "否"})
NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
DATE = re.compile(
    r"([12][0-9]{3})(?:年[01]?[0-9]月(?:[0-3]?[0-9]日)?|[-/][01]?[0-9](?:[-/][0-3]?[0-9])?|\.[01]?[0-9]\.[0-3]?[0-9])"
    r"(?: ?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
)
RANGE = re.compile(r"(.+?)(?:--?|~|至|到|–|—{1,2}|―)(.+)")
BETWEEN = re.compile(r"[;,、\s]+")


WIDE = {0x3000: " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}


def narrow(text: str) -> str:
    """The text with full-width letters, digits and signs as ordinary ones."""
    return text.translate(WIDE)


def bare(text: str) -> str:
    """What is left of a name when width, white space and capitals do not count: to be compared, never shown."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def number(text: str) -> str:
    """A number in plain digits: without separators of thousands, a power of ten, or a measure behind it."""
    if PLAIN.fullmatch(text):
        return text
    said = "".join(narrow(text).split()) if len(text) <= LONGEST else text
    if found := MEASURED.fullmatch(said):
        said = found[1]
    if THOUSANDS.fullmatch(said):
        said = said.replace(",", "")
    if (found := SCIENTIFIC.fullmatch(said)) and abs(int(found[2])) <= FINEST:
        said = f"{Decimal(found[1]).scaleb(int(found[2])):f}"
    return said if PLAIN.fullmatch(said) and not _two_numbers(text) else text


def _two_numbers(text: str) -> bool:
    """Whether there is room between two digits, which one number does not have."""
    return re.search(r"[0-9]\s+[0-9]", narrow(text)) is not None


def percentage(text: str, *, hundredths: bool) -> str:
    """A number that may be a percentage: 12.5% is 12.5 where hundredths are asked, or else 0.125."""
    if PLAIN.fullmatch(text):
        return text
    said = narrow(text).replace(" ", "")
    plain = number(said.removesuffix("%"))
    if not said.endswith("%") or not PLAIN.fullmatch(plain):
        return number(text)
    return plain if hundredths else f"{Decimal(plain).scaleb(-2):f}"


def is_noisy(text: str) -> bool:
    """Whether a number has the few more digits that a program writes of a binary one."""
    said = number(text)
    digits = len(said.lstrip("+-0.").replace(".", ""))
    return PLAIN.fullmatch(said) is not None and "." in said and digits in NOISY


def shown(text: str) -> str:
    """A plain number with as many digits as a spreadsheet shows, where it has the few more of a binary number."""
    return f"{Decimal(f'{Decimal(text):.{DIGITS}g}'):f}" if is_noisy(text) else text


def year(text: str) -> str:
    """A year: 2026年, 二〇二六年, or that of a date."""
    said = "".join(narrow(text).split()) if len(text) <= LONGEST else text
    if said.endswith(("年", "年度")):
        said = said.translate(NUMERALS)
    if found := re.fullmatch(r"([0-9]{4})(年度?)?", said):
        return found[1]
    found = DATE.fullmatch(narrow(text).strip())
    return found[1] if found else number(text)


def years(text: str) -> tuple[str, ...]:
    """Several years: 2026、2027、2028, or from the first to the last, 2026-2028."""
    parts = [part for part in BETWEEN.split(narrow(text).strip()) if part]
    if len(parts) != 1:
        return tuple(map(year, parts))
    found = RANGE.fullmatch(parts[0])
    ends = (year(found[1]), year(found[2])) if found else ()
    if not all(re.fullmatch("[0-9]{4}", end) for end in ends) or not ends or ends[0] >= ends[1]:
        return (year(parts[0]),)
    return tuple(map(str, range(int(ends[0]), int(ends[1]) + 1)))


def nothing(text: str) -> bool:
    """Whether this says that there is nothing: a dash, a stroke, 无."""
    said = narrow(text).casefold()
    return bool(text) and (set(text) <= DASHES or said in EMPTY)


def manners(text: str) -> Iterator[How]:
    """How a figure, a year, a yes or no was written, where it was not in plain digits and words."""
    if PLAIN.fullmatch(text):
        return
    said = "".join(text.split())
    if said in (TICKS | CROSSES) - {"是", "否"}:
        yield How.TICK
    if narrow(said) != said:
        yield How.WIDTH
    plain = narrow(said)
    if THOUSANDS.fullmatch(plain):
        yield How.THOUSANDS
    if SCIENTIFIC.fullmatch(plain):
        yield How.SCIENTIFIC
    if MEASURED.fullmatch(plain):
        yield How.COUNTED
    if plain.endswith("%"):
        yield How.PERCENT
    if "年" in plain or re.fullmatch(r"[0-9]{4}([^0-9a-z;.][0-9]{4})+", plain) or DATE.fullmatch(plain):
        yield How.YEAR
