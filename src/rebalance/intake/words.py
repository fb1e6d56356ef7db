"""The usual words of offices: categories, kinds of units by group or by ending, kinds of post, columns nobody needs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from rebalance.county.agencies import TOWNSHIP
from rebalance.county.columns import Column, Heading, Text, headings, plain_header
from rebalance.county.holders import HOLDER_KINDS, HolderKind, Position, Township, Unit
from rebalance.county.retirement_age import Staff
from rebalance.county.tables import Table
from rebalance.county.wide import ENDING
from rebalance.county.written import bare
from rebalance.text import name_of


@dataclass(frozen=True, slots=True)
class Usual:
    """A category as offices usually have it: its id, its names, and what ledgers write for it."""

    id: str
    name: str
    name_zh: str
    words: tuple[str, ...]


CATEGORIES = (
    Usual("administrative", "Administrative", "行政编制", ("行政", "机关", "机关行政", "行政机关", "公务员")),
    Usual("political_legal", "Political-legal special", "政法专项编制", ("政法专项", "政法", "专项")),
    Usual(
        "civil_institution",
        "Public institution under the civil service law",
        "参公事业编制",
        ("参公", "参公事业", "参公管理", "参照公务员法管理", "参照公务员法管理事业", "参公管理事业"),
    ),
    Usual("institution", "Public institution", "事业编制", ("事业", "事业单位")),
    Usual(
        "institution_full",
        "Public institution, fully funded",
        "全额拨款事业编制",
        ("全额", "全额拨款", "全额事业", "财政全额", "全供", "财政全供", "全额拨款事业", "事业全额拨款", "全额预算"),
    ),
    Usual(
        "institution_partial",
        "Public institution, partly funded",
        "差额拨款事业编制",
        ("差额", "差额拨款", "差额事业", "财政差额", "差供", "差额拨款事业", "事业差额拨款", "差额预算"),
    ),
    Usual("institution_self", "Public institution, self-funded", "自收自支事业编制", ("自收自支", "自筹", "经费自理")),
    Usual("support", "Support workers", "工勤编制", ("工勤", "机关工勤", "后勤", "后勤服务", "机关后勤", "工人")),
)
"""The categories of most counties."""


def category_name(id_: str) -> str:
    """What a category is called in the language spoken: its id, where it is none of the usual."""
    return next((name_of(one.name, one.name_zh) for one in CATEGORIES if one.id == id_), id_)


def category_words() -> dict[str, str]:
    """The id of each usual category by everything ledgers write for it, as `bare` compares."""
    found: dict[str, str] = {}
    for usual in CATEGORIES:
        for word in (usual.id, usual.name, usual.name_zh, *usual.words):
            plain = re.sub(r"[-_·:/()\[\]]", "", bare(word))
            found |= {plain: usual.id, ENDING.sub("", plain): usual.id}
    return found


GROUPS: tuple[tuple[re.Pattern[str], HolderKind], ...] = (
    (re.compile("垂管|垂直管理|双重管理|省以下|驻县"), HolderKind.VERTICAL),
    (re.compile("事业单位|直属事业|事业机构"), HolderKind.INSTITUTION),
    (
        re.compile(
            "县直机关|县直部门|党政|党委(工作)?(部门|机构|机关)|县委(工作)?(部门|机构|机关)|政府(工作)?(部门|机构)|群团|人大|政协|行政机关"
        ),
        HolderKind.DEPARTMENT,
    ),
)
"""What a group's title says of all below it."""

BELOW = re.compile("乡镇|镇街|街道|乡、镇")
"""A group of places below the county: which of them each is, its own name says."""

PLACES: tuple[tuple[re.Pattern[str], HolderKind], ...] = (
    (re.compile("街道(办事处|办)?$"), HolderKind.SUBDISTRICT),
    (re.compile("[^城乡集]镇((人民)?政府)?$|[城乡集]镇(人民)?政府$|(城|乡)关镇$"), HolderKind.TOWN),
    (re.compile("乡((人民)?政府)?$"), HolderKind.TOWNSHIP),
)
"""What the ending of a place's name says."""

