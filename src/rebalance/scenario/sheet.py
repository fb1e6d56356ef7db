"""A scenario as a sheet of a workbook: three columns, what is spoken of, its parameter, the value.

A row says a goal (in order of rank), a rule, a parameter of either, a change to the county's data, or what the scenario
is called. Where the workbook is a county's too, the scenario is about that county.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rebalance.county.columns import plain_header
from rebalance.county.raw import Record, Sheet
from rebalance.county.workbook import has_county, scenario_in
from rebalance.county.written import bare, narrow, nothing
from rebalance.fault import Fault, FaultsError, refuse
from rebalance.files import shown
from rebalance.goals import GOALS
from rebalance.rules import RULES
from rebalance.scenario.names import FILE, flag_in, goal_named, rule_named, said, said_all, table_called, typed, walked
from rebalance.scenario.settings import steps_of
from rebalance.text import _, language, near_miss, quoted

TITLES = (("rule", "规则", "规则或目标"), ("parameter", "参数"), ("value", "值", "取值", "内容"))
"""The headings of the three columns."""

HEAD = ("county", "extends", "name", "name_zh", "why", "why_zh")
"""What stands there of the scenario itself."""

PARTS = re.compile("[;；]")
"""What stands between the keys of rows to be dropped, or the parts of one."""

FIRST = 20
"""The headings stand among so many rows."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the sheet."""

    what: str
    parameter: str = ""
    value: str = ""
    number: int = 0


@dataclass(slots=True)
class Said:
    """What a sheet says, as a scenario file has it, and the row in which each place stands."""

    file: str
    content: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    row: int = 0
    """The one that is being read."""


def read_sheet(file: Path) -> Said:
    """What the sheet of a workbook says.

    Raises:
        FaultsError: there is no such sheet, or it has rows that say nothing we know.
    """
    sheet = scenario_in(file)
    if sheet is None:
        raise refuse(shown(file), _("no scenario is in this workbook. Give it a sheet `scenario` (情景)."))
    made = Said(sheet.file)
    faults: list[Fault] = []
    for row in _rows(sheet, faults):
        made.row = row.number
        try:
            _take(row, made)
        except ValueError as problem:
            column = " ".join(part for part in (row.what, row.parameter) if part)
            faults.append(Fault(sheet.file, row.number, column, str(problem), row.value or row.what))
    if faults:
        raise FaultsError(faults)
    if not {"county", "extends"} & made.content.keys() and has_county(file):
        made.content["county"] = shown(file)
    return made


def _rows(sheet: Sheet, faults: list[Fault]) -> Iterator[Row]:
    """The rows below the headings; where nothing stands in the first column, the one above holds."""
    places, records = _columns(sheet)
    what = ""
    for record in records:
        cells = [record.cells[place] if place is not None and place < len(record.cells) else "" for place in places]
        refused = [cell for cell in cells if not isinstance(cell, str)]
        faults.extend(Fault(sheet.file, record.row, "", cell.message, cell.value) for cell in refused)
        first, parameter, value = ("" if not isinstance(cell, str) or nothing(cell) else str(cell) for cell in cells)
        what = first or what
        if first or parameter or value:
            yield Row(what, parameter, value, record.row)


def _columns(sheet: Sheet) -> tuple[Sequence[int | None], Sequence[Record]]:
    """Where the three columns stand, and what stands below their headings.

    Raises:
        FaultsError: they are not there.
    """
    for number, record in enumerate(sheet.records[:FIRST]):
        heads = [plain_header(cell) if isinstance(cell, str) else "" for cell in record.cells]
        places = [next((heads.index(one) for one in names if one in heads), None) for names in TITLES]
        if places[0] is not None and places[2] is not None:
            return places, sheet.records[number + 1 :]
    titles = ", ".join(headings())
    raise refuse(sheet.file, _("no headings. Accepted: {titles}.").format(titles=titles), row=1)


def headings() -> tuple[str, ...]:
    """The headings in the language spoken."""
    return tuple(names[language() == "zh"] for names in TITLES)


def _take(row: Row, made: Said) -> None:
    """Put what a row says in its place.

    Raises:
        ValueError: it says nothing we know; or what it says stands there already.
    """
    key = next((key for key, chinese in FILE.items() if bare(row.what) in (key, bare(chinese))), "")
    part, _dot, rest = narrow(row.what).partition(".")
    goal, rule = goal_named(row.what), rule_named(row.what)
    if key in HEAD:
        _put(made, made.content, [key], row.value or row.parameter)
    elif key in {"goals", "goal"}:
        _aim(row, made)
    elif key == "sources_zh":
        _put(made, made.content.setdefault(key, {}), [rule_named(row.parameter)], row.value, key)
    elif part in ("data", FILE["data"]):
        steps = steps_of(".".join(one for one in (rest, narrow(row.parameter)) if one))
        steps = [table_called(str(steps[0])), *steps[1:]]
        value = PARTS.split(row.value) if "drop" in steps else row.value
        _put(made, made.content.setdefault("data", {}), steps, value, "data")
    elif rule in RULES:
        _rule(rule, row, made)
    elif goal in GOALS:
        _option(goal, row, made)
    else:
        names = [*said_all((*HEAD, "goals", "data")), *said_all(tuple(RULES)), *said_all(tuple(GOALS))]
        message = _("neither a rule nor a goal (got {value}). Accepted: {accepted}.")
        text = message.format(value=quoted(row.what), accepted=", ".join(names))
        raise ValueError(text + near_miss(row.what, [*names, *RULES, *GOALS]))


