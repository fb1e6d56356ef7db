"""A county package as a workbook to fill in, with every column explained; it opens on what to fill in first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

from rich.cells import cell_len
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from rebalance.county.columns import IN_CHINESE, NAME, Choice, Exact, Flag, Heading, Kind, Number
from rebalance.county.county import County
from rebalance.county.entries import IDENTITY
from rebalance.county.holders import RESERVE
from rebalance.county.tables import CATEGORIES, SETTINGS, TABLES, Table
from rebalance.goals import GOALS
from rebalance.papers.workbook import CREATED, LONGEST, Looks, put
from rebalance.rules import RULES
from rebalance.scenario.names import keys_of, said_all
from rebalance.scenario.sheet import Row, headings
from rebalance.table import Kind as CellKind
from rebalance.text import _, language

EXACT_DIGITS = 15
"""A spreadsheet keeps so many digits of a number."""

LONGEST_LIST = 255
"""A drop-down list holds so many letters."""

FLAGS = {"en": ("yes", "no"), "zh": ("是", "否")}


def header(heading: Heading) -> str:
    """The heading in the language spoken."""
    return heading.column.chinese[0] if language() == "zh" else heading.header


def sheet_title(table: Table) -> str:
    """The name of a table's sheet in the language spoken."""
    return table.chinese[0] if language() == "zh" else table.name


def cell_of(heading: Heading, value: object) -> str | float:
    """What stands in the cell of a value; nothing where it is what an empty cell stands for."""
    kind = heading.column.kind
    if value is None or (value == heading.default and not heading.required):
        return ""
    if isinstance(kind, Number | Exact):
        return _number(Decimal(str(value)).scaleb(-kind.places if isinstance(kind, Number) else 0))
    return _words(kind, value)


def _words(kind: Kind, value: object) -> str:
    """A value that is no number, as text."""
    if isinstance(kind, Flag):
        return FLAGS[language()][0 if value else 1]
    if isinstance(kind, Choice):
        return _word(kind, str(value))
    if isinstance(value, tuple):
        return ";".join(map(str, value))
    return "entropy" if value is True else str(value)


def is_figure(heading: Heading) -> bool:
    """Whether a spreadsheet should take what is typed there for a number."""
    return isinstance(heading.column.kind, Number | Exact)


def drop_down(heading: Heading, ids: str | Sequence[str]) -> dict[str, object] | None:
    """What the column's cells take, as a spreadsheet says it; `ids` is a list, or where in the workbook it stands."""
    kind = heading.column.kind
    if isinstance(kind, Flag):
        return _listed(FLAGS[language()])
    if isinstance(kind, Choice):
        return _listed(tuple(dict.fromkeys(_word(kind, str(choice)) for choice in kind.choices)))
    if isinstance(kind, Number):
        whole = {"validate": "decimal" if kind.places else "integer", "criteria": "between"}
        limits = {"minimum": kind.least, "maximum": kind.most}
        return {**whole, **limits, "ignore_blank": True, "error_message": kind.accepts()[:LONGEST_LIST]}
    return _listed(ids) if ids else None


def explained(heading: Heading) -> Iterator[str]:
    """The note on a column: what it holds, whether it must be filled in, what is accepted."""
    yield _(heading.column.note)
    if heading.field in (NAME, IN_CHINESE):
        yield _("One of the two names.")
    else:
        yield _("Must be filled in.") if not heading.blank else _("May be left empty.")
    yield _("Accepted: {accepted}.").format(accepted=heading.column.kind.accepts())


def _listed(source: str | Sequence[str]) -> dict[str, object] | None:
    if not isinstance(source, str) and len(",".join(source)) > LONGEST_LIST:
        return None
    message = _("Choose from the list.")
    listed = source if isinstance(source, str) else list(source)
    return {"validate": "list", "source": listed, "ignore_blank": True, "error_message": message}


def _number(value: Decimal) -> str | float:
    """A number where a spreadsheet keeps all its digits, or else a text."""
    digits = value.normalize().as_tuple().digits
    return float(value) if len(digits) <= EXACT_DIGITS else f"{value:f}"


def _word(kind: Choice, value: str) -> str:
    """A choice in the language spoken."""
    words = {english: chinese for chinese, english in reversed(kind.chinese)}
    return words.get(value, value) if language() == "zh" else value


