"""Posts with duties in the agencies (定岗定责), and the old agencies that were merged into today's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from rebalance.county.agencies import AGENCY, TOWNSHIP
from rebalance.county.columns import Column, described
from rebalance.county.kinds import Id, Number, Text
from rebalance.county.positions import CATEGORY


@dataclass(frozen=True, slots=True)
class Post:
    """A place in an agency with duties, for so many positions of one category."""

    township: Annotated[str, described(TOWNSHIP, "Code of the township; empty: every township.", blank=True)]
    agency: Annotated[str, AGENCY]
    post: Annotated[str, Column(Id(), ("岗位编码", "岗位"), "Code of the post within its agency.")]
    name: Annotated[str, Column(Text(), ("岗位名称",), "Name of the post.")]
    category: Annotated[str, CATEGORY]
    number: Annotated[int, Column(Number(), ("定员", "人数"), "Positions the post is meant for.")]
    duties: Annotated[str, Column(Text(), ("岗位职责", "职责"), "What whoever fills it has to do.")] = ""


@dataclass(frozen=True, slots=True)
class Merger:
    """An old agency of a township that was merged into one of today's (机构整合)."""

    township: Annotated[str, TOWNSHIP]
    old: Annotated[str, Column(Text(), ("原机构", "原机构名称"), "Name of the old agency.")]
    agency: Annotated[str, AGENCY]
    authorised: Annotated[int | None, Column(Number(), ("编制数", "原编制数"), "Positions it had.")] = None
    in_post: Annotated[int | None, Column(Number(), ("实有人数", "实有"), "Staff it had.")] = None
