"""Before and after: the positions of each township as a bar, and beside it how much of its work they cover."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from rebalance.analysis.compare import distinct
from rebalance.figures.colours import GRID, INK, MARKERS, NEW, PAPER, SERIES, SITTING, SOFT, TODAY
from rebalance.figures.page import GAP, ROOM, WIDTH, Key, Page, Picture, Words, finished, foot, mark, page, plan_of, put
from rebalance.figures.style import SMALL, TEXT, bare, cut, look, named, wide
from rebalance.model.plan import Plan
from rebalance.plans.outcome import Outcome
from rebalance.tables.townships import Taker, shares, takers
from rebalance.text import _, listed, parted, percent

HIGH, BELOW = 0.235, 0.42
"""A row, and what stands below the last one: figures of the axis and its label; in inches."""

NAMES, FIGURE = 2.1, 0.6
"""No more room for names than this; room for the figure of a share."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A page with names down its left side."""

    page: Page
    left: float
    count: int
    high: float

    def panel(self, start: float, end: float, label: str) -> Axes:
        """Axes to the right of the names, between two parts of that room; row 0 is on top."""
        room = ROOM - self.left
        axes = self.page.axes(self.left + start * room, 0, (end - start) * room, self.high * self.count)
        bare(axes, "x")
        axes.set_ylim(max(self.count, 1) - 0.5, -0.5)
        axes.set_yticks([])
        wide_ = (end - start) * room
        axes.xaxis.set_major_locator(MaxNLocator(max(2, round(wide_ * 1.5)), steps=[1, 2, 5, 10], integer=True))
        axes.set_xlabel(cut(label, wide_ + GAP), loc="left")
        return axes


def rows(words: Words, names: Sequence[str], high: float = HIGH) -> Rows:
    """A row for each name, so many inches high."""
    shown = [cut(name, NAMES, TEXT) for name in names]
    left = max([wide(name, TEXT) for name in shown], default=0) + 1.5 * GAP
    made = page(words, high * len(names) + BELOW)
    paper = made.free()
    for number, name in enumerate(shown):
        put(paper, 0, high * (number + 0.5), name, color=INK, va="center_baseline")
    return Rows(made, left, len(names), high)


def pair(axes: Axes, shares: Sequence[tuple[Fraction | None, Fraction | None]]) -> None:
    """Two shares a row, joined: the first a ring, the second a dot, the figure of each on its outer side."""
    span(axes, [float(100 * share) for each in shares for share in each if share is not None], FIGURE)
    for row, (before, after) in enumerate(shares):
        ends = [(before, SOFT)] if before is not None else []
        ends += [(after, NEW)] if after is not None else []
        spots = [(float(100 * share), row) for share, _colour in ends]
        axes.plot([x for x, _row in spots], [row] * len(spots), color=GRID, linewidth=3, zorder=1)
        outer = ["left", "right"] if len(spots) > 1 and spots == sorted(spots) else ["right", "left"]
        for spot, (share, colour), side in zip(spots, ends, outer, strict=False):
            mark(axes, spot, colour, hollow=colour == SOFT)
            _beside(axes, spot, percent(share), side, colour)


def _beside(axes: Axes, spot: tuple[float, int], text: str, side: str, colour: str) -> None:
    """A figure on one side of a point."""
    away, ha = (-6, "right") if side == "left" else (6, "left")
    axes.annotate(
        text, spot, (away, 0), textcoords="offset points", fontsize=SMALL, color=colour, ha=ha, va="center_baseline"
    )


def span(axes: Axes, shares: Sequence[float], room: float = 0.12) -> None:
    """From the least to the most, in percent, with so many inches to spare on both sides."""
    low, high = min(shares, default=0), max(shares, default=100)
    low = min(low, high - 5)
    wide_ = axes.get_position().width * WIDTH
    more = (high - low) * room / (wide_ - 2 * room)
    axes.set_xlim(low - more, high + more)
    axes.set_xticks([tick for tick in axes.get_xticks() if 0 <= tick <= max(high, 100) and low - more <= tick])


THICK = 0.62
"""How much of a row its bar fills."""


