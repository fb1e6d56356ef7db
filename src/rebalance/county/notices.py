"""What was read kindly: every way a person writes that is no plain table, and the one line in which it is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rebalance.fault import spans
from rebalance.text import _, language, listed


class How(StrEnum):
    """A way of writing that is understood, and told."""

    TITLE = "title"
    STOREYS = "storeys"
    MERGED = "merged"
    TOTALS = "totals"
    SUMS = "sums"
    LINES = "lines"
    REPEATED = "repeated"
    COLUMNS = "columns"
    BESIDE = "beside"
    SHEETS = "sheets"
    WIDE = "wide"
    HIDDEN_ROWS = "hidden_rows"
    HIDDEN_COLUMNS = "hidden_columns"
    HIDDEN_SHEETS = "hidden_sheets"
    SHORT = "short"
    FORMULA = "formula"
    DATE = "date"
    NOISE = "noise"
    WIDTH = "width"
    THOUSANDS = "thousands"
    SCIENTIFIC = "scientific"
    COUNTED = "counted"
    PERCENT = "percent"
    YEAR = "year"
    NOTHING = "nothing"
    TICK = "tick"
    NAMES = "names"
    ENCODING = "encoding"


def sentence(how: How) -> str:
    """What was done, in the language spoken."""
    said = {
        How.TITLE: _("Lines above the headings were passed over"),
        How.STOREYS: _("Headings of two storeys were read as one"),
        How.MERGED: _("Cells merged downwards: the value was taken for each of their rows"),
        How.TOTALS: _("Rows of totals were left out"),
        How.SUMS: _("Totals that are not the sum of the rows; the rows were taken"),
        How.LINES: _("Lines that belong to no row (group titles, signatures, remarks) were passed over"),
        How.REPEATED: _("Headings that stand again within the table were passed over"),
        How.COLUMNS: _("Columns that the table does not have were not read"),
        How.BESIDE: _("Texts in columns without a heading were not read"),
        How.SHEETS: _("Sheets that are none of the tables were not read"),
        How.WIDE: _("A column for each category or year was read as a row for each"),
        How.HIDDEN_ROWS: _("Hidden rows were read like the others"),
        How.HIDDEN_COLUMNS: _("Hidden columns were read like the others"),
        How.HIDDEN_SHEETS: _("Hidden sheets were read like the others"),
        How.SHORT: _("Rows that end early: the cells missing were taken as empty"),
        How.FORMULA: _("Formulas: the value they show was taken; how old it is cannot be known"),
        How.DATE: _("Dates were taken as they are shown"),
        How.NOISE: _("Numbers were taken with the 15 digits a spreadsheet shows"),
        How.WIDTH: _("Full-width letters and digits were read as ordinary ones"),
        How.THOUSANDS: _("Separators of thousands were left out"),
        How.SCIENTIFIC: _("Numbers in scientific form were written out"),
        How.COUNTED: _("The measure behind a number (人, 名, 个, 件) was left out"),
        How.PERCENT: _("Percentages were read as numbers"),
        How.YEAR: _("Years were read out of what was written (2026年, 2026-2028, a date)"),
        How.NOTHING: _("Dashes, strokes and 无 were read as empty"),
        How.TICK: _("Ticks and crosses were read as yes and no"),
        How.NAMES: _("Names, or ids otherwise spelt, stand where ids are asked: each fits exactly one"),
        How.ENCODING: _("The encoding fits two readings; the Chinese one was taken"),
    }
    return said[how]


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing read kindly: where it stands, and what is worth saying of it besides."""

    how: How
    table: str
    row: int = 0
    column: str = ""
    said: str = ""


MOST_PLACES = 4
"""A note names so many places; the others it counts."""


@dataclass(frozen=True, slots=True)
class Note:
    """Everything of one kind that was read kindly, in one line."""

    how: How
    count: int
    places: tuple[str, ...]

    def __str__(self) -> str:
        """What was done, and where."""
        colon, stop = ("：", "。") if language() == "zh" else (": ", ".")
        places = ("；" if language() == "zh" else "; ").join(self.places[:MOST_PLACES])
        more = len(self.places) - MOST_PLACES
        rest = _(" and {count} more places").format(count=more) if more > 0 else ""
        return f"{sentence(self.how)}{colon}{places}{rest}{stop}"


def notes(notices: Iterable[Notice]) -> tuple[Note, ...]:
    """One note a kind, in the order of the kinds."""
    found: dict[How, dict[tuple[str, str], list[Notice]]] = {}
    for notice in notices:
        found.setdefault(notice.how, {}).setdefault((notice.table, notice.column), []).append(notice)
    return tuple(_note(how, found[how]) for how in How if how in found)


def _note(how: How, by_place: dict[tuple[str, str], list[Notice]]) -> Note:
    places = tuple(_place(table, column, some) for (table, column), some in by_place.items())
    return Note(how, sum(map(len, by_place.values())), places)


def _place(table: str, column: str, some: list[Notice]) -> str:
    said = listed(dict.fromkeys(notice.said for notice in some if notice.said))
    parts = [table, column, spans(notice.row for notice in some), f"({said})" if said else ""]
    return " ".join(part for part in parts if part)
