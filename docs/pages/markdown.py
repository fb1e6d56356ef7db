"""A little Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; bars inside cells are written so that they stay there."""
    lines = [headers, ["---"] * len(headers), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def page(*parts: str) -> str:
    """Paragraphs, tables and blocks one below the other; empty ones are left out."""
    return "\n\n".join(part for part in parts if part) + "\n"


def contents(names: Iterable[str], *, depth: int = 1) -> str:
    """The list of pages below a page."""
    return "\n".join(("```{toctree}", f":maxdepth: {depth}", "", *names, "```"))


def code(words: Iterable[str]) -> Iterator[str]:
    """Each as code."""
    return (f"`{word}`" for word in words)
