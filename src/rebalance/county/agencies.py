"""Agencies of townships: the offices, brigades and centres, who is placed in them, their demand, posts and mergers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated

from rebalance.county.columns import COUNT, HUNDREDTHS, Choice, Column, Flag, Id, Ids, Text, described
from rebalance.county.holders import CATEGORY
from rebalance.text import name_of

TOWNSHIP = Column(Id(), ("乡镇编码", "乡镇", "区划代码"), "Code of the township.", refers="township")
AGENCY = Column(Id(), ("机构编码", "机构"), "Code of the agency.", refers="agency")


class Platform(StrEnum):
    """The five platforms that group agencies (五大平台)."""

    PARTY_BUILDING = "party_building"
    ECONOMIC_DEVELOPMENT = "economic_development"
    COMPREHENSIVE_GOVERNANCE = "comprehensive_governance"
    ENFORCEMENT = "enforcement"
    PUBLIC_SERVICE = "public_service"


class Role(StrEnum):
    """What an agency is among "four offices, one brigade, one centre"."""

    OFFICE = "office"
    BRIGADE = "brigade"
    CENTRE = "centre"


class Nature(StrEnum):
    """Whether an agency is an internal office, a public institution, or may be either."""

    OFFICE = "office"
    INSTITUTION = "institution"
    EITHER = "either"


PLATFORMS = Choice(
    Platform,
    (
        ("党建", "party_building"),
        ("经济发展", "economic_development"),
        ("综合治理", "comprehensive_governance"),
        ("综合执法", "enforcement"),
        ("为民服务", "public_service"),
    ),
)
ROLES = Choice(Role, (("办公室", "office"), ("大队", "brigade"), ("中心", "centre")))
NATURES = Choice(Nature, (("内设机构", "office"), ("事业单位", "institution"), ("均可", "either")))


class Method(StrEnum):
    """How the demand of an agency is worked out."""

    GIVEN = "given"
    WORKLOAD = "workload"
    INDEX = "index"
    BANDS = "bands"
    POSTS = "posts"


METHODS = Choice(
    Method, (("给定", "given"), ("工作量", "workload"), ("指数", "index"), ("分档", "bands"), ("岗位", "posts"))
)


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency every township has, or may choose to have."""

    agency: Annotated[str, Column(Id(), ("机构编码",), "Stable code of the agency.")]
    name: Annotated[str, Column(Text(), ("机构名称",), "Name of the agency.")]
    platform: Annotated[Platform, Column(PLATFORMS, ("平台", "所属平台"), "The platform it is on.")]
    compulsory: Annotated[bool, Column(Flag(), ("必设", "是否必设"), "Whether every township must have it.")]
    name_zh: Annotated[str, Column(Text(), ("中文名称",), "Name in Chinese.")] = ""
    role: Annotated[Role, Column(ROLES, ("机构类型",), "office, brigade or centre.")] = Role.OFFICE
    nature: Annotated[Nature, Column(NATURES, ("机构性质",), "office, institution or either.")] = Nature.EITHER
    least: Annotated[int, Column(COUNT, ("最少人数",), "Fewest staff once it is open.")] = 0
    most: Annotated[int | None, Column(COUNT, ("最多人数",), "Most staff.")] = None
    categories: Annotated[
        tuple[str, ...], Column(Ids(), ("可用类别",), "Categories it may hold; empty: any.", refers="category")
    ] = ()
    else_: Annotated[
        str, Column(Id(), ("并入机构",), "Compulsory agency that does its work where it is not open.", refers="agency")
    ] = ""

    demand: Annotated[
        Method, Column(METHODS, ("核编方法",), "How its demand is worked out: given, workload, index, bands or posts.")
    ] = Method.GIVEN

    def __str__(self) -> str:
        """The name in the language in use."""
        return name_of(self.name, self.name_zh)


@dataclass(frozen=True, slots=True)
class Placed:
    """Positions of a township placed in one of its agencies today."""

    township: Annotated[str, TOWNSHIP]
    agency: Annotated[str, AGENCY]
    category: Annotated[str, CATEGORY]
    positions: Annotated[int, Column(COUNT, ("编制数", "定编数"), "Positions placed there today.")]


@dataclass(frozen=True, slots=True)
class Demand:
    """Positions the work of a township's agency needs, in hundredths; agency empty: of the whole township."""

    township: Annotated[str, TOWNSHIP]
    agency: Annotated[str, replace(AGENCY, blank=True)]
    positions: Annotated[int, Column(HUNDREDTHS, ("需求编制", "所需编制"), "Positions its work needs.")]


@dataclass(frozen=True, slots=True)
class Post:
    """A place in an agency with duties, for so many positions of one category."""

    township: Annotated[str, described(TOWNSHIP, "Code of the township; empty: every township.", blank=True)]
    agency: Annotated[str, AGENCY]
    post: Annotated[str, Column(Id(), ("岗位编码", "岗位"), "Code of the post within its agency.")]
    name: Annotated[str, Column(Text(), ("岗位名称",), "Name of the post.")]
    category: Annotated[str, CATEGORY]
    number: Annotated[int, Column(COUNT, ("定员", "人数"), "Positions the post is meant for.")]
    duties: Annotated[str, Column(Text(), ("岗位职责", "职责"), "What whoever fills it has to do.")] = ""


@dataclass(frozen=True, slots=True)
class Merger:
    """An old agency of a township that was merged into one of today's (机构整合)."""

    township: Annotated[str, TOWNSHIP]
    old: Annotated[str, Column(Text(), ("原机构", "原机构名称"), "Name of the old agency.")]
    agency: Annotated[str, AGENCY]
    authorised: Annotated[int | None, Column(COUNT, ("编制数", "原编制数"), "Positions it had.")] = None
    in_post: Annotated[int | None, Column(COUNT, ("实有人数", "实有"), "Staff it had.")] = None
