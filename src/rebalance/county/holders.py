"""Who owns positions: categories, units, townships, what each holds, and who retires, is hired and may go where."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from rebalance.county.columns import COUNT, LARGEST, Choice, Column, Exact, Flag, Id, Number, Text, Year
from rebalance.text import name_of


class UnitKind(StrEnum):
    """What a county-level organisation is."""

    DEPARTMENT = "department"
    INSTITUTION = "institution"
    VERTICAL = "vertical"


class Level(StrEnum):
    """Whose establishment a unit belongs to: the county's own, or a level above it (vertical management)."""

    COUNTY = "county"
    ABOVE = "above"


class TownshipKind(StrEnum):
    """What a place below the county is."""

    TOWN = "town"
    TOWNSHIP = "township"
    SUBDISTRICT = "subdistrict"


class TownshipClass(StrEnum):
    """How large a township is, as the quota of agencies tells them apart (大镇、中镇)."""

    LARGE = "large"
    MEDIUM = "medium"


RESERVE = "reserve"

TILES = 20
"""The last row and column a tile may have."""

UNIT_KINDS = Choice(
    UnitKind,
    (
        ("部门", "department"),
        ("党政部门", "department"),
        ("党政机关", "department"),
        ("行政机关", "department"),
        ("行政单位", "department"),
        ("行政", "department"),
        ("机关", "department"),
        ("事业单位", "institution"),
        ("事业", "institution"),
        ("县直事业单位", "institution"),
        ("垂管单位", "vertical"),
        ("垂管", "vertical"),
        ("垂直管理", "vertical"),
        ("垂直管理单位", "vertical"),
        ("垂直管理部门", "vertical"),
    ),
)
LEVELS = Choice(
    Level,
    (
        ("县级", "county"),
        ("县", "county"),
        ("县属", "county"),
        ("本级", "county"),
        ("上级", "above"),
        ("垂管", "above"),
    ),
)
CLASSES = Choice(TownshipClass, (("大镇", "large"), ("大", "large"), ("中镇", "medium"), ("中", "medium")))
TOWNSHIP_KINDS = Choice(
    TownshipKind,
    (
        ("镇", "town"),
        ("建制镇", "town"),
        ("乡", "township"),
        ("民族乡", "township"),
        ("街道", "subdistrict"),
        ("街道办", "subdistrict"),
        ("街道办事处", "subdistrict"),
    ),
)


@dataclass(frozen=True, slots=True)
class Category:
    """A category of positions (编制类别): data of the county, from `county.toml`."""

    category: Annotated[str, Column(Id(), ("类别编码",), "Identifier of the category.")]
    name: Annotated[str, Column(Text(), ("类别名称",), "Name in English.")]
    name_zh: Annotated[str, Column(Text(), ("中文名称",), "Name in Chinese.")] = ""
    ceiling: Annotated[
        int | None, Column(COUNT, ("总量上限", "控制数"), "Most positions the county may have, set from above.")
    ] = None
    cost: Annotated[
        Decimal | None, Column(Exact(most=LARGEST, places=4), ("年人均成本",), "Yearly cost of one position, in yuan.")
    ] = None
    frozen: Annotated[
        bool, Column(Flag(), ("只减不增",), "Whether the category only ever falls: no holder gains any of it.")
    ] = False

    def __str__(self) -> str:
        """The name in the language in use."""
        return name_of(self.name, self.name_zh)


@dataclass(frozen=True, slots=True)
class Unit:
    """A county-level organisation ("above"): department, public institution, or branch under vertical management."""

    unit: Annotated[str, Column(Id(), ("单位编码", "机构编码"), "Stable code of the unit.")]
    name: Annotated[str, Column(Text(), ("单位名称", "机构名称"), "Name of the unit.")]
    kind: Annotated[UnitKind, Column(UNIT_KINDS, ("单位性质", "机构类别"), "department, institution or vertical.")]
    name_zh: Annotated[str, Column(Text(), ("中文名称",), "Name in Chinese.")] = ""
    level: Annotated[Level, Column(LEVELS, ("管理层级",), "county, or above for vertical management.")] = Level.COUNTY
    sector: Annotated[str, Column(Text(), ("系统", "行业"), "The system the unit belongs to.")] = ""
    force: Annotated[str, Column(Id(), ("执法力量",), "The enforcement force it is, if any.")] = ""
    leaders_authorised: Annotated[
        int | None, Column(COUNT, ("领导职数", "领导职数核定"), "Leadership posts authorised.")
    ] = None
    leaders_in_post: Annotated[int | None, Column(COUNT, ("领导实配",), "Leaders in post.")] = None

    def __str__(self) -> str:
        """The name in the language in use."""
        return name_of(self.name, self.name_zh)

    @property
    def above(self) -> bool:
        """Whether it is under vertical management, by its kind or its level: not the county's own."""
        return self.kind is UnitKind.VERTICAL or self.level is Level.ABOVE


