"""People who work elsewhere than where their position is: stations, dispatched staff, borrowed staff."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from rebalance.county.agencies import AGENCY, TOWNSHIP
from rebalance.county.columns import Column, described
from rebalance.county.kinds import Id, Number, Text
from rebalance.county.positions import CATEGORY, YEAR
from rebalance.words import name_of

UNIT = Column(Id(), ("单位编码", "单位", "县直单位"), "Code of the unit.", refers="unit")


@dataclass(frozen=True, slots=True)
class Station:
    """A team that sits in a township and belongs to a unit (财政所、畜牧兽医站); handed down whole or not at all.

    Its positions and staff are part of the unit's row in `positions`.
    """

    station: Annotated[str, Column(Id(), ("站所编码", "站所"), "Stable code of the station.")]
    unit: Annotated[str, UNIT]
    township: Annotated[str, TOWNSHIP]
    agency: Annotated[str, described(AGENCY, "Agency it joins; empty: the township as a whole.", blank=True)]
    category: Annotated[str, CATEGORY]
    authorised: Annotated[int, Column(Number(), ("编制数", "核定编制"), "Authorised positions of the station.")]
    in_post: Annotated[int, Column(Number(), ("实有人数", "实有"), "Staff in post at the station.")]
    kind: Annotated[str, Column(Text(), ("站所类型",), "Kind of station, such as finance or veterinary.")] = ""
    kind_zh: Annotated[str, Column(Text(), ("站所类型名称",), "Kind of station in Chinese.")] = ""

    @property
    def kind_name(self) -> str:
        """Its kind, in the language spoken."""
        return name_of(self.kind, self.kind_zh)


@dataclass(frozen=True, slots=True)
class Dispatched:
    """Staff a unit owns and a township uses (县属、乡管、乡用); only what is listed may be dispatched."""

    unit: Annotated[str, UNIT]
    township: Annotated[str, TOWNSHIP]
    agency: Annotated[str, described(AGENCY, "Agency they work in; empty: the township as a whole.", blank=True)]
    category: Annotated[str, CATEGORY]
    staff: Annotated[int, Column(Number(), ("派驻人数",), "Staff dispatched today.")]
    year: Annotated[
        int | None, described(YEAR, "First year in which the number may differ from today's; empty: the first.")
    ] = None
    least: Annotated[int | None, Column(Number(), ("最少派驻",), "Fewest staff; empty: today's number.")] = None
    most: Annotated[int | None, Column(Number(), ("最多派驻",), "Most staff; empty: today's number.")] = None


@dataclass(frozen=True, slots=True)
class Borrowed:
    """Staff a township owns and a unit uses (借调)."""

    township: Annotated[str, TOWNSHIP]
    unit: Annotated[str, UNIT]
    category: Annotated[str, CATEGORY]
    staff: Annotated[int, Column(Number(), ("借调人数",), "Staff borrowed today.")]
