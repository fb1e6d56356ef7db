"""The cases of a sweep on their way: what is asked in each, the answers as they come, and the line each becomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rebalance.analysis.cases import NOWHERE, Answered, Case, Keeping, answered
from rebalance.analysis.measures import Value, measures
from rebalance.analysis.runners import Runner
from rebalance.analysis.settings import name_of
from rebalance.analysis.sweep import Line
from rebalance.county.changes import change
from rebalance.county.county import County
from rebalance.fault import Fault, FaultsError
from rebalance.plans.outcome import Outcome
from rebalance.problem.problem import Problem
from rebalance.scenario.parts import unknown_names
from rebalance.scenario.scenario import Scenario
from rebalance.scenario.settings import Settings


@dataclass(frozen=True)
class Point:
    """One case of a sweep: its name, what is set in it, and the scenario, or why there is none.

    `base` tells, where there are several, of which scenario or county it is a case.
    """

    name: str
    settings: Settings
    scenario: Scenario | None
    faults: tuple[Fault, ...] = ()
    base: str = ""

    @property
    def trouble(self) -> str:
        """Why there is no scenario, in a line."""
        return "; ".join(map(str, self.faults))


def points(base: Scenario, rows: Sequence[Settings]) -> list[Point]:
    """A case for every row of settings, named by what is set."""
    return [case_point(base, settings, name_of(settings) or str(base)) for settings in rows]


Places = Mapping[str, tuple[str, int]]
"""The file and the row in which values stand, by their place in a scenario."""

UNPLACED: Places = {}


def case_point(scenario: Scenario, settings: Settings, name: str, base: str = "", places: Places = UNPLACED) -> Point:
    """The scenario with some values set, or what is wrong with them; `places` are files and rows where they stand."""
    try:
        changed = scenario.with_settings(settings) if settings else scenario
    except FaultsError as error:
        return Point(name, settings, None, tuple(_placed(fault, settings, places) for fault in error.faults), base)
    case = name.removeprefix(f"{scenario}: ")
    return Point(name, settings, changed if case == str(scenario) else changed.called(case), base=base)


def _placed(fault: Fault, settings: Settings, places: Places) -> Fault:
    """The fault in the file and the row where its value stands, if it stands in one."""
    alone = set(places.values()) if settings.keys() == places.keys() else ()  # all that is set stands in one row
    file, row = places.get(fault.column) or next(iter(alone), (fault.file, fault.row))
    return replace(fault, file=file, row=row)


def county_point(base: Scenario, name: str, path: str, county: County) -> Point:
    """The scenario, its changes included, for another county."""
    try:
        changed = change(county, base.changes, name)
    except FaultsError as error:
        return Point(name, {}, None, error.faults)
    if faults := unknown_names(base.rules, dict(enumerate(base.goals, 1)), changed, name):
        return Point(name, {}, None, tuple(faults))
    return Point(name, {}, replace(base, problem=Problem(changed), county_path=path))


def sweep(
    found: Sequence[Point], runner: Runner, keeping: Keeping = NOWHERE, limit: float | None = None
) -> Iterator[tuple[int, Answered]]:
    """Every case that can be asked, with its number, as the answers come."""
    numbers = [number for number, point in enumerate(found) if point.scenario is not None]
    cases = [Case(p.name, p.scenario, limit) for p in found if p.scenario is not None]
    for place, answer in answered(cases, runner, keeping):
        yield numbers[place], answer


def line(point: Point, answer: Answered | None) -> Line:
    """The row of a case; it has no figures where there is no plan."""
    if answer is None or answer.outcome is None:
        trouble = point.trouble if answer is None else answer.trouble
        return Line(point.name, point.settings, point.base, trouble=trouble)
    outcome = answer.outcome
    county = outcome.scenario.problem.county
    return Line(
        point.name,
        point.settings,
        point.base,
        str(county),
        county.synthetic,
        outcome.ending.value,
        outcome.proven,
        figures=_figures(outcome),
        goals=tuple((g, r.value) for g, r in zip(outcome.scenario.goals, outcome.goals, strict=False)),
        seconds=outcome.seconds,
        run=answer.run,
        known=answer.known,
    )


def _figures(outcome: Outcome) -> tuple[Value, ...]:
    return tuple(measure.of(outcome.plan) for measure in measures()) if outcome.plan is not None else ()
