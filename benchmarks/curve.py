"""How good a plan is that has so little time: limits from a second up, in processor time, as on an idle core."""

from __future__ import annotations

import gc
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullLocator, StrMethodFormatter

from benchmarks.generator import all_goals, generate, scenario
from benchmarks.outside import BASELINE, ROOT
from benchmarks.report import heading, table
from benchmarks.solving import COUNTY, SMALL, say
from rebalance.figures.colours import MARKERS, SERIES
from rebalance.figures.page import EDGE, ROOM, Key, Picture, Words, finished, mark, page
from rebalance.figures.style import look
from rebalance.scenario.read import read_scenario
from rebalance.scenario.scenario import Scenario
from rebalance.solver.engine import Clock
from rebalance.solver.lexicographic import by_clock
from rebalance.text import NOTHING, percent

LIMITS = (1, 2, 3, 5, 8, 13, 20, 30)
PICTURE = ROOT / "docs" / "pictures" / "curve.svg"


@dataclass(frozen=True, slots=True)
class Spot:
    """What a limit gave: the lowest coverage of a township (None: there is no plan), and goals proven, of all."""

    limit: int
    seconds: float
    worst: Fraction | None
    proven: int
    goals: int


def curve(*, quick: bool) -> None:
    """The lowest coverage that plans come to within limits of one second up, and how many goals are proven."""
    counties = {"Langxi": read_scenario(BASELINE), _named(COUNTY): scenario(generate(*COUNTY), all_goals())}
    if quick:
        counties = {_named(SMALL): scenario(generate(*SMALL), all_goals())}
    found = {
        name: [_spot(name, asked, limit) for limit in LIMITS[: 2 if quick else None]]
        for name, asked in counties.items()
    }
    heading("Quality over time", "Limits in seconds of the processor; the lowest coverage of a township at the end.")
    rows = [
        [name, str(spot.limit), f"{spot.seconds:.1f}", _said(spot), f"{spot.proven} of {spot.goals}"]
        for name, spots in found.items()
        for spot in spots
    ]
    table(["county", "limit", "seconds", "lowest coverage", "goals proven"], rows)
    if not quick:
        drawn(found).save(PICTURE)


def _named(size: Sequence[int]) -> str:
    return " × ".join(map(str, size))


def _spot(name: str, asked: Scenario, limit: int) -> Spot:
    say(f"{name}, {limit} s")
    gc.collect()
    found = by_clock(asked, Clock(limit, time.process_time))
    levels = found.goals[0].value if found.goals else None
    worst = levels[0][0] if isinstance(levels, tuple) and levels else None
    return Spot(limit, found.seconds, worst, sum(one.proven for one in found.goals), len(asked.goals))


def _said(spot: Spot) -> str:
    return NOTHING if spot.worst is None else percent(spot.worst)


TITLE = "How good a plan is after a few seconds"
LEAD = (
    "Lowest coverage of a township, in %, by time limit in seconds of an idle core. Filled: every goal is proven."
    " No mark: no lawful plan yet."
)
HEIGHT, LEFT, BELOW = 2.6, 0.45, 0.45


@look()
def drawn(found: Mapping[str, Sequence[Spot]]) -> Picture:
    """A line for each county; a mark is hollow where not every goal is proven."""
    keys = [Key(colour, name, form) for name, colour, form in zip(found, SERIES, MARKERS, strict=False)]
    made = page(
        Words(TITLE, LEAD, ["Langxi is real, its figures are made up; so are those of the other county."], keys), HEIGHT
    )
    axes = made.axes(LEFT, 0, ROOM - LEFT - EDGE, HEIGHT - BELOW)
    for spots, colour, form in zip(found.values(), SERIES, MARKERS, strict=False):
        _line(axes, spots, colour, form)
    axes.set(xscale="log", xlabel="time limit, seconds")
    axes.xaxis.set_major_locator(FixedLocator(LIMITS))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(StrMethodFormatter("{x:.0f}"))
    said = (
        f"{name}: " + ", ".join(f"{spot.limit} s {_said(spot)}" for spot in spots) + "."
        for name, spots in found.items()
    )
    return finished(made.figure, TITLE, LEAD, *said)


def _line(axes: Axes, spots: Sequence[Spot], colour: str, form: str) -> None:
    known = [
        (spot.limit, float(100 * spot.worst), spot.proven == spot.goals) for spot in spots if spot.worst is not None
    ]
    axes.plot(
        [limit for limit, _worst, _all in known], [worst for _limit, worst, _all in known], color=colour, linewidth=1.2
    )
    for limit, worst, whole in known:
        mark(axes, (limit, worst), colour, form, hollow=not whole)