ENDINGS: tuple[tuple[re.Pattern[str], HolderKind], ...] = (
    *PLACES,
    (re.compile("(税务局|气象局|统计调查队|海关|分局|烟草专卖局|消防救援大队)$"), HolderKind.VERTICAL),
    (re.compile("(中心|所|站|馆|院|校|学校|队|社|台|场|园|处|基地)$"), HolderKind.INSTITUTION),
    (re.compile("(局|委员会|委|办公室|办|部|室|会|法院|检察院|联|党校)$"), HolderKind.DEPARTMENT),
)
"""What the ending of a name lets one think: only ever a proposal."""


def kind_by(rules: tuple[tuple[re.Pattern[str], HolderKind], ...], text: str) -> HolderKind | None:
    """The kind of the first rule that fits a text; None where none does."""
    return next((kind for rule, kind in rules if rule.search(bare(text))), None)


def kind_said(text: str) -> HolderKind | None:
    """The kind of unit or place that a word stands for; None where it is none of the usual."""
    return _kinds().get(bare(text))


@cache
def _kinds() -> Mapping[str, HolderKind]:
    known: dict[str, str] = {}
    for row in (Unit, Township):
        kind = next(one for one in headings(row) if one.field == "kind").column.kind
        known |= {bare(word): str(kind.read(word)) for word in kind.words()}  # type: ignore[attr-defined]  # a Choice
    known |= {bare(word): str(HOLDER_KINDS.read(word)) for word in HOLDER_KINDS.words()}
    return {word: HolderKind(kind) for word, kind in known.items() if kind != HolderKind.RESERVE}


CADRES = "干部 管理 管理人员 专业技术 专业技术人员 专技 公务员 参公 参公人员 领导 职员 教师 医生 cadre cadres"
WORKERS = "工人 工勤 工勤人员 工勤技能 技术工 普通工 技术工人 普通工人 worker workers"
NAMED_POST = re.compile("岗位?|级|员|师|工|人员|干部|长$")
NAMED_CATEGORY = re.compile("编制?|拨款|控制|额|聘|人员|派遣|类|制")
ORGANISATION = re.compile(
    "(局|所|站|镇|乡|馆|队|院|办|校)$|.{2}(委员会|委|办公室|室|部|会|法院|检察院|联|党校|中心|学校|社|台|场|园|处|基地|政府|街道|公司|机关)$"
)


def sounds_like_a_name(text: str, pattern: re.Pattern[str]) -> bool:
    """Whether a word of a register could be the name of a person, for all that tells it from one."""
    said = bare(text)
    return len(said) < 3 or not pattern.search(said)  # noqa: PLR2004  # names have two letters and more


POSTS: Mapping[str, Staff] = {
    **dict.fromkeys(CADRES.split(), Staff.CADRES),
    **dict.fromkeys(WORKERS.split(), Staff.WORKERS),
}
"""The kinds of post, by which women retired at 55 or at 50."""

CUSTOM: Mapping[str, Staff] = {"support": Staff.WORKERS}
"""Where a register says nothing of posts: what a category lets one think, cadres where nothing stands here."""

SEXES: Mapping[str, bool] = {
    **dict.fromkeys(("男", "男性", "m", "male"), True),
    **dict.fromkeys(("女", "女性", "f", "female"), False),
}
"""Whether it is a man."""

IN_POST_WORDS = "在职 在岗 在编 在编在岗 在编在职 在职在岗 在职在编 正常 是 active"
IN_POST = frozenset(IN_POST_WORDS.split())
"""Who is in post."""

IDLE_WORDS = """
序号 编号 备注 说明 超编 空编 缺编 超缺编 空编数 超编数 缺编数 超编人数 空编人数
超(缺)编 余编 满编率 电话 联系电话 联系人 地址 文号
批准文号 编制文号 机构规格 规格 级别 经费形式 经费来源 经费渠道
内设机构 内设机构数 成立时间 隶属关系 主管部门 举办单位 no. remark remarks note notes
"""
IDLE = frozenset(map(bare, IDLE_WORDS.split()))
"""Columns of ledgers that no table has, and nobody needs to be asked about."""

SUMS = frozenset({"合计", "总计", "小计", "共计", "total"})
"""Columns in which others come together."""

