"""Gathering what is wrong with all parts of a package, so that a person gets every fault at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import TracebackType

from rebalance.fault import Fault, FaultsError


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