SPARE = 1000
"""So many rows below the last one still have drop-down lists."""

NARROWEST, WIDEST = 10, 40
ABOUT = {"en": ("county", "key", "value"), "zh": ("县", "项目", "内容")}
NOTES = {"en": "notes", "zh": "说明"}
SCENARIO = {"en": "scenario", "zh": "情景"}
SUGGESTED = ("administrative", "institution")
"""Categories an empty workbook has lines for."""

Line = tuple[str, str | float, Heading | None]

BEGIN = ("units", "townships", "positions", "demand")
"""The sheets to begin with, beside that of the county; all the others are for later."""

NOW, ASKED, LATER = "#2E7D4F", "#1F5FA8", "#B8BEC8"
"""The colours of the tabs: to fill in first, what is asked, for later."""

HELD = 8
"""The column of the sheet of notes from which lists stand that other sheets choose from; nobody sees them."""


def template(county: County | None = None, scenario: Sequence[Row] = ()) -> bytes:
    """The bytes of the `.xlsx`: empty, or with everything the county has; `scenario` are lines to begin one with."""
    made = BytesIO()
    book = Workbook(made, {"in_memory": True})
    book.set_properties({"title": _("County package"), "created": CREATED})
    looks = Looks(book)
    notes = book.add_worksheet(NOTES[language()])
    about = book.add_worksheet(ABOUT[language()][0])
    about.set_tab_color(NOW)
    _about(about, looks, county)
    later = [table for table in TABLES if table.name not in BEGIN]
    for table in (*_beginning(), *later):
        if table is later[0]:
            _scenario(book.add_worksheet(SCENARIO[language()]), looks, scenario)
        sheet = book.add_worksheet(sheet_title(table))
        sheet.set_tab_color(NOW if table.name in BEGIN else LATER)
        _Filled(table, county).write(sheet, looks)
    _notes(notes, looks)
    _lists(notes, county)
    book.close()
    return made.getvalue()


def _beginning() -> tuple[Table, ...]:
    return tuple(table for name in BEGIN for table in TABLES if table.name == name)


def _about(sheet: Worksheet, looks: Looks, county: County | None) -> None:
    """Key and value, a line each."""
    for place, title in enumerate(ABOUT[language()][1:]):
        put(sheet, 0, place, title, looks.head())
    for row, (key, value, heading) in enumerate(_lines(county), 1):
        if heading is None:  # a line without a value says nothing, and is left alone
            put(sheet, row, 0, key, looks.note(wrap=False))
            continue
        put(sheet, row, 0, key, looks.wanted() if heading.required else looks.cell(CellKind.TEXT))
        sheet.write_comment(row, 0, "\n".join(explained(heading)), {"x_scale": 2})
        _type(sheet, row, 1, value, looks.typed(number=is_figure(heading)))
        if accepted := drop_down(heading, ()):
            sheet.data_validation(row, 1, row, 1, accepted)
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 1, 60)
    _printed(sheet)


def _lines(county: County | None) -> Iterator[Line]:
    for heading in IDENTITY:
        yield header(heading), _value(heading, county), heading
    ids = [row.category for row in county.categories] if county else SUGGESTED
    rows = {row.category: row for row in county.categories} if county else {}
    for one in ids:
        for heading in CATEGORIES.headings[1:]:
            yield f"{CATEGORIES.title}.{one}.{header(heading)}", _value(heading, rows.get(one)), heading
    yield _more_categories(), "", None
    for table in SETTINGS:
        row = getattr(county, table.name, None)
        for heading in table.headings:
            yield f"{table.title}.{header(heading)}", _value(heading, row), heading


def _more_categories() -> str:
    """How a category is added; it stands where one looks."""
    text = _(
        "To add a category: copy the lines {categories}.ID.… in the sheet {sheet}, with a code of your own for ID."
        " A Chinese name is enough."
    )
    return text.format(categories=CATEGORIES.title, sheet=ABOUT[language()][0])


def _value(heading: Heading, row: object) -> str | float:
    return cell_of(heading, getattr(row, heading.field)) if row is not None else ""