NEUTRAL_WORDS = """
编制情况 人员情况 编制及人员情况 机构编制情况 编制人员情况 人员编制 人员编制情况 编制实有情况 基本情况
"""
NEUTRAL = frozenset(NEUTRAL_WORDS.split())
"""Upper headings that say nothing of what stands below them."""

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "code": ("单位代码", "机构代码", "统一编码", "编码", "代码", "code", "unit", "township"),
    "holder": (
        "单位名称",
        "机构名称",
        "乡镇名称",
        "name",
        "单位全称",
        "工作单位",
        "所在单位",
        "单位（部门）",
        "单位(机构)名称",
        "机构",
    ),
    "kind": ("性质", "机构性质", "单位类别", "机构类型", "单位类型", "单位类型名称", "单位属性", "kind"),
    "category": ("编制性质", "编制类型", "编制种类", "人员编制类别", "占用编制类型", "身份性质", "category"),
    "leaders_authorised": ("核定领导职数", "领导职数核定数", "职数"),
    "leaders_in_post": ("实配领导职数", "领导实有", "领导职数实配", "实配职数"),
    "authorised": ("核定", "编制数合计", "核编"),
    "in_post": ("实有人员", "实际", "在岗"),
}
"""More words for columns than the tables of a county know."""


def _heading(row: type, field: str) -> Heading:
    return next(one for one in headings(row) if one.field == field)


@cache
def ledger_headings() -> tuple[Heading, ...]:
    """The columns a ledger may have: those of a county's tables, with all their words."""
    unit = [_heading(Unit, one) for one in ("level", "sector", "leaders_authorised", "leaders_in_post")]
    names = ("population", "area_km2", "gdp", "revenue", "villages", "class_")
    township = [_heading(Township, one) for one in names]
    position = [_heading(Position, one) for one in ("holder", "category", "authorised", "in_post")]
    both = (_heading(Unit, "unit"), _heading(Township, "township"))
    code = Column(Text(), sum((one.column.chinese for one in both), ()), "Stable code of the unit.")
    kinds = (_heading(Unit, "kind"), _heading(Township, "kind"))
    kind = Column(Text(), sum((one.column.chinese for one in kinds), ()), "department, institution or vertical.")
    own = [Heading("code", code, required=False, default=""), Heading("kind", kind, required=False, default="")]
    return tuple(_with_words(one) for one in (*position, *own, *unit, *township))


def _with_words(heading: Heading) -> Heading:
    more = HEADINGS.get(heading.field, ())
    chinese = tuple(word for word in heading.column.chinese if heading.field != "holder" or "编码" not in word)
    column = replace(heading.column, chinese=chinese, usual=tuple(dict.fromkeys((*heading.column.usual, *more))))
    return replace(heading, column=column)


PERSON: Mapping[str, tuple[str, ...]] = {
    "born": ("出生年月", "出生日期", "出生年月日", "出生时间", "出生", "born", "birth month"),
    "sex": ("性别", "sex"),
    "post": ("岗位类别", "岗位性质", "岗位类型", "人员身份", "身份", "干部工人", "人员类别", "kind of post"),
    "station": ("站所", "所在站所", "站所名称", "station"),
    "identity": ("身份证号", "身份证号码", "公民身份号码", "身份证", "证件号码", "identity number"),
    "state": ("人员状态", "在职状态", "在岗状态", "状态", "state"),
    "township": ("所在乡镇", "驻在乡镇", "站所所在乡镇", *TOWNSHIP.chinese),
}
"""The columns of a register of people that are read, beside unit and category."""


@cache
def person_headings() -> tuple[Heading, ...]:
    """The columns of a register that are read; no other is."""
    own = [
        Heading(field, Column(Text(), words, "Read of a register."), required=False, default="")
        for field, words in PERSON.items()
    ]
    return (*(one for one in ledger_headings() if one.field in {"holder", "category"}), *own)


@dataclass(frozen=True, slots=True)
class Columns(Table):
    """Columns looked for in a sheet that is no table of a county."""

    looked_for: tuple[Heading, ...] = ()

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The columns."""
        return self.looked_for


LEDGER = Columns("ledger", Position, ("holder", "category"), ("台账",), looked_for=ledger_headings())
REGISTER = Columns("register", Position, ("holder",), ("花名册",), looked_for=person_headings())


def heading_words(heading: Heading) -> set[str]:
    """Everything a column is called, as `plain_header` compares."""
    return {plain_header(word) for word in (heading.header, *heading.column.chinese, *heading.column.usual)}
