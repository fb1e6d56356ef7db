"""The Chinese names of what a scenario says; they and the English ones are taken wherever a scenario is written.

Rules and goals go by their titles in Chinese, parameters by `KEYS`. What the program writes itself has the English
names, whatever language is spoken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from rebalance.county.holders import LEVELS, TOWNSHIP_KINDS, UNIT_KINDS, Level, TownshipKind, UnitKind
from rebalance.county.tables import CATEGORIES, SETTINGS, TABLES
from rebalance.county.written import CROSSES, TICKS, bare, narrow, percentage, year
from rebalance.fault import Fault, FaultsError
from rebalance.goals import GOALS, Counted, Figure, Method, Of, Per, Slack
from rebalance.rules import RULES
from rebalance.text import _, activate, language, quoted

FILE: Mapping[str, str] = {
    "name": "名称",
    "name_zh": "中文名称",
    "why": "理由",
    "why_zh": "中文理由",
    "county": "县",
    "extends": "沿用",
    "without": "停用规则",
    "goals": "目标",
    "goal": "目标",
    "rules": "规则",
    "data": "数据",
    "plugins": "自编规则",
    "sources_zh": "中文依据",
    "variants": "备选方案",
}
"""The keys of a scenario file, and of a goal that is a table."""

KEYS: Mapping[str, str] = {
    "source": "依据",
    "law": "法定",
    "back_to_ceiling": "回到总量年份",
    "headroom": "可核增",
    "share": "比例",
    "total": "总数",
    "at_least": "至少",
    "at_most": "至多",
    "exactly": "恰为",
    "at_least_one": "至少可减一名",
    "smallest": "最小规模",
    "large": "大镇",
    "medium": "中镇",
    "steady": "只变一次",
    "offices": "内设机构",
    "institutions": "事业单位",
    "office": "内设机构类别",
    "institution": "事业单位类别",
    "least": "最少",
    "most": "最多",
    "by": "最迟年份",
    "kinds": "种类",
    "stay": "保留种类",
    "forces": "执法力量",
    "each": "每支至少",
    "openings": "放开",
    "kind": "类型",
    "township": "乡镇",
    "from": "起始年份",
    "spare": "富余比例",
    "base_by": "基本盘年份",
    "options": "自选项",
    "follow": "随编制核减",
    "may_fall": "可降幅度",
    "count_on": "可用比例",
    "but": "容许落空",
    "cells": "编制",
    "totals": "合计",
    "agencies": "机构",
    "hires": "用编",
    "holder": "持有者",
    "category": "类别",
    "year": "年度",
    "agency": "机构",
    "per": "单元",
    "enough": "足够比例",
    "depth": "层数",
    "of": "对象",
    "weights": "各乡镇权重",
    "weight": "权重",
    "slack": "余地",
    "count": "计数",
    "to": "参照",
    "owned": "编制数",
    "figure": "指标",
    "method": "方法",
}
"""Parameters of rules and options of goals: one name for one key, wherever it stands."""

WORDS: Mapping[type[Enum], Mapping[str, str]] = {
    TownshipKind: {english: chinese for chinese, english in reversed(TOWNSHIP_KINDS.chinese)},
    UnitKind: {english: chinese for chinese, english in reversed(UNIT_KINDS.chinese)},
    Level: {english: chinese for chinese, english in reversed(LEVELS.chinese)},
    Per: {"township": "乡镇", "agency": "机构"},
    Of: {"positions": "编制", "people": "人员"},
    Counted: {"matters": "事项", "work": "工作量"},
    Figure: {
        "population": "人口",
        "area_km2": "面积",
        "gdp": "地区生产总值",
        "revenue": "财政收入",
        "villages": "行政村",
    },
    Method: {"webster": "韦伯斯特", "huntington_hill": "亨廷顿—希尔"},
}
"""The words a choice takes."""

REMARK = re.compile("[（(].*")


@cache
def titles() -> Mapping[str, str]:
    """The Chinese names of rules and goals: their titles, without what stands in brackets behind them."""
    return copy_context().run(_titles)


def _titles() -> dict[str, str]:
    activate("zh")
    rules = {name: kind.about().title for name, kind in RULES.items()}
    goals = {name: kind().about().title for name, kind in GOALS.items()}
    return {name: REMARK.sub("", title) for name, title in {**rules, **goals}.items()}


@cache
def _by_chinese(kind: str) -> Mapping[str, str]:
    names = {"rules": RULES, "goals": GOALS}[kind]
    return {bare(titles()[name]): name for name in names}


def rule_named(name: str) -> str:
    """The name under which we know a rule; the word itself where it is not one of ours."""
    return _by_chinese("rules").get(bare(REMARK.sub("", name)), name)


def goal_named(name: str) -> str:
    """The name under which we know a goal; the word itself where it is not one of ours."""
    return _by_chinese("goals").get(bare(REMARK.sub("", name)), name)


def table_called(name: str) -> str:
    """The name under which we know a table of the county; the word itself where it is none."""
    chinese = {bare(word): table.name for table in (CATEGORIES, *TABLES, *SETTINGS) for word in table.chinese}
    return chinese.get(bare(name), name)


def said(name: str) -> str:
    """A rule, a goal or a key by its name in the language spoken."""
    return ({**FILE, **KEYS, **titles()}.get(name) or name) if language() == "zh" else name


def said_all(names: Sequence[str]) -> tuple[str, ...]:
    """Several of them."""
    return tuple(map(said, names))


STEP = re.compile(r'"[^"]*"|[^.\[\]"]+|\[[0-9]+\]|\.')


def said_place(path: str) -> str:
    """A place in a scenario, such as `rules.phasing.share`, in the language spoken."""
    first = path.partition(".")[0].partition("[")[0]
    if language() != "zh" or first not in FILE:
        return path
    steps = STEP.findall(path)
    if first != "data":
        return "".join(map(said, steps))
    table = next((one for one in (CATEGORIES, *TABLES, *SETTINGS) if len(steps) > 2 and one.name == steps[2]), None)  # noqa: PLR2004  # data, a dot, the table
    columns = {heading.header: heading.title for heading in table.headings} if table else {}
    return "".join(
        (FILE["data"], *steps[1:2], table.title if table else "", *_columns(steps[2 + bool(table) :], columns))
    )


def _columns(steps: Sequence[str], columns: Mapping[str, str]) -> Iterator[str]:
    yield from steps[:-1]
    yield from (columns.get(step, step) for step in steps[-1:])


@contextmanager
def in_words() -> Iterator[None]:
    """Let the faults of a scenario be told with their places in the language spoken."""
    try:
        yield
    except FaultsError as error:
        raise FaultsError(said_faults(error.faults), error.notes) from None


def said_faults(faults: Sequence[Fault]) -> list[Fault]:
    """The faults with their places in the language spoken."""
    return [one if one.title else _said_fault(one) for one in faults]


def _said_fault(fault: Fault) -> Fault:
    place = said_place(fault.column)
    return fault if place == fault.column else replace(fault, title=place)


def plain_kind(kind: Any) -> Any:  # noqa: ANN401 - a type, in any of the forms annotations have
    """A type without what it is marked with."""
    return plain_kind(get_args(kind)[0]) if get_origin(kind) is Annotated else kind


def arms(kind: Any) -> tuple[Any, ...]:  # noqa: ANN401 - likewise
    """The types of which a value may be one."""
    kind = plain_kind(kind)
    if get_origin(kind) in (Union, UnionType):
        return tuple(arm for one in get_args(kind) if one is not NoneType for arm in arms(one))
    return (kind,)


@cache
def keys_of(kind: type) -> Mapping[str, Any]:
    """The keys of a dataclass, each with the type of what stands there."""
    hints = get_type_hints(kind, include_extras=True)
    return {item.name.rstrip("_"): hints[item.name] for item in fields(kind) if item.init}


def key_in(kind: type, key: str) -> str:
    """The English key of a dataclass for one in either language; the word itself where it has none like it."""
    known = keys_of(kind)
    return key if key in known else _chinese_keys(kind).get(bare(key), key)


@cache
def _chinese_keys(kind: type) -> Mapping[str, str]:
    return {bare((KEYS.get(key) or FILE.get(key)) or key): key for key in keys_of(kind)}


def inside(kind: Any, step: str | int) -> tuple[str | int, Any]:  # noqa: ANN401 - likewise
    """One step into a value of a type: the key in English, and the type of what stands there (`Any`: not known)."""
    for arm in arms(kind):
        if isinstance(arm, type) and is_dataclass(arm) and isinstance(step, str):
            key = key_in(arm, step)
            return key, keys_of(arm).get(key, Any)
        if get_origin(arm) is tuple and isinstance(step, int):
            return step, get_args(arm)[0]
    return step, Any


def walked(kind: Any, steps: Sequence[str | int]) -> tuple[list[str | int], Any]:  # noqa: ANN401 - likewise
    """A path into a value of a type in English, and the type of what stands at its end."""
    found: list[str | int] = []
    for step in steps:
        key, kind = inside(kind, step)
        found.append(key)
    return found, kind


YES = frozenset({"true", "yes", "on", "开", "真", "启用"}) | TICKS
NO = frozenset({"false", "no", "off", "关", "假", "停用"}) | CROSSES
SEVERAL = re.compile(r"[;；、,，\n]+")


def typed(text: str, kind: Any) -> Any:  # noqa: ANN401 - a value for a scenario
    """What somebody typed as a value of a type: 是, 15%, several separated by semicolons; else the text itself."""
    for arm in arms(kind):
        found = _typed(text, arm)
        if found is not text:
            return found
    return text


def _typed(text: str, kind: Any) -> Any:  # noqa: ANN401 - likewise
    if get_origin(kind) is tuple:
        parts = [part.strip() for part in SEVERAL.split(text.strip("[]")) if part.strip()]
        return [typed(part.strip("\"'"), get_args(kind)[0]) for part in parts]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return word_in(kind, text)
    if kind is Slack:
        plain = "".join(narrow(text).split())
        return int(plain) if plain.isdecimal() and plain.isascii() else plain
    if kind in (int, Fraction, Decimal):
        return _number(text, whole=kind is int)
    return flag_in(text) if kind is bool else text


def flag_in(text: str) -> bool | str:
    """True or false for a word that says so; the text itself where it is none."""
    plain = narrow(text).strip().casefold()
    if plain in YES:
        return True
    return False if plain in NO else text


def _number(text: str, *, whole: bool) -> Any:  # noqa: ANN401 - likewise
    plain = year(text) if whole else percentage(text, hundredths=False)
    if re.fullmatch("[+-]?[0-9]{1,18}", plain):
        return int(plain)
    if not whole and re.fullmatch(r"[+-]?[0-9]+\.[0-9]+", plain):
        return Decimal(plain)
    said = "".join(narrow(text).split())
    return said if "/" in said else text


def word_in(kind: type[Enum], text: str) -> str:
    """The English word of a choice for one in either language; the text itself where it is none."""
    chinese = {bare(word): english for english, word in WORDS.get(kind, {}).items()}
    return chinese.get(bare(text), text)


@dataclass(slots=True)
class English:
    """Puts a scenario in whatever language into English, as far as it is ours; a key said twice is a fault."""

    file: str
    faults: list[Fault]

    def whole(self, said: Mapping[str, Any], kind: type, where: str = "") -> dict[str, Any]:
        """A scenario file, or a variant in one; `kind` has its keys."""
        found = self._keys(said, kind, where)
        for key, inner in found.items():
            place = f"{where}{key}"
            if key == "goals" and isinstance(inner, list):
                found[key] = [self._goal(one, f"{place}[{number}]") for number, one in enumerate(inner, 1)]
            elif key == "without" and isinstance(inner, list):
                found[key] = [rule_named(one) if isinstance(one, str) else one for one in inner]
            elif isinstance(inner, Mapping) and key == "rules":
                found[key] = {
                    name: self.value(one, RULES[name], f"{place}.{name}") if name in RULES else one
                    for name, one in self._renamed(inner, rule_named, place).items()
                }
            elif isinstance(inner, Mapping) and key in {"sources_zh", "data"}:
                found[key] = self._renamed(inner, rule_named if key == "sources_zh" else table_called, place)
            elif isinstance(inner, Mapping) and key == "variants":
                found[key] = {
                    name: self.whole(one, kind, f"{place}.{name}.") if isinstance(one, Mapping) else one
                    for name, one in inner.items()
                }
        return found

    def value(self, said: Any, kind: Any, where: str) -> Any:  # noqa: ANN401 - plain data
        """A value of a type, or what is put in its place."""
        for arm in arms(kind):
            if isinstance(said, Mapping) and isinstance(arm, type) and is_dataclass(arm):
                found = self._keys(said, arm, f"{where}.")
                return {
                    key: self.value(one, keys_of(arm).get(key, Any), f"{where}.{key}") for key, one in found.items()
                }
            if isinstance(said, list) and get_origin(arm) is tuple:
                args = get_args(arm)
                return [self.value(one, args[0], f"{where}[{number}]") for number, one in enumerate(said, 1)]
            if isinstance(said, str) and isinstance(arm, type) and issubclass(arm, Enum):
                return word_in(arm, said)
        return said

    def _goal(self, said: Any, where: str) -> Any:  # noqa: ANN401 - plain data
        if isinstance(said, str):
            return goal_named(said)
        if not isinstance(said, Mapping):
            return said
        options = {("goal" if bare(key) == FILE["goal"] else key): one for key, one in said.items()}
        name = options.pop("goal", None)
        if not isinstance(name, str):
            return said
        kind = GOALS.get(goal_named(name), Any)
        return {"goal": goal_named(name), **self.value(options, kind, where)}

    def _keys(self, said: Mapping[str, Any], kind: type, where: str) -> dict[str, Any]:
        return self._renamed(said, lambda key: key_in(kind, key), where.rstrip("."))

    def _renamed(self, said: Mapping[str, Any], english: Any, where: str) -> dict[str, Any]:  # noqa: ANN401
        found: dict[str, Any] = {}
        for key, inner in said.items():
            name = english(key)
            if name in found:
                message = _("the key stands here twice (got {value}). Keep one of the two.")
                place = f"{where}.{name}" if where else name
                self.faults.append(Fault(self.file, 0, place, message.format(value=quoted(key)), key))
            found[name] = inner
        return found
