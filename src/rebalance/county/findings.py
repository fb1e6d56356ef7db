"""What is found while a package is read: faults, what was read kindly, and what could not be read at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import TracebackType

from rebalance.county.notices import How, Notice, notes
from rebalance.fault import Fault, FaultsError


@dataclass(slots=True)
class Findings:
    """The faults so far, what was read kindly, and the tables that could not be read (nothing is said of their ids)."""

    faults: list[Fault] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    def notice(self, how: How, file: str, row: int = 0, column: str = "", said: str = "") -> None:
        """Note that something was read kindly in a file or sheet."""
        self.notices.append(Notice(how, file.rpartition("#")[2], row, column, said))

    def part(self, table: str) -> Part:
        """A block of work that may fail as a whole: its faults are kept, and work goes on after it."""
        return Part(self, table)

    def settle(self) -> None:
        """Raise everything found, if there is anything."""
        if self.faults:
            raise FaultsError(self.faults, notes(self.notices))


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
