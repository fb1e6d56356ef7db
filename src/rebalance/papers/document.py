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
from docx.shared import Mm

from rebalance.county.settings import Letterhead
from rebalance.papers import document_looks as looks
from rebalance.papers.annexes import Annex, annexes
from rebalance.papers.document_figure import drawn
from rebalance.papers.document_pages import mirrored, sideways, upright
from rebalance.papers.document_table import document_table
from rebalance.papers.request import Paragraph, Part, reasons, request, title
from rebalance.papers.workbook_sheet import width
from rebalance.record.outcome import Recorded
from rebalance.words import _, name_of
from rebalance.writing.terminal import clean

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  # a file knows no clock
ONE_LINE = 440  # points: as wide as the type area
TURNED = 2  # the annex that begins the pages turned on their side
BLANK = "________"

FONTS: dict[Part, dict[str, Any]] = {
    Part.HEADING: {"font": looks.HEI, "keep": True},
    Part.SUBHEADING: {"font": looks.KAI, "keep": True},
    Part.TEXT: {},
    Part.WARNING: {"font": looks.HEI, "colour": looks.RED},
}


def document(recorded: Recorded, others: Sequence[Recorded] = ()) -> bytes:
    """The bytes of the `.docx`."""
    made = docx.Document()
    heads = recorded.audit.plan.problem.county.papers or Letterhead()
    looks.usual(made)
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
    size = max(looks.TWO, min(looks.TWO + 6, 2 * ONE_LINE // max(1, width(issuer))))
    looks.paragraph(made, clean(issuer), looks.XIAOBIAO, size, side=looks.CENTRE, colour=looks.RED, bold=True)
    looks.paragraph(made, "")
    line = looks.paragraph(made, filled(heads.number))
    looks.written(line, "\t", looks.FANGSONG, looks.THREE)
    looks.written(line, _("Signed by: "), looks.FANGSONG, looks.THREE)
    looks.written(line, filled(heads.signatory), looks.KAI, looks.THREE)
    line.paragraph_format.tab_stops.add_tab_stop(Mm(100))
    line.alignment = looks.LEFT
    looks.ruled(line)


def _body(made: Document, recorded: Recorded, others: Sequence[Recorded], heads: Letterhead) -> None:
    looks.paragraph(made, "")
    looks.paragraph(made, clean(title(recorded)), looks.XIAOBIAO, looks.TWO, side=looks.CENTRE, bold=True)
    looks.paragraph(made, "")
    addressee = name_of(heads.addressee, heads.addressee_zh)
    looks.paragraph(made, _("To {addressee}:").format(addressee=filled(addressee)), side=looks.LEFT)
    _paragraphs(made, request(recorded, others))


def _paragraphs(made: Document, said: Iterable[Paragraph]) -> None:
    for one in said:
        looks.paragraph(made, clean(one.text), indent=2, **FONTS[one.part])


def filled(text: str) -> str:
    """What is said, or room to write it in by hand."""
    return clean(text) or BLANK


def _foot(made: Document, heads: Letterhead, titles: Sequence[str]) -> None:
    """The annexes by name, the signature, the date, whom to ask."""
    looks.paragraph(made, "")
    for number, one in enumerate(titles, 1):
        text = _("Annexes: {number}. {title}") if number == 1 else _("{number}. {title}")
        indent = 2 if number == 1 else 5
        said = text.format(number=number, title=one)
        looks.paragraph(made, said, indent=indent, side=looks.LEFT)
    looks.paragraph(made, "")
    looks.paragraph(made, clean(name_of(heads.issuer, heads.issuer_zh)), side=looks.RIGHT)
    looks.paragraph(made, filled(heads.date), side=looks.RIGHT)
    looks.paragraph(made, _("(Contact: {contact})").format(contact=filled(heads.contact)), indent=2)


def _reasons(made: Document, recorded: Recorded) -> None:
    """The first annex, in words."""
    _label(made, 1, new_page=True)
    heading = _("Reasons, unit by unit and township by township")
    looks.paragraph(made, heading, looks.XIAOBIAO, looks.TWO, side=looks.CENTRE, bold=True, keep=True)
    _paragraphs(made, reasons(recorded))


def _annex(made: Document, number: int, annex: Annex) -> None:
    """An annex on a new page, its tables one below the other."""
    _label(made, number, new_page=number > TURNED)
    looks.paragraph(made, annex.title, looks.XIAOBIAO, looks.TWO, side=looks.CENTRE, bold=True, keep=True)
    if annex.figure is not None:
        drawn(made, annex.figure)
    for table in annex.tables:
        heading = looks.paragraph(made, table.title, looks.HEI, looks.FOUR, side=looks.LEFT, keep=True)
        heading.paragraph_format.space_before = looks.GAP
        made.element.body.insert(-1, document_table(table))
        for note in table.notes:
            looks.small(made, clean(note))


def _label(made: Document, number: int, *, new_page: bool) -> None:
    label = looks.paragraph(made, "", looks.HEI, side=looks.LEFT)
    label.paragraph_format.page_break_before = new_page
    looks.written(label, _("Annex {number}").format(number=number), looks.HEI, looks.THREE)


def _saved(made: Document, heading: str) -> bytes:
    """The same bytes for the same document: no clock, no name of whoever made it."""
    core = made.core_properties
    core.title, core.author, core.last_modified_by, core.comments = heading[:200], "", "", ""
    core.created = core.modified = CREATED
    core.revision = 1
    for part in made.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            part._blob = looks.font_table()  # noqa: SLF001  # python-docx knows fonts only by name
    loose, packed = BytesIO(), BytesIO()
    made.save(loose)
    with ZipFile(loose) as old, ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return packed.getvalue()