def _rule(name: str, row: Row, made: Said) -> None:
    rules = made.content.get("rules", {})
    if row.parameter:
        steps, kind = walked(RULES[name], steps_of(narrow(row.parameter)))
        if row.value:
            made.content["rules"] = rules
            _put(made, rules.setdefault(name, {}), steps, typed(row.value, kind), f"rules.{name}")
        return
    wanted = flag_in(row.value) if row.value else True
    if not isinstance(wanted, bool):
        raise ValueError(_("a rule is on or off (got {value}).").format(value=quoted(row.value)))  # noqa: TRY004  # it is the value that is refused
    if wanted:
        rules.setdefault(name, {})
        made.content["rules"] = rules
    elif "extends" in made.content:
        made.content.setdefault("without", []).append(name)
    made.rows[f"rules.{name}"] = made.row


def _aim(row: Row, made: Said) -> None:
    """A goal in its rank; below one, an option of it."""
    name, goals = goal_named(row.parameter or row.value), made.content.get("goals", [])
    if name not in GOALS and goals and row.value and goals[-1]["goal"] in GOALS:
        _option(goals[-1]["goal"], row, made)
    else:
        _goal(name, made)


def _goal(name: str, made: Said) -> None:
    goals = made.content.setdefault("goals", [])
    goals.append({"goal": name})
    made.rows[f"goals[{len(goals)}]"] = made.row


def _option(name: str, row: Row, made: Said) -> None:
    """An option of the last goal of this name; without one, the goal itself, in its rank."""
    goals = made.content.setdefault("goals", [])
    if not row.parameter:
        if flag_in(row.value) is not False:
            _goal(name, made)
        return
    places = [place for place, one in enumerate(goals) if one["goal"] == name]
    if not places:
        _goal(name, made)
        places = [len(goals) - 1]
    steps, kind = walked(GOALS[name], steps_of(narrow(row.parameter)))
    if row.value:
        _put(made, goals[places[-1]], steps, typed(row.value, kind), f"goals[{places[-1] + 1}]")


def _put(made: Said, where: Any, steps: Sequence[str | int], value: Any, place: str = "") -> None:  # noqa: ANN401  # plain data
    """Put a value in its place; tables and lists on the way are made, and a list grows by one item at a time."""
    for step, following in zip(steps, (*steps[1:], None), strict=True):
        place = f"{place}[{step}]" if isinstance(step, int) else f"{place}.{step}".lstrip(".")
        empty: Any = value if following is None else [] if isinstance(following, int) else {}
        if isinstance(where, list) and isinstance(step, int):
            if not 0 < step <= len(where) + 1:
                message = _("no such item (got {value}). Accepted: [1] to [{count}].")
                raise ValueError(message.format(value=step, count=len(where) + 1))
            known = step <= len(where)
            if not known:
                where.append(empty)
            inner = where[step - 1]
        elif isinstance(where, dict) and isinstance(step, str):
            known = step in where
            inner = where.setdefault(step, empty)
        else:
            message = _("a value and a table stand in one place. Keep one of the two.")
            raise ValueError(message)  # noqa: TRY004  # what a person wrote is refused
        if known and following is None:
            raise ValueError(_("the row says what another one has said. Keep one of the two."))
        where = inner
    made.rows[place] = made.row


def rows_of(content: Mapping[str, Any]) -> Iterator[Row]:
    """What a scenario file says, line by line, in the language spoken.

    Raises:
        ValueError: it says something for which the sheet has no line: variants, or code of its own.
    """
    if others := [key for key in ("variants", "plugins") if content.get(key)]:
        raise ValueError(_("a sheet cannot say this (got {value}).").format(value=", ".join(others)))
    yield from (Row(said(key), "", str(content[key])) for key in HEAD if content.get(key))
    yield from (Row(said(name), "", _word(value=False)) for name in content.get("without", ()))
    for goal in content.get("goals") or ():
        name, options = (goal, {}) if isinstance(goal, str) else (goal["goal"], goal)
        yield Row(said("goals"), said(name))
        yield from (Row(said(name), *line) for line in _lines(options) if line[0] != said("goal"))
    for name, rule in content.get("rules", {}).items():
        lines = list(_lines(rule))
        yield from (Row(said(name), *line) for line in lines or [("", _word(value=True))])
    yield from (Row(said("sources_zh"), said(name), text) for name, text in content.get("sources_zh", {}).items())
    for table, changes in content.get("data", {}).items():
        yield from (Row(said("data"), *line) for line in _lines({table: changes}, plain=True))


def _word(*, value: bool) -> str:
    return ("no", "yes")[value] if language() != "zh" else ("否", "是")[value]


def _lines(table: Mapping[str, Any], before: str = "", *, plain: bool = False) -> Iterator[tuple[str, str]]:
    """Path and value of everything in a table; `plain` leaves its keys as they are."""
    for key, value in table.items():
        name = f'"{key}"' if "." in key or not key else key if plain else said(key)
        yield from _line(f"{before}.{name}" if before else name, value, plain=plain)


def _line(path: str, value: Any, *, plain: bool) -> Iterator[tuple[str, str]]:  # noqa: ANN401  # plain data
    if isinstance(value, Mapping):
        yield from _lines(value, path, plain=plain)
    elif isinstance(value, Iterable) and not isinstance(value, str):
        items = list(value)
        if any(isinstance(one, Mapping | list) for one in items):
            for number, one in enumerate(items, 1):
                yield from _line(f"{path}[{number}]", one, plain=plain)
        elif items:
            yield path, ";".join(map(str, items))
    else:
        yield path, _word(value=value) if isinstance(value, bool) else str(value)
