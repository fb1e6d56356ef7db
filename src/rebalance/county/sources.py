"""Where figures come from, and which of them are made up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from rebalance.county.columns import Column
from rebalance.county.kinds import Flag, Id, Text


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
