"""How a plan fares when figures turn out differently: a band of coverage for each township."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from rebalance.analysis.stress import Stress
from rebalance.figures.colours import INK, MARKED, NEW, PAPER, SITTING, SOFT
from rebalance.figures.page import GAP, ROOM, Key, Picture, Words, finished, mark, put, scenario_foot
from rebalance.figures.style import SMALL, TEXT, cut, high, look, wide
from rebalance.figures.townships import rows, span
from rebalance.scenario.scenario import Scenario
from rebalance.text import _, percent

BOX, TICK = 0.5, 0.34
"""How high a box is, and half a tick; in rows."""

Band = tuple[str, Sequence[Fraction], Fraction | None]
"""A township's name, its coverage at the ends, a tenth in and in the middle of the cases, and as it was meant."""


@look()
def stress_bands(scenario: Scenario, stressed: Stress) -> Picture:
    """Coverage of each township over all cases: the whole range, eight cases in ten, the middle, and as meant."""
    problem = scenario.problem
    known = [(t, spread) for t in problem.townships if (spread := stressed.spread(t))]
    order = sorted(known, key=lambda each: (each[1][0], each[0]))
    found: list[Band] = [(problem.name(t), spread, stressed.meant.coverage.get(t)) for t, spread in order]
    title, lead = _title(stressed), _("Cases: {count}. Townships worst off in the worst case first.")
    lead = lead.format(count=len(stressed.found))
    note = _("Stopped; only these cases were solved.") if stressed.stopped else ""
    made = rows(Words(title, lead, scenario_foot(scenario, note), _key()), [name for name, *_rest in found])
    _draw(made.panel(0, 1, _("work covered, %")), found)
    return finished(made.page.figure, title, lead, *map(_said, found), *scenario_foot(scenario, note))


def _title(stressed: Stress) -> str:
    if stressed.worst is None:
        return _("There is no case with a plan")
    text = _("Worst-off township: {meant} covered as meant, {worst} at worst")
    return text.format(meant=percent(stressed.meant.worst), worst=percent(stressed.worst.worst))


def _key() -> list[Key]:
    return [
        Key(SITTING, _("over all cases")),
        Key(NEW, _("eight cases in ten, with the middle")),
        Key(MARKED, _("as meant"), "D"),
    ]


def _said(band: Band) -> str:
    name, (worst, _tenth, middle, _ninth, best), meant = band
    text = _("{township}: worst {worst}, middle {middle}, best {best}.")
    said = text.format(township=name, worst=percent(worst), middle=percent(middle), best=percent(best))
    return said if meant is None else f"{said} {_('As meant: {share}.').format(share=percent(meant))}"


def _draw(axes: Axes, found: Sequence[Band]) -> None:
    span(axes, [float(100 * share) for _name, spread, _meant in found for share in spread])
    for row, (_name, spread, meant) in enumerate(found):
        worst, tenth, middle, ninth, best = (float(100 * share) for share in spread)
        axes.plot([worst, best], [row, row], color=SITTING, linewidth=3, solid_capstyle="butt", zorder=1)
        axes.add_patch(Rectangle((tenth, row - BOX / 2), ninth - tenth, BOX, facecolor=NEW, linewidth=0, zorder=2))
        for colour, width, zorder in ((NEW, 3.5, 2), (PAPER, 1.5, 3)):
            axes.plot([middle, middle], [row - TICK, row + TICK], color=colour, linewidth=width, zorder=zorder)
        if meant is not None:
            mark(axes, (float(100 * meant), row), MARKED, "D")


NAMES, NODE, SPACE, APART = 2.6, 0.09, 0.03, 0.3
"""Room for names, how wide a node is, and what stands between bands and between nodes; in inches."""

INCHES, TALLEST = 3.6, 0.4
"""How high all bands together are; no position is higher than this, however few there are."""

COLOURS = (NEW, SITTING)

Node = tuple[float, int]
"""Where it begins, and how many positions go through it."""


@dataclass(frozen=True, slots=True)
class End:
    """A giver or a receiver: its positions that go through the pool, and those that go with stations."""

    holder: str
    name: str
    pool: int
    stations: int

    @property
    def parts(self) -> tuple[int, int]:
        """By node."""
        return self.pool, self.stations

    @property
    def together(self) -> int:
        """All of them."""
        return self.pool + self.stations


