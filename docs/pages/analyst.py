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
    names = (name for name in vars(rebalance)["__all__"] if callable(getattr(rebalance, name)))
    for name in sorted(names, key=str.casefold):
        yield f"## {name}"
        yield f"```{{eval-rst}}\n.. {_directive(name)}:: rebalance.{name}\n{_options(name)}```"


def _directive(name: str) -> str:
    found = getattr(rebalance, name)
    if inspect.isclass(found):
        return "autoexception" if issubclass(found, BaseException) else "autoclass"
    return "autofunction"


def _options(name: str) -> str:
    return "   :members:\n" if inspect.isclass(getattr(rebalance, name)) else ""
