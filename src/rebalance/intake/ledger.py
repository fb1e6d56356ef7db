"""The rows of a ledger: who has how many positions of what, and what else the ledger says of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rebalance.county.columns import Heading, plain_header
from rebalance.county.findings import Findings
from rebalance.county.lines import SIGNED, first_in, is_line, total_in
from rebalance.county.notices import How
from rebalance.county.persons import without_persons
from rebalance.county.raw import Record, Refused, Sheet
from rebalance.county.sheet import Body, Head, head_of, tell_hidden
from rebalance.county.tables import convert
from rebalance.county.wide import ENDING
from rebalance.county.written import bare, manners, nothing
from rebalance.fault import Fault
from rebalance.intake.answers import CATEGORY, LEFT_ASIDE, Answers
from rebalance.intake.titles import AMOUNTS, Headings, Meaning, Title, titles_of
from rebalance.intake.words import CATEGORIES, LEDGER, category_words
from rebalance.text import _, clean, harmless, quoted

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
"""What an id made or taken here looks like: it can be the name of a file on every system."""

OWNED = {heading.field: heading for heading in LEDGER.headings}


@dataclass(frozen=True, slots=True)
class Line:
    """What a row says of a unit or township: its figures by category and column, and everything else by column."""

    file: str
    row: int
    name: str
    said: Mapping[str, Any]
    group: str
    amounts: Mapping[tuple[str, str], int]


@dataclass(slots=True)
class Read:
    """What ledgers say: their rows, and the sums of their cells, added up apart from these.

    `sums` are those by category; `cells` all that stands in columns of figures, `aside` what the map leaves out of it.
    """

    lines: list[Line] = field(default_factory=list)
    sums: Counter[tuple[str, str]] = field(default_factory=Counter)
    cells: Counter[str] = field(default_factory=Counter)
    aside: Counter[str] = field(default_factory=Counter)
    sheets: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Words:
    """The words for categories: the usual ones, and those of the map."""

    answers: Answers
    known: Mapping[str, str]

    @classmethod
    def of(cls, answers: Answers) -> Words:
        """With what the map says."""
        known = category_words()
        for key, said in answers.keys(CATEGORY):
            known[key] = _id_of(said.get("id", ""), known)
        return cls(answers, {word: id_ for word, id_ in known.items() if id_ and not id_.startswith(("?", LEFT_ASIDE))})

    def knows(self, word: str) -> bool:
        """Whether a word is one of the usual, or stands in the map."""
        plain = bare(word)
        return plain in self.known or ENDING.sub("", plain) in self.known or (CATEGORY.name, plain) in self.answers.said

    def id_of(self, word: str) -> str:
        """The category that a word stands for; asked, and empty, where it is not known; `-` where it is left aside."""
        plain = bare(word)
        said = self.answers.find(CATEGORY, word)
        if said is None and (found := self.known.get(plain) or self.known.get(ENDING.sub("", plain))):
            return found
        if said is None:
            note = _("Accepted: the id of a category, such as {usual}, a new one of your own, or -.")
            usual = ", ".join(one.id for one in CATEGORIES[:4])
            said = self.answers.add(CATEGORY, word, {"id": "?"}, note.format(usual=usual))
        found = said.get("id", "")
        return found if found == LEFT_ASIDE else _id_of(found, self.known)


def _id_of(said: str, known: Mapping[str, str]) -> str:
    return known.get(bare(said), said)


def ledger_head(sheet: Sheet, headings: Headings) -> Head | None:
    """Where the headings of a ledger stand; None where the sheet is none: units, and figures by category."""
    if not sheet.records:
        return None
    head = head_of(LEDGER, sheet, headings.wide)
    fields = {headings.by_word[word].field for word in map(_plain, titles_of(sheet, head)) if word in headings.by_word}
    spread = any(headings.wide.spread(f"{one.upper}{one.lower}") for one in titles_of(sheet, head))
    return head if "holder" in fields and (spread or fields & set(AMOUNTS)) else None


def _plain(title: Title) -> str:
    return plain_header(title.lower or title.upper)


@dataclass(frozen=True, slots=True)
class LedgerReader:
    """Reads the sheets of ledgers."""

    words: Words
    headings: Headings
    findings: Findings

    def read(self, sheet: Sheet, head: Head, into: Read) -> None:
        """Add the rows of a sheet to what has been read."""
        tell_hidden(sheet, self.findings)
        titles = titles_of(sheet, head)
        meanings = self.headings.meanings(titles, sheet.records[head.end :])
        _tell_head(sheet, head, titles, meanings, self.findings)
        columns = [one.heading if one else None for one in meanings]
        named = Head(head.above, head.storeys, tuple(map(str, titles)))
        rows = list(map(without_persons, Body(sheet, named, columns, self.findings).rows()))
        groups = _groups(sheet, head, meanings)
        own = self.words.id_of(sheet.name) if _says_category(sheet.name, self.words) else ""
        reader = _Rows(sheet, titles, meanings, self.words, self.findings, own)
        into.sheets.append(sheet.file)
        for record in rows:
            if record.row not in groups.titles and (line := reader.line(record, groups.of(record.row))):
                into.lines.append(line)
        into.sums.update(reader.sums)
        into.cells.update(reader.cells)
        into.aside.update(reader.aside)


def _says_category(name: str, words: Words) -> bool:
    return bare(name) in words.known


def _tell_head(
    sheet: Sheet, head: Head, titles: Sequence[Title], meanings: Sequence[Meaning | None], findings: Findings
) -> None:
    for record in sheet.records[: head.above]:
        findings.notice(How.TITLE, sheet.file, record.row)
    if head.storeys > 1:
        findings.notice(How.STOREYS, sheet.file, sheet.records[head.above].row)
    for title, one in zip(titles, meanings, strict=True):
        if one is None and str(title):
            findings.notice(How.COLUMNS, sheet.file, said=clean(str(title)))


@dataclass(frozen=True, slots=True)
class _Groups:
    """The titles of groups, by the row in which each stands."""

    titles: Mapping[int, str]
    rows: Sequence[int]

    def of(self, row: int) -> str:
        """The title of the group in which a row stands."""
        place = bisect_left(self.rows, row)
        return self.titles[self.rows[place - 1]] if place else ""


def _groups(sheet: Sheet, head: Head, meanings: Sequence[Meaning | None]) -> _Groups:
    across = {merged.top for merged in sheet.merged if merged.flat}
    below = {merged.left for merged in sheet.merged if not merged.flat}
    found: dict[int, str] = {}
    for record in sheet.records[head.end :]:
        said = first_in(record)
        alone = sum(1 for cell in record.cells if cell) == 1 and 0 not in below
        if not said or total_in(record, ()) or SIGNED.match(bare(said)):
            continue
        if is_line(record, wide=record.row in across) or (alone and not _has_figures(record, meanings)):
            found[record.row] = said
    return _Groups(found, sorted(found))


def _has_figures(record: Record, meanings: Sequence[Meaning | None]) -> bool:
    return any(one and one.is_amount and cell for one, cell in zip(meanings, record.cells, strict=False))


@dataclass(slots=True)
class _Rows:
    """Reads rows, and adds up what stands in them."""

    sheet: Sheet
    titles: Sequence[Title]
    meanings: Sequence[Meaning | None]
    words: Words
    findings: Findings
    own: str
    sums: Counter[tuple[str, str]] = field(default_factory=Counter)
    cells: Counter[str] = field(default_factory=Counter)
    aside: Counter[str] = field(default_factory=Counter)

    def line(self, record: Record, group: str) -> Line | None:
        """What the row says; None where that is nothing, or cannot be placed, of which a fault is noted."""
        said: dict[str, Any] = {}
        amounts: dict[tuple[str, str], int] = {}
        totals: list[tuple[Title, str, int]] = []
        for title, meaning, cell in zip(self.titles, self.meanings, record.cells, strict=False):
            if meaning is None or not cell:
                continue
            value = self._value(record, title, meaning.heading, cell)
            if value is None:
                continue
            if meaning.total:
                totals.append((title, meaning.heading.field, value))
            elif meaning.is_amount:
                self.cells[meaning.heading.field] += value
                if (category := self._category(meaning)) is not None:
                    amounts[category, meaning.heading.field] = value
            else:
                said[meaning.heading.field] = value
        amounts = self._placed(record, amounts, said)
        name = str(said.pop("holder", ""))
        self._compare(record, amounts, totals)
        if not name and any(amounts.values()):
            self._fault(record, "", _("figures without a unit. Write whose they are."))
        if not name:
            return None
        self.sums.update(amounts)
        said.pop("category", "")
        return Line(self.sheet.file, record.row, name, said, group, amounts)

    def _value(self, record: Record, title: Title, heading: Heading, cell: object) -> Any:  # noqa: ANN401  # of any kind
        if isinstance(cell, Refused):
            self._fault(record, str(title), cell.message)
            return None
        text = str(cell)
        if nothing(text):
            self.findings.notice(How.NOTHING, self.sheet.file, record.row, str(title))
            return None
        for how in (*getattr(cell, "how", ()), *(manners(text) if heading.is_figure else ())):
            self.findings.notice(how, self.sheet.file, record.row, str(title))
        if harmless(text) != clean(text):
            self._fault(
                record,
                str(title),
                _("begins like a formula (got {value}). Write it in words.").format(value=quoted(text)),
            )
            return None
        if heading.field == "holder":
            return clean(text)
        try:
            return convert(heading, text)
        except ValueError as problem:
            self._fault(record, str(title), str(problem), text)
            return None

    def _category(self, meaning: Meaning) -> str | None:
        """The category of a column; empty where its row says it, None where it has been asked."""
        if not meaning.category:
            return ""
        return meaning.category if ID.fullmatch(meaning.category) else self.words.id_of(meaning.category) or None

    def _placed(
        self, record: Record, amounts: dict[tuple[str, str], int], said: Mapping[str, Any]
    ) -> dict[tuple[str, str], int]:
        """The figures with the category of the row where their column has none."""
        word = said.get("category", "")
        of_row = self.words.id_of(str(word)) if word else self.own
        found: dict[tuple[str, str], int] = {}
        for (category, name), value in amounts.items():
            placed = category or of_row
            if placed == LEFT_ASIDE:
                self.aside[name] += value
                self.findings.notice(How.COLUMNS, self.sheet.file, record.row, said=f"{clean(str(word))} {value}")
            elif placed:
                found[placed, name] = value
            elif not word and value:
                message = _("figures of no category. Give a column for the category, or name the sheet after it.")
                self._fault(record, "", message)
        return found

    def _compare(
        self, record: Record, amounts: Mapping[tuple[str, str], int], totals: Sequence[tuple[Title, str, int]]
    ) -> None:
        for title, name, total in totals:
            got = sum(value for (_category, one), value in amounts.items() if one == name)
            if got != total:
                text = _("{total}, the categories {sum}").format(total=total, sum=got)
                self.findings.notice(How.SUMS, self.sheet.file, record.row, str(title), text)

    def _fault(self, record: Record, column: str, message: str, value: str | None = None) -> None:
        self.findings.faults.append(Fault(self.sheet.file, record.row, clean(column), message, value))


@dataclass(slots=True)
class Holding:
    """A unit or township, with everything its rows say."""

    name: str
    said: dict[str, Any] = field(default_factory=dict)
    group: str = ""
    amounts: dict[tuple[str, str], int] = field(default_factory=dict)


def holdings(lines: Sequence[Line], findings: Findings) -> dict[str, Holding]:
    """The rows by unit, in their order; what stands twice, or says two things, is a fault."""
    found: dict[str, Holding] = {}
    first: dict[tuple[str, tuple[str, str]], Line] = {}
    for line in lines:
        holding = found.setdefault(bare(line.name), Holding(line.name, group=line.group))
        for (category, name), value in line.amounts.items():
            before = first.setdefault((bare(line.name), (category, name)), line)
            if before is not line:
                message = _("{name} stands here twice with the same category (also in row {row}). Keep one of the two.")
                text = message.format(name=quoted(line.name), row=before.row)
                findings.faults.append(Fault(line.file, line.row, "", text, line.name))
                break
            holding.amounts[category, name] = value
        for problem in _differences(holding, line):
            findings.faults.append(problem)
    return found


def _differences(holding: Holding, line: Line) -> Iterator[Fault]:
    for name, value in line.said.items():
        before = holding.said.setdefault(name, value)
        if before != value:
            message = _("the rows of {name} say two things (got {value} and {other}). Correct one of the two.")
            text = message.format(name=quoted(line.name), value=quoted(str(value)), other=quoted(str(before)))
            yield Fault(line.file, line.row, OWNED[name].title, text, str(value))