@dataclass(frozen=True, slots=True)
class Drawing:
    """The ends of both sides, in their order from the top: a slot for each, as high as its band and its label need."""

    left: Sequence[End]
    right: Sequence[End]

    @property
    def unit(self) -> float:
        """How high one position is."""
        return min(TALLEST, INCHES / max(1, *(sum(end.together for end in side) for side in (self.left, self.right))))

    @property
    def height(self) -> float:
        """How high everything is."""
        nodes = list(self.nodes(0))
        middle = sum(amount * self.unit + APART for _top, amount in nodes)
        return max(middle, *(sum(self._slots(side)) for side in (self.left, self.right)), high(TEXT))

    def nodes(self, tall: float) -> Iterator[Node]:
        """The pool and the stations, one below the other in the middle of so much height."""
        sums = [max(sum(end.parts[n] for end in side) for side in (self.left, self.right)) for n in range(len(COLOURS))]
        top = (tall - sum(amount * self.unit + APART for amount in sums if amount)) / 2
        for amount in sums:
            top += APART if amount else 0
            yield top, amount
            top += amount * self.unit

    def draw(self, axes: Axes) -> None:
        """Everything, on axes in inches."""
        tall = self.height
        nodes = list(self.nodes(tall))
        lefts, rights = (max([wide(_label(end)) for end in side], default=0) for side in (self.left, self.right))
        start, end = min(NAMES, lefts) + GAP, ROOM - min(NAMES, rights) - GAP
        middle = (start + end) / 2
        for (top, amount), colour in zip(nodes, COLOURS, strict=True):
            if amount:
                axes.add_patch(Rectangle((middle - NODE / 2, top), NODE, amount * self.unit, facecolor=colour))
                put(axes, middle, top - 0.03, str(amount), color=INK, weight="bold", ha="center", va="bottom")
        self._side(axes, self.left, nodes, (start, middle - NODE / 2))
        self._side(axes, self.right, nodes, (end, middle + NODE / 2))

    def _slots(self, side: Sequence[End]) -> list[float]:
        return [max(end.together * self.unit, high(SMALL)) + SPACE for end in side]

    def _side(self, axes: Axes, side: Sequence[End], nodes: Sequence[Node], across: tuple[float, float]) -> None:
        """The labels and bands of one side, from its outer edge to the nodes."""
        slots, offsets = self._slots(side), [top for top, _amount in nodes]
        outer, inner = across
        way = 1 if inner > outer else -1
        for end, slot, below in zip(side, slots, accumulate(slots), strict=True):
            middle = (self.height - sum(slots)) / 2 + below - slot / 2
            put(
                axes,
                outer - way * GAP,
                middle,
                _label(end),
                fontsize=SMALL,
                color=INK,
                ha="right" if way > 0 else "left",
                va="center_baseline",
            )
            edge = middle - end.together * self.unit / 2
            low = min(outer, outer + way * NODE)
            axes.add_patch(Rectangle((low, edge), NODE, end.together * self.unit, facecolor=SOFT))
            for number, amount in enumerate(end.parts):
                thick = amount * self.unit
                ends = (outer + way * NODE, edge), (inner, offsets[number])
                axes.add_patch(PathPatch(_band(*ends, thick), facecolor=COLOURS[number], alpha=0.45, linewidth=0))
                edge, offsets[number] = edge + thick, offsets[number] + thick


def _label(end: End) -> str:
    """The name, as much of it as there is room for, and how many."""
    amount = f"  {end.together}"
    return cut(end.name, NAMES - wide(amount)) + amount


def _band(start: tuple[float, float], end: tuple[float, float], thick: float) -> Path:
    """A band of the same height all the way, level at both ends."""
    (x, y), (across, down) = start, end
    half = (x + across) / 2
    there = [(x, y), (half, y), (half, down), (across, down)]
    back = [(across, down + thick), (half, down + thick), (half, y + thick), (x, y + thick)]
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    return Path([*there, *back, (x, y)], codes)
