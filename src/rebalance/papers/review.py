"""What somebody changed in a workbook we wrote: only the coloured cells count, everything else is ours."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import RenderableType

from rebalance.county import xlsx as raw
from rebalance.county.columns import LARGEST, YES
from rebalance.county.xlsx import Record, Sheet, open_archive, read_sheet, shared, sheet_parts
from rebalance.fault import Fault, FaultsError
from rebalance.files import shown
from rebalance.goals.goal import Goal, Value
from rebalance.goals.stay_close import close_to
from rebalance.model.finding import Finding
from rebalance.model.plan import Plan
from rebalance.papers.contents import plan_digest
from rebalance.papers.workbook import FIRST, KEYS
from rebalance.plans.audit import Audit, audit
from rebalance.plans.file import Recorded, written_value
from rebalance.plans.rows import PlacedRow, Tables, plan_from, tables_of
from rebalance.rules.pinned import Pin, PinAgency, Pinned
from rebalance.scenario.parts import resolved
from rebalance.scenario.scenario import Scenario, goal_name
from rebalance.screen import add, line, number, table, words
from rebalance.table import Cell, Kind, Table
from rebalance.tables.agencies import agencies
from rebalance.tables.positions import positions
from rebalance.tables.words import label, limits, value
from rebalance.text import _, clean, quoted

Key = tuple[str, str]
IDS = {"positions": ("holder", "category"), "agencies": ("township", "agency")}
"""The columns that tell a row of each table from the others."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A number agreed: of a holder and category, or of a township and agency."""

    table: str
    key: Key
    was: int
    now: int

    @property
    def changed(self) -> bool:
        """Whether it differs from the plan, and is not only to be kept."""
        return self.was != self.now


@dataclass(frozen=True)
class Edits:
    """What was agreed, and what was changed where nothing should be (it does not count)."""

    agreed: tuple[Edit, ...]
    ignored: tuple[Fault, ...]


def read_edits(file: Path, plan: Plan) -> Edits:
    """Every coloured cell that differs from the plan or is to be kept.

    Raises:
        FaultsError: it is no workbook of this plan, rows are missing, or a coloured cell holds no number.
    """
    tables = {table.name: table for table in (positions(plan).on_paper(), agencies(plan).on_paper()) if table.rows}
    sheets = dict(_sheets(file, tables))
    if not sheets:
        message = _("not a workbook that `export` wrote: none of its sheets for numbers is there.")
        raise FaultsError([Fault(shown(file), 0, "", message)])
    faults = [_missing(file, table) for name, table in tables.items() if name not in sheets]
    faults += [fault for sheet, digest in sheets.values() for fault in _other_plan(sheet, digest, plan)]
    if faults:
        raise FaultsError(faults)
    readers = [_Reader(table, sheets[name][0]) for name, table in tables.items()]
    agreed = [edit for reader in readers for edit in reader.edits()]
    if faults := [fault for reader in readers for fault in reader.faults]:
        raise FaultsError(faults)
    return Edits(tuple(agreed), tuple(fault for reader in readers for fault in reader.ignored))


def _sheets(file: Path, tables: Mapping[str, Table]) -> Iterator[tuple[str, tuple[Sheet, str]]]:
    """The sheets of ours that people may edit, with the fingerprint they carry."""
    with open_archive(file) as archive:
        book = shared(archive)
        for name, part in sheet_parts(archive):
            with archive.open(part) as content:
                try:
                    sheet = read_sheet(content, book, f"{shown(file)}#{name}")
                except FaultsError:  # merged cells: one of the sheets for reading only, or one no longer ours
                    continue
            keys = next((record.cells for record in sheet.records if record.row == KEYS + 1), ())
            for table, one in tables.items():
                said = tuple(column.key for column in one.columns)
                if keys[: len(said)] == said:
                    yield table, (sheet, str(keys[len(said)]) if len(keys) > len(said) else "")


def _missing(file: Path, table: Table) -> Fault:
    message = _(
        "the sheet “{title}” is not there as it was written. Give back the workbook without merging cells,"
        " moving columns or taking sheets out."
    )
    return Fault(shown(file), 0, "", message.format(title=table.title))


def _other_plan(sheet: Sheet, digest: str, plan: Plan) -> Iterator[Fault]:
    if digest != (ours := plan_digest(plan)):
        message = _("a workbook of another plan (got {value}). This plan is {ours}; export it anew.")
        yield Fault(sheet.file, 0, "", message.format(value=quoted(digest[:12]), ours=ours[:12]), digest)