@dataclass(frozen=True, slots=True)
class _Filled:
    """One table on its way into a worksheet."""

    table: Table
    county: County | None

    def write(self, sheet: Worksheet, looks: Looks) -> None:
        rows: Sequence[object] = getattr(self.county, self.table.name) if self.county else ()
        for place, heading in enumerate(self.table.headings):
            put(sheet, 0, place, header(heading), looks.wanted() if heading.required else looks.head())
            sheet.write_comment(0, place, "\n".join(explained(heading)), {"x_scale": 2})
            cells = [_value(heading, row) for row in rows]
            widest = max(map(cell_len, [header(heading), *map(str, cells)]))
            look = looks.typed(number=is_figure(heading))
            sheet.set_column(place, place, min(WIDEST, max(NARROWEST, widest + 2)), look)
            for row, cell in enumerate(cells, 1):
                _type(sheet, row, place, cell, look)
            if accepted := drop_down(heading, self._ids(heading)):
                loose = {"error_type": "information"} if heading.column.refers else {}  # a new one, or a name, will do
                sheet.data_validation(1, place, len(rows) + SPARE, place, {**accepted, **loose})
        sheet.freeze_panes(1, 1)
        _printed(sheet)

    def _ids(self, heading: Heading) -> str | Sequence[str]:
        """The ids the column refers to, or where in the workbook they stand."""
        refers = heading.column.refers
        if refers == "category":
            return [row.category for row in self.county.categories] if self.county else SUGGESTED
        if refers == "holder":
            return _held(0, _length(self.county))
        place = next((table for table in TABLES if table.key == (refers,)), None)
        return f"='{sheet_title(place)}'!$A$2:$A${SPARE}" if place else ()


def _scenario(sheet: Worksheet, looks: Looks, rows: Sequence[Row]) -> None:
    """What is asked of the county: rules, goals and their parameters, a line each, to begin with."""
    sheet.set_tab_color(ASKED)
    for place, (title, wide) in enumerate(zip(headings(), (26, 30, 60), strict=True)):
        put(sheet, 0, place, title, looks.wanted())
        sheet.write_comment(0, place, _scenario_note(place), {"x_scale": 2})
        sheet.set_column(place, place, wide, looks.typed(number=False))
    for number, row in enumerate(rows, 1):
        for place, text in enumerate((row.what, row.parameter, row.value)):
            _type(sheet, number, place, text, looks.typed(number=False))
    for place, listed in enumerate((_spoken_parts(), _spoken_parameters())):
        chosen = _listed(_held(place + 1, len(listed)))
        sheet.data_validation(1, place, SPARE, place, {**(chosen or {}), "error_type": "information"})
    sheet.freeze_panes(1, 0)
    _printed(sheet)


def _scenario_note(place: int) -> str:
    said = (
        _("A goal, in order of rank; a rule; or what the scenario is called. Empty: the one above."),
        _("Of a rule or goal; empty: the rule as a whole, yes or no. Of a goal: its name."),
        _("A number, a share such as 15%, yes or no, a year; several with semicolons."),
    )
    return said[place]


def _spoken_parts() -> tuple[str, ...]:
    return said_all(("name", "why", "goals", *RULES, *GOALS, "data"))


def _spoken_parameters() -> tuple[str, ...]:
    kinds: tuple[type, ...] = (*RULES.values(), *GOALS.values())
    keys = dict.fromkeys(key for kind in kinds for key in keys_of(kind) if key not in {"source", "law"})
    return (*said_all(tuple(GOALS)), *said_all((*keys, "source", "law")))


def _held(place: int, length: int) -> str:
    """Where one of the lists stands."""
    letter = xl_col_to_name(HELD + place)
    return f"='{NOTES[language()]}'!${letter}$2:${letter}${length + 1}"


def _length(county: County | None) -> int:
    """How many holders there is room for in the list: those there are, and a good many more."""
    return 1 + (len(county.units) + len(county.townships) if county else 0) + ROOM


ROOM = 150
"""So many more units and townships can be chosen."""


