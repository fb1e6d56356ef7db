"""How an official document looks: its typefaces, paragraphs and pages, as GB/T 9704 has them."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Emu, Length, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as DocxParagraph

SONG, XIAOBIAO, FANGSONG, HEI, KAI = "SimSun", "方正小标宋简体", "仿宋_GB2312", "SimHei", "楷体_GB2312"
LATIN = "Times New Roman"
FALLBACKS = {XIAOBIAO: "SimSun", FANGSONG: "FangSong", KAI: "KaiTi", SONG: "宋体", HEI: "黑体"}
"""What takes the place of a font that is not installed; none is bundled."""

TWO, THREE, FOUR, SMALL = 22, 16, 14, 17
"""二号, 三号, 四号 in points, and the size of tables in halves of a point."""

LINE = Pt(28.95)
"""22 lines in 225 mm."""

GAP = Pt(12)
"""Above a table that follows on another."""

NARROWER = -4
"""28 characters in 156 mm: each so many twentieths of a point narrower than its 16 points.

A grid of characters would say the same, but some word processors give a character that is wider two places in it.
"""

RED = RGBColor(0xC0, 0x00, 0x00)
LEFT, CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
JUSTIFIED = WD_ALIGN_PARAGRAPH.JUSTIFY


def usual(document: Document) -> None:
    """The size from which a word processor measures the grid, and the fonts of whatever says nothing else."""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = LATIN, Pt(THREE)
    look = normal.element.get_or_add_rPr()
    look.rFonts.set(qn("w:eastAsia"), FANGSONG)
    narrower = OxmlElement("w:spacing")
    narrower.set(qn("w:val"), str(NARROWER))
    look.insert(list(look).index(look.find(qn("w:sz"))), narrower)
    look.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-GB" w:eastAsia="zh-CN"/>'))


def paragraph(document: Document, text: str, font: str = FANGSONG, size: int = THREE, **look: Any) -> Any:  # noqa: ANN401
    """A line or paragraph of its own; `indent` in characters, `side`, `colour`, `bold`."""
    made = document.add_paragraph()
    form = made.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, max(LINE, Pt(size * 1.3))
    made.alignment = look.get("side", JUSTIFIED)
    form.first_line_indent = Pt(size * look.get("indent", 0))
    form.keep_with_next = look.get("keep", False)
    run = written(made, text, font, size)
    run.bold = look.get("bold")
    if colour := look.get("colour"):
        run.font.color.rgb = colour
    return made


def small(document: Document, text: str) -> None:
    """A line as small as a table, below one."""
    made = document.add_paragraph()
    made.paragraph_format.space_before = made.paragraph_format.space_after = Pt(0)
    made.paragraph_format.line_spacing = 1.0
    off = OxmlElement("w:snapToGrid")
    off.set(qn("w:val"), "0")
    made._p.get_or_add_pPr().insert(0, off)  # noqa: SLF001  # python-docx has no word for the grid
    written(made, text, SONG, SMALL // 2)


def written(made: Any, text: str, font: str, size: int) -> Any:  # noqa: ANN401  # python-docx's own
    """A run of text in a font, Latin letters in another."""
    run = made.add_run(text)
    run.font.size = Pt(size)
    run.font.name = LATIN
    run._r.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), font)  # noqa: SLF001
    return run


def ruled(made: Any) -> None:  # noqa: ANN401  # python-docx's own
    """Draw the red line below a paragraph."""
    borders = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="18" w:space="4" w:color="C00000"/></w:pBdr>'
    )
    made._p.get_or_add_pPr().append(borders)  # noqa: SLF001


def font_table() -> bytes:
    """The fonts named, each with what may take its place."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>' for name, other in FALLBACKS.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f"{head}<w:fonts {nsdecls('w')}>{fonts}</w:fonts>".encode()


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
    turned = DocxParagraph(made, line._parent)  # noqa: SLF001
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
