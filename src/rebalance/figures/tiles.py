"""Townships as tiles, coloured by how much of their work is covered; laid out as they lie where the county says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil, isqrt

from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import Rectangle

from rebalance.county.holders import Township
from rebalance.figures.colours import GRID, SOFT
from rebalance.figures.page import ROOM, Key, Picture, Words, finished, foot, page, plan_of, put
from rebalance.figures.style import SMALL, cut, high, ink_on, look, named, shade, wrapped
from rebalance.model.plan import Plan
from rebalance.plans.outcome import Outcome
from rebalance.tables.townships import shares
from rebalance.text import NOTHING, _, percent, run_on

WIDEST, TALL, SPACE, STRIP = 1.6, 0.9, 0.06, 0.13

LARGE, TINY = 11.0, 7.5

Spot = tuple[int, int]
"""A row from the top and a column from the left, from 0."""

FINE, COARSE, HALF = (60, 70, 80, 90, 95, 100), (20, 40, 60, 80, 100), 50
"""Where shades begin, in percent: if every township has at least half of its work covered, and if not."""

Steps = Sequence[int]

Shares = tuple[Fraction | None, Fraction | None]


@look()
def tiles(outcome: Outcome) -> Picture:
    """A tile for each township: its left edge coloured by coverage today, the rest by coverage at the end.

    Where the county's table gives `tile_row` and `tile_column`, tiles lie as townships do; or else in order of
    coverage, and the figure says that it is no map.

    Raises:
        ValueError: the outcome has no plan.
    """
    plan = plan_of(outcome)
    found = shares(plan)
    lying = spots(plan.problem.county.townships)
    placed = lying or _in_order(found)
    title, lead = _title(plan, found), _lead(plan, found, is_map=bool(lying))
    rows, columns = (max([spot[n] for spot in placed.values()], default=0) + 1 for n in (0, 1))
    wide = min(WIDEST, ROOM / columns)
    steps = _steps([share for each in found.values() for share in each if share is not None])
    made = page(Words(title, lead, foot(outcome), _key(steps)), rows * TALL)
    axes = made.free()
    for township, (row, column) in placed.items():
        place = column * wide, row * TALL, wide - SPACE
        _tile(axes, place, plan.problem.name(township), found[township], steps)
    said = [_said(plan.problem.name(township), found[township]) for township in placed]
    return finished(made.figure, title, lead, *said, *foot(outcome))


def spots(townships: Sequence[Township]) -> Mapping[str, Spot]:
    """Where the tiles lie, from the first row and column in use; empty unless every township has a place of its own."""
    given = {
        row.township: (row.tile_row, row.tile_column)
        for row in townships
        if row.tile_row is not None and row.tile_column is not None
    }
    if not given or len(set(given.values())) < len(townships):
        return {}
    top, left = (min(spot[n] for spot in given.values()) for n in (0, 1))
    return {township: (row - top, column - left) for township, (row, column) in given.items()}


def _in_order(found: Mapping[str, Shares]) -> Mapping[str, Spot]:
    """The worst off first, row by row."""
    order = sorted(found, key=lambda township: (_end(found[township]), township))
    most = min(8, ceil(len(order) / max(1, isqrt(len(order)))))
    return {township: divmod(number, max(1, most)) for number, township in enumerate(order)}


def _end(each: Shares) -> Fraction:
    return Fraction(2) if each[1] is None else each[1]


def _title(plan: Plan, found: Mapping[str, Shares]) -> str:
    ends = [each[1] for each in found.values() if each[1] is not None]
    if not ends:
        return _("No township has work that could be covered")
    full = sum(share >= 1 for share in ends)
    text = _("Fully covered in {year}: {full} of {count} townships; lowest {lowest}")
    return text.format(year=plan.problem.last, full=full, count=len(ends), lowest=percent(min(ends)))


def _lead(plan: Plan, found: Mapping[str, Shares], *, is_map: bool) -> str:
    where = (
        _("Each township is a tile, roughly where it lies: a sketch, not a map.")
        if is_map
        else _("Not a map: the tiles stand in order of coverage, the worst off first.")
    )
    how = _("The darker, the more of the work is covered in {year}.").format(year=plan.problem.last)
    edge = _("The left edge: today.") if any(each[0] is not None for each in found.values()) else ""
    return run_on(filter(None, (where, how, edge)))


def _tile(axes: Axes, place: tuple[float, float, float], name: str, each: Shares, steps: Steps) -> None:
    """The tile, in what it is today and will be; its name, its figure, and today's."""
    left, top, wide = place
    today, end = each
    edge = wide * STRIP if today is not None else 0
    colour = shade(_depth(end, steps)) if end is not None else to_rgb(GRID)
    tall = TALL - SPACE
    axes.add_patch(Rectangle((left, top), wide, tall, facecolor=colour, linewidth=0))
    if today is not None:
        axes.add_patch(Rectangle((left, top), edge, tall, facecolor=shade(_depth(today, steps)), linewidth=0))
    axes.add_patch(Rectangle((left, top), wide, tall, fill=False, edgecolor=SOFT, linewidth=0.5))
    ink, x, room = ink_on(colour), left + edge + SPACE, wide - edge - 2 * SPACE
    lines = wrapped(name, room, SMALL, most=2)
    put(axes, x, top + SPACE, "\n".join(lines), fontsize=SMALL, color=ink, va="top")
    shown = percent(end) if end is not None else NOTHING
    bottom = top + TALL - 2 * SPACE
    if today is not None:
        was = cut(_("today {share}").format(share=percent(today)), room, TINY)
        put(axes, x, bottom, was, fontsize=TINY, color=ink, va="bottom")
        bottom -= high(TINY)
    put(axes, x, bottom, cut(shown, room, LARGE, "bold"), fontsize=LARGE, weight="bold", color=ink, va="bottom")


def _steps(found: Sequence[Fraction]) -> Steps:
    """The shares, in percent, at which the next shade begins: closer together where nearly all is covered."""
    low = 100 * min(found, default=Fraction(1))
    return [step for step in (FINE if low >= HALF else COARSE) if step > low]


def _depth(share: Fraction, steps: Steps) -> Fraction:
    """How dark: pale below the first step, darkest from the last on."""
    return Fraction(sum(100 * share >= step for step in steps), len(steps)) if steps else Fraction(1)


def _key(steps: Steps) -> list[Key]:
    """What each shade stands for."""
    texts = [f"< {step} %" for step in steps[:1]]
    texts += [f"{step}–{following} %" for step, following in pairwise(steps)] + [f"{step} %" for step in steps[-1:]]
    return [Key(to_hex(shade(Fraction(n, len(steps)))), text) for n, text in enumerate(texts)]


def _said(name: str, each: Shares) -> str:
    today, end = (NOTHING if share is None else percent(share) for share in each)
    return _("{township}: {after}, today {before}.").format(township=named(name), after=end, before=today)
