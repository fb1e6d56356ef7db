"""Small county packages as texts, written the two ways a package may be written."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from rebalance.county.read import read_county
from rebalance.fault import Fault, FaultsError

Rows = list[list[str]]

ABOUT = {
    "name": "Small County",
    "name_zh": "小县",
    "code": "340000",
    "years": "2024;2025",
    "synthetic": "true",
    "source": "made up",
    "categories.admin.name": "Administrative",
    "categories.admin.ceiling": "30",
    "categories.inst.name": "Institution",
    "categories.inst.cost": "1000.5",
    "working_time.leave": "10.5",
    "classes.weights": "entropy",
    "classes.large": "1",
    "papers.issuer_zh": "小县机构编制委员会",
}
TABLES: dict[str, Rows] = {
    "units": [
        ["unit", "name", "kind", "level", "leaders_authorised"],
        ["U1", "Office", "department", "", "2"],
        ["U2", "Centre", "institution", "above", ""],
    ],
    "townships": [
        ["township", "name", "kind", "name_zh", "population", "area_km2"],
        ["001", "Upper", "town", "上镇", "52000", "31.4"],
        ["002", "Lower", "subdistrict", "", "", ""],
    ],
    "positions": [
        ["holder", "category", "authorised", "in_post", "floor", "willing"],
        ["U1", "admin", "10", "9", "5", "1"],
        ["U2", "inst", "7", "7", "", ""],
        ["001", "inst", "4", "2", "", ""],
        ["reserve", "inst", "1", "0", "", ""],
    ],
    "retirements": [["holder", "category", "year", "count"], ["U1", "admin", "2024", "1"]],
    "hiring": [
        ["category", "year", "most", "holder", "least"],
        ["inst", "2025", "3", "", "2"],
        ["inst", "2025", "1", "U2", ""],
        ["inst", "2024", "0", "", ""],
        ["admin", "2024", "1", "", ""],
        ["admin", "2025", "1", "", ""],
    ],
    "routes": [["category", "from", "to", "approval"], ["inst", "institution", "town", "county"]],
    "agencies": [
        ["agency", "name", "platform", "compulsory", "categories", "else"],
        ["A1", "Office", "party_building", "yes", "admin;inst", ""],
        ["A2", "Farming", "economic_development", "no", "", "A1"],
    ],
    "placed": [["township", "agency", "category", "positions"], ["001", "A1", "inst", "4"]],
    "demand": [["township", "agency", "positions"], ["001", "A1", "5.25"], ["002", "", "3"]],
    "sources": [["table", "column", "id", "source", "made_up"], ["units", "name", "", "invented", "yes"]],
    "history": [["holder", "category", "year", "authorised"], ["U2", "inst", "2020", "9"]],
    "mergers": [["township", "old", "agency", "authorised", "in_post"], ["001", "农技站", "A1", "4", "2"]],
    "indices": [["agency", "positions", "entropy"], ["A1", "12.5", "yes"]],
    "allowances": [["agency", "allowance", "kind", "percent"], ["A1", "meetings", "category", "12.5"]],
    "bands": [
        ["applies_to", "up_to", "least", "most", "source"],
        ["leadership", "10", "1", "2", "《领导职数办法》"],
        ["staffing", "50000", "30", "40", ""],
    ],
    "stations": [
        ["station", "unit", "township", "agency", "category", "authorised", "in_post", "kind"],
        ["S1", "U2", "001", "A1", "inst", "3", "2", "财政所"],
        ["S2", "U2", "002", "", "inst", "2", "2", ""],
    ],
    "dispatched": [
        ["unit", "township", "agency", "category", "staff", "year", "least", "most"],
        ["U2", "001", "A1", "inst", "1", "2025", "0", "2"],
        ["U2", "002", "", "inst", "1", "", "", ""],
    ],
    "borrowed": [["township", "unit", "category", "staff"], ["001", "U2", "inst", "1"]],
    "matters": [
        ["matter", "name", "kind", "unit", "agency", "hours", "base", "responsible", "category", "basis"],
        ["M1", "施工许可", "approval", "U2", "A1", "", "yes", "unit", "inst", "建筑法"],
        ["M2", "Inspection", "enforcement", "U2", "A1", "2.5", "", "", "", "Food law"],
    ],
    "steps": [
        ["matter", "step", "name", "by", "hours", "next"],
        ["M1", "1", "Apply", "applicant", "", "2"],
        ["M1", "2", "审查", "township", "1.5", "1;3"],
        ["M1", "3", "Hand out", "township", "0.25", ""],
        ["M2", "1", "Inspect", "township", "", ""],
    ],
    "volumes": [["matter", "township", "cases"], ["M1", "001", "120"]],
    "posts": [
        ["township", "agency", "post", "name", "category", "number", "duties"],
        ["", "A1", "P1", "Clerk", "inst", "2", "收发文件"],
        ["001", "A1", "P2", "Driver", "inst", "1", ""],
    ],
}
CHINESE = {
    "units": ["单位编码", "单位名称", "单位性质", "管理层级", "领导职数"],
    "townships": ["区划代码", "乡镇名称", "乡镇类型", "中文名称", "常住人口", "面积"],
    "positions": ["持有者", "编制类别", "编制数", "实有人数", "下限", "愿下沉人数"],
    "retirements": ["持有单位", "编制类别", "年度", "退休人数"],
    "hiring": ["编制类别", "年份", "最多招录", "持有者", "最少招录"],
    "routes": ["编制类别", "调出类型", "调入类型", "审批层级"],
    "agencies": ["机构编码", "机构名称", "平台", "是否必设", "可用类别", "并入机构"],
    "placed": ["乡镇编码", "机构", "编制类别", "定编数"],
    "demand": ["乡镇", "机构", "所需编制"],
    "sources": ["表", "列", "编码", "来源", "虚构"],
    "history": ["持有单位", "编制类别", "年度", "编制数"],
    "mergers": ["乡镇", "原机构名称", "机构", "原编制数", "实有"],
    "indices": ["机构", "编制总数", "熵权法"],
    "allowances": ["机构编码", "附加工作", "类型", "占比"],
    "bands": ["适用", "规模上限", "最少", "最多", "依据"],
    "stations": ["站所编码", "单位", "乡镇", "机构", "编制类别", "核定编制", "实有人数", "站所类型"],
    "dispatched": ["县直单位", "乡镇", "机构", "编制类别", "派驻人数", "年度", "最少派驻", "最多派驻"],
    "borrowed": ["乡镇", "单位编码", "编制类别", "借调人数"],
    "matters": [
        "事项编码",
        "事项名称",
        "事项类型",
        "县直单位",
        "机构",
        "单件工时",
        "基本盘",
        "责任主体",
        "编制类别",
        "设定依据",
    ],
    "steps": ["事项", "步骤编码", "环节名称", "办理主体", "办理工时", "后续步骤"],
    "volumes": ["事项编码", "乡镇", "年办件量"],
    "posts": ["乡镇", "机构", "岗位编码", "岗位名称", "编制类别", "定员", "岗位职责"],
}


@dataclass
class Package:
    """A package as texts; change them, then write it."""

    about: dict[str, str] = field(default_factory=lambda: dict(ABOUT))
    tables: dict[str, Rows] = field(default_factory=lambda: deepcopy(TABLES))

    def put(self, table: str, row: int, column: str, value: str) -> Package:
        """Type a value into a cell; rows as a spreadsheet counts them."""
        self.tables[table][row - 1][self.tables[table][0].index(column)] = value
        return self

    def keep(self, *tables: str) -> Package:
        """Leave out all tables but these."""
        self.tables = {name: rows for name, rows in self.tables.items() if name in tables}
        return self

    def folder(self, folder: Path, encode: Callable[[str], bytes] = str.encode) -> Path:
        """Write it as a folder."""
        folder.mkdir(exist_ok=True)
        (folder / "county.toml").write_text(as_toml(self.about), encoding="utf-8")
        for name, rows in self.tables.items():
            (folder / f"{name}.csv").write_bytes(encode(as_csv(rows)))
        return folder

    def workbook(self, file: Path, names: Mapping[str, str] | None = None) -> Path:
        """Write it as a workbook in which every cell is text."""
        file.write_bytes(_good() if names is None and self == Package() else self._written(names or {}))
        return file

    def _written(self, names: Mapping[str, str]) -> bytes:
        made = io.BytesIO()
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        about = [["key", "value"], *([key, value] for key, value in self.about.items())]
        for name, rows in {"county": about, **self.tables}.items():
            sheet = book.create_sheet(names.get(name, name))
            fill(sheet, rows)
        book.save(made)
        return made.getvalue()


@cache
def _good() -> bytes:
    """The workbook that most tests begin with."""
    return Package()._written({})


def fill(sheet: object, rows: Sequence[Sequence[str]]) -> None:
    """Write texts into a sheet, also those that begin with an equals sign, as texts."""
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value:
                cell = sheet.cell(number, column, value)  # type: ignore[attr-defined]
                cell.data_type = "s"


def as_csv(rows: Sequence[Sequence[str]]) -> str:
    """The rows as CSV with Unix newlines."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def as_toml(about: Mapping[str, str]) -> str:
    """The keys as TOML: years a list, synthetic a flag, the rest texts."""
    own: list[str] = []
    categories: list[str] = []
    for key, value in about.items():
        if key == "years":
            own.append(f"years = [{value.replace(';', ', ')}]")
        elif key == "synthetic":
            own.append(f"synthetic = {value}")
        else:
            (categories if "." in key else own).append(f"{quote(key)} = {basic(value)}")
    return "\n".join([*own, *categories]) + "\n"


def quote(key: str) -> str:
    """A dotted key with its middle part, if there is one (the id of a category), in quotes."""
    table, _dot, rest = key.partition(".")
    name, dot, last = rest.rpartition(".")
    return f"{table}.{basic(name)}.{last}" if dot else key


def basic(text: str) -> str:
    """A basic TOML string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def faults_in(path: Path) -> tuple[Fault, ...]:
    """What reading it complains of."""
    with pytest.raises(FaultsError) as caught:
        read_county(path)
    return caught.value.faults


def only_fault_in(path: Path) -> Fault:
    """The one thing reading it complains of."""
    (fault,) = faults_in(path)
    return fault
