"""Solving one county in three ways: our engine, the straightforward model, a second solver on our formulation."""

from __future__ import annotations

import sys

from benchmarks.contest import HIGHS, OURS, PAIRS, Finish, contest
from benchmarks.generator import all_goals, generate, scenario
from benchmarks.report import heading, standings
from rebalance.goals.few_people_moved import FewPeopleMoved
from rebalance.goals.few_units_touched import FewUnitsTouched
from rebalance.goals.fill_shortages import FillShortages
from rebalance.goals.goal import Goal
from rebalance.goals.serve_early import ServeEarly
from rebalance.goals.spare_the_units import SpareTheUnits

Size = tuple[int, int, int, int]
COUNTY: Size = (60, 10, 3, 3)
SMALL: Size = (12, 4, 2, 2)
TINY: Size = (5, 2, 2, 2)
LARGE: Size = (200, 30, 3, 3)
SCALAR: tuple[Goal, ...] = (FillShortages(), FewPeopleMoved(), FewUnitsTouched(), ServeEarly())
EVERY_LEVEL: tuple[Goal, ...] = (FillShortages(), SpareTheUnits(depth=0))


def say(text: str) -> None:
    """What is going on, to those who wait."""
    print(f"... {text}", file=sys.stderr, flush=True)


def compared(title: str, size: Size, goals: tuple[Goal, ...], limits: dict[str, float], runs: int) -> dict[str, Finish]:
    """Solve a synthetic county in the ways that have a limit, and show the seconds goal by goal."""
    asked = scenario(generate(*size), goals)
    finishes = contest(asked, limits, runs, lambda text: say(f"{title}: {text}"))
    heading(f"{title}: {' x '.join(map(str, size))}")
    standings(finishes)
    return finishes


def all_goals_small(*, quick: bool) -> None:
    """All eight goals on a county small enough for every way to come to an end (same three ways)."""
    limit = 8.0 if quick else 60.0
    limits = {OURS: limit, PAIRS: limit, HIGHS: limit}
    compared("All goals, small county", TINY if quick else SMALL, all_goals(), limits, 1 if quick else 3)


def all_goals_county(*, quick: bool) -> None:
    """All eight goals on a county of the usual size, one core: ours, the straightforward model, HiGHS."""
    size, limit = (SMALL, 8.0) if quick else (COUNTY, 75.0)
    limits = {OURS: 2 * limit, PAIRS: limit, HIGHS: limit}
    compared("All goals", size, all_goals(), limits, 1 if quick else 3)


def scalar_goals(*, quick: bool) -> None:
    """The four goals that are one number (no leximin), same three ways. An early prototype took 0.4 seconds."""
    size, limit = (SMALL, 4.0) if quick else (COUNTY, 30.0)
    compared("Scalar goals", size, SCALAR, {OURS: limit, PAIRS: limit, HIGHS: limit}, 1 if quick else 3)


def every_level(*, quick: bool) -> None:
    """`spare_the_units` to its last level after `fill_shortages`, same three ways. A prototype took 3.4 seconds."""
    size, limit = (SMALL, 4.0) if quick else (COUNTY, 40.0)
    compared("Units spared to the last level", size, EVERY_LEVEL, {OURS: limit, PAIRS: limit, HIGHS: limit}, 1)
