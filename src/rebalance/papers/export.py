"""A plan as papers, of the kind that the name of a file asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from rebalance.papers.document import document
from rebalance.papers.folder import folder
from rebalance.papers.page import page
from rebalance.papers.workbook import workbook
from rebalance.record.outcome import Recorded

Paper = Callable[[Recorded, Sequence[Recorded]], bytes]

KINDS: Mapping[str, Paper] = {".xlsx": workbook, ".docx": document, ".html": page}
"""What is written to a file, by its ending; to a folder goes a paper of many files."""


def papers(recorded: Recorded, others: Sequence[Recorded], to: Path) -> Iterator[tuple[Path, bytes]]:
    """Every file that is to be written, and what goes into it."""
    kind = KINDS.get(to.suffix.casefold())
    if kind is not None:
        yield to, kind(recorded, others)
    else:
        yield from ((to / path, content) for path, content in folder(recorded, others))
