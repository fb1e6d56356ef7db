"""The paper a figure is drawn on: a title that says the finding, a lead, a key, room to draw, and the origin."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from rebalance.figures.colours import INK, PAPER, SOFT
from rebalance.figures.style import (
    POINTS,
    SMALL,
    TEXT,
    TITLE,
    balanced,
    bare,
    cut,
    high,
    look,
    warn_of_boxes,
    wide,
    wrapped,
)
from rebalance.filing import Filing
from rebalance.model.plan import Plan
from rebalance.plans.outcome import Outcome
from rebalance.scenario.scenario import Scenario
from rebalance.text import _, clean, quoted

WIDTH, EDGE = 7.0, 0.15
ROOM = WIDTH - 2 * EDGE
"""How wide a picture is, and how much of that is drawn on; in inches."""

SWATCH, GAP = 0.13, 0.08

SIZE = 7.0
"""Of a mark, in points."""


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of the key: a colour, as a box or with the form of a marker, and what it stands for."""

    colour: str
    text: str
    marker: str = ""
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that is said around a figure."""

    title: str
    lead: str
    foot: Sequence[str]
    key: Sequence[Key] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A figure with its words in place; `axes` and `free` give room in between, in inches from its top left."""

    figure: Figure
    top: float
    height: float

    def axes(self, left: float, top: float, width: float, height: float) -> Axes:
        """A system of axes."""
        whole = self.figure.get_figheight()
        bottom = whole - self.top - top - height
        return self.figure.add_axes(((EDGE + left) / WIDTH, bottom / whole, width / WIDTH, height / whole))

    def free(self) -> Axes:
        """All the room, to draw on in inches, from the top down."""
        return _free(self, 0, self.height)


def page(words: Words, height: float) -> Page:
    """A page with so much room between the key and the foot."""
    title = balanced(words.title, ROOM, TITLE, "bold", 3)
    lead = balanced(words.lead, ROOM, TEXT)
    foot = [line for text in words.foot for line in wrapped(text, ROOM, SMALL)]
    keys = _rows(words.key)
    lead_top = EDGE + high(TITLE) * len(title) + 0.04
    key_top = lead_top + high(TEXT) * len(lead) + GAP
    top = key_top + (high(TEXT) + 0.03) * len(keys) + GAP
    whole = top + height + GAP + high(SMALL) * len(foot) + EDGE
    made = Page(Figure(figsize=(WIDTH, whole)), top, height)
    paper = _free(made, -top, whole)
    put(paper, 0, EDGE, "\n".join(title), fontsize=TITLE, weight="bold", va="top")
    put(paper, 0, lead_top, "\n".join(lead), color=SOFT, va="top")
    put(paper, 0, whole - EDGE, "\n".join(foot), fontsize=SMALL, color=SOFT, va="bottom")
    for number, row in enumerate(keys):
        _draw_keys(paper, row, key_top + (high(TEXT) + 0.03) * (number + 0.5))
    return made


def put(axes: Axes, x: float, y: float, text: str, **look: Any) -> Any:  # noqa: ANN401  # Matplotlib's own names
    """A text at a place, as it is."""
    return axes.text(x, y, text, **{"linespacing": 1.2, **look})


def mark(axes: Axes, spot: tuple[float, float], colour: str, form: str = "o", *, hollow: bool = False) -> None:
    """A point of a form of its own, set off from what lies below it."""
    fill, edge = (PAPER, colour) if hollow else (colour, PAPER)
    width = 1.2 if hollow else 0.6
    axes.plot(*spot, form, color=fill, markeredgecolor=edge, markeredgewidth=width, markersize=SIZE, zorder=4)


def _free(made: Page, top: float, height: float) -> Axes:
    axes = made.axes(0, top, ROOM, height)
    axes.set(xlim=(0, ROOM), ylim=(height, 0))
    axes.set_axis_off()
    bare(axes)
    return axes


def _rows(keys: Sequence[Key]) -> list[list[Key]]:
    """The entries in lines."""
    rows, used = list[list[Key]](), ROOM
    for key in keys:
        needs = _needs(key)
        if used + needs > ROOM:
            rows.append([])
            used = 0.0
        rows[-1].append(key)
        used += needs
    return rows


def _needs(key: Key) -> float:
    return SWATCH + GAP + min(wide(key.text, TEXT), ROOM - 1) + 2 * GAP


