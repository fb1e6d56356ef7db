"""What is wrong with something a person gave us: where, what, the value got, and what is accepted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType

from rebalance.text import _


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
        column = self.column if len(self.column) <= LONGEST else f"{self.column[:LONGEST]}…"
        where = ", ".join(part for part in (self.file, row, column) if part)
        return f"{where}: {self.message}"


LONGEST = 200
"""So many characters of a place are shown: a key can be as long as its file."""


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


@dataclass(slots=True)
class Findings:
    """The faults so far, and the tables that could not be read (of whose ids nothing can be said)."""

    faults: list[Fault] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    def part(self, table: str) -> Part:
        """A block of work that may fail as a whole: its faults are kept, and work goes on after it."""
        return Part(self, table)

    def settle(self) -> None:
        """Raise everything found, if there is anything."""
        if self.faults:
            raise FaultsError(self.faults)


@dataclass(frozen=True, slots=True)
class Part:
    """A block that ends early, and quietly, when the table cannot be read."""

    findings: Findings
    table: str

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        """Keep the faults that ended the block; let every other exception pass."""
        if not isinstance(error, FaultsError):
            return False
        self.findings.faults.extend(error.faults)
        self.findings.unread.add(self.table)
        return True


def refuse(file: str, message: str, value: str | None = None, row: int = 0) -> FaultsError:
    """One fault that ends the reading of a file."""
    return FaultsError([Fault(file, row, "", message, value)])


class MisuseError(ValueError):
    """Something is asked that has no meaning or cannot be done; no file is at fault, the sentence says why."""
