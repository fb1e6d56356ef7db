"""What may be delegated to townships: matters, the steps each goes through, and how often each comes up."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from rebalance.county.agencies import AGENCY, TOWNSHIP
from rebalance.county.columns import Column, described
from rebalance.county.kinds import Choice, Flag, Id, Ids, Number, Text
from rebalance.county.staffing import UNIT
from rebalance.words import name_of

MATTER = Column(Id(), ("事项编码", "事项"), "Code of the matter.", refers="matter")


class MatterKind(StrEnum):
    """The three lists (审批、执法、配合事项清单)."""

    APPROVAL = "approval"
    ENFORCEMENT = "enforcement"
    COOPERATION = "cooperation"


class Side(StrEnum):
    """Who answers for a matter once it is delegated; the other side cooperates."""

    TOWNSHIP = "township"
    UNIT = "unit"


class Actor(StrEnum):
    """Who takes a step."""

    UNIT = "unit"
    TOWNSHIP = "township"
    APPLICANT = "applicant"


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
    basis: Annotated[str, Column(Text(), ("实施依据", "依据"), "Law or document it rests on.")] = ""
    hours: Annotated[
        int,
        Column(Number(places=2), ("单件工时", "工时"), "Hours one case takes; where steps give hours, theirs count."),
    ] = 0
    base: Annotated[bool, Column(Flag(), ("基本盘", "是否基本盘"), "Whether every township takes it.")] = False
    responsible: Annotated[
        Side, Column(SIDES, ("责任主体",), "Who answers for it once delegated: township or unit.")
    ] = Side.TOWNSHIP
    category: Annotated[
        str, Column(Id(), ("编制类别",), "Category of the positions that follow it; empty: any.", refers="category")
    ] = ""

    def __str__(self) -> str:
        """The name in the language in use."""
        return name_of(self.name, self.name_zh)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way a matter goes (一事项一流程图)."""

    matter: Annotated[str, MATTER]
    step: Annotated[str, Column(Id(), ("步骤编码", "步骤"), "Code of the step within its matter.")]
    name: Annotated[str, Column(Text(), ("步骤名称", "环节名称"), "What is done.")]
    by: Annotated[Actor, Column(ACTORS, ("办理主体",), "Who does it: unit, township or applicant.")]
    hours: Annotated[int | None, Column(Number(places=2), ("工时", "办理工时"), "Hours the step takes.")] = None
    next: Annotated[
        tuple[str, ...], Column(Ids(), ("下一步", "后续步骤"), "The steps that may follow; empty: the end.")
    ] = ()


@dataclass(frozen=True, slots=True)
class Volume:
    """How many cases of a matter come up in a township in a year."""

    matter: Annotated[str, MATTER]
    township: Annotated[str, TOWNSHIP]
    cases: Annotated[int, Column(Number(), ("年办件量", "件数"), "Cases a year.")]