def _draw_keys(paper: Axes, row: Sequence[Key], middle: float) -> None:
    left = 0.0
    for key in row:
        if key.marker:
            mark(paper, (left + SWATCH / 2, middle), key.colour, key.marker, hollow=key.hollow)
        else:
            place = left, middle - SWATCH / 2
            box = Rectangle(place, SWATCH, SWATCH, facecolor=key.colour, edgecolor=SOFT, linewidth=0.4)
            paper.add_patch(box)
        text = cut(key.text, ROOM - 1, TEXT)
        put(paper, left + SWATCH + GAP, middle, text, color=INK, va="center_baseline")
        left += _needs(key)


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

    def save(self, file: str | PathLike[str], *, force: bool = False) -> None:
        """Write it into a file whose ending says how (.svg, .png, .pdf); the same figures give the same bytes.

        Args:
            file: where; its folder is made if need be.
            force: replace what is there even if this program has not written it, or it has been changed since.

        Raises:
            ValueError: the file has another ending.
            NotWritableError: nothing can be written there, or what is there is not written over.
        """
        Filing(force).put(Path(file), self.content(Path(file).suffix))

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


AWAY = 6.0
"""From the middle of a point to its label, in points."""

SIDES = ((1, 0), (1, 1), (1, -1), (-1, 0), (-1, 1), (-1, -1), (0, 1), (0, -1))
"""Where a label may stand, as steps across and up: on the right, above on the right, and so on."""


def beside(axes: Axes, points: Sequence[tuple[float, float]], texts: Sequence[str]) -> None:
    """Write each text beside its point, inside the axes and clear of all points and of each other.

    Those named first are placed first; what finds no room is left out.
    """
    dots = [tuple(axes.transData.transform(point)) for point in points]
    dot = AWAY * axes.figure.dpi / POINTS
    taken = [Bbox.from_extents(x - dot, y - dot, x + dot, y + dot) for x, y in dots]
    inside = axes.get_window_extent()
    for number, text in enumerate(texts):
        size = wide(text) * axes.figure.dpi, high(SMALL) * axes.figure.dpi
        others = taken[:number] + taken[number + 1 :]
        for side in SIDES:
            box = _box(dots[number], size, side, dot)
            if _holds(inside, box) and not any(box.overlaps(other) for other in others):
                _write(axes, points[number], text, side)
                taken.append(box)
                break


def _box(dot: tuple[float, ...], size: tuple[float, float], side: tuple[int, int], away: float) -> Bbox:
    """The box of a label on one side of a point, in pixels."""
    left, bottom = (
        middle + step * away + (step - 1) * length / 2 for middle, step, length in zip(dot, side, size, strict=True)
    )
    return Bbox.from_bounds(left, bottom, *size)


def _holds(outer: Bbox, inner: Bbox) -> bool:
    return bool(outer.x0 <= inner.x0 and inner.x1 <= outer.x1 and outer.y0 <= inner.y0 and inner.y1 <= outer.y1)


def _write(axes: Axes, point: tuple[float, float], text: str, side: tuple[int, int]) -> None:
    across, up = side
    axes.annotate(
        text,
        point,
        xytext=(across * AWAY, up * AWAY),
        textcoords="offset points",
        fontsize=SMALL,
        color=INK,
        ha=("right", "center", "left")[across + 1],
        va=("top", "center", "bottom")[up + 1],
    )


def plan_of(outcome: Outcome) -> Plan:
    """The plan that is drawn.

    Raises:
        ValueError: there is none.
    """
    if outcome.plan is None:
        message = _("nothing to draw: the outcome has no plan (got {value}). Draw one that has.")
        raise ValueError(message.format(value=outcome.scenario))
    return outcome.plan


def foot(*outcomes: Outcome) -> list[str]:
    """The counties and scenarios, what is not proven of them, and that figures are made up."""
    proofs = dict.fromkeys(sentence for outcome in outcomes if not outcome.proven for sentence in outcome.state())
    scenarios = [outcome.scenario for outcome in outcomes]
    return [*dict.fromkeys(map(_where, scenarios)), *([" ".join(proofs)] if proofs else []), *_made_up(scenarios)]


def scenario_foot(scenario: Scenario, note: str = "") -> list[str]:
    """The same where there is no single outcome."""
    return [_where(scenario), *filter(None, [note]), *_made_up([scenario])]


def _where(scenario: Scenario) -> str:
    return " · ".join(dict.fromkeys((str(scenario.problem.county), str(scenario))))


def _made_up(scenarios: list[Scenario]) -> Iterator[str]:
    if any(one.problem.county.synthetic for one in scenarios):
        yield synthetic()


def synthetic() -> str:
    """The warning that figures are made up."""
    return _("Figures of this county are made up, in part or in whole.")
