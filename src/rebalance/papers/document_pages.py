"""Pages as GB/T 9704-2012 wants them: A4 upright or turned, bound at the side, numbered at the outside."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Emu, Length, Mm, Pt
from docx.text.paragraph import Paragraph

from rebalance.papers.document_looks import FOUR, LEFT, RIGHT, SONG, written

GRID = '<w:docGrid {ns} w:type="lines" w:linePitch="579"/>'

BOX = Mm(12), Mm(50)
"""How wide and high the frame of a turned page's number is."""

FRAME = """\
<mc:AlternateContent {ns}
    xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
    xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
  <mc:Choice Requires="wps"><w:drawing>
    <wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0"
        layoutInCell="1" allowOverlap="1">
      <wp:simplePos x="0" y="0"/>
      <wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>
      <wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>
      <wp:extent cx="{wide}" cy="{high}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>
      <wp:docPr id="{number}" name="page number {number}"/><wp:cNvGraphicFramePr/>
      <a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
        <wps:wsp><wps:cNvSpPr txBox="1"/>
          <wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>
            <a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>
          <wps:txbx><w:txbxContent/></wps:txbx>
          <wps:bodyPr vert="vert" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/>
        </wps:wsp>
      </a:graphicData></a:graphic>
    </wp:anchor>
  </w:drawing></mc:Choice>
</mc:AlternateContent>"""
"""A frame at a place of the page, whose text is turned a quarter to the right."""


def upright(section: Section) -> None:
    """An A4 page: 37 mm above, 28 mm at the binding, a type area of 156 by 225 mm."""
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    _common(section)
    for footer, side in ((section.footer, RIGHT), (section.even_page_footer, LEFT)):
        line = _line(footer, side)
        edge = "right_indent" if side == RIGHT else "left_indent"
        setattr(line.paragraph_format, edge, Pt(FOUR))
        _number(line)


def sideways(section: Section) -> None:
    """The same page turned, its head to the left: at the binding on odd pages, at the cut on even ones.

    The standard allows a millimetre either way; the means here fit odd pages as well as even ones. The number stays
    where it is on an upright page, which is the left edge of the turned one: below on odd pages, above on even ones.
    """
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin = section.bottom_margin = Mm(27)
    section.left_margin = section.right_margin = Mm(36)
    _common(section)
    below = Emu(section.page_height - Mm(27) - Pt(FOUR) - BOX[1])
    for number, (footer, side, top) in enumerate(
        ((section.footer, RIGHT, below), (section.even_page_footer, LEFT, Emu(Mm(27) + Pt(FOUR)))), 1
    ):
        _framed(_line(footer, LEFT), side, top, number)


def mirrored(document: Document) -> None:
    """Both sides of a sheet are printed: what is inside on an odd page is so on an even one."""
    document.settings.odd_and_even_pages_header_footer = True
    document.settings.element.insert(0, OxmlElement("w:mirrorMargins"))


def _common(section: Section) -> None:
    section.header_distance, section.footer_distance = Mm(15), Mm(22)
    for old in section._sectPr.findall(qn("w:docGrid")):  # noqa: SLF001  # python-docx has no word for the grid
        section._sectPr.remove(old)  # noqa: SLF001
    section._sectPr.append(parse_xml(GRID.format(ns=nsdecls("w"))))  # noqa: SLF001


def _line(footer: Any, side: Any) -> Any:  # noqa: ANN401  # untyped
    """The only line of a footer of its own."""
    footer.is_linked_to_previous = False
    line = footer.paragraphs[0]
    line.alignment = side
    return line


def _framed(line: Any, side: Any, top: Length, number: int) -> None:  # noqa: ANN401  # untyped
    """The page number in a frame at the left edge of the page."""
    left = Mm(36) - Mm(7) - BOX[0] + Mm(3)
    said = {"left": left, "top": top, "wide": BOX[0], "high": BOX[1], "number": number}
    frame = parse_xml(FRAME.format(ns=nsdecls("w", "wp", "a"), **said))
    line.add_run()._r.append(frame)  # noqa: SLF001
    made = OxmlElement("w:p")
    next(frame.iter(qn("w:txbxContent"))).append(made)
    turned = Paragraph(made, line._parent)  # noqa: SLF001
    turned.alignment = side
    _number(turned)


def _number(line: Any) -> None:  # noqa: ANN401  # untyped
    """— 1 —, as a field that a word processor fills in."""
    written(line, "— ", SONG, FOUR)
    run = written(line, "", SONG, FOUR)
    for kind in ("begin", "", "end"):
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.text = "PAGE"
        run._r.append(part)  # noqa: SLF001
    written(line, " —", SONG, FOUR)
