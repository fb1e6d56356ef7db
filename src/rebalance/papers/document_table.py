"""A table of a document, built from its elements: a word processor's own way is slow for thousands of cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from rebalance.papers.document_looks import HEI, LATIN, SMALL, SONG
from rebalance.papers.table import Kind, Table, shown
from rebalance.papers.workbook_sheet import width

TYPE_AREA = 12_750
"""225 mm in twentieths of a point."""

LETTER = 98
"""A Latin letter of a table, in twentieths of a point."""

NARROWEST, SHORT, WIDEST, LONGEST_WORD = 3, 12, 34, 12
MANY = 10  # columns: beyond, long words above them are broken
MOST_TEXT = 600
WHOLE, BEGIN = 14, 3  # rows: so short a table stays on one page; of a longer one so many follow its head


def document_table(table: Table) -> Any:  # noqa: ANN401  # an lxml element
    """The element of a table: a head that is repeated on every page, rows that do not break."""
    made = OxmlElement("w:tbl")
    made.append(_properties())
    rows = [[shown(cell, column.kind) for cell, column in _pairs(row, table)] for row in table.rows]
    widths = _widths(table, rows)
    grid = _put(made, "w:tblGrid")
    for one in widths:
        _put(grid, "w:gridCol", w=str(one))
    numbers = [column.kind is not Kind.TEXT for column in table.columns]
    _row(made, [column.title for column in table.columns], [False] * len(numbers), widths, head=True, keep=True)
    for place, row in enumerate(rows):
        _row(made, row, numbers, widths, keep=len(rows) <= WHOLE or place < BEGIN)
    if table.totalled:
        cells = ["" if cell is None else shown(cell, column.kind) for cell, column in _pairs(table.last_row(), table)]
        _row(made, cells, numbers, widths, bold=True)
    return made


def _pairs(row: Sequence[Any], table: Table) -> Any:  # noqa: ANN401
    return zip(row, table.columns, strict=True)


def _properties() -> Any:  # noqa: ANN401
    properties = OxmlElement("w:tblPr")
    _put(properties, "w:tblW", w=str(TYPE_AREA), type="dxa")
    borders = _put(properties, "w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _put(borders, f"w:{side}", val="single", sz="4", space="0", color="808080")
    _put(properties, "w:tblLayout", type="fixed")
    margins = _put(properties, "w:tblCellMar")
    for side in ("left", "right"):
        _put(margins, f"w:{side}", w="50", type="dxa")
    return properties


def _widths(table: Table, rows: Sequence[Sequence[str]]) -> list[int]:
    """Figures get the room they need, texts share what is left by how long they are."""
    needs = [_needed(table, rows, place) for place in range(len(table.columns))]
    texts = [column.kind is Kind.TEXT for column in table.columns]
    least = [LETTER * ((min(need, SHORT) if text else need) + 2) for need, text in zip(needs, texts, strict=True)]
    left, shared = TYPE_AREA - sum(least), sum(need for need, text in zip(needs, texts, strict=True) if text)
    if not shared or left < 0:
        return [TYPE_AREA * one // max(1, sum(least)) for one in least]
    more = (left * need // shared if text else 0 for need, text in zip(needs, texts, strict=True))
    return [one + some for one, some in zip(least, more, strict=True)]


def _needed(table: Table, rows: Sequence[Sequence[str]], place: int) -> int:
    """Letters of the widest cell and of the longest word above it, within reason."""
    widest = max((width(row[place]) for row in rows), default=0)
    if table.totalled and table.columns[place].total:
        widest = max(widest, len(shown(table.last_row()[place], table.columns[place].kind)))
    longest = max(width(word) for word in table.columns[place].title.split() or [""])
    most = LONGEST_WORD if len(table.columns) <= MANY else LONGEST_WORD // 2 + 2
    return min(WIDEST, max(NARROWEST, widest, min(longest + 1, most)))


def _row(
    made: Any,  # noqa: ANN401
    cells: Sequence[str],
    numbers: Sequence[bool],
    widths: Sequence[int],
    **look: bool,
) -> None:
    row = _put(made, "w:tr")
    properties = _put(row, "w:trPr")
    _put(properties, "w:cantSplit")
    head, bold = look.get("head", False), look.get("bold", False)
    if head:
        _put(properties, "w:tblHeader")
    for text, is_number, wide in zip(cells, numbers, widths, strict=True):
        cell = _put(row, "w:tc")
        inner = _put(cell, "w:tcPr")
        _put(inner, "w:tcW", w=str(wide), type="dxa")
        if head or bold:
            _put(inner, "w:shd", val="clear", color="auto", fill="EDF0F4")
        _put(inner, "w:vAlign", val="center")
        side = "center" if head else "right" if is_number else "left"
        _text(_put(cell, "w:p"), text, side, bold=head or bold, keep=look.get("keep", False))


def _text(paragraph: Any, text: str, side: str, *, bold: bool, keep: bool) -> None:  # noqa: ANN401
    form = _put(paragraph, "w:pPr")
    if keep:
        _put(form, "w:keepNext")
    _put(form, "w:snapToGrid", val="0")
    _put(form, "w:spacing", before="10", after="10", line="240", lineRule="auto")
    _put(form, "w:jc", val=side)
    _put(_put(form, "w:rPr"), "w:sz", val=str(SMALL))  # of a line without any text
    run = _put(paragraph, "w:r")
    look = _put(run, "w:rPr")
    _put(look, "w:rFonts", ascii=LATIN, hAnsi=LATIN, eastAsia=HEI if bold else SONG)
    if bold:
        _put(look, "w:b")
    _put(look, "w:sz", val=str(SMALL))
    said = _put(run, "w:t")
    said.text = text if len(text) <= MOST_TEXT else text[:MOST_TEXT] + "…"


def _put(parent: Any, name: str, **said: str) -> Any:  # noqa: ANN401
    """Put an element into another, with its attributes."""
    element = OxmlElement(name)
    for key, value in said.items():
        element.set(qn(f"w:{key}"), value)
    parent.append(element)
    return element
