"""A sweep as lines: one parameter to the right, and upwards, one below the other, the measures that matter most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from rebalance.exploring.measures import measures
from rebalance.exploring.sweep import Line, name_of
from rebalance.figures.cases import height, is_number, note, planned, said, short, title_of, unit_of, varied
from rebalance.figures.colours import MARKERS, SERIES, SOFT
from rebalance.figures.look import SMALL, bare, look
from rebalance.figures.measuring import apart, cut, high, named, wide
from rebalance.figures.page import GAP, ROOM, Words, mark, page, put
from rebalance.figures.picture import Picture, finished
from rebalance.words import _
from rebalance.writing.strung import listed, run_on

HIGH, LEFT, BETWEEN, NAMES = 1.25, 0.6, 0.38, 1.6

FEW = 12
"""So many cases are named in the lead."""

Series = Mapping[str, Sequence[tuple[float, Line]]]
"""Cases by what they have in common, each with its place to the right."""


@look()
def sweep_lines(lines: Sequence[Line]) -> Picture:
    """Lowest coverage, work not covered and positions given, over the first parameter that is a number.

    Where none is, over the cases in their order. A hollow point is not proven.

    Raises:
        ValueError: no case has a plan.
    """
    drawn = planned(lines)
    path = across(drawn)
    series = _series(drawn, path)
    brief = [number for number, measure in enumerate(measures()) if measure.brief]
    panels = brief[-1], brief[-2], brief[0]
    title, lead = title_of(drawn, panels[0]), _lead(drawn, path)
    labels = [cut(name, NAMES) for name in series] if 1 < len(series) <= len(SERIES) else []
    right = max(map(wide, labels), default=0) + 2 * GAP
    made = page(Words(title, lead, note(lines)), (HIGH + BETWEEN) * len(panels) + BETWEEN)
    for place, number in enumerate(panels):
        axes = made.axes(LEFT, BETWEEN / 2 + place * (HIGH + BETWEEN), ROOM - LEFT - right, HIGH)
        _panel(axes, series, number, unit_of(number, drawn))
        if place == len(panels) - 1:
            axes.set_xlabel(cut(short(path), ROOM - LEFT) if path else _("case"), loc="left")
        else:
            axes.tick_params(labelbottom=False)
        if not place:
            _name(axes, series, labels, number)
    return finished(made.figure, title, lead, *(said(line, panels[0]) for line in lines), *note(lines))


def across(drawn: Sequence[Line]) -> str:
    """The first parameter that varies and is a number in every case; empty where there is none."""
    return next((path for path in varied(drawn) if all(is_number(line.settings.get(path)) for line in drawn)), "")


def _series(drawn: Sequence[Line], path: str) -> Series:
    if not path:
        return {"": [(number, line) for number, line in enumerate(drawn, 1)]}
    found: dict[str, list[tuple[float, Line]]] = {}
    same = set(drawn[0].settings) - set(varied(drawn))
    for line in sorted(drawn, key=lambda one: one.settings[path]):
        rest = {key: value for key, value in line.settings.items() if key != path and key not in same}
        name = ": ".join(filter(None, (line.base, name_of(rest))))
        found.setdefault(named(name), []).append((float(line.settings[path]), line))
    return dict(sorted(found.items()))


def _lead(drawn: Sequence[Line], path: str) -> str:
    if path:
        hollow = [] if all(line.proven for line in drawn) else [_("A hollow point is not proven to be the best.")]
        return run_on((_("To the right: {path}.").format(path=short(path)), *hollow))
    names = listed(f"{number} {named(line.name)}" for number, line in enumerate(drawn[:FEW], 1))
    return names + (", …" if len(drawn) > FEW else "")


def _panel(axes: Axes, series: Series, number: int, title: str) -> None:
    bare(axes, "y")
    axes.spines["bottom"].set_visible(True)
    axes.set_title(title, loc="left", fontsize=SMALL, color=SOFT, pad=4)
    axes.yaxis.set_major_locator(MaxNLocator(4))
    for place, members in enumerate(series.values()):
        many = len(series) > len(SERIES)
        colour, form = (SOFT, "o") if many else (SERIES[place], MARKERS[place])
        xs, ys = [x for x, _line in members], [height(line.figures[number]) for _x, line in members]
        axes.plot(xs, ys, color=colour, linewidth=1 if many else 1.8, zorder=2)
        for x, y, (_x, line) in zip(xs, ys, members, strict=True):
            mark(axes, (x, y), colour, form, hollow=not line.proven)
    axes.margins(0.03, 0.15)


def _name(axes: Axes, series: Series, labels: Sequence[str], number: int) -> None:
    """Each line's name where it ends."""
    ends = [height(members[-1][1].figures[number]) for members in series.values()]
    low, top = axes.get_ylim()
    places = apart(ends, high(SMALL) * (top - low) / HIGH)
    right = axes.get_xlim()[1]
    for place, (label, y) in enumerate(zip(labels, places, strict=False)):
        colour = SERIES[place] if len(series) <= len(SERIES) else SOFT
        put(axes, right, y, f" {label}", fontsize=SMALL, color=colour, va="center_baseline")