def _lists(sheet: Worksheet, county: County | None) -> None:
    """Lists to choose from that are too long for a cell, or stand in two sheets: holders, rules, parameters."""
    units, townships = (f"'{sheet_title(table)}'" for table in _beginning()[:2])
    known = [*(row.unit for row in county.units), *(row.township for row in county.townships)] if county else []
    shown = [*known, RESERVE]
    for row in range(1, _length(county) + 1):
        above = f"COUNTA({units}!$A$2:$A${SPARE})"
        both = f"({above}+COUNTA({townships}!$A$2:$A${SPARE}))"
        first, second = f"INDEX({units}!$A$2:$A${SPARE},{row})", f"INDEX({townships}!$A$2:$A${SPARE},{row}-{above})"
        last = f'IF({row}={both}+1,"{RESERVE}","")'
        value = shown[row - 1] if row <= len(shown) else ""
        sheet.write_formula(row, HELD, f"=IF({row}<={above},{first},IF({row}<={both},{second},{last}))", None, value)
    for place, texts in enumerate((_spoken_parts(), _spoken_parameters()), HELD + 1):
        for row, text in enumerate(texts, 1):
            sheet.write_string(row, place, text)
    sheet.set_column(HELD, HELD + 2, None, None, {"hidden": True})


def _notes(sheet: Worksheet, looks: Looks) -> None:
    """What to fill in first, and everything about every column; `check` leaves this sheet alone."""
    put(sheet, 0, 0, _("County package: how to fill it in"), looks.title())
    row = 2
    for number, (title, what) in enumerate(_steps(), 1):
        sheet.write_url(row, 0, f"internal:'{title}'!A1", looks.link(), f"{number}. {title}")
        sheet.merge_range(row, 1, row, 4, what, looks.note())
        sheet.set_row(row, 15 * -(-cell_len(what) // 110) + 3)
        row += 1
    for line in _advice():
        sheet.merge_range(row + 1, 0, row + 1, 4, line, looks.note())
        sheet.set_row(row + 1, 15 * -(-cell_len(line) // 130) + 3)
        row += 1
    titles = (_("Sheet"), _("Column"), _("Note"), _("Needed"), _("Accepted"))
    row += 2
    for place, title in enumerate(titles):
        put(sheet, row, place, title, looks.head())
    others = (table for table in TABLES if table.name not in BEGIN)
    columns = [(table, heading) for table in (*_beginning(), *others) for heading in table.headings]
    for place_, (table, heading) in enumerate(columns, row + 1):
        for place, text in enumerate((sheet_title(table), header(heading), *explained(heading))):
            put(sheet, place_, place, text, looks.cell(CellKind.TEXT))
    for place, wide in enumerate((16, 18, 50, 18, 50)):
        sheet.set_column(place, place, wide)
    sheet.hide_gridlines(2)
    sheet.activate()
    sheet.set_first_sheet()
    sheet.print_area(0, 0, row + len(columns), 4)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _steps() -> Iterator[tuple[str, str]]:
    """The sheets to begin with, in order, and what to do in each."""
    units, townships, positions, demand = map(sheet_title, _beginning())
    yield (
        ABOUT[language()][0],
        _("The county's name, code and years; the categories of positions, and the most of each."),
    )
    yield units, _("Every county-level unit, a row each: a code of your own, its name, what kind it is.")
    yield townships, _("Every town, township and sub-district, a row each.")
    yield positions, _("Who holds how many positions of which category, and how many people are in post.")
    yield demand, _("How many positions the work of each township needs.")
    yield (
        SCENARIO[language()],
        _("What is asked: goals in order of rank, rules, figures. Filled in to begin with; the figures are made up."),
    )


def _advice() -> Iterator[str]:
    yield _(
        "Five sheets are enough to begin (green tabs), and the sheet of the scenario is there (blue). The grey ones are"
        " for later: leave them empty, or take them out."
    )
    yield _more_categories()
    yield _(
        "Your own ledger may be pasted as it is: title rows, merged cells, totals, formulas and dates are understood,"
        " or asked about. Headings in darker colour are needed."
    )
    yield _("Then: rebalance check FILE.xlsx (is all sound?); rebalance solve FILE.xlsx --out out (the plan).")


def _type(sheet: Worksheet, row: int, place: int, cell: str | float, look: object) -> None:
    """Write a value as it is, to the letter: `check` has to find the same again."""
    if isinstance(cell, float):
        sheet.write_number(row, place, cell, look)
    elif cell:
        sheet.write_string(row, place, cell[:LONGEST], look)


def _printed(sheet: Worksheet) -> None:
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
