"""Who gives and who receives: bands from the givers through the county's pool to the receivers.

Who gives to whom is not decided, so every band goes through the pool; stations, which are handed down whole, go
through a node of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from rebalance.figures.colours import INK, NEW, SITTING, SOFT
from rebalance.figures.page import GAP, ROOM, Key, Picture, Words, finished, foot, page, plan_of, put
from rebalance.figures.style import SMALL, TEXT, cut, high, look, wide
from rebalance.model.plan import Plan
from rebalance.model.totals import granted, grown, sunk
from rebalance.plans.outcome import Outcome
from rebalance.tables.positions import holder_name
from rebalance.text import _, listed

MOST = 18
"""So many givers, or receivers, have a band of their own; where there are more, those at the end are drawn as one."""

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


@look()
def flows(outcome: Outcome) -> Picture:
    """Who gives how many positions, and who receives how many, through the county's pool and with stations.

    Raises:
        ValueError: the outcome has no plan.
    """
    plan = plan_of(outcome)
    gives, takes = (_ends(plan, sign) for sign in (-1, 1))
    title, lead = _title(plan, gives, takes), _lead(gives, takes)
    key = [Key(NEW, _("through the county's pool"))] if any(end.pool for end in [*gives, *takes]) else []
    if any(end.stations for end in [*gives, *takes]):
        key.append(Key(SITTING, _("with stations, which are handed down whole")))
    drawing = Drawing(_fewer(gives), _fewer(takes))
    made = page(Words(title, lead, foot(outcome), key), drawing.height)
    drawing.draw(made.free())
    said = [_("Give: {ends}.").format(ends=_list(gives)), _("Receive: {ends}.").format(ends=_list(takes))]
    return finished(made.figure, title, lead, *said, *foot(outcome))


def _ends(plan: Plan, sign: int) -> list[End]:
    """Those who give (-1) or receive (1): those whose positions go through the pool first, then by size.

    Whoever grants positions to the county, or has them back, is one of them.
    """
    found = [_end(plan, holder, sign) for holder in plan.problem.held]
    outside = _("granted from above") if sign < 0 else _("given back")
    found.append(End("", outside, granted(plan, plan.problem.categories, -sign), 0))
    return sorted((end for end in found if end.together), key=lambda end: (not end.pool, -end.together, end.name))


def _end(plan: Plan, holder: str, sign: int) -> End:
    stations = sunk(plan, holder)
    pool = grown(plan, holder) - stations
    return End(holder, holder_name(plan, holder), max(0, sign * pool), max(0, sign * stations))


def _fewer(ends: Sequence[End]) -> list[End]:
    """The ends that are drawn: the smallest as one where there are too many."""
    if len(ends) <= MOST:
        return list(ends)
    kept, rest = ends[: MOST - 1], ends[MOST - 1 :]
    name = _("{count} others").format(count=len(rest))
    return [*kept, End("", name, sum(end.pool for end in rest), sum(end.stations for end in rest))]


def _title(plan: Plan, gives: Sequence[End], takes: Sequence[End]) -> str:
    if not gives and not takes:
        return _("Nobody gives and nobody receives")
    text = _("Positions moved from {givers} of {units} units to {takers} of {townships} townships: {count}")
    problem = plan.problem
    return text.format(
        count=max(sum(end.together for end in side) for side in (gives, takes)),
        givers=sum(end.holder in problem.unit for end in gives),
        units=len(problem.units),
        takers=sum(end.holder in problem.township for end in takes),
        townships=len(problem.townships),
    )


def _lead(gives: Sequence[End], takes: Sequence[End]) -> str:
    if not gives and not takes:
        return ""
    return _(
        "A band is as high as its positions are many. Who gives to whom is not decided: all go through one pool for"
        " the county, but for stations."
    )


def _list(ends: Sequence[End]) -> str:
    return listed(f"{end.name} {end.together}" for end in ends) or "–"


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
