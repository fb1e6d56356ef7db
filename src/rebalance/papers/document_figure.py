"""A figure in a document: as large as the page allows, sharp in print, with its words for those who do not see it."""

from __future__ import annotations

from io import BytesIO

from docx.document import Document
from docx.shared import Inches, Length, Mm

from rebalance.figures import Picture
from rebalance.papers.document_looks import CENTRE, GAP

WIDEST, TALLEST = Inches(7), Mm(112)
"""On a turned page, below the title of its annex."""


def drawn(document: Document, figure: Picture) -> None:
    """A paragraph that holds the figure."""
    across, down = (Inches(inches) for inches in figure.figure.get_size_inches())
    width = Length(min(WIDEST, across, across * TALLEST // down))
    paragraph = document.add_paragraph()
    paragraph.alignment = CENTRE
    form = paragraph.paragraph_format
    form.space_before, form.space_after, form.line_spacing = GAP, GAP, 1.0
    shape = paragraph.add_run().add_picture(BytesIO(figure.content(".png")), width=width)
    words = shape._inline.docPr  # noqa: SLF001  # python-docx has no word for it
    words.set("title", figure.title)
    words.set("descr", figure.alt)