@look()
def before_after(outcome: Outcome) -> Picture:
    """Positions of each township today and at the end, what is new there apart from what was already sitting there.

    Raises:
        ValueError: the outcome has no plan.
    """
    plan = plan_of(outcome)
    found = sorted(takers(plan), key=lambda one: (-one.after, one.township))
    title, lead, last = _title(plan, found), _lead(found), plan.problem.last
    covered = shares(plan)
    key = [Key(TODAY, _("today"))]
    key += [Key(SITTING, _("was already sitting here"))] if any(one.stations for one in found) else []
    key += [Key(NEW, _("new here"))] if any(one.new for one in found) else []
    some = any(share is not None for each in covered.values() for share in each)
    if some:
        key.append(Key(SOFT, _("covered today"), "o", hollow=True))
        key.append(Key(NEW, _("covered in {year}").format(year=last), "o"))
    made = rows(Words(title, lead, foot(outcome), key), [plan.problem.name(one.township) for one in found])
    _bars(made.panel(0, 0.58 if some else 1, _("positions")), found)
    if some:
        pair(made.panel(0.6, 1, _("work covered, %")), [covered[one.township] for one in found])
    return finished(made.page.figure, title, lead, *_said(plan, found), *foot(outcome))


def _title(plan: Plan, found: Sequence[Taker]) -> str:
    before, after = sum(one.today for one in found), sum(one.after for one in found)
    if before == after:
        return _("Townships keep as many positions as they have: {count}").format(count=before)
    text = _("Townships go from {before} positions today to {after} in {year}")
    return text.format(before=before, after=after, year=plan.problem.last)


def _lead(found: Sequence[Taker]) -> str:
    text = _(
        "Townships that gain: {takers} of {townships}. Positions new here: {new}; with stations that were already"
        " sitting here: {sat}."
    )
    return text.format(
        takers=sum(one.after > one.today for one in found),
        townships=len(found),
        new=sum(one.new for one in found),
        sat=sum(one.stations for one in found),
    )


def _said(plan: Plan, found: Sequence[Taker]) -> list[str]:
    text = _("{township}: {before} to {after}, of these new here {new}, already sitting here {sat}.")
    return [
        text.format(
            township=plan.problem.name(one.township),
            before=one.today,
            after=one.after,
            new=one.new,
            sat=one.stations,
        )
        for one in found
    ]


def _bars(axes: Axes, found: Sequence[Taker]) -> None:
    longest = max([max(one.today, one.after) for one in found], default=0) or 1
    axes.set_xlim(0, longest * 1.3)
    ends = [0] * len(found)
    for part, colour, edge, hatch in _parts(found):
        axes.barh(range(len(found)), part, THICK, ends, color=colour, edgecolor=edge, linewidth=0.5, hatch=hatch)
        ends = [end + count for end, count in zip(ends, part, strict=True)]
    for row, (one, end) in enumerate(zip(found, ends, strict=True)):
        label = f"{one.today} → {one.after}" if one.today != one.after else str(one.after)
        put(axes, end + longest * 0.015, row, label, fontsize=SMALL, color=INK, va="center_baseline")


def _parts(found: Sequence[Taker]) -> Iterator[tuple[list[int], str, str, str]]:
    """What bars are made of, from the left, with colour, edge and hatch: the last is what a township gives away."""
    yield [one.today + min(0, one.new) for one in found], TODAY, PAPER, ""
    yield [one.stations for one in found], SITTING, PAPER, ""
    yield [max(0, one.new) for one in found], NEW, PAPER, ""
    yield [max(0, -one.new) for one in found], PAPER, SOFT, "///"


ASIDE = 0.105
"""How far marks of several outcomes stand below one another: none touches the next; in inches."""

Shares = Mapping[str, Fraction | None]


@look()
def coverage(*outcomes: Outcome) -> Picture:
    """How much of the work of each township is covered: today, and at the end under each of the outcomes.

    Raises:
        ValueError: none is given, or more than can be told apart; or one has no plan.
    """
    if not 0 < len(outcomes) <= len(SERIES):
        message = _("so many outcomes cannot be told apart (got {count}). Accepted: 1 to {most}.")
        raise ValueError(message.format(count=len(outcomes), most=len(SERIES)))
    found = [shares(plan_of(outcome)) for outcome in outcomes]
    today: Shares = {township: pair[0] for township, pair in found[0].items()}
    ends: list[Shares] = [{township: pair[1] for township, pair in one.items()} for one in found]
    labels = _labels(outcomes)
    order = sorted(_busy(today, ends), key=lambda township: (_least(township, ends), township))
    names = [next(named(str(_named(one, t))) for one in outcomes if t in one.scenario.problem.township) for t in order]
    title, lead = (
        _coverage_title(today, ends, labels),
        _("How much of its work each township can cover; the worst off first."),
    )
    made = rows(Words(title, lead, foot(*outcomes), _key(today, labels)), names, _high(len(ends)))
    axes = made.panel(0, 1, _("work covered, %"))
    if len(ends) == 1:
        pair(axes, [(today.get(township), ends[0][township]) for township in order])
    else:
        _draw(axes, order, today, ends)
    return finished(made.page.figure, title, lead, *_coverage_said(order, names, today, ends, labels), *foot(*outcomes))


