"""What `county.toml` says beside names and categories: working time, how classes are told apart, letterhead."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from rebalance.county.columns import Column
from rebalance.county.kinds import Exact, Number, Text
from rebalance.words import _

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
    large: Annotated[int | None, Column(Number(), ("大镇数",), "How many townships are large.")] = None
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
