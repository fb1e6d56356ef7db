"""How a plan fares when figures turn out differently: a band of coverage for each township."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from rebalance.analysis.stress import Stress
from rebalance.figures.colours import MARKED, NEW, PAPER, SITTING
from rebalance.figures.page import Key, Picture, Words, finished, mark, scenario_foot
from rebalance.figures.style import look
from rebalance.figures.townships import rows, span
from rebalance.scenario.scenario import Scenario
from rebalance.text import _, percent

BOX, TICK = 0.5, 0.34
"""How high a box is, and half a tick; in rows."""

Band = tuple[str, Sequence[Fraction], Fraction | None]
"""A township's name, its coverage at the ends, a tenth in and in the middle of the cases, and as it was meant."""


@look()
def stress_bands(scenario: Scenario, stressed: Stress) -> Picture:
    """Coverage of each township over all cases: the whole range, eight cases in ten, the middle, and as meant."""
    problem = scenario.problem
    known = [(t, spread) for t in problem.townships if (spread := stressed.spread(t))]
    order = sorted(known, key=lambda each: (each[1][0], each[0]))
    found: list[Band] = [(problem.name(t), spread, stressed.meant.coverage.get(t)) for t, spread in order]
    title, lead = _title(stressed), _("Cases: {count}. Townships worst off in the worst case first.")
    lead = lead.format(count=len(stressed.found))
    note = _("Stopped; only these cases were solved.") if stressed.stopped else ""
    made = rows(Words(title, lead, scenario_foot(scenario, note), _key()), [name for name, *_rest in found])
    _draw(made.panel(0, 1, _("work covered, %")), found)
    return finished(made.page.figure, title, lead, *map(_said, found), *scenario_foot(scenario, note))


def _title(stressed: Stress) -> str:
    if stressed.worst is None:
        return _("There is no case with a plan")
    text = _("Worst-off township: {meant} covered as meant, {worst} at worst")
    return text.format(meant=percent(stressed.meant.worst), worst=percent(stressed.worst.worst))


def _key() -> list[Key]:
    return [
        Key(SITTING, _("over all cases")),
        Key(NEW, _("eight cases in ten, with the middle")),
        Key(MARKED, _("as meant"), "D"),
    ]


def _said(band: Band) -> str:
    name, (worst, _tenth, middle, _ninth, best), meant = band
    text = _("{township}: worst {worst}, middle {middle}, best {best}.")
    said = text.format(township=name, worst=percent(worst), middle=percent(middle), best=percent(best))
    return said if meant is None else f"{said} {_('As meant: {share}.').format(share=percent(meant))}"


def _draw(axes: Axes, found: Sequence[Band]) -> None:
    span(axes, [float(100 * share) for _name, spread, _meant in found for share in spread])
    for row, (_name, spread, meant) in enumerate(found):
        worst, tenth, middle, ninth, best = (float(100 * share) for share in spread)
        axes.plot([worst, best], [row, row], color=SITTING, linewidth=3, solid_capstyle="butt", zorder=1)
        axes.add_patch(Rectangle((tenth, row - BOX / 2), ninth - tenth, BOX, facecolor=NEW, linewidth=0, zorder=2))
        for colour, width, zorder in ((NEW, 3.5, 2), (PAPER, 1.5, 3)):
            axes.plot([middle, middle], [row - TICK, row + TICK], color=colour, linewidth=width, zorder=zorder)
        if meant is not None:
            mark(axes, (float(100 * meant), row), MARKED, "D")