def _named(outcome: Outcome, township: str) -> str:
    return outcome.scenario.problem.name(township)


def _labels(outcomes: Sequence[Outcome]) -> list[str]:
    """What each outcome is called: its scenario, or where there is only one, its last year."""
    if len(outcomes) == 1:
        return [str(outcomes[0].scenario.problem.last)]
    return list(distinct([named(str(outcome.scenario)) for outcome in outcomes]))


def _busy(today: Shares, ends: Sequence[Shares]) -> list[str]:
    """The townships of which anything is known."""
    return list(dict.fromkeys(t for one in (today, *ends) for t, share in one.items() if share is not None))


def _least(township: str, ends: Sequence[Shares]) -> Fraction:
    return min((share for one in ends if (share := one.get(township)) is not None), default=Fraction(2))


def _high(count: int) -> float:
    """How high a row is that so many outcomes share, and today."""
    return max(HIGH, ASIDE * (count + 1.8))


def _known(shares_: Shares) -> bool:
    return any(share is not None for share in shares_.values())


def _worst(shares_: Shares) -> str:
    return percent(min((share for share in shares_.values() if share is not None), default=Fraction(1)))


def _coverage_title(today: Shares, ends: Sequence[Shares], labels: Sequence[str]) -> str:
    if not any(map(_known, ends)):
        return _("No township has work that could be covered")
    if len(ends) == 1 and _known(today):
        text = _("Worst-off township: {before} covered today, {after} in {year}")
        return text.format(before=_worst(today), after=_worst(ends[0]), year=labels[0])
    if len(labels) > 1 and len(worst := set(map(_worst, ends))) == 1:
        return _("Worst-off township: {share} covered in every scenario").format(share=worst.pop())
    text = _("{share} ({scenario})")
    each = parted(text.format(share=_worst(one), scenario=label) for label, one in zip(labels, ends, strict=True))
    return _("Work covered in the worst-off township: {each}").format(each=each)


def _key(today: Shares, labels: Sequence[str]) -> list[Key]:
    first = [Key(SOFT, _("today"), "o", hollow=True)] if _known(today) else []
    return [*first, *(Key(c, label, m) for c, label, m in zip(SERIES, labels, MARKERS, strict=False))]


def _draw(axes: Axes, order: Sequence[str], today: Shares, ends: Sequence[Shares]) -> None:
    drawn = {t: [float(100 * share) for one in (today, *ends) if (share := one.get(t)) is not None] for t in order}
    span(axes, [value for values in drawn.values() for value in values])
    step = ASIDE / _high(len(ends))
    for row, township in enumerate(order):
        axes.plot([min(drawn[township]), max(drawn[township])], [row, row], color=GRID, linewidth=3, zorder=1)
        if (share := today.get(township)) is not None:
            mark(axes, (float(100 * share), row - step * len(ends) / 2), SOFT, hollow=True)
        for number, one in enumerate(ends):
            if (share := one.get(township)) is not None:
                aside = step * (number + 1 - len(ends) / 2)
                mark(axes, (float(100 * share), row + aside), SERIES[number], MARKERS[number])


def _coverage_said(
    order: Sequence[str], names: Sequence[str], today: Shares, ends: Sequence[Shares], labels: Sequence[str]
) -> list[str]:
    found = []
    for township, name in zip(order, names, strict=True):
        each = [(_("today"), today), *zip(labels, ends, strict=True)]
        known = [(label, share) for label, one in each if (share := one.get(township)) is not None]
        shown = listed(f"{label} {percent(share)}" for label, share in known)
        found.append(f"{name}: {shown}.")
    return found
