"""A notebook run as whoever opens it would, and what of it is stored: no times, nothing of the machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ROOT / "notebooks"
PATIENCE = 900
"""Seconds that a cell may take on a machine with much else to do."""

SPOKEN = {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "LANGUAGE": ""}
ABOUT = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
KEPT = ("alt", "width")
"""What is said of a picture."""


def executed(file: Path) -> NotebookNode:
    """The notebook run from its folder, in English, and as it is to be stored."""
    book = nbformat.read(file, as_version=4)
    client = NotebookClient(
        book,
        timeout=PATIENCE,
        kernel_name="python3",
        coalesce_streams=True,
        record_timing=False,
        store_widget_state=False,
        resources=_at(file),
    )
    client.execute(env=os.environ | SPOKEN)
    return storable(book)


def storable(book: NotebookNode) -> NotebookNode:
    """The same with cells numbered, and without progress that is gone, times, and programs' versions."""
    book.metadata = nbformat.from_dict(ABOUT)
    for number, cell in enumerate(book.cells, 1):
        cell.id, cell.metadata = f"cell-{number}", nbformat.from_dict({})
        if cell.cell_type == "code":
            cell.outputs = [_plain(one) for one in cell.outputs if not _gone(one)]
    return book


def _at(file: Path) -> dict[str, Any]:
    return {"metadata": {"path": str(file.parent)}}


def _gone(output: NotebookNode) -> bool:
    """Whether it is a line of progress, of which nothing is left."""
    return "data" in output and not any(output.data.values())


def _plain(output: NotebookNode) -> NotebookNode:
    """An output with what is said of its pictures, and nothing else beside its data."""
    if "metadata" in output:
        said = {kind: {key: about[key] for key in KEPT if key in about} for kind, about in output.metadata.items()}
        output.metadata = nbformat.from_dict(said)
    return output
