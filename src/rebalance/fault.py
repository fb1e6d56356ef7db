"""What is wrong with something a person gave us: where, what, the value got, and what is accepted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from rebalance.text import _, language, parted, run_on


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in the input, precise enough to be found and mended.

    `file` is the file's name, with the sheet after `#` where there is one; `row` is the row as a spreadsheet counts
    it (the header is row 1; 0: the file as a whole); `column` is a header or a key; `value` is the raw text found
    there. `title` is the column as people know it (none: as it is called in `column`), `at` its number in the sheet,
    from 1 (0: not known).
    """

    file: str
    row: int
    column: str
    message: str
    value: str | None = None
    title: str = ""
    at: int = 0

    def __str__(self) -> str:
        """One line: where, what is wrong (the value got), and what is accepted or what to do."""
        return said(where((self.file, spans([self.row]), _cut(self.title or self.column))), self.message)

    def plain(self) -> dict[str, Any]:
        """The fault for programs."""
        return {name: getattr(self, name) for name in ("file", "row", "column", "message", "value")}


def where(place: tuple[str, str, str]) -> str:
    """A place as people are told it: the file (with the sheet), the rows, the column, as far as they are given."""
    file, rows, column = place
    if language() != "zh":
        return ", ".join(part for part in (file, rows, column) if part)
    book, _sign, sheet = file.partition("#")
    parts = (book, f"{sheet} 表" if sheet else "", rows, f"{column} 列" if column and rows else column)
    return " ".join(part for part in parts if part)


def said(place: str, message: str) -> str:
    """A sentence about a place."""
    if not place:
        return message
    return f"{place}：{message}" if language() == "zh" else f"{place}: {message}"


MOST_SPANS = 6
"""So many runs of rows are named; the rest of them end in dots."""


def spans(rows: Iterable[int]) -> str:
    """Rows as people write them: `row 4`, or `rows 2–9, 12`; nothing for what stands in no row."""
    runs: list[list[int]] = []
    for row in sorted({row for row in rows if row}):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    if not runs:
        return ""
    said = [str(first) if first == last else f"{first}–{last}" for first, last in runs[:MOST_SPANS]]
    several = len(runs) > 1 or runs[0][0] != runs[0][1]
    listed = ("、" if language() == "zh" else ", ").join([*said, *(["…"] if len(runs) > MOST_SPANS else [])])
    return (_("rows {rows}") if several else _("row {row}")).format(rows=listed, row=listed)


@dataclass(frozen=True, slots=True)
class Alike:
    """Faults of one cause: told once, with all the places and the value of the first as an example."""

    faults: tuple[Fault, ...]

    @property
    def places(self) -> tuple[tuple[str, str, str], ...]:
        """File (with the sheet), rows in runs, and column, for each column concerned."""
        found: dict[tuple[str, str], list[int]] = {}
        for fault in self.faults:
            found.setdefault((fault.file, _cut(fault.title or fault.column)), []).append(fault.row)
        return tuple((file, spans(rows), column) for (file, column), rows in found.items())

    @property
    def message(self) -> str:
        """What is wrong with the first, and how many are like it."""
        first, more = self.faults[0], len(self.faults) - 1
        return run_on((first.message, *([_("And {count} more alike.").format(count=more)] if more else [])))

    def __str__(self) -> str:
        """One line for all of them; a workbook is named but once."""
        first, *others = self.places
        book = first[0].partition("#")[0]
        rest = [(file.removeprefix(book) if "#" in file else file, rows, column) for file, rows, column in others]
        return said(parted(map(where, [first, *rest])), self.message)


EXAMPLE = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|[0-9]+")
"""What differs between messages of one cause: the values quoted, and numbers."""


def alike(faults: Iterable[Fault]) -> list[Alike]:
    """The faults by cause and column, in the order of the first of each.

    What is said word for word of columns of one name in several tables is one cause, too.
    """
    found: dict[tuple[str, str, str], list[Fault]] = {}
    before, after = (re.escape(part) for part in _("Did you mean {name}?").split("{name}"))
    guessed = re.compile(rf" ?{before}(?:{EXAMPLE.pattern}){after}")
    for fault in faults:
        cause = EXAMPLE.sub("…", guessed.sub("", fault.message))
        found.setdefault((fault.file, fault.title or fault.column, cause), []).append(fault)
    together: dict[tuple[str, str], list[Fault]] = {}
    for (_file, column, _cause), some in found.items():
        same = len({fault.message for fault in some}) == 1
        key = (column, some[0].message) if same and column else (column, f"{some[0].file} {_cause}")
        together.setdefault(key, []).extend(some)
    return [Alike(tuple(some)) for some in together.values()]


LONGEST = 200
"""So many characters of a place are shown: a key can be as long as its file."""


def _cut(column: str) -> str:
    return column if len(column) <= LONGEST else f"{column[:LONGEST]}…"


class FaultsError(Exception):
    """Input that cannot be used, with every fault found in it (never only the first)."""

    def __init__(self, faults: Iterable[Fault], notes: Iterable[object] = ()) -> None:
        """Keep the faults, sorted by place, and the notes on what was read kindly, each of which is a sentence."""
        self.notes = tuple(map(str, notes))
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.file, fault.row, fault.column)))
        super().__init__("\n".join(map(str, alike(self.faults))))


@contextmanager
def gathered(faults: list[Fault]) -> Iterator[None]:
    """A block that may fail: its faults are kept in the list, and work goes on after it."""
    try:
        yield
    except FaultsError as error:
        faults.extend(error.faults)


def refuse(file: str, message: str, value: str | None = None, row: int = 0) -> FaultsError:
    """One fault that ends the reading of a file."""
    return FaultsError([Fault(file, row, "", message, value)])


class MisuseError(ValueError):
    """Something is asked that has no meaning or cannot be done; no file is at fault, the sentence says why."""
