"""What analysts read: the Python reference, of every call and value the package offers, and the notebooks."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from pathlib import Path

import rebalance
from docs.pages.markdown import page

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"

ABOUT = """
Everything a notebook needs is a name of the package itself: `from rebalance import solve`. What stands here is stable;
what lies in modules below may move.
"""


def analyst_pages() -> Mapping[str, str]:
    """The reference, and every notebook as it is, with the outputs stored in it."""
    books = {f"analyst/{file.name}": file.read_text(encoding="utf-8") for file in sorted(NOTEBOOKS.glob("*.ipynb"))}
    return books | {"analyst/python.md": page("# Python reference", ABOUT.strip(), *_names())}


def _names() -> Iterator[str]:
    """Calls first, then the values they take and give."""
    offered = {name: getattr(rebalance, name) for name in sorted(vars(rebalance)["__all__"], key=str.casefold)}
    yield "## Calls"
    yield from (_entry(name, "autofunction") for name, found in offered.items() if inspect.isfunction(found))
    yield "## Values"
    yield from (_entry(name, "autoclass") for name, found in offered.items() if inspect.isclass(found))


def _entry(name: str, directive: str) -> str:
    members = "   :members:\n" if directive == "autoclass" else ""
    return f"### {name}\n\n```{{eval-rst}}\n.. {directive}:: rebalance.{name}\n{members}```"
