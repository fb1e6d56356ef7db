"""How values show themselves: as HTML in a notebook, as text in a terminal, the same tables in both."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar

from rebalance.text import activate

Kind = TypeVar("Kind")


def recast(value: Any, kind: type[Kind], **more: Any) -> Kind:  # noqa: ANN401  # any dataclass, and fields beside its own
    """The same value as another kind of it: one with views for people, or the library's own."""
    own: Any = kind
    names = (item.name for item in fields(own) if item.name not in more)
    return kind(**{name: getattr(value, name) for name in names}, **more)


def speak(language: str | None = None) -> None:
    """Show everything in this language from now on, `en` or `zh`; none: the one that the environment asks for."""
    activate(language)
