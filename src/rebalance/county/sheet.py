"""The shape of a sheet a person made: where its headings stand, what its merged cells mean, which rows are none."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from rebalance.county.columns import Heading, match, named, plain_header
from rebalance.county.findings import Findings
from rebalance.county.lines import Sums, Total, first_in, is_line, is_numbered, texts, total_in
from rebalance.county.notices import How
from rebalance.county.persons import without_persons
from rebalance.county.raw import Range, Record, Refused, Sheet
from rebalance.county.tables import Table
from rebalance.county.wide import Spread, Wide, unclear, unfolded
from rebalance.county.written import PLAIN, bare, number
from rebalance.fault import Fault, refuse
from rebalance.text import _

FIRST = 20
"""The headings stand among so many rows that are not blank."""


@dataclass(frozen=True, slots=True)
class Head:
    """The headings of a sheet: the records above them and of them, and what stands over each column."""

    above: int
    storeys: int
    titles: tuple[str, ...]

    @property
    def end(self) -> int:
        """The first record below them."""
        return self.above + self.storeys


def shaped(table: Table, sheet: Sheet, categories: Mapping[str, str], findings: Findings) -> Sheet:
    """The same sheet as a plain table: one header, then its rows; what was passed over or filled in is told.

    Args:
        table: what the sheet is to hold.
        sheet: as it stands in its file.
        categories: ids by name, for ledgers with a column for each.
        findings: takes what is told, and what could mean two things.
    """
    if not sheet.records:
        return sheet
    tell_hidden(sheet, findings)
    wide = Wide(table, categories)
    head = head_of(table, sheet, wide)
    for record in sheet.records[: head.above]:
        findings.notice(How.TITLE, sheet.file, record.row)
    if head.storeys > 1:
        findings.notice(How.STOREYS, sheet.file, sheet.records[head.above].row)
    first = sheet.records[head.above]
    refused = [cell for cell in first.cells if not isinstance(cell, str)] if head.storeys == 1 else []
    header = first if refused else Record(first.row, head.titles)
    columns = match(head.titles, table.headings).headings
    spreads = [
        wide.spread(title) if heading is None and title else None
        for title, heading in zip(head.titles, columns, strict=True)
    ]
    meant = [one or (spread.heading if spread else None) for one, spread in zip(columns, spreads, strict=True)]
    body = Body(sheet, head, meant, findings)
    records = tuple(map(without_persons, body.rows()))
    return _long(replace(sheet, records=(header, *records), titles=head.titles), columns, spreads, findings)


def tell_hidden(sheet: Sheet, findings: Findings) -> None:
    """Note a hidden sheet, and hidden rows."""
    if sheet.unseen:
        findings.notice(How.HIDDEN_SHEETS, sheet.file)
    for row in sorted(sheet.hidden):
        findings.notice(How.HIDDEN_ROWS, sheet.file, row)
    for column in sheet.veiled:
        findings.notice(How.HIDDEN_COLUMNS, sheet.file, said=column)


def head_of(table: Table, sheet: Sheet, wide: Wide) -> Head:
    """Where the headings stand: the row, or the two, in which most of the table's columns are found."""
    known = named(table.headings)
    usual = {plain_header(name) for heading in table.headings for name in heading.column.usual}

    def found(titles: Sequence[str]) -> int:
        plain = {plain_header(title) for title in titles if title}
        return sum(one in known or one in usual or wide.spread(one) is not None for one in plain)

    records = sheet.records[:FIRST]
    heads = [Head(place, 1, _said(record)) for place, record in enumerate(records)]
    for place, (upper, lower) in enumerate(itertools.pairwise(records)):
        if not any(PLAIN.fullmatch(number(title)) for title in _said(lower) if title):
            heads.append(Head(place, 2, _joined(upper, lower, lambda title: bool(found([title])), wide)))
    best = max(heads, key=lambda head: (found(head.titles), -head.storeys, -head.above))
    needed = min(2, sum(heading.required for heading in table.headings))
    return best if found(best.titles) >= max(needed, found(heads[0].titles) + 1) else heads[0]


def _said(record: Record) -> tuple[str, ...]:
    return tuple(str(cell) if isinstance(cell, str) else "" for cell in record.cells)


def _joined(upper: Record, lower: Record, known: Callable[[str], bool], wide: Wide) -> tuple[str, ...]:
    """The headings of two storeys as one row: an upper one stands over all that follow, up to the next."""
    titles: list[str] = []
    over = ""
    width = max(len(upper.cells), len(lower.cells))
    tops, bottoms = (one + ("",) * (width - len(one)) for one in (_said(upper), _said(lower)))
    for top, bottom in zip(tops, bottoms, strict=True):
        over = top or over
        choices = [title for title in (over + bottom, bottom, top) if title]
        if not bottom:
            titles.append(top)
        elif wide.spread(over + bottom):
            titles.append(over + bottom)
        else:
            titles.append(next((one for one in (bottom, over + bottom, top) if one and known(one)), choices[0]))
    return tuple(titles)


MOST_TOTALS = 200
"""The sums of so many rows of totals are checked."""


