"""Files as offices have them: a ledger of establishments, a register of people; all made up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import openpyxl

import rebalance as rb
from rebalance.api.intake import MAP, Imported

Row = Sequence[object]

LEDGER: tuple[Row, ...] = (
    ("云溪县2026年机构编制台账",),
    ("序号", "单位名称", "行政编制", None, "事业编制", None, "工勤编制", None, "合计", None, "备注"),
    (None, None, "核定数", "实有数", "核定数", "实有数", "核定数", "实有数", "核定数", "实有数", None),
    ("一、县直机关",),
    (1, "县委办公室", 28, 26, 12, 11, 4, 4, 44, 41, None),
    (2, "县教育局", "18", 17, 20, 18, 2, 2, 40, 37, "含招生办"),
    ("二、事业单位",),
    (3, "县融媒体中心", None, None, 36, 33, "——", None, 36, 33, None),
    ("三、乡镇",),
    (4, "城关镇", "３３", 30, 34, 31, 2, 2, 69, 63, None),
    (5, "龙泉乡", 24, 22, 16, 14, 1, 1, 41, 37, None),
    ("合计", None, 103, 95, 118, 107, 9, 9, 230, 211, None),
    ("填表人：张三", None, None, "审核人：李四"),
)
MERGED = ("A1:K1", "A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:H2", "I2:J2", "K2:K3", "A4:K4", "A7:K7", "A9:K9")

REGISTER: tuple[Row, ...] = (
    ("云溪县机关事业单位工作人员实名制花名册",),
    ("序号", "姓名", "身份证号", "性别", "出生年月", "单位名称", "站所", "编制类别", "岗位类别", "手机号"),
    (1, "王建国", "340102196501153012", "男", "1965年1月", "县委办公室", None, "行政编制", None, "13800001111"),
    (2, "李秀英", None, "女", "1971-04", "县委办公室", None, "行政", "管理岗", "13800001112"),
    (3, "赵桂兰", None, "女", "1976.03", "县融媒体中心", None, "事业编制", "工勤岗位", "13800001113"),
    (4, "钱多多", None, "男", "1966.11", "县教育局", None, "事业编制", "专业技术", "13800001114"),
    (5, "孙小美", None, "女", "197206", "县教育局", "城关镇中心校", "事业编制", "专业技术", "13800001115"),
    (6, "周全友", None, "男", "1966年02月", "县教育局", "城关镇中心校", "事业编制", None, "13800001116"),
    ("制表人：吴用之",),
)

YEARS = "2026-2028"


def workbook(file: Path, rows: Iterable[Row], merged: Iterable[str] = (), sheet: str = "台账") -> Path:
    """A workbook with one sheet."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    for cells in merged:
        page.merge_cells(cells)
    book.save(file)
    return file


def ledger(folder: Path, name: str = "台账.xlsx") -> Path:
    """The ledger above."""
    return workbook(folder / name, LEDGER, MERGED)


def register(folder: Path, rows: Iterable[Row] = REGISTER, name: str = "花名册.xlsx") -> Path:
    """The register above."""
    return workbook(folder / name, rows, sheet="花名册")


def map_of(folder: Path) -> Path:
    """The map beside the package."""
    return folder / f"mine{MAP}"


def answer(file: Path, **answers: str) -> None:
    """Write answers where questions stand, as a person does: by the name of what is asked."""
    text = file.read_text(encoding="utf-8")
    for name, value in answers.items():
        text, count = re.subn(rf'^{name} = "\??[^"\n]*"$', f'{name} = "{value}"', text, count=1, flags=re.MULTILINE)
        assert count == 1, name
    file.write_text(text, encoding="utf-8")


def imported(files: Path | list[Path], folder: Path, **answers: str) -> Imported:
    """The package made after the questions about the county have been answered and all proposals accepted."""
    first = rb.import_ledger(files, folder / "mine", years=YEARS)
    assert first.folder is None
    answer(map_of(folder), code="999901", **answers)
    return rb.import_ledger(files, folder / "mine", accept=True)
