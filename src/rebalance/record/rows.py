"""The rows of a plan on disk: one dataclass a table, its fields the keys, each with its unit and what it holds.

Everything is exact: whole numbers, "p/q", and hundredths of positions where work is meant. `KEY` names the
fields that tell a row from the others; where `SPARSE` holds, rows with nothing in them are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, ClassVar

from rebalance.county.parameters import Ref
from rebalance.record.facts import Fact, Unit

Holder = Annotated[str, Ref("holder"), Fact("A unit or a township, or `reserve`.", Unit.ID)]
UnitId = Annotated[str, Ref("unit"), Fact("The unit.", Unit.ID)]
Township = Annotated[str, Ref("township"), Fact("The township.", Unit.ID)]
AgencyId = Annotated[str, Ref("agency"), Fact("The agency; empty: the township as a whole.", Unit.ID)]
Category = Annotated[str, Ref("category"), Fact("The category.", Unit.ID)]
StationId = Annotated[str, Ref("station"), Fact("The station.", Unit.ID)]
MatterId = Annotated[str, Ref("matter"), Fact("The matter.", Unit.ID)]
Year = Annotated[int, Fact("The calendar year; what is said of it is said of its end.", Unit.YEAR)]
Placed = Annotated[int, Fact("Positions of the township placed in the agency.", Unit.POSITIONS)]
Needed = Annotated[int, Fact("Work there is to do.", Unit.WORK)]


@dataclass(frozen=True, slots=True)
class PositionRow:
    """What a holder owns of a category in a year."""

    holder: Holder
    category: Category
    year: Year
    before: Annotated[int, Fact("Positions owned at the end of the year before.", Unit.POSITIONS)]
    after: Annotated[int, Fact("Positions owned at the end of the year.", Unit.POSITIONS)]
    in_post: Annotated[int, Fact("Staff in post at the end of the year.", Unit.PEOPLE)]
    KEY: ClassVar[tuple[str, ...]] = ("holder", "category", "year")
    SPARSE: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class PeopleRow:
    """Which people of a holder come and go in a year."""

    holder: Holder
    category: Category
    year: Year
    retired: Annotated[int, Fact("People who retire.", Unit.PEOPLE)] = 0
    moved_out: Annotated[int, Fact("People who leave with their position.", Unit.PEOPLE)] = 0
    moved_in: Annotated[int, Fact("People who come with their position.", Unit.PEOPLE)] = 0
    hired: Annotated[int, Fact("People who are hired.", Unit.PEOPLE)] = 0
    KEY: ClassVar[tuple[str, ...]] = ("holder", "category", "year")
    SPARSE: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency of a township at the end of a year."""

    township: Township
    agency: AgencyId
    year: Year
    open: Annotated[int, Fact("1 when the township has the agency.", Unit.FLAG)]
    strength: Annotated[int, Fact("Positions it can work with, with staff dispatched there.", Unit.POSITIONS)]
    demand: Needed
    KEY: ClassVar[tuple[str, ...]] = ("township", "agency", "year")
    SPARSE: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """Positions of a township placed in an agency at the end of a year."""

    township: Township
    agency: AgencyId
    category: Category
    year: Year
    positions: Placed = 0
    KEY: ClassVar[tuple[str, ...]] = ("township", "agency", "category", "year")
    SPARSE: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class StationRow:
    """A station at the end of a year."""

    station: StationId
    year: Year
    handed: Annotated[int, Fact("1 when it has been handed down.", Unit.FLAG)] = 0
    KEY: ClassVar[tuple[str, ...]] = ("station", "year")
    SPARSE: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class DispatchedRow:
    """Staff whom a unit owns and a township uses at the end of a year."""

    unit: UnitId
    township: Township
    agency: AgencyId
    category: Category
    year: Year
    staff: Annotated[int, Fact("Staff owned above and used below.", Unit.PEOPLE)] = 0
    KEY: ClassVar[tuple[str, ...]] = ("unit", "township", "agency", "category", "year")
    SPARSE: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class BorrowedRow:
    """Staff whom a township owns and a unit uses at the end of a year."""

    township: Township
    unit: UnitId
    category: Category
    year: Year
    staff: Annotated[int, Fact("Staff owned below and used above.", Unit.PEOPLE)] = 0
    KEY: ClassVar[tuple[str, ...]] = ("township", "unit", "category", "year")
    SPARSE: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class MatterRow:
    """A matter that a township has taken on by the end of a year."""

    matter: MatterId
    township: Township
    year: Year
    delegated: Annotated[int, Fact("1 when the township deals with it.", Unit.FLAG)] = 0
    work: Annotated[int, Fact("Work it brings.", Unit.WORK)] = 0
    KEY: ClassVar[tuple[str, ...]] = ("matter", "township", "year")
    SPARSE: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """How much of a township's work is covered at the end of a year."""

    township: Township
    year: Year
    strength: Annotated[int, Fact("All positions used there.", Unit.POSITIONS)]
    served: Annotated[int, Fact("Work that is done.", Unit.WORK)]
    demand: Needed
    coverage: Annotated[Fraction, Fact("Work done over work to do; 1 where there is none.", Unit.SHARE)]
    staffed: Annotated[Fraction, Fact("The same with people in post.", Unit.SHARE)]
    KEY: ClassVar[tuple[str, ...]] = ("township", "year")
    SPARSE: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A rule's verdict at a place; on disk stand those that are broken, inherited or without room."""

    rule: Annotated[str, Fact("The rule.", Unit.ID)]
    holder: Holder = ""
    agency: AgencyId = ""
    category: Category = ""
    year: Annotated[int, Fact("The calendar year; 0: all years.", Unit.YEAR)] = 0
    aspect: Annotated[str, Fact("Which of several things the rule says there.", Unit.ID)] = ""
    item: Annotated[str, Fact("A station, matter, platform or other holder it is about.", Unit.ID)] = ""
    found: Annotated[int, Fact("What is there.", Unit.OWN)] = 0
    at_least: Annotated[int | None, Fact("The least there may be; empty: no limit.", Unit.OWN)] = None
    at_most: Annotated[int | None, Fact("The most there may be; empty: no limit.", Unit.OWN)] = None
    inherited: Annotated[bool, Fact("Today already breaks the limit, which is today's figure here.", Unit.TRUTH)] = (
        False
    )
    broken: Annotated[bool, Fact("What is there lies outside the limits.", Unit.TRUTH)] = False
    tight: Annotated[bool, Fact("It lies on a limit.", Unit.TRUTH)] = False
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
