"""A trade-off: what one goal costs another, with the plan that was chosen."""

from __future__ import annotations

from fractions import Fraction

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from rebalance.analysis.frontier import Frontier, Point, marked
from rebalance.figures.colours import BLUE, MARKED, SOFT
from rebalance.figures.page import ROOM, Key, Picture, Words, beside, finished, mark, page, scenario_foot
from rebalance.figures.style import bare, cut, look
from rebalance.goals.goal import Goal, Mark, about
from rebalance.problem.working import HUNDRED
from rebalance.scenario.settings import titled
from rebalance.text import _, listed, parted, percent, run_on

HIGH, LEFT, BELOW = 3.3, 0.75, 0.5
FEW = 9
"""So many points are all labelled; of more, only the ends and the one chosen."""


@look()
def frontier(found: Frontier, chosen: Point | None = None) -> Picture:
    """Every plan of the trade-off: the first goal to the right, the second upwards, a third beside the points.

    Raises:
        ValueError: there is no point.
    """
    if not found.points:
        message = _("nothing to draw: no plan was found (got {value}). Draw a frontier that has points.")
        raise ValueError(message.format(value=found.scenario))
    title, lead = _title(found), _lead(found)
    feet = scenario_foot(found.scenario, "" if found.complete else found.state)
    made = page(Words(title, lead, feet, _key(found, chosen)), HIGH + BELOW)
    axes = made.axes(LEFT, 0.1, ROOM - LEFT, HIGH)
    _frame(axes, found)
    _draw(axes, found, chosen)
    said = [_said(found, point, chosen) for point in found.points]
    return finished(made.figure, title, lead, *said, *feet)


def _title(found: Frontier) -> str:
    ranges = [_range(found, number) for number in range(len(found.goals))]
    return _("Trade-off: {ranges}").format(ranges=parted(ranges))


def _range(found: Frontier, number: int) -> str:
    goal, marks = found.goals[number], sorted(point.marks[number] for point in found.points)
    ends = dict.fromkeys(_short(goal, mark) for mark in (marks[0], marks[-1]))
    return f"{titled(goal)} {'–'.join(ends)}"


def _lead(found: Frontier) -> str:
    beside_ = _("Beside the points: {goal}.").format(goal=titled(found.goals[2])) if len(found.goals) > 2 else ""  # noqa: PLR2004  # a third
    each = _("Each point is a plan; of all {count} none is better in every goal.").format(count=len(found.points))
    return run_on(filter(None, (each, beside_)))


def _key(found: Frontier, chosen: Point | None) -> list[Key]:
    proven = {point.proven for point in found.points}
    return [
        *([Key(BLUE, _("proven"), "o")] if True in proven else []),
        *([Key(BLUE, _("NOT PROVEN"), "o", hollow=True)] if False in proven else []),
        *([Key(MARKED, _("chosen"), "D")] if chosen in found.points else []),
    ]


def _said(found: Frontier, point: Point, chosen: Point | None) -> str:
    marks = listed(f"{titled(goal)} {marked(goal, m)}" for goal, m in zip(found.goals, point.marks, strict=True))
    return f"{marks}{' (' + _('chosen') + ')' if point == chosen else ''}."


def _frame(axes: Axes, found: Frontier) -> None:
    bare(axes, "both")
    for number, axis in enumerate((axes.xaxis, axes.yaxis)):
        whole = all(isinstance(point.marks[number], int) for point in found.points)
        axis.set_major_locator(MaxNLocator(6, integer=whole))
        room = (ROOM - LEFT, HIGH)[number]
        axis.set_label_text(cut(_axis(found, number), room))
    axes.margins(0.09)


def _draw(axes: Axes, found: Frontier, chosen: Point | None) -> None:
    first, second, *_third = found.goals
    spots = [(_place(first, point.marks[0]), _place(second, point.marks[1])) for point in found.points]
    if len(found.goals) == 2:  # noqa: PLR2004  # with a third there is no line
        axes.plot(*zip(*spots, strict=True), color=SOFT, linewidth=0.8, linestyle=":", zorder=1)
    for spot, point in zip(spots, found.points, strict=True):
        colour, form = (MARKED, "D") if point == chosen else (BLUE, "o")
        mark(axes, spot, colour, form, hollow=not point.proven)
    axes.autoscale_view()
    labelled = _labelled(found, chosen)
    order = list(dict.fromkeys([*labelled, *range(len(spots))]))
    beside(axes, [spots[number] for number in order], [_label(found, number) for number in labelled])


def _labelled(found: Frontier, chosen: Point | None) -> list[int]:
    """The numbers of the points that get a label, the most telling first."""
    last = len(found.points) - 1
    telling = [number for number, point in enumerate(found.points) if point == chosen or number in {0, last}]
    return list(dict.fromkeys([*telling, *(range(last + 1) if last < FEW else ())]))


def _label(found: Frontier, number: int) -> str:
    pairs = list(zip(found.goals, found.points[number].marks, strict=True))
    return ", ".join(_short(goal, mark) for goal, mark in pairs[2:] or pairs)


def _short(goal: Goal, mark_: Mark) -> str:
    """A figure without its unit, which stands at the axis."""
    if isinstance(mark_, Fraction):
        return percent(mark_)
    return about(goal).number(mark_)


def _axis(found: Frontier, number: int) -> str:
    """A goal's name with its unit, and which way is better."""
    goal = found.goals[number]
    if any(isinstance(point.marks[number], Fraction) for point in found.points):
        return _("{goal}, % at the worst (the more the better)").format(goal=titled(goal))
    if about(goal).counts_work:
        return _("{goal}, positions (the fewer the better)").format(goal=titled(goal))
    return _("{goal} (the fewer the better)").format(goal=titled(goal))


def _place(goal: Goal, mark_: Mark) -> float:
    """Where a figure lies: shares in percent, work in positions."""
    if isinstance(mark_, Fraction):
        return float(mark_ * 100)
    return mark_ / HUNDRED if about(goal).counts_work else float(mark_)
