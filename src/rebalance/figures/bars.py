"""Before and after: the positions of each township as a bar, and beside it how much of its work they cover."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matplotlib.axes import Axes

from rebalance.figures.colours import INK, NEW, PAPER, SITTING, SOFT, TODAY
from rebalance.figures.look import SMALL, look
from rebalance.figures.origin import foot, plan_of
from rebalance.figures.page import Key, Words, put
from rebalance.figures.picture import Picture, finished
from rebalance.figures.rows import pair, rows
from rebalance.outcome import Outcome
from rebalance.plan import Plan
from rebalance.words import _
from rebalance.writing.townships import Taker, shares, takers

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
