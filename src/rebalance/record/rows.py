"""The rows of a plan on disk: one dataclass a table, its fields the keys, its docstring their units.

Everything is exact: whole numbers, "p/q", and hundredths of positions where work is meant. `KEY` names the
fields that tell a row from the others; where `SPARSE` holds, rows with nothing in them are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, ClassVar

from rebalance.county.columns import Ref

Holder = Annotated[str, Ref("holder")]
Township = Annotated[str, Ref("township")]
AgencyId = Annotated[str, Ref("agency")]
Category = Annotated[str, Ref("category")]


@dataclass(frozen=True, slots=True)
class PositionRow:
    """Positions owned at the end of the year before and of the year; staff in post at the end of the year."""

    holder: Holder
    category: Category
    year: int
    before: int
    after: int
    in_post: int
    KEY: ClassVar[tuple[str, ...]] = ("holder", "category", "year")
    SPARSE: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class PeopleRow:
    """People of a holder who, in the year, retire, leave with their position, come with one, or are hired."""

    holder: Holder
    category: Category
    year: int
    retired: int = 0
    moved_out: int = 0
    moved_in: int = 0
    hired: int = 0
    KEY: ClassVar[tuple[str, ...]] = ("holder", "category", "year")
    SPARSE: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency at the end of the year.

    `open`: 1 or 0. `strength`: positions it can work with. `demand`: hundredths of positions its work needs.
    """

    township: Township
    agency: AgencyId
    year: int
    open: int
    strength: int
    demand: int
    KEY: ClassVar[tuple[str, ...]] = ("township", "agency", "year")
    SPARSE: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """Positions of a township placed in an agency at the end of the year."""

    township: Township
    agency: AgencyId
    category: Category
    year: int
    positions: int = 0
    KEY: ClassVar[tuple[str, ...]] = ("township", "agency", "category", "year")
    SPARSE: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class StationRow:
    """A station at the end of the year: `handed` is 1 when it has been handed down."""

    station: Annotated[str, Ref("station")]
    year: int
    handed: int = 0
    KEY: ClassVar[tuple[str, ...]] = ("station", "year")
    SPARSE: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class DispatchedRow:
    """Staff a unit owns and a township uses at the end of the year (agency empty: the township as a whole)."""

    unit: Annotated[str, Ref("unit")]
    township: Township
    agency: AgencyId
    category: Category
    year: int
    staff: int = 0
    KEY: ClassVar[tuple[str, ...]] = ("unit", "township", "agency", "category", "year")
    SPARSE: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class BorrowedRow:
    """Staff a township owns and a unit uses at the end of the year."""

    township: Township
    unit: Annotated[str, Ref("unit")]
    category: Category
    year: int
    staff: int = 0
    KEY: ClassVar[tuple[str, ...]] = ("township", "unit", "category", "year")
    SPARSE: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class MatterRow:
    """A matter that the township has taken on by the end of the year, and the hundredths of positions it brings."""

    matter: Annotated[str, Ref("matter")]
    township: Township
    year: int
    delegated: int = 0
    work: int = 0
    KEY: ClassVar[tuple[str, ...]] = ("matter", "township", "year")
    SPARSE: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A township at the end of the year.

    `strength`: all positions used there. `served`, `demand`: hundredths of positions of work done and needed.
    `coverage`: the one over the other (1 where nothing is needed). `staffed`: the same with people in post.
    """

    township: Township
    year: int
    strength: int
    served: int
    demand: int
    coverage: Fraction
    staffed: Fraction
    KEY: ClassVar[tuple[str, ...]] = ("township", "year")
    SPARSE: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A rule's verdict at a place that is broken, inherited or without room; the others are only counted."""

    rule: str
    holder: str = ""
    agency: str = ""
    category: str = ""
    year: int = 0
    aspect: str = ""
    item: str = ""
    found: int = 0
    at_least: int | None = None
    at_most: int | None = None
    inherited: bool = False
    broken: bool = False
    tight: bool = False
    KEY: ClassVar[tuple[str, ...]] = ("rule", "holder", "agency", "category", "year", "aspect", "item")
    SPARSE: ClassVar[bool] = True


Row = (
    PositionRow
    | PeopleRow
    | StationRow
    | DispatchedRow
    | BorrowedRow
    | MatterRow
    | AgencyRow
    | PlacedRow
    | CoverageRow
    | FindingRow
)
"""A row of any table."""


def key_of(row: Row) -> tuple[str | int, ...]:
    """What tells the row from the others of its table."""
    return tuple(getattr(row, name) for name in row.KEY)
