"""Every table of a county package, said once: its row, its key, its Chinese name, whether it must be there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from rebalance.county import written
from rebalance.county.agencies import Agency, Demand, Merger, Placed, Post
from rebalance.county.columns import Choice, Heading, Number, headings
from rebalance.county.holders import Category, Hiring, Position, Retirement, Route, Township, Unit
from rebalance.county.norms import Allowance, Band, Classes, Earlier, Index, Letterhead, Source, WorkingTime
from rebalance.county.reform import Borrowed, Dispatched, Matter, Station, Step, Volume
from rebalance.fault import Fault
from rebalance.text import _, language, near_miss, quoted


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the package: rows of one dataclass, told apart by the fields of `key`."""

    name: str
    row: type
    key: tuple[str, ...]
    chinese: tuple[str, ...]
    required: bool = False

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The columns, in order."""
        return headings(self.row)

    @property
    def title(self) -> str:
        """The name in the language spoken."""
        return self.chinese[0] if language() == "zh" else self.name

    def key_of(self, row: object) -> tuple[Any, ...]:
        """What tells this row from the others."""
        return tuple(getattr(row, name) for name in self.key)


TABLES = (
    Table("units", Unit, ("unit",), ("单位", "单位表"), required=True),
    Table("townships", Township, ("township",), ("乡镇", "乡镇表"), required=True),
    Table("positions", Position, ("holder", "category"), ("编制", "编制表"), required=True),
    Table("retirements", Retirement, ("holder", "category", "year", "station"), ("退休", "退休表")),
    Table("hiring", Hiring, ("category", "year", "holder"), ("用编计划",)),
    Table("routes", Route, ("category", "from_", "to"), ("流向", "调剂路径")),
    Table("agencies", Agency, ("agency",), ("机构", "机构表")),
    Table("placed", Placed, ("township", "agency", "category"), ("机构定编", "在编分布")),
    Table("history", Earlier, ("holder", "category", "year"), ("沿革", "历史编制")),
    Table("mergers", Merger, ("township", "old"), ("机构整合", "整合表")),
    Table("demand", Demand, ("township", "agency"), ("需求", "需求表")),
    Table("indices", Index, ("agency",), ("指数", "指数表")),
    Table("allowances", Allowance, ("agency", "allowance"), ("附加工作", "附加工作表")),
    Table("bands", Band, ("applies_to", "up_to"), ("分档", "分档表")),
    Table("stations", Station, ("station",), ("站所", "站所表")),
    Table("dispatched", Dispatched, ("unit", "township", "agency", "category"), ("派驻", "派驻人员")),
    Table("borrowed", Borrowed, ("township", "unit", "category"), ("借调", "借调人员")),
    Table("matters", Matter, ("matter",), ("事项", "事项清单")),
    Table("steps", Step, ("matter", "step"), ("流程", "流程步骤")),
    Table("volumes", Volume, ("matter", "township"), ("办件量",)),
    Table("posts", Post, ("township", "agency", "post"), ("岗位", "定岗定责")),
    Table("sources", Source, ("table", "column", "id"), ("来源", "数据来源")),
)

CATEGORIES = Table("categories", Category, ("category",), ("编制类别",), required=True)
"""The categories stand in `county.toml`, but can be changed by a scenario like any table."""

SETTINGS = (
    Table("working_time", WorkingTime, (), ("工作时间",)),
    Table("classes", Classes, (), ("等级划分",)),
    Table("papers", Letterhead, (), ("文头",)),
)
"""What `county.toml` says once for the whole county: tables of one row, which needs no key."""

HUGE = 10**100  # whole numbers beyond it are nobody's figures, and Python may refuse to write them down


@dataclass(frozen=True, slots=True)
class Title:
    """A column as people know it: its heading, and its number in the sheet, from 1 (0: it stands in none)."""

    said: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was read: a row of a file, or a key path inside one; `titles` are its columns, by header."""

    file: str
    row: int = 0
    path: str = ""
    titles: Mapping[str, Title] = field(default_factory=dict, compare=False)

    def fault(self, column: str, message: str, value: str | None = None) -> Fault:
        """Something is wrong here, in this column (empty: in the row, or the key, as a whole)."""
        title = self.titles.get(column, Title(column))
        where = ".".join(part for part in (self.path, column) if part)
        table, dot, rest = self.path.partition(".")
        said = ".".join(part for part in (f"{title_of(table)}{dot}{rest}", title.said) if part)
        return Fault(self.file, self.row, where, message, value, said if said != where else "", title.at)


def spoken(headings: Iterable[Heading]) -> dict[str, Title]:
    """Columns as they are called in the language spoken."""
    return {heading.header: Title(heading.title) for heading in headings}


def title_of(name: str) -> str:
    """The name of a table in the language spoken."""
    return next((table.title for table in (CATEGORIES, *TABLES, *SETTINGS) if table.name == name), name)


@dataclass(frozen=True, slots=True)
class Entry:
    """What could be read of a row, by field; what could not be read is missing."""

    table: Table
    place: Place
    values: Mapping[str, Any]

    @property
    def key(self) -> tuple[Any, ...] | None:
        """What tells the row from the others; None when a part of it could not be read."""
        if any(field not in self.values for field in self.table.key):
            return None
        return tuple(self.values[field] for field in self.table.key)


def rows(table: Table, entries: Iterable[Entry]) -> tuple[Any, ...]:
    """The finished rows of one table, sorted by its key. Every entry must be complete."""
    found = (table.row(**entry.values) for entry in entries if entry.table is table)
    return tuple(sorted(found, key=table.key_of))


def setting(table: Table, entries: Iterable[Entry]) -> Any:  # noqa: ANN401 - a value of any kind of setting
    """The finished value of a setting, a table without a key; None when nothing is said of it."""
    return next(iter(rows(table, entries)), None)


def defaults(headings: Iterable[Heading]) -> dict[str, Any]:
    """What the columns that need not be there stand for when they are not."""
    return {heading.field: heading.default for heading in headings if not heading.required}


def convert(heading: Heading, text: str) -> Any:  # noqa: ANN401 - a value of any kind of column
    """Turn a cell's text into its value.

    Raises:
        ValueError: it is not accepted; the message says what is.
    """
    if heading.blank and (not text or written.nothing(text)):
        return heading.default
    if not text:
        raise ValueError(_("empty. Accepted: {accepted}.").format(accepted=heading.column.kind.accepts()))
    try:
        return heading.column.kind.read(text)
    except ValueError:
        message = _("not accepted (got {value}). Accepted: {accepted}.")
        kind, accepted = heading.column.kind, heading.column.kind.accepts()
        words = kind.words() if isinstance(kind, Choice) else ()
        raise ValueError(message.format(value=quoted(text), accepted=accepted) + near_miss(text, words)) from None


def cell_text(value: object) -> str:
    """How a value from TOML or JSON would be typed into a cell.

    Numbers are written exactly, lists with semicolons, true and false as words.

    Raises:
        ValueError: no cell could hold it.
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple) and not any(isinstance(part, list | tuple) for part in value):
        return ";".join(cell_text(part) for part in value)
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float | Decimal) or (isinstance(value, int) and abs(value) < HUGE):
        return str(value)
    message = _("not a single value (got {value}). Give a text, a number, true or false.")
    raise ValueError(message.format(value=quoted(value)))


def cell(heading: Heading, value: object) -> object:
    """The value as a cell has it: hundredths as the decimal they were read from."""
    kind = heading.column.kind
    if isinstance(value, int) and isinstance(kind, Number) and kind.places:
        return Decimal(value).scaleb(-kind.places)
    return value