class _Reader:
    """Reads one sheet against the table it was written from."""

    def __init__(self, table: Table, sheet: Sheet) -> None:
        self.table, self.sheet = table, sheet
        self.faults: list[Fault] = []
        self.ignored: list[Fault] = []
        self._ids = [table.index(key) for key in IDS[table.name]]
        self._agreed, self._keep = table.index("agreed"), table.index("keep")

    def edits(self) -> Iterator[Edit]:
        """What was agreed, row by row; the faults are complete afterwards."""
        ours = {self._key(tuple(map(_text, row))): row for row in self.table.rows}
        seen: set[Key] = set()
        for record in self.sheet.records:
            if record.row <= FIRST or not all(key := self._key(record.cells)):
                continue
            if key not in ours or key in seen:
                self._fault(record, "", _("a row that the plan does not have, or twice (got {value})."), " ".join(key))
                continue
            seen.add(key)
            yield from self._edit(record, ours[key])
        for key in ours:
            if key not in seen:
                message = _("the row of {value} is missing. Give back the workbook with all its rows.")
                self.faults.append(Fault(self.sheet.file, 0, "", message.format(value=quoted(" ".join(key)))))

    def _key(self, cells: tuple[raw.Cell, ...]) -> Key:
        first, second = (cells[place] if len(cells) > place else "" for place in self._ids)
        return (first if isinstance(first, str) else "", second if isinstance(second, str) else "")

    def _edit(self, record: Record, row: tuple[Cell, ...]) -> Iterator[Edit]:
        for place, column in enumerate(self.table.columns):
            if not column.editable and column.kind in {Kind.COUNT, Kind.CHANGE}:  # names may be in another language
                self._compare(record, column.title, record.cells[place], _text(row[place]))
        now, keep = self._number(record), self._kept(record)
        was = row[self._agreed]
        if isinstance(was, int) and now is not None and (keep or now != was):
            first, second = (str(row[place]) for place in self._ids)  # as the county writes them, blanks and all
            yield Edit(self.table.name, (first, second), was, now)

    def _compare(self, record: Record, title: str, cell: raw.Cell, ours: str) -> None:
        if isinstance(cell, str) and cell != ours:
            message = _("changed where nothing may be (got {value}, was {ours}); it does not count.")
            text = message.format(value=quoted(cell), ours=quoted(ours))
            self.ignored.append(Fault(self.sheet.file, record.row, title, text, cell))

    def _number(self, record: Record) -> int | None:
        cell = record.cells[self._agreed]
        is_plain = isinstance(cell, str) and cell.isascii() and cell.isdecimal() and len(cell) <= len(str(LARGEST))
        if is_plain and int(str(cell)) <= LARGEST:
            return int(str(cell))
        title = self.table.columns[self._agreed].title
        self._fault(record, title, _("not a number agreed (got {value}). Accepted: a whole number from 0."), cell)
        return None

    def _kept(self, record: Record) -> bool:
        cell = record.cells[self._keep]
        if not cell or (isinstance(cell, str) and cell.casefold() in YES):
            return bool(cell)
        title = self.table.columns[self._keep].title
        self._fault(record, title, _("not accepted (got {value}). Accepted: yes, or nothing."), cell)
        return False

    def _fault(self, record: Record, title: str, message: str, cell: raw.Cell) -> None:
        if isinstance(cell, str):
            self.faults.append(Fault(self.sheet.file, record.row, title, message.format(value=quoted(cell)), cell))
        else:  # a formula, a date: it says what to do
            self.faults.append(Fault(self.sheet.file, record.row, title, cell.message, cell.value))


def _text(cell: Cell) -> str:
    """A cell of ours as it is read again."""
    return "" if cell is None else clean(str(cell)).strip()


