"""Year by year: what has come down by the end of each year as a column, and below it who owns and who moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from rebalance.figures.colours import NEW, PALE, PAPER, SITTING, SOFT
from rebalance.figures.page import GAP, ROOM, Key, Picture, Words, finished, foot, page, plan_of, put
from rebalance.figures.style import TEXT, apart, bare, cut, high, look, named, wide
from rebalance.model.plan import Plan
from rebalance.plans.outcome import Outcome
from rebalance.tables.townships import shares
from rebalance.text import NOTHING, _, listed, parted, percent

HIGH, THICK, NAMES = 2.2, 0.55, 1.9


@dataclass(frozen=True, slots=True)
class Year:
    """The end of a year below: what has come down since today, what is owned, who is there; people in that year."""

    year: int
    new: int
    stations: int
    owned: int
    in_post: int
    moved: int
    hired: int

    @property
    def more(self) -> int:
        """Positions more than today."""
        return self.new + self.stations


@look()
def years(outcome: Outcome) -> Picture:
    """How the plan builds up: positions that have come down by each year, and people who moved or were hired.

    Raises:
        ValueError: the outcome has no plan.
    """
    plan = plan_of(outcome)
    found = [_year(plan, year) for year in (plan.problem.today, *plan.problem.years)]
    title, lead = _title(found), _("Positions that townships own beyond those of today, at the end of each year.")
    key = [Key(NEW, _("new here"))] if any(one.new for one in found) else []
    if any(one.stations for one in found):
        key.insert(0, Key(SITTING, _("with stations that were already sitting here")))
    lines = _lines(found)
    made = page(Words(title, lead, foot(outcome), key), HIGH + 3 * GAP + high(TEXT) * len(lines))
    _columns(made.axes(NAMES, 0.1, ROOM - NAMES, HIGH), found)
    paper, step = made.free(), (ROOM - NAMES) / len(found)
    for number, (name, *cells) in enumerate(lines):
        y = HIGH + 2 * GAP + high(TEXT) * (number + 0.5)
        put(paper, 0, y, cut(name, NAMES - GAP, TEXT), color=SOFT, va="center_baseline")
        for place, cell in enumerate(cells):
            x = NAMES + step * (place + 0.5)
            put(paper, x, y, cell, weight="normal" if number else "bold", ha="center", va="center_baseline")
    return finished(made.figure, title, lead, *_said(lines), *foot(outcome))


def _year(plan: Plan, year: int) -> Year:
    problem = plan.problem
    accounts = [(t, c) for t in problem.townships for c in problem.categories]
    owned = sum(plan.owned(*account, year) for account in accounts)
    stations = sum(plan.sunk(*account, each) for account in accounts for each in problem.years if each <= year)
    return Year(
        year,
        owned - sum(map(problem.size, problem.townships)) - stations,
        stations,
        owned,
        sum(plan.in_post(*account, year) for account in accounts),
        sum(plan.moved_in(*account, year) for account in accounts),
        sum(plan.hired(*account, year) for account in accounts),
    )


def _title(found: Sequence[Year]) -> str:
    last = found[-1]
    each = listed(f"{one.year}: {one.more}" for one in found[1:-1])
    if not each:
        return _("Positions that go down by the end of {year}: {count}").format(year=last.year, count=last.more)
    text = _("Positions that go down by the end of {year}: {count} ({each})")
    return text.format(year=last.year, count=last.more, each=each)


def _lines(found: Sequence[Year]) -> list[list[str]]:
    """What stands below the columns; nothing about people where none move."""
    today, *planned = found
    lines = [
        ["", _("{year} (today)").format(year=today.year), *(str(one.year) for one in planned)],
        [_("positions owned below"), *(str(one.owned) for one in found)],
        [_("staff in post below"), *(str(one.in_post) for one in found)],
        [_("people who go along"), NOTHING, *(str(one.moved or NOTHING) for one in planned)],
        [_("people hired below"), NOTHING, *(str(one.hired or NOTHING) for one in planned)],
    ]
    return [line for line in lines if set(line[1:]) != {NOTHING}]


def _said(lines: Sequence[Sequence[str]]) -> list[str]:
    """The same in words."""
    (_name, *when), *rest = lines
    return [
        f"{name}: {listed(f'{year}: {cell}' for year, cell in zip(when, cells, strict=True))}." for name, *cells in rest
    ]


def _columns(axes: Axes, found: Sequence[Year]) -> None:
    bare(axes, "y")
    most = max(1, *(one.more for one in found))
    axes.set(xlim=(-0.5, len(found) - 0.5), ylim=(min(0, *(one.more for one in found)) * 1.15, most * 1.15), xticks=[])
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.set_ylabel(_("positions"))
    axes.axhline(0, color=SOFT, linewidth=0.8)
    for place, one in enumerate(found):
        axes.bar(place, one.stations, THICK, color=SITTING, edgecolor=PAPER, linewidth=0.5)
        axes.bar(place, one.new, THICK, bottom=max(0, one.stations), color=NEW, edgecolor=PAPER, linewidth=0.5)
        label = f"{one.more:+}" if one.more else "0"
        put(axes, place, max(0, one.more) + most * 0.02, label, weight="bold", ha="center", va="bottom")


STEPS_HIGH, BELOW, LEFT = 2.9, 0.45, 0.5

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
    title, lead = _profile_title(today, after, last), _lead(curves)
    made = page(Words(title, lead, foot(outcome)), STEPS_HIGH + BELOW)
    right = max([wide(label, TEXT, "bold") for label, *_rest in curves], default=0) + 2 * GAP
    axes = made.axes(LEFT, 0.1, ROOM - LEFT - right, STEPS_HIGH)
    _frame(axes, curves)
    if len(curves) > 1 and len(today) == len(after):
        low, high = (_across(levels) for levels in (today, after))
        axes.fill_between(low[0], low[1], high[1], step="post", color=PALE, linewidth=0)
    for _label, levels, colour in curves:
        axes.step(*_across(levels), where="post", color=colour, linewidth=2.2)
    ends = [float(100 * levels[-1][0]) for _label, levels, _colour in curves]
    for (label, levels, colour), y in zip(curves, apart(ends, _line(axes)), strict=True):
        put(axes, len(levels), y, f" {label}", color=colour, weight="bold", va="center_baseline")
    said = [_profile_said(label, levels) for label, levels, _colour in curves]
    return finished(made.figure, title, lead, *said, *foot(outcome))


def _profile_title(today: Sequence[Level], after: Sequence[Level], year: str) -> str:
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


def _profile_said(label: str, levels: Sequence[Level]) -> str:
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
    return high(TEXT) * (top - low) / STEPS_HIGH
