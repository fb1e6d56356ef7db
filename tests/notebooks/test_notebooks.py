"""Every notebook, run from a fresh copy, comes to the numbers stored in it; and what is stored reads well anywhere."""

from __future__ import annotations

import getpass
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from tests.langxi import Langxi
from tests.notebooks.running import NOTEBOOKS, ROOT, executed, storable

BOOKS = sorted(file.name for file in NOTEBOOKS.glob("*.ipynb"))
FIRST_PLAN = "02_first_plan.ipynb"
LONG = ([FIRST_PLAN], ["03_what_if.ipynb", "05_why.ipynb"])
"""Notebooks that solve the example county to the end; run one after the other in the same copy, as the later use a run
that the first has kept."""

CHAINS = [
    *(pytest.param(chain, id=chain[0][:2], marks=pytest.mark.campaign) for chain in LONG),
    *(pytest.param([name], id=name[:2]) for name in BOOKS if name[:2] not in {"02", "03", "05"}),
]

CELL, BOOK = 80_000, 400_000
"""Bytes of the outputs of a cell, and of a whole notebook, that a code host still shows at once."""

NUMBER = re.compile(r"-?\d+(?:[./]\d+)?")
OF_THE_MACHINE = re.compile(r"/(?:home|root|tmp|Users|var)/|[A-Z]:\\\\|\d seconds|\b\d+(?:\.\d+)? s\b")


def stored(name: str) -> NotebookNode:
    book: NotebookNode = nbformat.read(NOTEBOOKS / name, as_version=4)
    return book


def outputs(book: NotebookNode) -> Iterator[NotebookNode]:
    return (output for cell in book.cells if cell.cell_type == "code" for output in cell.outputs)


def numbers(book: NotebookNode) -> list[list[str]]:
    """Every number that a cell prints, shows, or draws: a picture's words have all of its numbers."""
    shown = (
        [one.get("text") or one.data["text/plain"] for one in cell.outputs if one.get("name") != "stderr"]
        for cell in book.cells
        if cell.cell_type == "code"
    )
    return [NUMBER.findall(" ".join(texts)) for texts in shown]


def copied(folder: Path) -> Path:
    """The notebooks, with what they read beside them."""
    for part in ("models", "scenarios", "notebooks"):
        shutil.copytree(ROOT / part, folder / part)
    return folder / "notebooks"


@pytest.mark.parametrize("chain", CHAINS)
def test_from_a_fresh_copy_it_comes_to_the_numbers_stored(chain: list[str], tmp_path: Path) -> None:
    folder = copied(tmp_path)
    for name in chain:
        assert numbers(executed(folder / name)) == numbers(stored(name)), name


def test_where_the_run_is_known_the_first_plan_comes_to_the_numbers_stored(langxi: Langxi, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (tmp_path / "runs").mkdir()
    shutil.copy(langxi.store, tmp_path / "runs/notebooks.db")
    assert numbers(executed(folder / FIRST_PLAN)) == numbers(stored(FIRST_PLAN))


def test_every_notebook_is_run() -> None:
    assert sorted(name for chain in CHAINS for name in chain.values[0]) == BOOKS  # type: ignore[union-attr]
    assert [name[:2] for name in BOOKS] == [f"{number:02}" for number in range(1, len(BOOKS) + 1)]


@pytest.mark.parametrize("name", BOOKS)
def test_nothing_is_stored_but_what_it_shows(name: str) -> None:
    book, again = stored(name), storable(stored(name))
    assert again == book
    assert [cell.execution_count for cell in book.cells if cell.cell_type == "code"] == list(range(1, _count(book) + 1))
    assert [one for one in outputs(book) if one.output_type == "error" or one.get("name") == "stderr"] == []


@pytest.mark.parametrize("name", BOOKS)
def test_it_is_small(name: str) -> None:
    file = NOTEBOOKS / name
    assert file.stat().st_size < BOOK
    assert [size for one in outputs(stored(name)) if (size := len(str(one))) > CELL] == []


@pytest.mark.parametrize("name", BOOKS)
def test_it_says_nothing_of_the_machine_that_ran_it(name: str) -> None:
    seen = [str({**one, "data": _seen(one)}) for one in outputs(stored(name))]
    assert [found for text in seen for found in OF_THE_MACHINE.findall(text)] == []
    assert [text for text in seen if str(ROOT) in text or re.search(rf"\b{re.escape(getpass.getuser())}\b", text)] == []


@pytest.mark.parametrize("name", BOOKS)
def test_it_says_what_is_made_up_and_has_a_picture_said_in_words(name: str) -> None:
    book = stored(name)
    assert "made up" in "".join(cell.source for cell in book.cells if cell.cell_type == "markdown")
    pictures = [one for one in outputs(book) if "image/png" in one.get("data", {})]
    assert all(one.metadata["image/png"]["alt"] for one in pictures)
    assert pictures


@pytest.mark.parametrize("name", BOOKS)
def test_its_links_lead_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^)]+)\)", "".join(cell.source for cell in stored(name).cells))
    assert [link for link in links if not (NOTEBOOKS / link).exists()] == []


def _count(book: NotebookNode) -> int:
    return sum(cell.cell_type == "code" for cell in book.cells)


def _seen(output: NotebookNode) -> dict[str, str]:
    """What is read of it: pictures are no text."""
    return {kind: text for kind, text in output.get("data", {}).items() if kind.startswith("text")}
