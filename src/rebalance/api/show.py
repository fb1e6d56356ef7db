"""The language in which values show themselves."""

from __future__ import annotations

from rebalance.text import activate


def speak(language: str | None = None) -> None:
    """Show everything in this language from now on, `en` or `zh`; none: the one that the environment asks for."""
    activate(language)
