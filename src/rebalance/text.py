"""Texts for people: the language spoken, figures as they are written, near misses, and nothing unseen in a name.

Write `_("{count} positions").format(count=3)`: the constant text is looked up first and filled in afterwards.
The language belongs to the context (thread or task) that chose it; a new thread speaks English until it
chooses for itself or runs in a copy of its parent's context.
"""

from __future__ import annotations

import ctypes
import gettext
import locale
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from difflib import get_close_matches
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path

LANGUAGES = ("en", "zh")

_current: ContextVar[str] = ContextVar("language", default="en")


def activate(lang: str | None) -> None:
    """Speak `lang` from now on; None means what the environment asks for, or else English."""
    if lang is None:
        lang = _environment()
    if lang not in LANGUAGES:
        raise ValueError(f"unknown language {lang!r}: expected one of {', '.join(LANGUAGES)}")
    _current.set(lang)


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Speak another language meanwhile."""
    before = _current.set(lang)
    try:
        yield
    finally:
        _current.reset(before)


def language() -> str:
    """The language spoken now."""
    return _current.get()


def _(text: str) -> str:
    """`text` in the language spoken now, or as it is where nobody has translated it."""
    return _catalogue(language()).gettext(text) if text else text


def name_of(name: str, name_zh: str) -> str:
    """The name to show: the Chinese one when Chinese is spoken and there is one."""
    return name_zh if name_zh and language() == "zh" else name


VARIABLE = "REBALANCE_LANG"
"""Names the language before the system does."""


def _environment() -> str:
    """What our own variable says, then the first language of the system that we speak; English where there is none."""
    wanted = [os.environ.get(VARIABLE, ""), *os.environ.get("LANGUAGE", "").split(":")]
    wanted.append(next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "") or _of_windows())
    return next((lang for one in wanted if (lang := one[:2].lower()) in LANGUAGES), "en")


def _of_windows() -> str:
    """The language in which Windows shows itself, such as zh_CN; elsewhere nothing: there the variables tell."""
    windows = getattr(ctypes, "windll", None)
    return locale.windows_locale.get(windows.kernel32.GetUserDefaultUILanguage(), "") if windows else ""


@cache
def _catalogue(lang: str) -> gettext.NullTranslations:
    """The catalogue of a language, read once; an empty one where there is none."""
    return gettext.translation("rebalance", Path(__file__).parent / "locale", [lang], fallback=True)


LONGEST = 60  # a message stays one line, whatever was pasted into the cell


def quoted(value: object) -> str:
    """The value as a message shows it: in quotes, the unseen made visible, and cut when long."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return _("a table")
    if isinstance(value, list | tuple):
        return _("a list")
    if isinstance(value, str):
        return repr(value if len(value) <= LONGEST else value[:LONGEST] + "…")
    return plain(value)[:LONGEST]


def plain(value: object) -> str:
    """`str(value)`, but for whole numbers so long that Python refuses to write them in decimals."""
    try:
        return str(value)
    except ValueError:
        return _("a huge number")


def near_miss(got: str, known: Iterable[str]) -> str:
    """The sentence `Did you mean …?` with a blank before it, or nothing when no known name comes near."""
    meant = _nearest(got, tuple(known))
    return " " + _("Did you mean {name}?").format(name=quoted(meant)) if meant else ""


@lru_cache(4096)  # one wrong id often stands in hundreds of rows
def _nearest(got: str, known: tuple[str, ...]) -> str:
    folded = {name.casefold(): name for name in reversed(known)}
    close = get_close_matches(got[:LONGEST].casefold(), folded, n=1)
    return folded[close[0]] if close else ""


def clean(text: str) -> str:
    """The text with everything that cannot be seen taken out of it: no name moves the cursor."""
    text = " ".join(text.split())
    return text if text.isprintable() else "".join(char if char.isprintable() else "�" for char in text)


def listed(names: Iterable[str]) -> str:
    """Several names in a row."""
    return ("、" if language() == "zh" else ", ").join(names)


def parted(parts: Iterable[str]) -> str:
    """Several parts of a sentence that have commas of their own."""
    return ("；" if language() == "zh" else "; ").join(parts)


def run_on(sentences: Iterable[str]) -> str:
    """Sentences one after the other: Chinese leaves no room between them."""
    return ("" if language() == "zh" else " ").join(sentences)


FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # spreadsheets take the wide ones alike
"""What a text must not begin with where a spreadsheet would take it for a formula."""


def harmless(text: str) -> str:
    """A text, cleaned, that no spreadsheet takes for a formula."""
    said = clean(text)
    return f"'{said}" if said.startswith(FORMULA_SIGNS) else said


NOTHING = "–"


def percent(share: Fraction) -> str:
    """A share with one decimal, rounded down: 100.0 % means all of it."""
    whole, tenth = divmod(share * 1000 // 1, 10)
    return f"{whole}.{tenth} %"


def hundredths(amount: int) -> str:
    """Hundredths of positions as positions."""
    sign, (whole, rest) = "-" * (amount < 0), divmod(abs(amount), 100)
    return f"{sign}{whole}.{rest:02}"
