"""Many plans at once: scenarios side by side, sweeps, trade-offs, and other plans that are as good."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rebalance.analysis import alternatives_search, frontier_search, sweep_cases
from rebalance.analysis import compare as comparing
from rebalance.analysis.alternatives import Alternatives
from rebalance.analysis.cases import Answered, Case, answered
from rebalance.analysis.compare import Comparison
from rebalance.analysis.frontier import Frontier
from rebalance.analysis.gathered import gathered, gathered_close
from rebalance.analysis.sweep import Line, Sweep
from rebalance.analysis.sweep_cases import Point, line
from rebalance.api.cases import Axes, points_of
from rebalance.api.named import named
from rebalance.api.progress import Watch, watch_for
from rebalance.api.run import keeping, runner
from rebalance.fault import FaultsError
from rebalance.goals.goal import Goal, Slack
from rebalance.plans.outcome import Outcome, scenario_of
from rebalance.scenario.codec import UnfitError, slack
from rebalance.scenario.given import slack_given
from rebalance.scenario.parts import goal_name, goals_from
from rebalance.scenario.scenario import Scenario
from rebalance.scenario.settings import Settings
from rebalance.text import _


class NoReferenceError(ValueError):
    """There is no plan to stay close to; `name` is that of the scenario without one."""

    def __init__(self, name: str) -> None:
        """Say so."""
        super().__init__(_("{name} has no plan to stay close to.").format(name=name))
        self.name = name


def compare(
    those: Sequence[Outcome | Scenario | Path | str],
    *,
    close: bool = False,
    limit: float | None = None,
    workers: int | None = 1,
    on: str = "",
    store: Path | str | None = None,
    fresh: bool = False,
    failed: Callable[[str], None] | None = None,
    watch: Watch | None = None,
    quiet: bool = False,
) -> Comparison:
    """Set outcomes side by side; scenarios among them are solved first.

    Args:
        those: outcomes and scenarios, or the names of files and folders with some, or numbers of runs in the store;
            the first is the one the others are compared with.
        close: settle what the goals leave open as close to the first plan as can be, so that no difference is a tie.
        limit: seconds for each scenario.
        workers: so many processes (None: one for each core). In a program, guard with `if __name__ == "__main__"`.
        on: the address of a Dask cluster's scheduler, where they are solved instead.
        store: a file in which runs are kept, and found again.
        fresh: solve again what is in the store.
        failed: is told of every scenario that could not be solved, which is then left out (none: it is an error).
        watch: who is told how far things are (none: whoever looks at the notebook or terminal).
        quiet: show no progress.

    Raises:
        FaultsError: something that is named cannot be read.
        MisuseError: something that is named is nothing of the kind.
        ValueError: a scenario could not be solved, or there is no plan to stay close to (`NoReferenceError`).
    """
    asked, kept, told = named(those, store), keeping(store, fresh=fresh), watch_for(watch, quiet=quiet)

    def solving(cases: Sequence[Case]) -> Iterator[tuple[int, Answered]]:
        where = runner([case.scenario for case in cases], workers, on)
        return told.answers(answered(cases, where, kept), len(cases))

    found = (gathered_close if close else gathered)(asked, solving, limit)
    message = _("{name}: not solved: {trouble}")
    troubles = [message.format(name=one.case.name, trouble=one.trouble) for one in found.failed]
    if failed is not None:
        for trouble in troubles:
            failed(trouble)
    elif troubles:
        raise ValueError("\n".join(troubles))
    if close and not (found.outcomes and found.outcomes[0].plan):
        raise NoReferenceError(str(scenario_of(asked[0])))
    return comparing.compare(found.in_order)


def sweep(
    scenario: Scenario | Sequence[Outcome | Scenario | Path | str],
    settings: Axes | Sequence[Settings] | None = None,
    *,
    cases: Path | str | None = None,
    counties: Sequence[Path | str] = (),
    draws: int | None = None,
    seed: int = 0,
    limit: float | None = None,
    workers: int | None = 1,
    on: str = "",
    store: Path | str | None = None,
    fresh: bool = False,
    watch: Watch | None = None,
    quiet: bool = False,
) -> Sweep:
    """Solve many cases of a scenario, or of several. Stopped, it keeps those that are done.

    Args:
        scenario: what is changed in each case; or several scenarios, which may be named as in `compare`.
        settings: values by place, of which every combination is a case:
            `{"rules.cut_above_add_below.share": "0.05..0.30/0.05"}`, or a list of values; or a list of cases, each
            with one value a place. Floats are refused, as they are not exact: write "0.05".
        cases: a CSV file with a column for each place and a row for each case; a column `name` names them.
        counties: packages of counties, or folders of them, to solve it for instead of its own.
        draws: so many random combinations instead of all.
        seed: which draws.
        limit: seconds for each case.
        workers: so many processes (None: one for each core). In a program, guard with `if __name__ == "__main__"`.
        on: the address of a Dask cluster's scheduler, where they are solved instead.
        store: a file in which runs are kept, and found again: a sweep that was stopped goes on.
        fresh: solve again what is in the store.
        watch: who is told how far things are (none: whoever looks at the notebook or terminal).
        quiet: show no progress.

    Raises:
        FaultsError: not one case can be asked, or the file of cases cannot be read.
        MisuseError: there would be too many cases, or something that is named is no scenario.
        ValueError: values cannot be understood.
    """
    given = [scenario] if isinstance(scenario, Scenario) else named(scenario, store)
    file, packages = None if cases is None else Path(cases), list(map(Path, counties))
    points = points_of(
        list(map(scenario_of, given)), settings or {}, cases=file, counties=packages, draws=draws, seed=seed
    )
    possible = [one.scenario for one in points if one.scenario is not None]
    if not possible:
        raise FaultsError(list(dict.fromkeys(fault for one in points for fault in one.faults)))
    coming = sweep_cases.sweep(points, runner(possible, workers, on), keeping(store, fresh=fresh), limit)
    done, stopped = _done(points, watch_for(watch, quiet=quiet).answers(coming, len(possible)))
    kept = [n for n, one in enumerate(points) if n in done or one.scenario is None]
    return Sweep(tuple(done[n] if n in done else line(points[n], None) for n in kept), stopped, len(done), len(points))


def _done(points: Sequence[Point], coming: Iterator[tuple[int, Answered]]) -> tuple[dict[int, Line], bool]:
    """The lines by number, and whether somebody stopped before they were complete; plans are not held on to."""
    found: dict[int, Line] = {}
    try:
        found.update((number, line(points[number], answer)) for number, answer in coming)
    except KeyboardInterrupt:
        return found, True
    return found, False


def frontier(
    scenario: Scenario,
    goals: Sequence[str | Mapping[str, Any] | Goal],
    *,
    limit: float | None = None,
    watch: Watch | None = None,
    quiet: bool = False,
) -> Frontier:
    """The trade-off between two or three goals of a scenario, every point of it proven. Stopped, it keeps its points.

    A goal is named, and then has the options the scenario gives it; or is given with its options, as in a scenario
    file, or as itself. Of a goal that looks at the worst first, the worst counts. Goals that the scenario ranks before
    the first of them are brought to their best and held there.

    Args:
        scenario: what is asked.
        goals: two or three.
        limit: seconds in all.
        watch: who is told how far things are (none: whoever looks at the notebook or terminal).
        quiet: show no progress.

    Raises:
        FaultsError: with everything wrong with the options of a goal.
        MisuseError: fewer than two goals or more than three, one of them twice, or one that has nothing to trade.
    """
    tables = {place: one for place, one in enumerate(goals) if isinstance(one, Mapping)}
    made = dict(zip(tables, goals_from(list(tables.values()), "GOAL"), strict=False))
    wanted = frontier_search.traded(
        scenario, [made[place] if isinstance(one, Mapping) else one for place, one in enumerate(goals)]
    )
    told = watch_for(watch, quiet=quiet)
    with told.goals(frontier_search.above(scenario, wanted)) as progress:
        return frontier_search.frontier(
            scenario, wanted, limit=limit, progress=progress, told=lambda point: told.found(point.heard(wanted))
        )


def alternatives(
    scenario: Scenario,
    count: int = 3,
    *,
    slack: Mapping[str, Slack | str | int] | Slack | str | int | None = None,
    limit: float | None = None,
    watch: Watch | None = None,
    quiet: bool = False,
) -> Alternatives:
    """The best plan and up to `count` others, each as far as can be from those before it. Stopped, it keeps those.

    Args:
        scenario: what is asked.
        count: how many others.
        slack: how much worse than its best every goal may be, or by the name of the goal: a whole number or "2 %".
        limit: seconds in all.
        watch: who is told how far things are (none: whoever looks at the notebook or terminal).
        quiet: show no progress.

    Raises:
        ValueError: a slack that is none, or of a goal that the scenario does not have.
    """
    given, told = slack_given(scenario.goals, slack), watch_for(watch, quiet=quiet)
    with told.goals(scenario.goals) as progress:
        return alternatives_search.alternatives(
            scenario, count, slack=given, limit=limit, progress=progress, told=lambda other: told.found(other.heard)
        )


def is_slack(given: str | int) -> bool:
    """Whether a goal in a scenario file could have it as its slack."""
    try:
        slack(given, Slack)
    except UnfitError:
        return False
    return True


def goal_names(scenario: Scenario) -> list[str]:
    """The names of a scenario's goals, in order of rank."""
    return [goal_name(goal) for goal in scenario.goals]
