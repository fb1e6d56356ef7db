"""What the reform hands down: matters with their steps and volumes; stations, dispatched and borrowed staff."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Annotated

from rebalance.county.agencies import AGENCY, TOWNSHIP
from rebalance.county.columns import COUNT, LARGEST, Choice, Column, Exact, Flag, Id, Ids, Number, Text, described
from rebalance.county.holders import CATEGORY, YEAR
from rebalance.text import name_of

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
    authorised: Annotated[int, Column(COUNT, ("编制数", "核定编制"), "Authorised positions of the station.")]
    in_post: Annotated[int, Column(COUNT, ("实有人数", "实有"), "Staff in post at the station.")]
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
    staff: Annotated[int, Column(COUNT, ("派驻人数",), "Staff dispatched today.")]
    year: Annotated[
        int | None, described(YEAR, "First year in which the number may differ from today's; empty: the first.")
    ] = None
    least: Annotated[int | None, Column(COUNT, ("最少派驻",), "Fewest staff; empty: today's number.")] = None
    most: Annotated[int | None, Column(COUNT, ("最多派驻",), "Most staff; empty: today's number.")] = None


@dataclass(frozen=True, slots=True)
class Borrowed:
    """Staff a township owns and a unit uses (借调)."""

    township: Annotated[str, TOWNSHIP]
    unit: Annotated[str, UNIT]
    category: Annotated[str, CATEGORY]
    staff: Annotated[int, Column(COUNT, ("借调人数",), "Staff borrowed today.")]


MATTER = Column(Id(), ("事项编码", "事项"), "Code of the matter.", refers="matter")


class MatterKind(StrEnum):
    """The three lists (审批、执法、配合事项清单)."""

    APPROVAL = "approval"
    ENFORCEMENT = "enforcement"
    COOPERATION = "cooperation"


class Side(StrEnum):
    """Who answers for a matter once it is delegated; the other side cooperates.

    Where the unit goes on answering for it, only what the township does itself is work below, and the unit keeps what
    it has. The township's list of powers and duties (权责清单) has what it answers for, its list of matters in which it
    cooperates (配合事项清单) the others.
    """

    TOWNSHIP = "township"
    UNIT = "unit"


class Actor(StrEnum):
    """Who takes a step."""

    UNIT = "unit"
    TOWNSHIP = "township"
    APPLICANT = "applicant"


HOURS_A_CASE = Column(
    Exact(most=LARGEST),
    ("单件工时", "工时"),
    "Hours one case takes; where steps give hours, those of the township's steps count. Of a cooperation matter: the"
    " township's part.",
    twin="minutes",
)
MINUTES_A_CASE = Column(
    Exact(most=LARGEST), ("单件分钟数", "分钟数"), "The same in minutes, instead of hours.", twin="hours"
)


def time_of(hours: Decimal | None, minutes: Decimal | None) -> Fraction | None:
    """Hours, given in hours or in minutes; None where neither is given."""
    if hours is not None:
        return Fraction(hours)
    return None if minutes is None else Fraction(minutes) / 60


MATTER_KINDS = Choice(
    MatterKind,
    (
        ("审批", "approval"),
        ("执法", "enforcement"),
        ("配合", "cooperation"),
        ("审批事项", "approval"),
        ("执法事项", "enforcement"),
        ("配合事项", "cooperation"),
    ),
)
SIDES = Choice(Side, (("乡镇", "township"), ("县直单位", "unit"), ("部门", "unit")))
ACTORS = Choice(Actor, (("县直单位", "unit"), ("部门", "unit"), ("乡镇", "township"), ("申请人", "applicant")))


@dataclass(frozen=True, slots=True)
class Matter:
    """An item of the approval, enforcement or cooperation list that a unit may delegate to townships."""

    matter: Annotated[str, Column(Id(), ("事项编码",), "Stable code of the matter.")]
    name: Annotated[str, Column(Text(), ("事项名称",), "Name of the matter.")]
    kind: Annotated[MatterKind, Column(MATTER_KINDS, ("事项类型", "事项类别"), "approval, enforcement or cooperation.")]
    unit: Annotated[
        str, described(UNIT, "Code of the unit that may delegate it; empty: the township's own work.", blank=True)
    ]
    agency: Annotated[str, AGENCY]
    name_zh: Annotated[str, Column(Text(), ("中文名称",), "Name in Chinese.")] = ""
    basis: Annotated[str, Column(Text(), ("实施依据", "设定依据", "依据"), "Law or document it rests on.")] = ""
    hours: Annotated[Decimal | None, HOURS_A_CASE] = None
    minutes: Annotated[Decimal | None, MINUTES_A_CASE] = None
    base: Annotated[bool, Column(Flag(), ("基本盘", "是否基本盘"), "Whether every township takes it.")] = False
    responsible: Annotated[
        Side | None,
        Column(
            SIDES,
            ("责任主体",),
            "Who answers for it once delegated: township or unit; empty: the unit for a cooperation matter, else the"
            " township.",
        ),
    ] = None
    category: Annotated[
        str, Column(Id(), ("编制类别",), "Category of the positions that follow it; empty: any.", refers="category")
    ] = ""

    def __str__(self) -> str:
        """The name in the language in use."""
        return name_of(self.name, self.name_zh)

    @property
    def time(self) -> Fraction:
        """Hours one case takes, as the matter itself says; 0 where it does not."""
        return time_of(self.hours, self.minutes) or Fraction(0)

    @property
    def answers(self) -> Side:
        """Who answers for it once it is delegated."""
        helps = self.kind is MatterKind.COOPERATION and self.unit
        return self.responsible or (Side.UNIT if helps else Side.TOWNSHIP)

    @property
    def leaves(self) -> bool:
        """Whether its work leaves the unit once it is delegated: not where the township only cooperates."""
        return bool(self.unit) and self.kind is not MatterKind.COOPERATION and self.answers is Side.TOWNSHIP


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way a matter goes (一事项一流程图)."""

    matter: Annotated[str, MATTER]
    step: Annotated[str, Column(Id(), ("步骤编码", "步骤"), "Code of the step within its matter.")]
    name: Annotated[str, Column(Text(), ("步骤名称", "环节名称"), "What is done.")]
    by: Annotated[Actor, Column(ACTORS, ("办理主体",), "Who does it: unit, township or applicant.")]
    hours: Annotated[
        Decimal | None, Column(Exact(most=LARGEST), ("工时", "办理工时"), "Hours the step takes.", twin="minutes")
    ] = None
    next: Annotated[
        tuple[str, ...], Column(Ids(), ("下一步", "后续步骤"), "The steps that may follow; empty: the end.")
    ] = ()
    minutes: Annotated[
        Decimal | None,
        Column(Exact(most=LARGEST), ("分钟数", "办理分钟数"), "The same in minutes, instead of hours.", twin="hours"),
    ] = None

    @property
    def time(self) -> Fraction | None:
        """Hours the step takes; None where nobody says."""
        return time_of(self.hours, self.minutes)


@dataclass(frozen=True, slots=True)
class Volume:
    """How many cases of a matter come up in a township in a year."""

    matter: Annotated[str, MATTER]
    township: Annotated[str, TOWNSHIP]
    cases: Annotated[int, Column(Number(), ("年办件量", "件数"), "Cases a year.")]
