"""Every table of a county package, said once: its row, its key, its Chinese name, whether it must be there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rebalance.county.agencies import Agency, Demand, Placed
from rebalance.county.columns import Heading, headings
from rebalance.county.matters import Matter, Step, Volume
from rebalance.county.norms import Allowance, Band, Earlier, Index
from rebalance.county.organisations import Category, Township, Unit
from rebalance.county.positions import Hiring, Position, Retirement, Route
from rebalance.county.posts import Merger, Post
from rebalance.county.settings import Classes, Letterhead, WorkingTime
from rebalance.county.sources import Source
from rebalance.county.staffing import Borrowed, Dispatched, Station


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the package: rows of one dataclass, told apart by the fields of `key`."""

    name: str
    row: type
    key: tuple[str, ...]
    chinese: tuple[str, ...]
    required: bool = False

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The columns, in order."""
        return headings(self.row)

    def key_of(self, row: object) -> tuple[Any, ...]:
        """What tells this row from the others."""
        return tuple(getattr(row, name) for name in self.key)


TABLES = (
    Table("units", Unit, ("unit",), ("单位", "单位表"), required=True),
    Table("townships", Township, ("township",), ("乡镇", "乡镇表"), required=True),
    Table("positions", Position, ("holder", "category"), ("编制", "编制表"), required=True),
    Table("retirements", Retirement, ("holder", "category", "year"), ("退休", "退休表")),
    Table("hiring", Hiring, ("category", "year", "holder"), ("用编计划",)),
    Table("routes", Route, ("category", "from_", "to"), ("流向", "调剂路径")),
    Table("agencies", Agency, ("agency",), ("机构", "机构表")),
    Table("placed", Placed, ("township", "agency", "category"), ("机构定编", "在编分布")),
    Table("history", Earlier, ("holder", "category", "year"), ("沿革", "历史编制")),
    Table("mergers", Merger, ("township", "old"), ("机构整合", "整合表")),
    Table("demand", Demand, ("township", "agency"), ("需求", "需求表")),
    Table("indices", Index, ("agency",), ("指数", "指数表")),
    Table("allowances", Allowance, ("agency", "allowance"), ("附加工作", "附加工作表")),
    Table("bands", Band, ("applies_to", "up_to"), ("分档", "分档表")),
    Table("stations", Station, ("station",), ("站所", "站所表")),
    Table("dispatched", Dispatched, ("unit", "township", "agency", "category"), ("派驻", "派驻人员")),
    Table("borrowed", Borrowed, ("township", "unit", "category"), ("借调", "借调人员")),
    Table("matters", Matter, ("matter",), ("事项", "事项清单")),
    Table("steps", Step, ("matter", "step"), ("流程", "流程步骤")),
    Table("volumes", Volume, ("matter", "township"), ("办件量",)),
    Table("posts", Post, ("township", "agency", "post"), ("岗位", "定岗定责")),
    Table("sources", Source, ("table", "column", "id"), ("来源", "数据来源")),
)

CATEGORIES = Table("categories", Category, ("category",), ("编制类别",), required=True)
"""The categories stand in `county.toml`, but can be changed by a scenario like any table."""

SETTINGS = (
    Table("working_time", WorkingTime, (), ("工作时间",)),
    Table("classes", Classes, (), ("等级划分",)),
    Table("papers", Letterhead, (), ("文头",)),
)
"""What `county.toml` says once for the whole county: tables of one row, which needs no key."""
