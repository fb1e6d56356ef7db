"""The language the program speaks: English texts in the code, Chinese from a catalogue.

Write `_("{count} positions").format(count=3)`: the constant text is looked up first and filled in afterwards.
The language belongs to the context (thread or task) that chose it; a new thread speaks English until it
chooses for itself or runs in a copy of its parent's context.
"""

from __future__ import annotations

import gettext
import os
from contextvars import ContextVar
from functools import cache
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


def language() -> str:
    """The language spoken now."""
    return _current.get()


def _(text: str) -> str:
    """`text` in the language spoken now, or as it is where nobody has translated it."""
    return _catalogue(language()).gettext(text) if text else text


def name_of(name: str, name_zh: str) -> str:
    """The name to show: the Chinese one when Chinese is spoken and there is one."""
    return name_zh if name_zh and language() == "zh" else name


def _environment() -> str:
    """The language of the first locale variable that is set; English where we do not speak it."""
    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    lang = locale[:2].lower()
    return lang if lang in LANGUAGES else "en"


@cache
def _catalogue(lang: str) -> gettext.NullTranslations:
    """The catalogue of a language, read once; an empty one where there is none."""
    return gettext.translation("rebalance", Path(__file__).parent / "locale", [lang], fallback=True)
