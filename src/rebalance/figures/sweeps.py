"""A sweep as lines: one parameter to the right, and upwards, one below the other, the measures that matter most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from rebalance.analysis.measures import Value, measures
from rebalance.analysis.settings import name_of
from rebalance.analysis.sweep import Line
from rebalance.figures.colours import GRID, MARKERS, PAPER, SERIES, SOFT
from rebalance.figures.page import GAP, ROOM, Picture, Words, finished, mark, page, put, synthetic
from rebalance.figures.style import SMALL, apart, bare, cut, high, ink_on, look, named, shade, wide
from rebalance.rules import RULES, about
from rebalance.text import NOTHING, _, hundredths, listed, near_miss, percent, quoted, run_on

FEW_CASES = 6
"""So many counties are named."""

WORST = -1
"""The measure shown unless another is named: the lowest coverage, which stands last."""


def planned(lines: Sequence[Line]) -> list[Line]:
    """The cases that have a plan.

    Raises:
        ValueError: none has.
    """
    found = [line for line in lines if line.figures]
    if not found:
        message = _("nothing to draw: no case has a plan (got {value} cases). Draw cases that have one.")
        raise ValueError(message.format(value=len(lines)))
    return found


def measured(name: str | None) -> int:
    """The number of a measure among `measures()`.

    Raises:
        ValueError: there is none of this name.
    """
    names = [measure.name for measure in measures()]
    if name is None:
        return len(names) + WORST
    if name not in names:
        message = _("no such measure (got {value}). Accepted: {accepted}.")
        text = message.format(value=quoted(name), accepted=", ".join(names))
        raise ValueError(text + near_miss(name, names))
    return names.index(name)


def varied(lines: Sequence[Line]) -> list[str]:
    """The places in the scenario whose values are not the same in all cases."""
    paths = dict.fromkeys(path for line in lines for path in line.settings)
    return [path for path in paths if any(line.settings.get(path) != lines[0].settings.get(path) for line in lines)]


def is_number(value: object) -> bool:
    """Whether a setting is a number, which has a place on an axis."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def short(path: str) -> str:
    """A place in a scenario: a rule by its name for people, anything else by its last two steps."""
    match path.split("."):
        case ["rules", rule, *parameter] if parameter:
            title = about(RULES.get(rule), rule).title
            return named(_("{rule}: {parameter}").format(rule=title, parameter=".".join(parameter)))
        case steps:
            return named(".".join(steps[-2:]))


def shown(value: Value) -> str:
    """A figure as people read it."""
    match value:
        case Fraction():
            return percent(value)
        case Decimal():
            return hundredths(int(value * 100))
        case _other:
            return str(value)


def height(value: Any) -> float:  # noqa: ANN401  # a figure
    """Where a figure lies on an axis: a share in percent."""
    return float(value * 100) if isinstance(value, Fraction) else float(value)


def title_of(drawn: Sequence[Line], number: int) -> str:
    """From where to where a measure goes."""
    values = [line.figures[number] for line in drawn]
    ends = [shown(pick(values, key=height)) for pick in (min, max)]
    name = measures()[number].name
    text = _("{measure}: {least} to {most} in {count} cases")
    return text.format(measure=name[:1].upper() + name[1:], least=ends[0], most=ends[1], count=len(drawn))


def unit_of(number: int, lines: Sequence[Line]) -> str:
    """A measure's name with its unit."""
    name = measures()[number].name
    return f"{name}, %" if any(isinstance(line.figures[number], Fraction) for line in lines) else name


def said(line: Line, number: int) -> str:
    """A case in words."""
    return f"{named(line.name)}: {shown(line.figures[number]) if line.figures else _('no plan')}."


def note(lines: Sequence[Line]) -> list[str]:
    """What stands at the foot: the counties, cases without a plan, plans that are not proven, and what is made up."""
    counties = [*dict.fromkeys(named(line.county) for line in lines if line.county)]
    missing = sum(not line.figures for line in lines)
    unproven = sum(bool(line.figures) and not line.proven for line in lines)
    return [
        *([listed(counties[:FEW_CASES]) + ("…" if len(counties) > FEW_CASES else "")] if counties else []),
        *([_("Cases without a plan: {count}.").format(count=missing)] if missing else []),
        *([_("Cases NOT PROVEN: {count}.").format(count=unproven)] if unproven else []),
        *([synthetic()] if any(line.synthetic for line in lines) else []),
    ]


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


WIDEST, TALL = 1.0, 0.36


@dataclass(frozen=True, slots=True)
class Grid:
    """What is set in the columns and in the rows, and where the cells are."""

    columns: Sequence[Any]
    rows: Sequence[Any]
    left: float

    @property
    def wide(self) -> float:
        """How wide a cell is."""
        return min(WIDEST, (ROOM - self.left) / len(self.columns))

    def place(self, column: object, row: object) -> tuple[float, float]:
        """The upper left corner of a cell."""
        return self.left + self.wide * self.columns.index(column), TALL * (self.rows.index(row) + 1)


