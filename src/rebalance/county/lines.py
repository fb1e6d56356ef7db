"""Rows of a sheet that are no rows of its table: totals, group titles, signatures, numbered columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from rebalance.county.columns import Heading
from rebalance.county.raw import Cell, Record, Seen
from rebalance.county.tables import convert
from rebalance.county.written import PLAIN, bare, number
from rebalance.text import _

TOTAL = re.compile(r".{0,10}(合计|总计|共计|合计数)|(grand)?totals?", re.DOTALL)
PART = re.compile(r".{0,10}小计|sub-?totals?", re.DOTALL)
SIGNED = re.compile(
    r"(填表|制表|填报|填制|审核|复核|经办|报送|统计|联系|单位负责|部门负责|负责|单位领导|分管领导|主管领导|主要领导|批准|盖章|签字|签章)"
    r".{0,8}[:(]|(单位)?\(?(盖|公)章\)?|(填表|制表|填报|上报|统计)?(日期|时间):|(注|备注|说明|附注|数据来源)(\d+)?:|第?\d+页.{0,6}"
)
GROUP = re.compile(r"[(]?[一二三四五六七八九十]+[)]?[、.,].*")
NUMBERED = "甲乙丙丁戊己庚辛壬癸"


def texts(cells: Iterable[Cell]) -> list[str]:
    """Everything that stands in a row, to be compared."""
    return [bare(cell) if isinstance(cell, str) else "" for cell in cells if cell]


def first_in(record: Record) -> str:
    """The first thing that stands in a row; nothing where that is no text."""
    cell = next(filter(None, record.cells), "")
    return cell if isinstance(cell, str) else ""


def total_in(record: Record, keys: Sequence[int]) -> str:
    """The word for a total that stands in a row's first cell or in one of its key; empty when there is none."""
    first = next((place for place, cell in enumerate(record.cells) if cell), 0)
    for place in dict.fromkeys([first, *keys]):
        cell = record.cells[place] if place < len(record.cells) else ""
        said = bare(cell).strip(":") if isinstance(cell, str) else ""
        if said and (TOTAL.fullmatch(said) or PART.fullmatch(said)):
            return said
    return ""


def is_line(record: Record, *, wide: bool) -> bool:
    """Whether a row is a group's title, a signature or a remark; `wide` says that one cell reaches over several."""
    said = bare(first_in(record))
    alone = sum(1 for cell in record.cells if cell) == 1
    return SIGNED.match(said) is not None or (alone and (wide or GROUP.fullmatch(said) is not None))


def is_numbered(record: Record) -> bool:
    """Whether a row only numbers the columns: 甲 乙 1 2 3."""
    said = texts(record.cells)
    letters = [word for word in said if word in NUMBERED]
    figures = [word for word in said if word.isdecimal()]
    in_order = figures == [str(place) for place in range(1, len(figures) + 1)]
    return bool(letters) and bool(figures) and len(letters) + len(figures) == len(said) and in_order


@dataclass(frozen=True, slots=True)
class Total:
    """A row of totals: the word in it, and where it stands among the rows."""

    record: Record
    word: str
    before: int


@dataclass(frozen=True, slots=True)
class Sums:
    """The rows of a table in which totals are looked for."""

    columns: Mapping[int, Heading]
    records: Sequence[Record]

    def wrong(self, total: Total, others: Sequence[Total]) -> Iterator[tuple[int, str]]:
        """The columns in which a total is not the sum of the rows it can be of, and what to say of each."""
        blocks = [[record for record in block if self._of(total, record)] for block in self._blocks(total, others)]
        for place, heading in self.columns.items():
            said = self._number(heading, total.record, place) if heading.is_figure else None
            sums = [self._sum(heading, place, block) for block in blocks if block]
            if said is None or said in sums or None in sums or not sums:
                continue
            text = _("{total}, the rows {sum}").format(total=_plain(said), sum=_plain(sums[0] or Fraction(0)))
            yield place, text

    def _blocks(self, total: Total, others: Sequence[Total]) -> Iterator[Sequence[Record]]:
        """The rows a total can be of: all of them, those since the total before it, those up to the next."""
        last = max((other.before for other in others if other.before < total.before), default=0)
        following = min((other.before for other in others if other.before > total.before), default=len(self.records))
        near = (self.records[last : total.before], self.records[total.before : following])
        yield from (*near, self.records) if PART.fullmatch(total.word) else (self.records, *near)

    def _of(self, total: Total, record: Record) -> bool:
        """Whether a row has what the total says of its kind: a total of one category is of its rows alone."""
        for place, heading in self.columns.items():
            mine, its = (one.cells[place] if place < len(one.cells) else "" for one in (total.record, record))
            plain = isinstance(mine, str) and isinstance(its, str)
            named = plain and mine and not heading.is_figure and not total_in(Record(0, (mine,)), ())
            if named and bare(str(mine)) != bare(str(its)):
                return False
        return True

    def _sum(self, heading: Heading, place: int, records: Iterable[Record]) -> Fraction | None:
        """The sum of a column; None where a cell is no number, of which enough is said elsewhere."""
        total = Fraction(0)
        for record in records:
            cell = record.cells[place] if place < len(record.cells) else ""
            found = self._number(heading, record, place)
            if found is None and cell:
                return None
            total += found or 0
        return total

    @staticmethod
    def _number(heading: Heading, record: Record, place: int) -> Fraction | None:
        cell = record.cells[place] if place < len(record.cells) else ""
        if not isinstance(cell, str) or not cell:
            return None
        plain = number(str(cell)) if not isinstance(cell, Seen) else number(str.__str__(cell))
        if PLAIN.fullmatch(plain):
            return Fraction(plain)
        try:
            found = convert(heading, cell)
        except ValueError:
            return None
        return Fraction(0) if found is None else None


def _plain(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.15g}"
