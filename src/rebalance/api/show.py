"""How values show themselves: as HTML in a notebook, as text in a terminal, the same tables in both."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from dataclasses import fields
from typing import Any, TypeVar

from rich.console import RenderableType

from rebalance.tables.screen import Screen, clean, html
from rebalance.text import activate

Kind = TypeVar("Kind")


class Shown:
    """A value that shows itself: whatever is told of it on the command line, it tells of itself."""

    def parts(self) -> Iterable[RenderableType]:
        """Everything there is to show, as paragraphs and tables."""
        raise NotImplementedError

    def brief(self) -> Iterable[RenderableType]:
        """What a notebook shows of it."""
        return self.parts()

    def show(self) -> None:
        """Print everything."""
        Screen(sys.stdout, plain=not sys.stdout.isatty()).show(self.parts())

    def __repr__(self) -> str:
        """Its line; no name in it moves the cursor."""
        return clean(super().__repr__())

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        return html(self.brief())


class Answer(Shown):
    """A value that is an answer, and prints whole."""

    def __repr__(self) -> str:
        """Everything, as text."""
        stream = io.StringIO()
        Screen(stream, plain=True).show(self.parts())
        return stream.getvalue().strip("\n")

    __str__ = __repr__


def recast(value: Any, kind: type[Kind], **more: Any) -> Kind:  # noqa: ANN401  # any dataclass, and fields beside its own
    """The same value as another kind of it: one with views for people, or the library's own."""
    own: Any = kind
    names = (item.name for item in fields(own) if item.name not in more)
    return kind(**{name: getattr(value, name) for name in names}, **more)


def speak(language: str | None = None) -> None:
    """Show everything in this language from now on, `en` or `zh`; none: the one that the environment asks for."""
    activate(language)
