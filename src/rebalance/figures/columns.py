"""Year by year: what has come down by the end of each year as a column, and below it who owns and who moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from rebalance.figures.colours import NEW, PAPER, SITTING, SOFT
from rebalance.figures.look import TEXT, bare, look
from rebalance.figures.measuring import cut, high
from rebalance.figures.origin import foot, plan_of
from rebalance.figures.page import GAP, ROOM, Key, Words, page, put
from rebalance.figures.picture import Picture, finished
from rebalance.outcome import Outcome
from rebalance.plan import Plan
from rebalance.words import _
from rebalance.writing.numbers import NOTHING
from rebalance.writing.strung import listed

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
