"""The document: the request with its plan, and the tables annexed to it, in the official format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_BREAK
from docx.shared import Mm

from rebalance.county.settings import Letterhead
from rebalance.papers import document_looks as looks
from rebalance.papers.document_table import document_table
from rebalance.papers.positions import how_to_change
from rebalance.papers.request import Part, request, title
from rebalance.papers.table import Column, Table
from rebalance.papers.tables import tables
from rebalance.papers.workbook_sheet import width
from rebalance.record.outcome import Recorded
from rebalance.words import _, name_of
from rebalance.writing.terminal import clean

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  # a file knows no clock
ONE_LINE = 440  # points: as wide as the type area

LEFT_OUT = frozenset({"overview", "lists", "mergers", "yearly"})
"""Tables too long for paper, or said in the request itself; the workbook has them."""

LEFT_TO_THE_SCREEN = frozenset({"differs", "by", "role", "nature", "platform", "compulsory", "was"})
"""Columns of which another annex tells, or the workbook."""


def document(recorded: Recorded, others: Sequence[Recorded] = ()) -> bytes:
    """The bytes of the `.docx`."""
    made = docx.Document()
    heads = recorded.audit.plan.problem.county.papers or Letterhead()
    looks.upright(made.sections[0])
    looks.usual(made)
    looks.numbered(made)
    annexes = [*_annexes(recorded, others)]
    _head(made, heads)
    _body(made, recorded, others, heads)
    _foot(made, heads, annexes)
    for number, table in enumerate(annexes, 1):
        _annex(made, number, table)
    return _saved(made, clean(title(recorded)))


def _head(made: Document, heads: Letterhead) -> None:
    """Issuer in red, number and signatory, the red line; blank where unknown."""
    issuer = name_of(heads.issuer, heads.issuer_zh)
    size = max(looks.TWO, min(looks.TWO + 6, 2 * ONE_LINE // max(1, width(issuer))))
    looks.paragraph(made, clean(issuer), looks.XIAOBIAO, size, side=looks.CENTRE, colour=looks.RED, bold=True)
    looks.paragraph(made, "")
    line = looks.paragraph(made, clean(heads.number))
    looks.written(line, "\t", looks.FANGSONG, looks.THREE)
    looks.written(line, _("Signed by: "), looks.FANGSONG, looks.THREE)
    looks.written(line, clean(heads.signatory), looks.KAI, looks.THREE)
    line.paragraph_format.tab_stops.add_tab_stop(Mm(100))
    line.alignment = looks.LEFT
    looks.ruled(line)


def _body(made: Document, recorded: Recorded, others: Sequence[Recorded], heads: Letterhead) -> None:
    looks.paragraph(made, "")
    looks.paragraph(made, clean(title(recorded)), looks.XIAOBIAO, looks.TWO, side=looks.CENTRE, bold=True)
    looks.paragraph(made, "")
    addressee = name_of(heads.addressee, heads.addressee_zh)
    looks.paragraph(made, _("To {addressee}:").format(addressee=clean(addressee)), side=looks.LEFT)
    fonts: dict[Part, dict[str, Any]] = {
        Part.HEADING: {"font": looks.HEI, "keep": True},
        Part.SUBHEADING: {"font": looks.KAI, "keep": True},
        Part.TEXT: {},
        Part.WARNING: {"font": looks.HEI, "colour": looks.RED},
    }
    for one in request(recorded, others):
        looks.paragraph(made, clean(one.text), indent=2, **fonts[one.part])


def _foot(made: Document, heads: Letterhead, annexes: Sequence[Table]) -> None:
    """The annexes by name, the signature, the date, whom to ask."""
    looks.paragraph(made, "")
    for number, table in enumerate(annexes, 1):
        text = _("Annexes: {number}. {title}") if number == 1 else _("{number}. {title}")
        indent = 2 if number == 1 else 5
        said = text.format(number=number, title=table.title)
        looks.paragraph(made, said, indent=indent, side=looks.LEFT)
    looks.paragraph(made, "")
    looks.paragraph(made, clean(name_of(heads.issuer, heads.issuer_zh)), side=looks.RIGHT)
    looks.paragraph(made, clean(heads.date), side=looks.RIGHT)
    looks.paragraph(made, _("(Contact: {contact})").format(contact=clean(heads.contact)), indent=2)


def _annexes(recorded: Recorded, others: Sequence[Recorded]) -> Iterator[Table]:
    for table in tables(recorded, others):
        if table.name == "findings":
            rows = tuple(row for row in table.rows if row[0] != _("no room"))
            table = Table(table.name, table.title, table.columns, rows, table.notes)  # noqa: PLW2901
        if table.rows and table.name not in LEFT_OUT:
            yield table.only(*(column.key for column in table.columns if _printed(column)))


def _printed(column: Column) -> bool:
    """Whether paper has room for it: ids and what only a screen can do are left out."""
    return not (column.code or column.editable or column.key in LEFT_TO_THE_SCREEN)


def _annex(made: Document, number: int, table: Table) -> None:
    """An annex on a new page, turned on its side."""
    if number == 1:
        looks.sideways(made.add_section(WD_SECTION.NEW_PAGE))
        label = looks.paragraph(made, "", looks.HEI, side=looks.LEFT)
    else:
        label = looks.paragraph(made, "", looks.HEI, side=looks.LEFT)
        label.add_run().add_break(WD_BREAK.PAGE)
    looks.written(label, _("Annex {number}").format(number=number), looks.HEI, looks.THREE)
    looks.paragraph(made, table.title, looks.XIAOBIAO, looks.THREE, side=looks.CENTRE, bold=True, keep=True)
    made.element.body.insert(-1, document_table(table))
    for note in (note for note in table.notes if note != how_to_change()):
        looks.paragraph(made, clean(note), looks.SONG, looks.SMALL // 2, side=looks.LEFT)


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
