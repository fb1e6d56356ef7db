"""The document: the request with its plan, and the tables annexed to it, in the official format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Length, Mm
from rich.cells import cell_len

from rebalance.county.norms import Letterhead
from rebalance.figures import Picture
from rebalance.papers.request import Annex, Paragraph, Part, annexes, reasons, request, title
from rebalance.papers.typography import (
    CENTRE,
    FANGSONG,
    FOUR,
    GAP,
    HEI,
    KAI,
    LATIN,
    LEFT,
    RED,
    RIGHT,
    SMALL,
    SONG,
    THREE,
    TWO,
    XIAOBIAO,
    font_table,
    mirrored,
    paragraph,
    ruled,
    sideways,
    small,
    upright,
    usual,
    written,
)
from rebalance.plans.recorded import Recorded
from rebalance.table import Kind, Table, cell_text
from rebalance.text import _, clean, name_of

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
    rows = [[cell_text(cell, column.kind) for cell, column in _pairs(row, table)] for row in table.rows]
    widths = _widths(table, rows)
    grid = _put(made, "w:tblGrid")
    for one in widths:
        _put(grid, "w:gridCol", w=str(one))
    numbers = [column.kind is not Kind.TEXT for column in table.columns]
    _row(made, [column.title for column in table.columns], [False] * len(numbers), widths, head=True, keep=True)
    for place, row in enumerate(rows):
        _row(made, row, numbers, widths, keep=len(rows) <= WHOLE or place < BEGIN)
    if table.totalled:
        cells = [
            "" if cell is None else cell_text(cell, column.kind) for cell, column in _pairs(table.last_row(), table)
        ]
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
    widest = max((cell_len(row[place]) for row in rows), default=0)
    if table.totalled and table.columns[place].total:
        widest = max(widest, len(cell_text(table.last_row()[place], table.columns[place].kind)))
    longest = max(cell_len(word) for word in table.columns[place].title.split() or [""])
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


WIDEST_FIGURE, TALLEST = Inches(7), Mm(112)
"""On a turned page, below the title of its annex."""


def drawn(document: Document, figure: Picture) -> None:
    """A paragraph that holds the figure."""
    across, down = (Inches(inches) for inches in figure.figure.get_size_inches())
    width = Length(min(WIDEST_FIGURE, across, across * TALLEST // down))
    paragraph = document.add_paragraph()
    paragraph.alignment = CENTRE
    form = paragraph.paragraph_format
    form.space_before, form.space_after, form.line_spacing = GAP, GAP, 1.0
    shape = paragraph.add_run().add_picture(BytesIO(figure.content(".png")), width=width)
    words = shape._inline.docPr  # noqa: SLF001  # python-docx has no word for it
    words.set("title", figure.title)
    words.set("descr", figure.alt)


CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  # a file knows no clock
ONE_LINE = 440  # points: as wide as the type area
TURNED = 2  # the annex that begins the pages turned on their side
BLANK = "________"

FONTS: dict[Part, dict[str, Any]] = {
    Part.HEADING: {"font": HEI, "keep": True},
    Part.SUBHEADING: {"font": KAI, "keep": True},
    Part.TEXT: {},
    Part.WARNING: {"font": HEI, "colour": RED},
}


def document(recorded: Recorded, others: Sequence[Recorded] = ()) -> bytes:
    """The bytes of the `.docx`."""
    made = docx.Document()
    heads = recorded.audit.plan.problem.county.papers or Letterhead()
    usual(made)
    mirrored(made)
    upright(made.sections[0])
    found = [*annexes(recorded, others)]
    _head(made, heads)
    _body(made, recorded, others, heads)
    _foot(made, heads, [_("Reasons, unit by unit and township by township"), *(one.title for one in found)])
    _reasons(made, recorded)
    sideways(made.add_section(WD_SECTION.NEW_PAGE))
    for number, one in enumerate(found, 2):
        _annex(made, number, one)
    return _saved(made, clean(title(recorded)))


def _head(made: Document, heads: Letterhead) -> None:
    """Issuer in red, number and signatory, the red line; blank where unknown."""
    issuer = name_of(heads.issuer, heads.issuer_zh)
    size = max(TWO, min(TWO + 6, 2 * ONE_LINE // max(1, cell_len(issuer))))
    paragraph(made, clean(issuer), XIAOBIAO, size, side=CENTRE, colour=RED, bold=True)
    paragraph(made, "")
    line = paragraph(made, filled(heads.number))
    written(line, "\t", FANGSONG, THREE)
    written(line, _("Signed by: "), FANGSONG, THREE)
    written(line, filled(heads.signatory), KAI, THREE)
    line.paragraph_format.tab_stops.add_tab_stop(Mm(100))
    line.alignment = LEFT
    ruled(line)


def _body(made: Document, recorded: Recorded, others: Sequence[Recorded], heads: Letterhead) -> None:
    paragraph(made, "")
    paragraph(made, clean(title(recorded)), XIAOBIAO, TWO, side=CENTRE, bold=True)
    paragraph(made, "")
    addressee = name_of(heads.addressee, heads.addressee_zh)
    paragraph(made, _("To {addressee}:").format(addressee=filled(addressee)), side=LEFT)
    _paragraphs(made, request(recorded, others))


def _paragraphs(made: Document, said: Iterable[Paragraph]) -> None:
    for one in said:
        paragraph(made, clean(one.text), indent=2, **FONTS[one.part])


def filled(text: str) -> str:
    """What is said, or room to write it in by hand."""
    return clean(text) or BLANK


def _foot(made: Document, heads: Letterhead, titles: Sequence[str]) -> None:
    """The annexes by name, the signature, the date, whom to ask."""
    paragraph(made, "")
    for number, one in enumerate(titles, 1):
        text = _("Annexes: {number}. {title}") if number == 1 else _("{number}. {title}")
        indent = 2 if number == 1 else 5
        said = text.format(number=number, title=one)
        paragraph(made, said, indent=indent, side=LEFT)
    paragraph(made, "")
    paragraph(made, clean(name_of(heads.issuer, heads.issuer_zh)), side=RIGHT)
    paragraph(made, filled(heads.date), side=RIGHT)
    paragraph(made, _("(Contact: {contact})").format(contact=filled(heads.contact)), indent=2)


def _reasons(made: Document, recorded: Recorded) -> None:
    """The first annex, in words."""
    _label(made, 1, new_page=True)
    heading = _("Reasons, unit by unit and township by township")
    paragraph(made, heading, XIAOBIAO, TWO, side=CENTRE, bold=True, keep=True)
    _paragraphs(made, reasons(recorded))


def _annex(made: Document, number: int, annex: Annex) -> None:
    """An annex on a new page, its tables one below the other."""
    _label(made, number, new_page=number > TURNED)
    paragraph(made, annex.title, XIAOBIAO, TWO, side=CENTRE, bold=True, keep=True)
    if annex.figure is not None:
        drawn(made, annex.figure)
    for table in annex.tables:
        heading = paragraph(made, table.title, HEI, FOUR, side=LEFT, keep=True)
        heading.paragraph_format.space_before = GAP
        made.element.body.insert(-1, document_table(table))
        for note in table.notes:
            small(made, clean(note))


def _label(made: Document, number: int, *, new_page: bool) -> None:
    label = paragraph(made, "", HEI, side=LEFT)
    label.paragraph_format.page_break_before = new_page
    written(label, _("Annex {number}").format(number=number), HEI, THREE)


def _saved(made: Document, heading: str) -> bytes:
    """The same bytes for the same document: no clock, no name of whoever made it."""
    core = made.core_properties
    core.title, core.author, core.last_modified_by, core.comments = heading[:200], "", "", ""
    core.created = core.modified = CREATED
    core.revision = 1
    for part in made.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            part._blob = font_table()  # noqa: SLF001  # python-docx knows fonts only by name
    loose, packed = BytesIO(), BytesIO()
    made.save(loose)
    with ZipFile(loose) as old, ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return packed.getvalue()