@dataclass(frozen=True)
class Review:
    """The numbers agreed, and the plan with them put in as they are: nothing else has been moved to make room."""

    recorded: Recorded
    agreed: tuple[Edit, ...]
    checks: Audit

    @property
    def changed(self) -> tuple[Edit, ...]:
        """Numbers that differ from the plan's."""
        return tuple(edit for edit in self.agreed if edit.changed)

    @property
    def broken(self) -> tuple[tuple[str, Finding], ...]:
        """What is broken now and was not before.

        A number put in alone leaves the books of other cells open, of which `balance` tells; that there are not as many
        positions as an agency is given is worth saying.
        """
        before = {(rule, finding.place) for rule, finding in self.recorded.audit.broken}
        new = (one for one in self.checks.broken if (one[0], one[1].place) not in before)
        return tuple((rule, found) for rule, found in new if rule != "ledgers" or found.place.aspect == "placed")

    @property
    def goals(self) -> tuple[tuple[Goal, Value, Value], ...]:
        """Every goal, what it came to and what it comes to now."""
        goals = self.checks.scenario.goals
        pairs = zip(goals, self.recorded.audit.values, self.checks.values, strict=True)
        return tuple((goal, before, now) for goal, (_n, before), (_m, now) in pairs)

    @property
    def balance(self) -> dict[str, int]:
        """By how much the numbers agreed make each category larger in all."""
        grown: Counter[str] = Counter()
        for edit in self.changed:
            if edit.table == "positions":
                grown[edit.key[1]] += edit.now - edit.was
        return {category: count for category, count in sorted(grown.items()) if count}


def review(recorded: Recorded, agreed: Iterable[Edit]) -> Review:
    """Put the numbers in, and judge."""
    edits = tuple(agreed)
    plan = recorded.audit.plan
    edited = plan_from(_tables(plan, edits), plan.problem)
    return Review(recorded, edits, audit(recorded.outcome.scenario, edited))


def pinned_scenario(found: Review) -> Scenario:
    """The scenario in which what was agreed is fixed, and the rest may move but stays close to the plan reviewed."""
    scenario, plan = found.recorded.outcome.scenario, found.recorded.audit.plan
    rule = scenario.rules.get("pinned")
    before = rule if isinstance(rule, Pinned) else Pinned()
    cells = {edit.key: Pin(*edit.key, exactly=edit.now) for edit in found.agreed if edit.table == "positions"}
    agencies = {edit.key: PinAgency(*edit.key, exactly=edit.now) for edit in found.agreed if edit.table == "agencies"}
    last = {None, plan.problem.last}
    kept = [pin for pin in before.cells if (pin.holder, pin.category) not in cells or pin.year not in last]
    stay = [pin for pin in before.agencies if (pin.township, pin.agency) not in agencies or pin.year not in last]
    pins = replace(before, cells=(*kept, *cells.values()), agencies=(*stay, *agencies.values()))
    name = _("{scenario}, as reviewed").format(scenario=scenario)
    why = _("Numbers agreed in review are fixed: {count}.").format(count=len(found.agreed))
    return replace(scenario.but(pins, close_to(plan), name=name), why=why, why_zh="")


def _tables(plan: Plan, edits: Iterable[Edit]) -> Tables:
    """The plan's rows with the numbers agreed in the last year's."""
    tables, last = tables_of(plan), plan.problem.last
    owned = {edit.key: edit.now for edit in edits if edit.table == "positions"}
    rows: list[Any] = []
    for row in tables.positions:
        now = owned.get((row.holder, row.category)) if row.year == last else None
        rows.append(row if now is None else replace(row, after=now))
    placed = {(row.township, row.agency, row.category, row.year): row.positions for row in tables.placed}
    for edit in edits:
        if edit.table == "agencies":
            _place(placed, plan, edit)
    places = tuple(PlacedRow(*key, positions) for key, positions in sorted(placed.items()) if positions)
    return replace(tables, positions=tuple(rows), placed=places)


def _place(placed: dict[tuple[str, str, str, int], int], plan: Plan, edit: Edit) -> None:
    """More positions join the category the agency has most of; fewer leave the largest first."""
    keys = [(*edit.key, category, plan.problem.last) for category in plan.problem.categories]
    more = edit.now - edit.was
    for key in sorted(keys, key=lambda key: (-placed.get(key, 0), key)):
        change = max(more, -placed.get(key, 0))
        placed[key] = placed.get(key, 0) + change
        more -= change
        if not more:
            return


def report(found: Review, read: Edits) -> Iterator[RenderableType]:
    """The edits, what they break, what each goal loses."""
    for fault in read.ignored:
        yield line(str(fault), "yellow")
    if not read.agreed:
        yield line(_("No change: the workbook agrees with the plan."), "green")
        return
    yield _edits(found)
    yield from _balance(found)
    yield line(_("Below, the numbers agreed are put in as they are; nothing else has moved to make room for them."))
    yield from _broken(found)
    yield _goals(found)


