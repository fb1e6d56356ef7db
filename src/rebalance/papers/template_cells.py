"""How a value of a county is typed into a cell, what a column is called, and what may be chosen there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from rebalance.county.columns import Heading
from rebalance.county.kinds import Choice, Exact, Flag, Kind, Number
from rebalance.county.tables import Table
from rebalance.words import _, language

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
