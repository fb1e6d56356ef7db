"""A figure with its words: what every function of this package answers with."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from rebalance.figures.fonts import warn_of_boxes
from rebalance.figures.look import look
from rebalance.hints import quoted
from rebalance.words import _
from rebalance.writing.terminal import clean

KINDS = (".svg", ".png", ".pdf")
"""What a picture can be saved as."""

DOTS, SHADES = 200, 256
"""Of a .png: to the inch, and in so many colours."""

NOTEBOOK = 120, 32
"""The same in a notebook, which keeps every picture as text: a third of the room."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Picture:
    """A figure; the finding it is about, as its title says it; and in words, with the main numbers, what it shows."""

    figure: Figure
    title: str
    alt: str

    def __repr__(self) -> str:
        """What it shows, for those who do not see it."""
        return f"Picture({self.alt})"

    def save(self, file: str | PathLike[str]) -> None:
        """Write it into a file whose ending says how (.svg, .png, .pdf); the same figures give the same bytes.

        Raises:
            ValueError: the file has another ending.
        """
        content = self.content(Path(file).suffix)
        Path(file).write_bytes(content)

    def content(self, ending: str) -> bytes:
        """The bytes of such a file; a .png has two hundred dots to the inch, sharp enough for print.

        Raises:
            ValueError: there is no such ending.
        """
        if ending not in KINDS:
            message = _("no picture has this ending (got {value}). Accepted: {accepted}.")
            raise ValueError(message.format(value=quoted(ending), accepted=", ".join(KINDS)))
        with look():
            return self._png() if ending == ".png" else self._svg() if ending == ".svg" else self._pdf()

    def _svg(self) -> bytes:
        """With the words where a screen reader looks for them."""
        start = f'<svg role="img" aria-label={quoteattr(self.alt)} '
        drawn = self._drawn("svg", {"Date": None, "Creator": None, "Title": self.title})
        return drawn.replace(b"<svg ", start.encode(), 1)

    def _pdf(self) -> bytes:
        about = {"CreationDate": None, "Creator": None, "Producer": None, "Title": self.title, "Subject": self.alt}
        return self._drawn("pdf", about)

    def _png(self, dots: int = DOTS, shades: int = SHADES) -> bytes:
        """In few colours, which takes a third of the room."""
        about, stream, raw = PngInfo(), io.BytesIO(), io.BytesIO()
        about.add_itxt("Title", self.title)
        about.add_itxt("Description", self.alt)
        self.figure.savefig(raw, format="png", dpi=dots, pil_kwargs={"compress_level": 0})
        few = Image.open(raw).convert("RGB").quantize(shades, dither=Image.Dither.NONE)
        few.save(stream, "PNG", pnginfo=about, dpi=(dots, dots))
        return stream.getvalue()

    def _drawn(self, kind: str, about: Mapping[str, str | None]) -> bytes:
        """What Matplotlib makes of it; no date and no program, so that it depends on nothing but the figures."""
        stream = io.BytesIO()
        self.figure.savefig(stream, format=kind, dpi=DOTS, metadata=dict(about))
        return stream.getvalue()

    def _repr_png_(self) -> tuple[bytes, dict[str, Any]]:
        """For notebooks: small, at its own size, with its words."""
        with look():
            content = self._png(*NOTEBOOK)
        return content, {"alt": self.alt, "width": round(self.figure.get_figwidth() * 100)}


def finished(figure: Figure, title: str, *sentences: str) -> Picture:
    """The picture, once everything is drawn; says so where letters are missing."""
    warn_of_boxes(text.get_text() for text in figure.findobj(Text) if isinstance(text, Text))
    title, rest = clean(title), clean(" ".join(sentences))
    return Picture(figure, title, _("{title}. {rest}").format(title=title, rest=rest) if rest else title)
