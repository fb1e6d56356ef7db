"""A province of synthetic counties of the usual size, each with every rule and every goal: what a nation would take."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, quantiles, stdev

from benchmarks.generator import generate, scenario
from benchmarks.peak import megabytes
from benchmarks.report import heading, table
from benchmarks.solving import COUNTY, say
from rebalance.analysis.processes import cores
from rebalance.analysis.runners import Lost, Pool
from rebalance.plans.audit import audit
from rebalance.plans.recorded import outcome_to_json
from rebalance.solver.lexicographic import solve

LIMIT = 60.0
"""Seconds for a county, as a planner in a hurry would set them; the last goals may then be unproven."""

NATION, MACHINES, DAY = 2800, 1000, 86400.0


@dataclass(frozen=True, slots=True)
class County:
    """A county done: seconds of a core, goals proven, what the audit says, and the peak memory of its process."""

    seconds: float
    proven: int
    goals: int
    lawful: bool
    megabytes: int


def one(seed: int) -> County:
    """Make a county, solve it with all goals, audit the plan and write it down."""
    start = time.process_time()
    asked = scenario(generate(*COUNTY, seed=seed))
    outcome = solve(asked, limit=LIMIT)
    lawful = outcome.plan is not None and audit(asked, outcome.plan, outcome.goals).lawful
    outcome_to_json(outcome)
    seconds, proven = time.process_time() - start, sum(result.proven for result in outcome.goals)
    return County(seconds, proven, len(asked.goals), lawful, megabytes())


def province(count: int) -> None:
    """Counties on all cores: how many a minute and core, memory, and from that, with the spread, the whole nation."""
    say(f"a province of {count} counties, at most {LIMIT:.0f} s each")
    start = time.perf_counter()
    answers = [answer for _number, answer in Pool().run(one, range(count))]
    clock = time.perf_counter() - start
    found = [answer for answer in answers if not isinstance(answer, Lost)]
    size = " x ".join(map(str, COUNTY))
    heading(
        f"A province: {count} counties of {size}, all rules and goals, at most {LIMIT:.0f} s each",
        "Seconds of the processor, from making the county to writing its plan; on the clock other work disturbs.",
    )
    table(["", ""], [[name, value] for name, value in (*_counties(found, count), *_nation(found, clock, count))])


def _counties(found: Sequence[County], count: int) -> list[tuple[str, str]]:
    seconds = [county.seconds for county in found]
    low, *_middle, high = quantiles(seconds, n=10) if len(seconds) > 1 else (seconds * 2)
    goals = found[0].goals if found else 0
    return [
        ("counties with a lawful plan", f"{sum(county.lawful for county in found)} of {count}"),
        ("with every goal proven", f"{sum(county.proven == goals for county in found)} of {count}"),
        ("goals proven, mean", f"{fmean(county.proven for county in found):.1f} of {goals}"),
        ("seconds a county: mean", f"{fmean(seconds):.1f}"),
        ("a tenth takes less than", f"{low:.1f}"),
        ("a tenth takes more than", f"{high:.1f}"),
        ("the longest", f"{max(seconds):.1f}"),
        ("peak memory of a process, MB", f"{max(county.megabytes for county in found)}"),
    ]


def _nation(found: Sequence[County], clock: float, count: int) -> list[tuple[str, str]]:
    """The sum over so many counties: the mean is known up to its own error, twice that is given either way."""
    seconds = [county.seconds for county in found]
    error = 2 * stdev(seconds) / len(seconds) ** 0.5 if len(seconds) > 1 else float("inf")
    minutes = max(NATION * fmean(seconds) / MACHINES, *seconds) / 60
    return [
        ("counties a minute and core, by the processor", f"{60 / fmean(seconds):.2f}"),
        ("... by the clock", f"{60 * count / clock / cores():.2f}"),
        (f"{NATION:,} counties, days of one core", f"{_days(fmean(seconds))} ± {_days(error)}"),
        (f"... minutes of {MACHINES:,} cores, at best", f"{minutes:.1f}"),
    ]


def _days(seconds: float) -> str:
    return f"{NATION * seconds / DAY:.2f}"
