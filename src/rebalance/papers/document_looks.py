"""Fonts and lines of a document as GB/T 9704-2012 wants them."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

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
