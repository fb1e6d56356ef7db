"""A flowchart for each matter, as Mermaid text and as a picture, in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rebalance.cli.files import writable
from rebalance.flow import flows
from rebalance.problem import Problem
from rebalance.words import _
from rebalance.writing.file_names import file_names
from rebalance.writing.files import write
from rebalance.writing.flowchart_layout import TooLargeError
from rebalance.writing.flowchart_svg import svg
from rebalance.writing.flowchart_text import mermaid

OPTION = "--flowcharts"


@dataclass(frozen=True, slots=True)
class Drawn:
    """The names of the files by matter, without ending, and the matters of which there is no picture."""

    names: dict[str, str]
    too_large: tuple[str, ...]

    def sentences(self, folder: Path) -> Iterator[str]:
        """What became of it."""
        text = _("Flowcharts written to {folder}: {count}.")
        yield text.format(folder=folder, count=len(self.names))
        for matter in self.too_large:
            message = _("{matter}: too many steps or arrows for a picture. Its Mermaid text is there.")
            yield message.format(matter=matter)


def draw(problem: Problem, folder: Path) -> Drawn:
    """Write a text and a picture for each matter that has steps.

    Raises:
        click.UsageError: nothing can be written there.
    """
    found = flows(problem.county)
    names = dict(file_names(found))
    writable(folder, OPTION)
    too_large = []
    for matter, name in names.items():
        unit = problem.name(found[matter].matter.unit)
        write(folder / f"{name}.mmd", mermaid(found[matter], unit))
        try:
            write(folder / f"{name}.svg", svg(found[matter], unit))
        except TooLargeError:
            too_large.append(matter)
    return Drawn(names, tuple(too_large))