@dataclass(frozen=True, slots=True)
class Township:
    """A town, township or sub-district ("below")."""

    township: Annotated[str, Column(Id(), ("乡镇编码", "区划代码"), "Stable statistical code of the township.")]
    name: Annotated[str, Column(Text(), ("乡镇名称", "乡镇"), "Name of the township.")]
    kind: Annotated[TownshipKind, Column(TOWNSHIP_KINDS, ("类型", "乡镇类型"), "town, township or subdistrict.")]
    name_zh: Annotated[str, Column(Text(), ("中文名称",), "Name in Chinese.")] = ""
    population: Annotated[int | None, Column(Number(most=10**8), ("人口", "常住人口"), "Residents.")] = None
    area_km2: Annotated[Decimal | None, Column(Exact(), ("面积", "面积平方公里"), "Area in square kilometres.")] = None
    gdp: Annotated[Decimal | None, Column(Exact(), ("地区生产总值",), "Gross product in million yuan.")] = None
    revenue: Annotated[Decimal | None, Column(Exact(), ("财政收入",), "Fiscal revenue in million yuan.")] = None
    villages: Annotated[int | None, Column(Number(), ("村居数",), "Villages and communities.")] = None
    class_: Annotated[str, Column(CLASSES, ("等级", "乡镇等级"), "Class of the township: large or medium.")] = ""
    tile_row: Annotated[
        int | None, Column(Number(most=TILES), ("图块行",), "Row of its tile in figures, from the north.")
    ] = None
    tile_column: Annotated[
        int | None, Column(Number(most=TILES), ("图块列",), "Column of its tile in figures, from the west.")
    ] = None

    def __str__(self) -> str:
        """The name in the language in use."""
        return name_of(self.name, self.name_zh)


HOLDER = Column(
    Id(),
    ("持有者", "持有单位", "单位编码"),
    "Code of a unit or township, or reserve.",
    refers="holder",
    usual=("单位", "单位名称", "单位（乡镇）", "单位/乡镇", "持有单位名称", "机构名称", "部门", "乡镇", "乡镇名称"),
)
CATEGORY = Column(Id(), ("编制类别",), "Category of the positions.", refers="category")
YEAR = Column(Year(), ("年度", "年份"), "Calendar year.")


AUTHORISED = Column(
    COUNT,
    ("编制数", "核定编制"),
    "Authorised positions.",
    usual=("核定编制数", "核定数", "编制", "编制总数", "核编数", "编制人数"),
)
IN_POST = Column(
    COUNT,
    ("实有人数", "实有"),
    "Staff in post.",
    usual=("实有数", "在编人数", "在编", "在编数", "在编在岗", "现有人数", "实有在编人数", "实际在编", "在职人数"),
)


class HolderKind(StrEnum):
    """Every kind of holder: the kinds of unit, the kinds of township, and the reserve."""

    DEPARTMENT = UnitKind.DEPARTMENT
    INSTITUTION = UnitKind.INSTITUTION
    VERTICAL = UnitKind.VERTICAL
    TOWN = TownshipKind.TOWN
    TOWNSHIP = TownshipKind.TOWNSHIP
    SUBDISTRICT = TownshipKind.SUBDISTRICT
    RESERVE = RESERVE


class Approval(StrEnum):
    """The level that must approve a move."""

    COUNTY = "county"
    CITY = "city"
    PROVINCE = "province"
    CENTRE = "centre"


HOLDER_KINDS = Choice(
    HolderKind,
    (
        ("部门", "department"),
        ("事业单位", "institution"),
        ("垂管单位", "vertical"),
        ("垂管", "vertical"),
        ("镇", "town"),
        ("乡", "township"),
        ("街道", "subdistrict"),
        ("周转池", "reserve"),
        ("编制周转池", "reserve"),
    ),
)
APPROVALS = Choice(Approval, (("县级", "county"), ("市级", "city"), ("省级", "province"), ("中央", "centre")))


@dataclass(frozen=True, slots=True)
class Position:
    """What one holder has of one category today, and the limits that stand beside it."""

    holder: Annotated[str, HOLDER]
    category: Annotated[str, CATEGORY]
    authorised: Annotated[int, AUTHORISED]
    in_post: Annotated[int, IN_POST]
    floor: Annotated[int | None, Column(COUNT, ("下限",), "Fewest positions to be kept.")] = None
    ceiling: Annotated[int | None, Column(COUNT, ("上限",), "Most positions allowed.")] = None
    needed: Annotated[int | None, Column(COUNT, ("所需编制",), "Positions a unit's work needs.")] = None
    willing: Annotated[int, Column(COUNT, ("愿下沉人数",), "Staff willing to go down with their position.")] = 0


@dataclass(frozen=True, slots=True)
class Retirement:
    """How many people of a holder and category retire in a year: at headquarters, or in one of the unit's stations.

    People retire where they sit: whoever works in a station retires with it, above or, once it has gone down, below.
    """

    holder: Annotated[str, HOLDER]
    category: Annotated[str, CATEGORY]
    year: Annotated[int, YEAR]
    count: Annotated[int, Column(COUNT, ("退休人数", "人数"), "People who retire.")]
    station: Annotated[
        str,
        Column(
            Id(),
            ("站所编码", "站所"),
            "Station of the unit in which they work; empty: at headquarters.",
            refers="station",
        ),
    ] = ""


@dataclass(frozen=True, slots=True)
class Hiring:
    """How many people may be hired in a year (用编计划); without a holder: over the whole county.

    Where no row speaks of a category and a year, nobody is hired.
    """

    category: Annotated[str, CATEGORY]
    year: Annotated[int, YEAR]
    most: Annotated[int, Column(COUNT, ("用编计划", "最多招录"), "Most people to be hired.")]
    holder: Annotated[str, HOLDER] = ""
    least: Annotated[int, Column(COUNT, ("最少招录",), "Fewest people to be hired.")] = 0


@dataclass(frozen=True, slots=True)
class Route:
    """A way positions of a category may go, from one kind of holder to another, and who must approve it."""

    category: Annotated[str, CATEGORY]
    from_: Annotated[HolderKind, Column(HOLDER_KINDS, ("调出类型",), "Kind of holder that gives.")]
    to: Annotated[HolderKind, Column(HOLDER_KINDS, ("调入类型",), "Kind of holder that receives.")]
    approval: Annotated[Approval, Column(APPROVALS, ("审批层级",), "Level that must approve.")]
