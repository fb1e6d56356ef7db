"""Who owns positions and of what kind positions are: categories, units, townships."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from rebalance.county.columns import Column
from rebalance.county.kinds import Choice, Exact, Id, Number, Text
from rebalance.words import name_of


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


RESERVE = "reserve"

TILES = 20
"""The last row and column a tile may have."""

UNIT_KINDS = Choice(
    UnitKind, (("部门", "department"), ("事业单位", "institution"), ("垂管单位", "vertical"), ("垂管", "vertical"))
)
LEVELS = Choice(Level, (("县级", "county"), ("县", "county"), ("上级", "above")))
TOWNSHIP_KINDS = Choice(TownshipKind, (("镇", "town"), ("乡", "township"), ("街道", "subdistrict")))


@dataclass(frozen=True, slots=True)
class Category:
    """A category of positions (编制类别): data of the county, from `county.toml`."""

    category: Annotated[str, Column(Id(), ("类别编码",), "Identifier of the category.")]
    name: Annotated[str, Column(Text(), ("类别名称",), "Name in English.")]
    name_zh: Annotated[str, Column(Text(), ("中文名称",), "Name in Chinese.")] = ""
    ceiling: Annotated[
        int | None, Column(Number(), ("总量上限", "控制数"), "Most positions the county may have, set from above.")
    ] = None
    cost: Annotated[Decimal | None, Column(Exact(), ("年人均成本",), "Yearly cost of one position, in yuan.")] = None

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
        int | None, Column(Number(), ("领导职数", "领导职数核定"), "Leadership posts authorised.")
    ] = None
    leaders_in_post: Annotated[int | None, Column(Number(), ("领导实配",), "Leaders in post.")] = None

    def __str__(self) -> str:
        """The name in the language in use."""
        return name_of(self.name, self.name_zh)


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
    class_: Annotated[str, Column(Id(), ("等级", "乡镇等级"), "Class of the township: large or medium.")] = ""
    tile_row: Annotated[
        int | None, Column(Number(most=TILES), ("图块行",), "Row of its tile in figures, from the north.")
    ] = None
    tile_column: Annotated[
        int | None, Column(Number(most=TILES), ("图块列",), "Column of its tile in figures, from the west.")
    ] = None

    def __str__(self) -> str:
        """The name in the language in use."""
        return name_of(self.name, self.name_zh)
