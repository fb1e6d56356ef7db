"""Norms and settings beside the register: bands, weights, allowances, earlier years, working time, classes, sources."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Annotated

from rebalance.county.agencies import AGENCY
from rebalance.county.columns import COUNT, HUNDREDTHS, LARGEST, Choice, Column, Exact, Flag, Id, Number, Text
from rebalance.county.holders import CATEGORY, HOLDER, YEAR
from rebalance.county.reform import time_of
from rebalance.text import _


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
    least: Annotated[int, Column(COUNT, ("最少",), "Fewest leaders, or staff.")]
    most: Annotated[int, Column(COUNT, ("最多",), "Most leaders, or staff.")]
    source: Annotated[str, Column(Text(), ("来源", "依据"), "Where the band comes from.")] = ""
    place: Annotated[str, Column(Text(), ("地区",), "Where it is in force.")] = ""
    year: Annotated[int | None, YEAR] = None


@dataclass(frozen=True, slots=True)
class Index:
    """How many positions an agency has in all townships together, and the weights by which they are shared out."""

    agency: Annotated[str, AGENCY]
    positions: Annotated[int, Column(HUNDREDTHS, ("编制总数",), "Positions to share out among the townships.")]
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
    percent: Annotated[
        Decimal, Column(Exact(most=99, hundredths=True), ("占比",), "Share of the working time, in percent.")
    ] = Decimal(0)
    hours: Annotated[
        Decimal | None,
        Column(Exact(most=LARGEST), ("工时", "年工时"), "Hours a year of one of them.", twin="minutes"),
    ] = None
    minutes: Annotated[
        Decimal | None,
        Column(Exact(most=LARGEST), ("分钟数", "年分钟数"), "The same in minutes, instead of hours.", twin="hours"),
    ] = None
    staff: Annotated[int, Column(COUNT, ("人数",), "How many do it.")] = 0

    @property
    def time(self) -> Fraction:
        """Hours a year of one of them."""
        return time_of(self.hours, self.minutes) or Fraction(0)


@dataclass(frozen=True, slots=True)
class Earlier:
    """Positions of a holder in an earlier year, for the papers."""

    holder: Annotated[str, HOLDER]
    category: Annotated[str, CATEGORY]
    year: Annotated[int, YEAR]
    authorised: Annotated[int, Column(COUNT, ("编制数",), "Authorised positions in that year.")]


DAYS = Exact(most=366)


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """A year of one member of staff: weeks of so many days, less the days nobody works; hours in a day."""

    weeks: Annotated[Decimal, Column(Exact(most=53), ("周数",), "Weeks in a year.")] = Decimal(52)
    days_a_week: Annotated[Decimal, Column(Exact(most=7), ("每周天数",), "Working days in a week.")] = Decimal(5)
    hours_a_day: Annotated[Decimal, Column(Exact(most=24), ("每日工时",), "Working hours in a day.")] = Decimal(8)
    leave: Annotated[Decimal, Column(DAYS, ("年休假",), "Days of leave in a year.")] = Decimal(0)
    holidays: Annotated[Decimal, Column(DAYS, ("法定节假日",), "Public holidays on working days.")] = Decimal(0)
    sick: Annotated[Decimal, Column(DAYS, ("病假",), "Days of sick leave in a year.")] = Decimal(0)
    training: Annotated[Decimal, Column(DAYS, ("培训",), "Days of training in a year.")] = Decimal(0)


@dataclass(frozen=True, slots=True)
class Entropy:
    """The word that stands where weights could: the entropy method sets them."""

    def read(self, text: str) -> bool:
        """True for the word; ValueError for any other."""
        if text.casefold() not in {"entropy", "熵权法"}:
            raise ValueError(text)
        return True

    def accepts(self) -> str:
        """The word, or weights."""
        return _('"entropy", or a table of weights such as { population = 0.5, area_km2 = 0.5 }')


@dataclass(frozen=True, slots=True)
class Classes:
    """How townships are told apart as large or medium: weights of a score, given or by entropy, and one cut-off.

    `large`: the number of large ones; `score`: the least score of a large one. Exactly one of the two is given.
    """

    entropy: Annotated[bool, Column(Entropy(), ("权重",), "entropy, or a table of weights.", key="weights")] = False
    population: Annotated[
        Decimal, Column(Exact(), ("人口权重",), "Weight of population.", key="weights.population")
    ] = Decimal(0)
    area_km2: Annotated[Decimal, Column(Exact(), ("面积权重",), "Weight of area.", key="weights.area_km2")] = Decimal(0)
    gdp: Annotated[Decimal, Column(Exact(), ("经济权重",), "Weight of gross product.", key="weights.gdp")] = Decimal(0)
    revenue: Annotated[Decimal, Column(Exact(), ("财政权重",), "Weight of fiscal revenue.", key="weights.revenue")] = (
        Decimal(0)
    )
    large: Annotated[int | None, Column(COUNT, ("大镇数",), "How many townships are large.")] = None
    score: Annotated[Decimal | None, Column(Exact(), ("大镇得分",), "Least score of a large township.")] = None
    source: Annotated[str, Column(Text(), ("来源", "依据"), "Where weights and cut-off come from.")] = ""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the papers carry at their head and foot; empty where it is not known, never invented."""

    issuer: Annotated[str, Column(Text(), ("发文机关英文名",), "Who issues the papers.")] = ""
    issuer_zh: Annotated[str, Column(Text(), ("发文机关",), "Who issues the papers, in Chinese.")] = ""
    addressee: Annotated[str, Column(Text(), ("主送机关英文名",), "To whom they go.")] = ""
    addressee_zh: Annotated[str, Column(Text(), ("主送机关",), "To whom they go, in Chinese.")] = ""
    number: Annotated[str, Column(Text(), ("发文字号", "文号"), "Number of the paper.")] = ""
    signatory: Annotated[str, Column(Text(), ("签发人",), "Who signs.")] = ""
    contact: Annotated[str, Column(Text(), ("联系人",), "Whom to ask.")] = ""
    date: Annotated[str, Column(Text(), ("成文日期", "日期"), "Date of the paper.")] = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure, or a whole column of figures (id empty), comes from."""

    table: Annotated[str, Column(Id(), ("表",), "Name of the table.")]
    column: Annotated[str, Column(Id(), ("列",), "Name of the column.")]
    id: Annotated[
        str, Column(Text(), ("编码",), "Key of the row, or a part, with / between ids; empty: all rows.", blank=True)
    ]
    source: Annotated[str, Column(Text(), ("来源",), "Where the figure comes from.")]
    made_up: Annotated[bool, Column(Flag(), ("虚构", "是否虚构"), "Whether the figure is made up.")]
    law: Annotated[
        bool, Column(Flag(), ("法定", "是否法定"), "Whether the limit is law: never blamed, never given way in.")
    ] = False
