"""Many cases of a scenario: over a grid, a list, random draws, or many counties; one row for each."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product
from random import Random
from typing import Any

from rebalance.analysis.cases import NOWHERE, Answered, Case, Keeping, answered
from rebalance.analysis.measures import Value, measures
from rebalance.analysis.runners import Runner
from rebalance.county.changes import change
from rebalance.county.county import County
from rebalance.fault import Fault, FaultsError
from rebalance.goals.goal import Goal
from rebalance.goals.goal import Value as Reached
from rebalance.plans.outcome import Outcome
from rebalance.problem.problem import Problem
from rebalance.scenario.parts import unknown_names
from rebalance.scenario.scenario import Scenario
from rebalance.scenario.settings import Settings
from rebalance.text import _, quoted

MOST = 100_000
"""As many values, or cases, as anybody can wait for."""


def values_in(text: str) -> list[Any]:
    """The values, exactly: numbers, true or false, or texts.

    `a..b/step` goes from one number to another; without a step, in steps of the last digit written. Several are
    separated by commas.

    Raises:
        ValueError: saying what is wrong with the text.
    """
    found = [value for part in text.split(",") for value in _part(part.strip())]
    if len(found) > MOST:
        raise ValueError(_("too many values (got {count}). At most {most}.").format(count=len(found), most=MOST))
    return found


def value_in(text: str) -> Any:  # noqa: ANN401  # whatever TOML can say
    """One value as in a scenario file; what is no TOML is a text."""
    try:
        return tomllib.loads(f"value = {text}", parse_float=Decimal)["value"] if "\n" not in text else text
    except (ValueError, ArithmeticError, RecursionError):
        return text


def draws(axes: Sequence[Sequence[Any]], count: int, seed: int) -> Iterator[tuple[Any, ...]]:
    """So many random choices of one value of each axis, the same for the same seed."""
    rng = Random(seed)  # noqa: S311  # cases, not secrets
    for _number in range(count):
        yield tuple(axis[rng.getrandbits(64) % len(axis)] for axis in axes)


def _part(text: str) -> list[Any]:
    if not text:
        raise ValueError(_("a value is missing. Write values such as 0.05..0.30/0.05 or 2,4,8."))
    if ".." not in text:
        return [value_in(text)]
    ends, slash, step = text.partition("/")
    first, _dots, last = ends.partition("..")
    numbers = [_number(part.strip(), text) for part in (first, last, *([step] if slash else []))]
    return list(_range(numbers[0], numbers[1], numbers[2] if slash else _digit(numbers), text))


def _number(text: str, whole: str) -> int | Decimal:
    found = value_in(text)
    if isinstance(found, bool) or not isinstance(found, int | Decimal) or not Decimal(found).is_finite():
        message = _("not a range (got {value}). Write one such as 0.05..0.30/0.05 or 1..9.")
        raise ValueError(message.format(value=quoted(whole)))
    return found


def _digit(numbers: Sequence[int | Decimal]) -> int | Decimal:
    """One of the last digit written."""
    places = max(-int(Decimal(number).as_tuple().exponent) for number in numbers)
    return Decimal(1).scaleb(-places) if places > 0 else 1


def _range(first: int | Decimal, last: int | Decimal, step: int | Decimal, text: str) -> Iterator[int | Decimal]:
    if step <= 0 or last < first or (Decimal(last) - first) / step >= MOST:
        message = _("not a range (got {value}). It goes up, in steps above 0, at most {most} of them.")
        raise ValueError(message.format(value=quoted(text), most=MOST))
    value = first
    while value <= last:
        yield value
        value += step


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


@dataclass(frozen=True)
class Line:
    """One row of a sweep: what was set, how it ended, and the figures, in the order of `measures`.

    `synthetic` says that figures of its county are made up.
    """

    name: str
    settings: Settings
    base: str = ""
    county: str = ""
    synthetic: bool = False
    ending: str = ""
    proven: bool = False
    trouble: str = ""
    figures: tuple[Value, ...] = ()
    goals: tuple[tuple[Goal, Reached | None], ...] = ()
    seconds: float = 0.0
    run: int | None = None
    known: bool = False


def grid(axes: Mapping[str, Sequence[Any]]) -> list[Settings]:
    """Every combination, the last path changing fastest."""
    return [dict(zip(axes, values, strict=True)) for values in product(*axes.values())]


def drawn(axes: Mapping[str, Sequence[Any]], count: int, seed: int) -> list[Settings]:
    """So many random combinations, the same for the same seed."""
    return [dict(zip(axes, values, strict=True)) for values in draws(list(axes.values()), count, seed)]


def points(base: Scenario, rows: Sequence[Settings]) -> list[Point]:
    """A case for every row of settings, named by what is set."""
    return [case_point(base, settings, name_of(settings) or str(base)) for settings in rows]


def case_point(scenario: Scenario, settings: Settings, name: str, base: str = "") -> Point:
    """The scenario with some values set, or what is wrong with them."""
    try:
        changed = scenario.with_settings(settings) if settings else scenario
    except FaultsError as error:
        return Point(name, settings, None, error.faults, base)
    case = name.removeprefix(f"{scenario}: ")
    return Point(name, settings, changed if case == str(scenario) else changed.called(case), base=base)


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


def name_of(settings: Settings) -> str:
    """What is set, in short: the last two steps of each path tell one from the other well enough."""
    return ", ".join(f"{'.'.join(path.split('.')[-2:])} = {value}" for path, value in settings.items())


def _figures(outcome: Outcome) -> tuple[Value, ...]:
    return tuple(measure.of(outcome.plan) for measure in measures()) if outcome.plan is not None else ()
