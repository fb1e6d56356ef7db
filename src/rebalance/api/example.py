"""The example county, Langxi, with its scenarios: it travels with the program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

NAME = "langxi"
BASELINE = Path("scenarios", "baseline.toml")
INSTALLED = Path(__file__).parents[1] / "example"
CHECKOUT = Path(__file__).parents[3]


def example() -> Path:
    """The folder in which its `models` and `scenarios` are: beside the program, or the checkout it runs from."""
    return INSTALLED if INSTALLED.is_dir() else CHECKOUT


def baseline() -> Path:
    """Its first scenario."""
    return example() / BASELINE


def files() -> Iterator[tuple[str, str]]:
    """Every file of it, by its path in the folder."""
    here = example()
    found = (*(here / "models" / NAME).iterdir(), *(here / "scenarios").glob("*.toml"))
    yield from ((file.relative_to(here).as_posix(), file.read_text(encoding="utf-8")) for file in sorted(found))
