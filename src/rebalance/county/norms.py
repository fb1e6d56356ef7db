"""Norms and history beside the register: bands by size, weights for an index, allowances, earlier years."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from rebalance.county.agencies import AGENCY
from rebalance.county.columns import Column
from rebalance.county.kinds import Choice, Exact, Flag, Id, Number, Text
from rebalance.county.positions import CATEGORY, HOLDER, YEAR


class BandUse(StrEnum):
    """What a band speaks of: leaders by the size of a unit, or staff by the population of a township."""

    LEADERSHIP = "leadership"
    STAFFING = "staffing"


BAND_USES = Choice(BandUse, (("领导职数", "leadership"), ("人员配备", "staffing")))


@dataclass(frozen=True, slots=True)
class Band:
    """Up to this size (positions of a unit, or residents of a township), at least and at most so many."""

    applies_to: Annotated[
        BandUse, Column(BAND_USES, ("适用",), "leadership (by size of unit) or staffing (by population).")
    ]
    up_to: Annotated[int, Column(Number(), ("上限规模", "规模上限"), "Largest size the band is for.")]
    least: Annotated[int, Column(Number(), ("最少",), "Fewest leaders, or staff.")]
    most: Annotated[int, Column(Number(), ("最多",), "Most leaders, or staff.")]
    source: Annotated[str, Column(Text(), ("来源", "依据"), "Where the band comes from.")] = ""
    place: Annotated[str, Column(Text(), ("地区",), "Where it is in force.")] = ""
    year: Annotated[int | None, YEAR] = None


@dataclass(frozen=True, slots=True)
class Index:
    """How many positions an agency has in all townships together, and the weights by which they are shared out."""

    agency: Annotated[str, AGENCY]
    positions: Annotated[int, Column(Number(places=2), ("编制总数",), "Positions to share out among the townships.")]
    entropy: Annotated[bool, Column(Flag(), ("熵权法",), "Whether the entropy method sets the weights.")] = False
    population: Annotated[Decimal, Column(Exact(), ("人口权重",), "Weight of population.")] = Decimal(0)
    area_km2: Annotated[Decimal, Column(Exact(), ("面积权重",), "Weight of area.")] = Decimal(0)
    gdp: Annotated[Decimal, Column(Exact(), ("经济权重",), "Weight of gross product.")] = Decimal(0)
    revenue: Annotated[Decimal, Column(Exact(), ("财政权重",), "Weight of fiscal revenue.")] = Decimal(0)
    villages: Annotated[Decimal, Column(Exact(), ("村居权重",), "Weight of the number of villages.")] = Decimal(0)


class AllowanceKind(StrEnum):
    """Allowances of WISN: a share of everybody's time, or hours a year of some."""

    CATEGORY = "category"
    INDIVIDUAL = "individual"


ALLOWANCE_KINDS = Choice(AllowanceKind, (("普遍", "category"), ("个别", "individual")))


@dataclass(frozen=True, slots=True)
class Allowance:
    """Work beside the cases: what everybody in an agency does (a share), or some of them (hours a year each)."""

    agency: Annotated[str, AGENCY]
    allowance: Annotated[str, Column(Id(), ("附加工作", "编码"), "Code of the allowance within its agency.")]
    kind: Annotated[AllowanceKind, Column(ALLOWANCE_KINDS, ("类型",), "category (a share) or individual (hours).")]
    percent: Annotated[int, Column(Number(places=2, most=99), ("占比",), "Share of the working time, in percent.")] = 0
    hours: Annotated[int, Column(Number(places=2), ("工时", "年工时"), "Hours a year of one of them.")] = 0
    staff: Annotated[int, Column(Number(), ("人数",), "How many do it.")] = 0


@dataclass(frozen=True, slots=True)
class Earlier:
    """Positions of a holder in an earlier year, for the papers."""

    holder: Annotated[str, HOLDER]
    category: Annotated[str, CATEGORY]
    year: Annotated[int, YEAR]
    authorised: Annotated[int, Column(Number(), ("编制数",), "Authorised positions in that year.")]
