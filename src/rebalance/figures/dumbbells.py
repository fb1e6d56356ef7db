"""Coverage of all townships: today and under one plan, or under several, a dot for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from matplotlib.axes import Axes

from rebalance.exploring.compare import distinct
from rebalance.figures.colours import GRID, MARKERS, SERIES, SOFT
from rebalance.figures.look import look
from rebalance.figures.measuring import named
from rebalance.figures.origin import foot, plan_of
from rebalance.figures.page import Key, Words, mark
from rebalance.figures.picture import Picture, finished
from rebalance.figures.rows import HIGH, pair, rows, span
from rebalance.outcome import Outcome
from rebalance.words import _
from rebalance.writing.numbers import percent
from rebalance.writing.strung import listed, parted
from rebalance.writing.townships import shares

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
    title, lead = _title(today, ends, labels), _("How much of its work each township can cover; the worst off first.")
    made = rows(Words(title, lead, foot(*outcomes), _key(today, labels)), names, _high(len(ends)))
    axes = made.panel(0, 1, _("work covered, %"))
    if len(ends) == 1:
        pair(axes, [(today.get(township), ends[0][township]) for township in order])
    else:
        _draw(axes, order, today, ends)
    return finished(made.page.figure, title, lead, *_said(order, names, today, ends, labels), *foot(*outcomes))


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


def _title(today: Shares, ends: Sequence[Shares], labels: Sequence[str]) -> str:
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


def _said(
    order: Sequence[str], names: Sequence[str], today: Shares, ends: Sequence[Shares], labels: Sequence[str]
) -> list[str]:
    found = []
    for township, name in zip(order, names, strict=True):
        each = [(_("today"), today), *zip(labels, ends, strict=True)]
        known = [(label, share) for label, one in each if (share := one.get(township)) is not None]
        shown = listed(f"{label} {percent(share)}" for label, share in known)
        found.append(f"{name}: {shown}.")
    return found