@look()
def heat_map(lines: Sequence[Line], measure: str | None = None) -> Picture:
    """One measure over the two parameters that vary (unless named, the lowest coverage); the darker, the more.

    Raises:
        ValueError: not two parameters vary, or there is no such measure, or no case has a plan.
    """
    number, drawn = measured(measure), planned(lines)
    across, up = _two(lines)
    columns, rows = (_values(lines, path) for path in (across, up))
    grid = Grid(columns, rows, min(NAMES, max(wide(named(str(value))) for value in rows)) + GAP)
    title, lead = title_of(drawn, number), _heat_lead(lines, drawn, number)
    made = page(Words(title, lead, note(lines)), TALL * (len(rows) + 2))
    axes = made.free()
    _heads(axes, grid, short(across), short(up))
    values = [height(line.figures[number]) for line in drawn]
    low, high = min(values), max(values)
    for line in lines:
        corner = grid.place(line.settings.get(across), line.settings.get(up))
        box = Rectangle(corner, grid.wide, TALL, facecolor=PAPER, edgecolor=GRID, hatch="////")
        if line.figures:
            part = Fraction((height(line.figures[number]) - low) / (high - low)) if high > low else Fraction(1)
            box = Rectangle(corner, grid.wide, TALL, facecolor=shade(part), edgecolor=PAPER)
            _figure(axes, box, shown(line.figures[number]) + ("" if line.proven else "*"), ink_on(shade(part)))
        axes.add_patch(box)
    return finished(made.figure, title, lead, *(said(line, number) for line in lines), *note(lines))


def suits(lines: Sequence[Line]) -> bool:
    """Whether two parameters vary, with one case for each pair."""
    paths = varied(lines)
    pairs = {tuple(map(str, map(line.settings.get, paths))) for line in lines}
    return len(paths) == 2 and len(pairs) == len(lines)  # noqa: PLR2004  # across and up


def _two(lines: Sequence[Line]) -> tuple[str, str]:
    paths = varied(lines)
    if not suits(lines):
        message = _("a heat map shows two parameters, with one case for each pair (got {value}). Set two.")
        raise ValueError(message.format(value=", ".join(map(short, paths)) or NOTHING))
    return paths[0], paths[1]


def _values(lines: Sequence[Line], path: str) -> list[Any]:
    """The values of a parameter: numbers in order, others as they come."""
    found = list(dict.fromkeys(line.settings.get(path) for line in lines))
    return sorted(found) if all(map(is_number, found)) else found


def _heat_lead(lines: Sequence[Line], drawn: Sequence[Line], number: int) -> str:
    most, least = (pick(drawn, key=lambda line: height(line.figures[number])) for pick in (max, min))
    text = _("Each cell: a case; the darker, the more. Least: {least}; most: {most}.")
    said = [text.format(least=_set(least), most=_set(most))]
    said += [_("Hatched: no plan.")] if len(drawn) < len(lines) else []
    said += [_("*: NOT PROVEN.")] if not all(line.proven for line in drawn) else []
    return run_on(said)


def _set(line: Line) -> str:
    """What is set in a case."""
    return listed(f"{short(path)} = {named(str(value))}" for path, value in line.settings.items())


def _heads(axes: Axes, grid: Grid, across: str, up: str) -> None:
    """What is set in each column and row, and the names of both parameters."""
    base: dict[str, Any] = {"fontsize": SMALL, "va": "center_baseline"}
    put(axes, grid.left, TALL / 4, cut(f"→ {across}", ROOM - grid.left), color=SOFT, **base)
    put(axes, 0, TALL * (len(grid.rows) + 1.4), cut(f"↑ {up}", ROOM), color=SOFT, **base)
    for value in grid.columns:
        x = grid.place(value, grid.rows[0])[0] + grid.wide / 2
        put(axes, x, TALL * 0.75, cut(str(value), grid.wide), ha="center", **base)
    for value in grid.rows:
        y = grid.place(grid.columns[0], value)[1] + TALL / 2
        put(axes, grid.left - GAP, y, cut(str(value), grid.left - GAP), ha="right", **base)


def _figure(axes: Axes, box: Rectangle, text: str, ink: str) -> None:
    """The figure of a case in its cell, where there is room for it."""
    if wide(text) < box.get_width():
        x, y = box.get_x() + box.get_width() / 2, box.get_y() + TALL / 2
        put(axes, x, y, text, fontsize=SMALL, color=ink, ha="center", va="center_baseline")


def swept(lines: Sequence[Line]) -> Picture:
    """A heat map where two parameters vary, or else lines.

    Raises:
        ValueError: no case has a plan.
    """
    return heat_map(lines) if suits(lines) else sweep_lines(lines)
