"""The leximin profile: how much is covered in the worst-off township, the next, and so on; today against the plan."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from matplotlib.axes import Axes

from rebalance.figures.colours import NEW, PALE, SOFT
from rebalance.figures.look import TEXT, bare, look
from rebalance.figures.measuring import apart, high, named, wide
from rebalance.figures.origin import foot, plan_of
from rebalance.figures.page import GAP, ROOM, Words, page, put
from rebalance.figures.picture import Picture, finished
from rebalance.outcome import Outcome
from rebalance.words import _
from rebalance.writing.numbers import percent
from rebalance.writing.strung import listed, parted
from rebalance.writing.townships import shares

HIGH, BELOW, LEFT = 2.9, 0.45, 0.5

CLOSE = 20
"""Of more townships than this every fifth is numbered."""

Level = tuple[Fraction, str]
"""A share, and the township that stands there."""

Curve = tuple[str, Sequence[Level], str]
"""When, the levels then, from the worst, and the colour."""


@look()
def profile(outcome: Outcome) -> Picture:
    """The levels of coverage in order, as steps from the worst-off township up: today, and at the end.

    Raises:
        ValueError: the outcome has no plan.
    """
    plan = plan_of(outcome)
    found, last = shares(plan), str(plan.problem.last)
    today, after = (
        sorted((share, plan.problem.name(t)) for t, each in found.items() if (share := each[which]) is not None)
        for which in (0, 1)
    )
    curves = [(label, *each) for label, each in ((_("today"), (today, SOFT)), (last, (after, NEW))) if each[0]]
    title, lead = _title(today, after, last), _lead(curves)
    made = page(Words(title, lead, foot(outcome)), HIGH + BELOW)
    right = max([wide(label, TEXT, "bold") for label, *_rest in curves], default=0) + 2 * GAP
    axes = made.axes(LEFT, 0.1, ROOM - LEFT - right, HIGH)
    _frame(axes, curves)
    if len(curves) > 1 and len(today) == len(after):
        low, high = (_across(levels) for levels in (today, after))
        axes.fill_between(low[0], low[1], high[1], step="post", color=PALE, linewidth=0)
    for _label, levels, colour in curves:
        axes.step(*_across(levels), where="post", color=colour, linewidth=2.2)
    ends = [float(100 * levels[-1][0]) for _label, levels, _colour in curves]
    for (label, levels, colour), y in zip(curves, apart(ends, _line(axes)), strict=True):
        put(axes, len(levels), y, f" {label}", color=colour, weight="bold", va="center_baseline")
    said = [_said(label, levels) for label, levels, _colour in curves]
    return finished(made.figure, title, lead, *said, *foot(outcome))


def _title(today: Sequence[Level], after: Sequence[Level], year: str) -> str:
    if not after:
        return _("No township has work that could be covered")
    if not today:
        text = _("In {year} no township is covered below {after}")
        return text.format(year=year, after=percent(after[0][0]))
    text = _("Lowest coverage of a township: {before} today, {after} in {year}")
    return text.format(before=percent(today[0][0]), after=percent(after[0][0]), year=year)


def _lead(curves: Sequence[Curve]) -> str:
    worst = [
        _("worst off, {when}: {township}").format(when=label, township=named(levels[0][1]))
        for label, levels, _colour in curves
    ]
    return _("Townships in order of how much of their work is covered ({worst}).").format(worst=parted(worst))


def _said(label: str, levels: Sequence[Level]) -> str:
    return f"{label}: {listed(percent(share) for share, _name in levels)}."


def _frame(axes: Axes, curves: Sequence[Curve]) -> None:
    bare(axes, "y")
    most = max([len(levels) for _label, levels, _colour in curves], default=1)
    low = min([levels[0][0] for _label, levels, _colour in curves], default=Fraction(0))
    axes.set(xlim=(0, most), ylim=(max(0.0, float(100 * low) - 5), 101.5))
    ranks = [n for n in range(1, most + 1) if most <= CLOSE or n % 5 == 0 or n == 1]
    axes.set_xticks([n - 0.5 for n in ranks], list(map(str, ranks)))
    axes.set_xlabel(_("townships, the worst off first"), loc="left")
    axes.set_ylabel(_("work covered, %"))


def _across(levels: Sequence[Level]) -> tuple[list[int], list[float]]:
    """Each level from one township to the next, the last one too."""
    return list(range(len(levels) + 1)), [float(100 * share) for share, _name in [*levels, levels[-1]]]


def _line(axes: Axes) -> float:
    """How high a line of text is, in percent."""
    low, top = axes.get_ylim()
    return high(TEXT) * (top - low) / HIGH