@dataclass(frozen=True, slots=True)
class Body:
    """What stands below the headings; `columns` says what each column holds, as far as it is known."""

    sheet: Sheet
    head: Head
    columns: Sequence[Heading | None]
    findings: Findings

    def rows(self) -> tuple[Record, ...]:
        """The rows of the table, without totals, group titles, signatures and headings that stand there again."""
        above = self.sheet.records[self.head.above : self.head.end]
        header = [texts(record.cells) for record in above]
        begins = {said[0] for said in header if said}
        across: dict[int, list[Range]] = defaultdict(list)
        for merged in self.sheet.merged:
            if merged.flat:
                across[merged.top].append(merged)
        kept: list[Record] = []
        totals: list[Total] = []
        keys = [place for place, one in enumerate(self.columns) if one is not None and not one.is_figure]
        for place, record in enumerate(self._filled()):
            if word := total_in(record, keys[:2]):
                totals.append(Total(record, word, len(kept)))
                self.findings.notice(How.TOTALS, self.sheet.file, record.row)
            elif bare(first_in(record)) in begins and texts(record.cells) in header:
                self.findings.notice(How.REPEATED, self.sheet.file, record.row)
            elif is_line(record, wide=record.row in across) or (not place and is_numbered(record)):
                self.findings.notice(How.LINES, self.sheet.file, record.row)
            else:
                for merged in across.get(record.row, ()):
                    if len(self._known(merged)) > 1:
                        record = self._refused(record, merged)  # noqa: PLW2901  # one range after the other
                kept.append(record)
        self._check_sums(kept, totals)
        return tuple(kept)

    def _filled(self) -> Sequence[Record]:
        """The rows with what is merged downwards in each; other merged cells could mean two things."""
        records = list(self.sheet.records[self.head.end :])
        rows = [record.row for record in records]
        start = self.sheet.records[self.head.end - 1].row
        room = len(records) * max(len(self.columns), 1)
        for merged in self.sheet.merged if rows else ():
            if merged.flat or merged.bottom <= start or merged.top > rows[-1] or not self._known(merged):
                continue
            if merged.top <= start:
                self.findings.faults.append(Fault(self.sheet.file, 0, "", self._unclear(merged), merged.name))
                continue
            places = range(bisect_left(rows, merged.top), bisect_left(rows, merged.bottom + 1))
            room -= len(places)
            if room < 0:
                raise refuse(self.sheet.file, _("merged cells that lie one upon the other. Unmerge them."))
            heading = self.columns[merged.left]
            if merged.left != merged.right or heading is None or heading.is_figure:
                records[places.start : places.stop] = [self._refused(records[one], merged) for one in places]
            elif places and rows[places.start] == merged.top:
                self._fill(records, places, merged.left)
        return records

    def _known(self, merged: Range) -> list[Heading]:
        """The columns of the table over which merged cells reach."""
        return [one for one in self.columns[merged.left : merged.right + 1] if one is not None]

    def _fill(self, records: list[Record], places: range, column: int) -> None:
        value = records[places.start].cells[column]
        for place in places[1:]:
            record = records[place]
            if value and not record.cells[column] and not total_in(record, ()):
                cells = (*record.cells[:column], value, *record.cells[column + 1 :])
                records[place] = replace(record, cells=cells)
                self.findings.notice(How.MERGED, self.sheet.file, record.row, self.head.titles[column])

    def _refused(self, record: Record, merged: Range) -> Record:
        """The row with the merged cells refused: the first, and those that must not be empty."""
        cells = list(record.cells)
        first = next(place for place in range(merged.left, merged.right + 1) if self.columns[place] is not None)
        for place in range(first, min(merged.right + 1, len(cells))):
            heading = self.columns[place]
            if heading is not None and (place == first or not heading.blank):
                cells[place] = Refused(self._unclear(merged), merged.name)
        return replace(record, cells=tuple(cells))

    def _unclear(self, merged: Range) -> str:
        known = self._known(merged)
        if len(known) == 1 and known[0].is_figure:
            message = _(
                "the cells {range} are merged over one number: each row's, or that of all together? Unmerge them and"
                " fill in every cell."
            )
        else:
            message = _("the cells {range} are merged. Unmerge them and fill in every cell.")
        return message.format(range=merged.name)

    def _check_sums(self, records: Sequence[Record], totals: Sequence[Total]) -> None:
        known = {place: heading for place, heading in enumerate(self.columns) if heading is not None}
        sums = Sums(known, records)
        for total in totals[:MOST_TOTALS]:
            for place, said in sums.wrong(total, [other for other in totals if other is not total]):
                self.findings.notice(How.SUMS, self.sheet.file, total.record.row, self.head.titles[place], said)


def _long(
    sheet: Sheet, columns: Sequence[Heading | None], spreads: Sequence[Spread | None], findings: Findings
) -> Sheet:
    """The sheet with a row for each category or year, where it has a column for each."""
    found = [spread for spread in spreads if spread]
    if not found or found[0].key in columns or any(spread.key != found[0].key for spread in found):
        return sheet
    header, *records = sheet.records
    if problems := unclear(columns, spreads, sheet.titles):
        findings.faults.extend(Fault(sheet.file, header.row, "", problem) for problem in problems)
        return sheet
    findings.notice(How.WIDE, sheet.file, header.row)
    long, rows = unfolded(header, records, columns, spreads)
    return replace(sheet, records=(long, *rows))
