"""How many positions there are and what becomes of the people in them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from rebalance.county.columns import Column
from rebalance.county.kinds import Choice, Id, Number
from rebalance.county.organisations import RESERVE, TownshipKind, UnitKind

HOLDER = Column(
    Id(),
    ("持有者", "持有单位", "单位编码"),
    "Code of a unit or township, or reserve.",
    refers="holder",
)
CATEGORY = Column(Id(), ("编制类别",), "Category of the positions.", refers="category")
YEAR = Column(Number(least=1949, most=2200), ("年度", "年份"), "Calendar year.")


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
    authorised: Annotated[int, Column(Number(), ("编制数", "核定编制"), "Authorised positions.")]
    in_post: Annotated[int, Column(Number(), ("实有人数", "实有"), "Staff in post.")]
    floor: Annotated[int | None, Column(Number(), ("下限",), "Fewest positions to be kept.")] = None
    ceiling: Annotated[int | None, Column(Number(), ("上限",), "Most positions allowed.")] = None
    needed: Annotated[int | None, Column(Number(), ("所需编制",), "Positions a unit's work needs.")] = None
    willing: Annotated[int, Column(Number(), ("愿下沉人数",), "Staff willing to go down with their position.")] = 0


@dataclass(frozen=True, slots=True)
class Retirement:
    """How many people of a holder and category retire in a year."""

    holder: Annotated[str, HOLDER]
    category: Annotated[str, CATEGORY]
    year: Annotated[int, YEAR]
    count: Annotated[int, Column(Number(), ("退休人数", "人数"), "People who retire.")]


@dataclass(frozen=True, slots=True)
class Hiring:
    """How many people may be hired in a year (用编计划); without a holder: over the whole county."""

    category: Annotated[str, CATEGORY]
    year: Annotated[int, YEAR]
    most: Annotated[int, Column(Number(), ("用编计划", "最多招录"), "Most people to be hired.")]
    holder: Annotated[str, HOLDER] = ""


@dataclass(frozen=True, slots=True)
class Route:
    """A way positions of a category may go, from one kind of holder to another, and who must approve it."""

    category: Annotated[str, CATEGORY]
    from_: Annotated[HolderKind, Column(HOLDER_KINDS, ("调出类型",), "Kind of holder that gives.")]
    to: Annotated[HolderKind, Column(HOLDER_KINDS, ("调入类型",), "Kind of holder that receives.")]
    approval: Annotated[Approval, Column(APPROVALS, ("审批层级",), "Level that must approve.")]
