"""What analysts read: the Python reference, of every call and value the package offers, and the notebooks."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from pathlib import Path

import rebalance
from docs.pages.markdown import page, table

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"

ABOUT = """
Everything a notebook needs is a name of the package itself: `from rebalance import solve`. What stands here is stable;
what lies in modules below may move.
"""


FRAMES = """
Values give their figures as DataFrames in long form, one row a fact, with the columns of `plan.json`. Whole numbers
stay whole and shares are exact fractions; beside a fraction, `<column>_float` is the nearest float, for pictures only.
`rebalance.columns()` gives this page as a frame.
"""


def analyst_pages() -> Mapping[str, str]:
    """The reference, and every notebook as it is, with the outputs stored in it."""
    books = {f"analyst/{file.name}": file.read_text(encoding="utf-8") for file in sorted(NOTEBOOKS.glob("*.ipynb"))}
    reference = page("# Python reference", ABOUT.strip(), *_names())
    return books | {"analyst/python.md": reference, "analyst/frames.md": page("# Frames", FRAMES.strip(), *_frames())}


def _names() -> Iterator[str]:
    """Calls first, then the values they take and give."""
    offered = {name: getattr(rebalance, name) for name in sorted(vars(rebalance)["__all__"], key=str.casefold)}
    yield "## Calls"
    yield from (_entry(name, "autofunction") for name, found in offered.items() if inspect.isfunction(found))
    yield "## Values"
    yield from (_entry(name, "autoclass") for name, found in offered.items() if inspect.isclass(found))


def _frames() -> Iterator[str]:
    """Every column, by the frame it is in."""
    known = rebalance.columns()
    for name in known["table"].unique():
        rows = known[known["table"] == name][["column", "unit", "note"]]
        yield f"## {name}"
        yield table(
            ("column", "unit", "what it is"), ((f"`{column}`", unit, note) for column, unit, note in rows.values)
        )


def _entry(name: str, directive: str) -> str:
    members = "   :members:\n" if directive == "autoclass" else ""
    return f"### {name}\n\n```{{eval-rst}}\n.. {directive}:: rebalance.{name}\n{members}```"
