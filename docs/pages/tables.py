"""The tables of a county, column by column, as the code reads them; in either language."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from docs.pages.markdown import code, page, table
from docs.pages.spoken import spoken
from rebalance.county.columns import Choice, Heading
from rebalance.county.tables import CATEGORIES, SETTINGS, TABLES, Table
from rebalance.text import _


@dataclass(frozen=True, slots=True)
class Labels:
    """The page's own words."""

    title: str
    about: str
    columns: tuple[str, str, str, str, str]
    required: str
    optional: str
    key: str
    here: Mapping[Table, str]
    must: str
    or_chinese: str
    nothing: str


ENGLISH = Labels(
    title="Tables of a county",
    about="Each is a file `<name>.csv` in the county's folder, or a sheet of that name, or of its Chinese name, in a "
    "workbook. Columns may stand in any order, under the English or a Chinese header.",
    columns=("column", "Chinese header", "accepted", "if empty", "what it is"),
    required="Every county has it.",
    optional="A county may do without it.",
    key="A row is told from the others by {}.",
    here={CATEGORIES: "In `county.toml`, a table `[categories.<id>]` for each."}
    | {setting: f"In `county.toml`, the table `[{setting.name}]`." for setting in SETTINGS},
    must="must be given",
    or_chinese=", or {}",
    nothing="nothing is said",
)
CHINESE = Labels(
    title="县数据表",
    about="每张表是县文件夹中的一个 `<表名>.csv` 文件，或者工作簿中以英文表名或中文表名命名的一张工作表。"
    "列的顺序不限，表头用英文或中文均可。",
    columns=("列", "中文表头", "可填内容", "空白时", "说明"),
    required="必备表。",
    optional="可以没有这张表。",
    key="每行以 {} 区分。",
    here={CATEGORIES: "写在 `county.toml` 中，每类编制一节 `[categories.<编号>]`。"}
    | {setting: f"写在 `county.toml` 的 `[{setting.name}]` 一节。" for setting in SETTINGS},
    must="必填",
    or_chinese="，或 {}",
    nothing="视为未说明",
)


def table_pages() -> Mapping[str, str]:
    """The same page in both languages."""
    return {"files/tables.md": _spoken("en", ENGLISH), "zh/tables.md": _spoken("zh", CHINESE)}


def _spoken(lang: str, labels: Labels) -> str:
    with spoken(lang):
        return page(f"# {labels.title}", labels.about, *_parts(labels, lang))


def _parts(labels: Labels, lang: str) -> Iterator[str]:
    for one in (*TABLES, CATEGORIES, *SETTINGS):
        yield f"({one.name.replace('_', '-')})=" if lang == "en" else ""
        yield f"## {one.name} {'、'.join(one.chinese)}"
        yield (inspect.getdoc(one.row) or "").split("\n\n")[0] if lang == "en" else ""
        place = labels.here.get(one, labels.required if one.required else labels.optional)
        keys = (heading.header for heading in one.headings if heading.field in one.key)
        yield place + (" " + labels.key.format(", ".join(code(keys))) if one.key else "")
        yield table(labels.columns, (_row(heading, labels) for heading in one.headings))


def _row(heading: Heading, labels: Labels) -> tuple[str, ...]:
    column = heading.column
    accepted = column.kind.accepts()
    if isinstance(column.kind, Choice) and column.kind.chinese:
        accepted += labels.or_chinese.format("、".join(chinese for chinese, _english in column.kind.chinese))
    if column.refers:
        accepted += f" (→ {column.refers})"
    return f"`{heading.header}`", "、".join(column.chinese), accepted, _empty(heading, labels), _(column.note)


def _empty(heading: Heading, labels: Labels) -> str:
    if heading.required and not heading.blank:
        return labels.must
    if heading.default is None:
        return labels.nothing
    if isinstance(heading.default, bool):
        return _("yes") if heading.default else _("no")
    return str(heading.default) if isinstance(heading.default, int | Decimal | str) and heading.default else "–"
