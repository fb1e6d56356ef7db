"""What is wrong with something a person gave us: where, what, the value got, and what is accepted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rebalance.words import _


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in the input, precise enough to be found and mended.

    `file` is the file's name, with the sheet after `#` where there is one; `row` is the row as a spreadsheet counts
    it (the header is row 1; 0: the file as a whole); `column` is a header or a key; `value` is the raw text found
    there.
    """

    file: str
    row: int
    column: str
    message: str
    value: str | None = None

    def __str__(self) -> str:
        """One line: where, what is wrong (the value got), and what is accepted or what to do."""
        row = _("row {row}").format(row=self.row) if self.row else ""
        where = ", ".join(part for part in (self.file, row, self.column) if part)
        return f"{where}: {self.message}"


class FaultsError(Exception):
    """Input that cannot be used, with every fault found in it (never only the first)."""

    def __init__(self, faults: list[Fault]) -> None:
        """Keep the faults, sorted by place."""
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.file, fault.row, fault.column)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


@contextmanager
def gathered(faults: list[Fault]) -> Iterator[None]:
    """A block that may fail: its faults are kept in the list, and work goes on after it."""
    try:
        yield
    except FaultsError as error:
        faults.extend(error.faults)
