"""The trade-off and the spread of coverage as SVG: the same bytes for the same figures. Needs the extra `figures`."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import get_font_names
from matplotlib.ticker import MaxNLocator

from rebalance.exploring.frontier import Frontier
from rebalance.exploring.stress import Stressed
from rebalance.goals import Goal
from rebalance.goals.fill_shortages import FillShortages
from rebalance.goals.serve_early import ServeEarly
from rebalance.problem import Problem
from rebalance.scenario import goal_name
from rebalance.solving.held import Mark
from rebalance.words import _
from rebalance.writing.numbers import percent
from rebalance.writing.picture import FONTS, UNDATED
from rebalance.writing.terminal import clean

BLUE, RED, GREY = "#1f4e79", "#b03a2e", "#9aa5b1"


def trade_off(found: Frontier) -> str:
    """The points of a frontier: the first goal to the right, the second upwards, the third beside each point."""
    first, second, *third = found.goals

    def draw(axes: Axes) -> None:
        across, up = ([_shown(point.marks[n]) for point in found.points] for n in (0, 1))
        if not third:
            axes.plot(across, up, color=GREY, linewidth=1, zorder=1)
        colours = [BLUE if point.proven else RED for point in found.points]
        axes.scatter(across, up, color=colours, zorder=2)
        for x, y, point in zip(across, up, found.points, strict=True):
            for mark in point.marks[2:]:
                axes.annotate(_short(mark), (x, y), xytext=(4, 4), textcoords="offset points", fontsize=8)
        for number, axis in enumerate((axes.xaxis, axes.yaxis)):
            whole = all(isinstance(point.marks[number], int) for point in found.points)
            axis.set_major_locator(MaxNLocator(integer=whole))
        axes.set_xlabel(_axis(first, found, 0))
        axes.set_ylabel(_axis(second, found, 1))
        note = "" if found.complete else _("not complete")
        beside = "; ".join([*(_("beside the points: {goal}").format(goal=_axis(goal, found, 2)) for goal in third)])
        axes.set_title("\n".join(filter(None, (clean(found.scenario.name), beside, note))))

    return _drawn(draw, 4.5)


def strained(problem: Problem, name: str, found: Stressed) -> str:
    """Coverage by township: from the worst to the best case, thick from one in ten to nine in ten, and as meant."""
    spreads = [(township, spread) for township in problem.townships if (spread := found.spread(township))]

    def draw(axes: Axes) -> None:
        for row, (township, spread) in enumerate(spreads):
            worst, tenth, middle, ninth, best = map(_shown, spread)
            axes.plot([worst, best], [row, row], color=GREY, linewidth=1)
            axes.plot([tenth, ninth], [row, row], color=BLUE, linewidth=6, solid_capstyle="butt")
            axes.plot([middle], [row], marker="|", color="white", markersize=8)
            if township in found.meant.coverage:
                axes.plot([_shown(found.meant.coverage[township])], [row], marker="D", color=RED, markersize=5)
        axes.set_yticks(range(len(spreads)), [clean(problem.name(township)) for township, _spread in spreads])
        axes.invert_yaxis()
        axes.set_xlabel(_("coverage, % (line: all cases; bar: eight in ten; diamond: as meant)"))
        axes.set_title(clean(name))

    return _drawn(draw, 1.5 + 0.35 * len(spreads))


def _drawn(draw: Callable[[Axes], None], height: float) -> str:
    """The picture, without a date in it."""
    stream = io.StringIO()
    with rc_context(_look()), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a font that is missing, or lacks a character
        figure = Figure(figsize=(7, height), layout="constrained")
        axes = figure.add_subplot()
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
        draw(axes)
        figure.savefig(stream, format="svg", metadata=UNDATED[".svg"])
    return stream.getvalue()


def _look() -> Any:  # noqa: ANN401  # Matplotlib's own settings
    """Texts stay texts, and are shown as they are."""
    there = set(get_font_names())
    fonts = [font for font in FONTS if font in there]
    return {"font.family": fonts, "text.parse_math": False, "svg.hashsalt": "rebalance", "svg.fonttype": "none"}


def _axis(goal: Goal, found: Frontier, number: int) -> str:
    """A goal's name with its unit."""
    name = goal_name(goal)
    if any(isinstance(point.marks[number], Fraction) for point in found.points):
        return _("{goal}, % at the worst").format(goal=name)
    if isinstance(goal, FillShortages | ServeEarly):
        return _("{goal}, hundredths of positions").format(goal=name)
    return name


def _shown(mark: Mark) -> float:
    """Where a mark lies in the picture: shares in percent."""
    return float(mark * 100) if isinstance(mark, Fraction) else float(mark)


def _short(mark: Mark) -> str:
    return percent(mark) if isinstance(mark, Fraction) else str(mark)