def _edits(found: Review) -> RenderableType:
    plan = found.recorded.audit.plan
    headers = (_("plan"), _("agreed"), _("differs"))
    made = table(_("Numbers agreed"), words(_("where")), *map(number, headers))
    for edit in found.agreed:
        differs = f"{edit.now - edit.was:+}" if edit.changed else _("kept")
        add(made, where(plan, edit), edit.was, edit.now, differs)
    return made


def where(plan: Plan, edit: Edit) -> str:
    """Whose number it is."""
    return ", ".join(map(plan.problem.name, edit.key))


def _balance(found: Review) -> Iterator[RenderableType]:
    for category, count in found.balance.items():
        text = _("{category}: the numbers agreed are {count} beyond the total; others have to make up for it.")
        less = _("{category}: the numbers agreed leave {count} of the total unused; others may take them.")
        name = found.recorded.audit.plan.problem.name(category)
        yield line((text if count > 0 else less).format(category=name, count=abs(count)), "yellow")


def _broken(found: Review) -> Iterator[RenderableType]:
    if not found.broken:
        yield line(_("No rule is broken."), "green")
        return
    headers = (words(_("rule")), words(_("what it asks")), number(_("found")), words(_("limits")))
    made = table(_("Rules broken"), *headers)
    for rule, finding in found.broken:
        sentence = found.checks.scenario.rules[rule].explain(found.checks.plan.problem, finding.place)
        add(made, rule, sentence, finding.found, limits(finding))
    yield made


def _goals(found: Review) -> RenderableType:
    made = table(_("Goals"), number("#"), *map(words, (_("goal"), _("plan"), _("as agreed"))))
    for rank, (goal, before, now) in enumerate(found.goals, 1):
        after = "=" if before == now else value(goal, now)
        add(made, rank, label(goal), value(goal, before), after, style="" if before == now else "yellow")
    return made


def plain(found: Review, read: Edits) -> dict[str, Any]:
    """The same as data."""
    rules, problem = found.checks.scenario.rules, found.checks.plan.problem
    return {
        "edits": [
            {"table": one.table, "key": list(one.key), "plan": one.was, "agreed": one.now} for one in found.agreed
        ],
        "ignored": [str(fault) for fault in read.ignored],
        "balance": found.balance,
        "broken": [{"rule": rule, "says": rules[rule].explain(problem, one.place)} for rule, one in found.broken],
        "goals": [
            {"goal": goal_name(goal), "plan": written_value(before), "agreed": written_value(now)}
            for goal, before, now in found.goals
        ],
    }


BARE = re.compile(r"[A-Za-z0-9_-]+")
HEAD = ("county", "name", "name_zh", "why", "why_zh")
AUTOMATIC = frozenset({"canonical"})
"""Goals that come by themselves."""


def scenario_toml(scenario: Scenario) -> str:
    """The whole scenario, with nothing to look up but the county."""
    said = resolved(scenario)
    lines = [f"# {_('Written by rebalance review. `solve` takes it as it is.')}"]
    lines += [f"{name} = {_value(said[name])}" for name in HEAD if said[name]]
    goals = [goal for goal in said["goals"] if goal["goal"] not in AUTOMATIC]
    lines += ["", "goals = [", *(f"    {_value(goal)}," for goal in goals), "]"]
    for rule, parameters in said["rules"].items():
        lines += ["", f"[rules.{_key(rule)}]", *_lines(parameters)]
    if said["sources_zh"]:
        lines += ["", "[sources_zh]", *_lines(said["sources_zh"])]
    for name, changes in said["data"].items():
        lines += ["", f"[data.{_key(name)}]", *_lines(changes)]
    return "\n".join(lines) + "\n"


def _lines(table: Mapping[str, Any]) -> Iterator[str]:
    for key, said in table.items():
        if said is not None and said != []:
            yield f"{_key(key)} = {_value(said)}"


def _key(key: str) -> str:
    return key if BARE.fullmatch(key) else _toml_text(key)


def _value(value: Any) -> str:  # noqa: ANN401  # plain data
    if isinstance(value, Mapping):
        return "{ " + ", ".join(_lines(value)) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    return _toml_text(value) if isinstance(value, str) else json.dumps(value)


def _toml_text(text: str) -> str:
    """A basic string: what JSON writes, but for the one character TOML wants escaped as well."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
