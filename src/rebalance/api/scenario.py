"""A scenario at the desk: changed in one line, shown, and all it says as a table."""

from __future__ import annotations

import operator
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

from rich.console import RenderableType

from rebalance.analysis.inputs import AskedRow, asked_rows, cell, inputs
from rebalance.analysis.settings import Settings, laid, with_settings
from rebalance.api.show import recast
from rebalance.county import county as core_county
from rebalance.county import read as package
from rebalance.county.changes import change
from rebalance.county.remarks import remarks
from rebalance.county.tables import CATEGORIES, TABLES
from rebalance.fault import FaultsError
from rebalance.frame import DataFrame, frame, named, plain_frame, shows
from rebalance.goals import GOALS
from rebalance.goals.goal import NONE, Goal, Slack
from rebalance.plans.audit import today
from rebalance.problem.problem import Problem
from rebalance.rules import RULES, Rule
from rebalance.scenario import read as reading
from rebalance.scenario import scenario as core_scenario
from rebalance.scenario.codec import UnfitError, describe, plain_slack, slack, structure, unstructure
from rebalance.scenario.parts import LAST, OURS, allowing, goals_from, unknown_names
from rebalance.scenario.read import read_layers
from rebalance.scenario.scenario import Scenario as CoreScenario
from rebalance.scenario.scenario import goal_name
from rebalance.screen import Shown
from rebalance.tables.outcome import check_report, heading, ledger, scenario_report
from rebalance.text import _, near_miss, quoted

FILE = "but"
"""Where faults are said to be."""

Part = TypeVar("Part")


def strictly(part: Part) -> Part:
    """A rule or goal of ours with its parameters read as from a file: "0.15" becomes a fraction, 0.15 is refused.

    Raises:
        FaultsError: with every parameter that does not fit.
    """
    kind = type(part)
    if kind not in {*RULES.values(), *GOALS.values()}:
        return part
    return structure(_said(part), kind, kind.__name__, FILE)


def exactly(path: str, value: Any) -> Any:  # noqa: ANN401  # whatever a scenario file can say
    """A value of a setting as a scenario file could have it; whole numbers of other libraries become Python's.

    Raises:
        ValueError: it is a float.
    """
    if isinstance(value, float):
        message = _('{path}: a float is not exact (got {value}). Write "{value}", or a Fraction.')
        raise ValueError(message.format(path=path, value=value))  # noqa: TRY004  # it is the value that is refused
    if not isinstance(value, bool) and hasattr(value, "__index__"):
        return operator.index(value)
    return str(value) if isinstance(value, Fraction) else value


def goals_given(given: Sequence[str | Mapping[str, Any] | Goal]) -> tuple[Goal, ...]:
    """Goals from names, tables and goals.

    Raises:
        FaultsError: with everything that is none.
    """
    own = {place: one for place, one in enumerate(given) if isinstance(one, Goal) and type(one) not in GOALS.values()}
    said = [next(iter(GOALS)) if place in own else _goal(one) for place, one in enumerate(given)]
    return tuple(own.get(place, one) for place, one in enumerate(goals_from(said, FILE, OURS)))


def left_out(scenario: CoreScenario, names: Sequence[str]) -> tuple[str, ...]:
    """The names of rules to leave out.

    Raises:
        ValueError: one is not on, or is law.
    """
    for name in (names := (names,) if isinstance(names, str) else tuple(names)):
        if name not in scenario.rules:
            message = _("the rule is not on (got {value}). Accepted: {accepted}.")
            text = message.format(value=quoted(name), accepted=", ".join(scenario.rules))
            raise ValueError(text + near_miss(name, scenario.rules))
        if scenario.rules[name].law:
            message = _("the rule is law and cannot be left out (got {value}).")
            raise ValueError(message.format(value=quoted(name)))
    return names


def with_values(scenario: CoreScenario, settings: Settings) -> CoreScenario:
    """The scenario with single values set.

    Raises:
        FaultsError: with every path that leads nowhere and every value that does not fit.
        ValueError: a value is a float.
    """
    exact = {path: exactly(path, value) for path, value in settings.items()}
    return with_settings(scenario, exact, FILE) if exact else scenario


def with_data(scenario: CoreScenario, data: Mapping[str, Any]) -> CoreScenario:
    """The scenario with changes to its county's tables, on top of those it makes already.

    Raises:
        FaultsError: with every change that cannot be made, and every id that rules and goals name in vain.
    """
    changes = unstructure(_said(data))
    county = change(scenario.problem.county, changes, FILE)
    if faults := unknown_names(scenario.rules, dict(enumerate(scenario.goals, 1)), county, FILE):
        raise FaultsError(faults)
    if not changes:
        return scenario
    return replace(scenario, problem=Problem(county), changes=laid(scenario.changes, changes))


def _goal(one: str | Mapping[str, Any] | Goal) -> object:
    """A goal as a scenario file has it."""
    if not isinstance(one, Goal):
        return _said(one)
    return LAST if goal_name(one) == LAST else {"goal": goal_name(one), **_said(one)}


def _said(value: Any) -> Any:  # noqa: ANN401  # any parameter
    """A value as it was given, in the forms that a scenario file has: whether it fits is not asked yet."""
    if isinstance(value, Mapping):
        return {name: _said(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_said(inner) for inner in value]
    if is_dataclass(value) and not isinstance(value, Slack):
        return {item.name.rstrip("_"): _said(getattr(value, item.name)) for item in fields(value)}
    match value:
        case Slack():
            return plain_slack(value)
        case Enum():
            return value.value
    return str(value) if isinstance(value, Fraction) else value


def slack_given(
    scenario: CoreScenario, given: Mapping[str, Slack | str | int] | Slack | str | int | None
) -> dict[Goal, Slack]:
    """The slack of each goal: what is said of it by name, or of all.

    Raises:
        ValueError: something is no slack, or names no goal of the scenario.
    """
    names = [goal_name(goal) for goal in scenario.goals]
    said = given if isinstance(given, Mapping) else dict.fromkeys(names, given or NONE)
    for name in said:
        if name not in names:
            message = _("the scenario has no such goal (got {value}). Accepted: {accepted}.")
            raise ValueError(message.format(value=quoted(name), accepted=", ".join(names)) + near_miss(name, names))
    return {goal: _slack(said.get(goal_name(goal), NONE)) for goal in scenario.goals}


def _slack(given: Slack | str | int) -> Slack:
    try:
        return given if isinstance(given, Slack) else slack(given, Slack)
    except UnfitError as error:
        raise ValueError(describe(error.value, Slack)) from None


class County(Shown, core_county.County):
    """A county as its package describes it; nothing is worked out, nothing can be changed."""

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance check` says of it."""
        return check_report(self, remarks(self), today(self))

    def brief(self) -> Iterator[RenderableType]:
        """Which county it is, and who has what today; `show()` has the rest."""
        yield from heading(self)
        yield ledger(Problem(self))

    def table(self, name: str) -> DataFrame:
        """A table of the package, with the columns of the package; numbers are exact.

        Raises:
            ValueError: there is no such table.
        """
        tables = {table.name: table for table in (CATEGORIES, *TABLES)}
        if name not in tables:
            message = _("no such table (got {value}). Accepted: {accepted}.")
            text = message.format(value=quoted(name), accepted=", ".join(tables))
            raise ValueError(text + near_miss(name, tables))
        headings = tables[name].headings
        rows = [[cell(one, getattr(row, one.field)) for one in headings] for row in getattr(self, name)]
        return plain_frame(rows, [one.header for one in headings])


def read_county(path: Path | str) -> County:
    """Read a county package: a folder with `county.toml` and CSV tables, or one `.xlsx` with sheets for them.

    Raises:
        FaultsError: with every fault found in the package.
    """
    return recast(package.read_county(path), County)


class Scenario(Shown, core_scenario.Scenario):
    """What is asked: a county with changes, the rules that must hold by name, and the goals in order of rank."""

    @property
    def county(self) -> County:
        """The county with the scenario's changes made."""
        return recast(self.problem.county, County)

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance show` says of it."""
        return scenario_report(self, resolved=False)

    def but(
        self,
        *changed: Rule | Goal,
        without: Sequence[str] = (),
        name: str | None = None,
        goals: Sequence[str | Mapping[str, Any] | Goal] | None = None,
        settings: Settings | None = None,
        data: Mapping[str, Any] | None = None,
        why: str | None = None,
    ) -> Scenario:
        """A copy that differs in what is given.

        Args:
            changed: rules put in, or in place of the one of the same kind; goals put in before the last. They may
                be your own: frozen dataclasses with the methods of `Rule` or `Goal`.
            without: names of rules to leave out.
            name: what it is called.
            goals: all goals in order of rank, in place of those there are: names, tables as in a scenario file, or
                goals themselves. The last is `canonical`, whether it is named or not.
            settings: single values by place, as in a sweep: `{"rules.phasing.share": "0.3", "rules.budget": False}`.
                All else stays as it is, where a rule given as `changed` takes the place of the whole rule.
            data: changes to the county's tables, as a scenario file has them under `[data]`.
            why: the reason for it.

        Raises:
            FaultsError: with every value that does not fit, and every id that the county does not have.
            TypeError: something is neither a rule nor a goal.
            ValueError: a rule to leave out is not there, or is law.
        """
        given = self if goals is None else replace(self, goals=goals_given(goals))
        made = core_scenario.Scenario.but(given, *map(strictly, changed), without=left_out(self, without), name=name)
        found = with_data(with_values(made, settings or {}), data or {})
        return recast(found if why is None else replace(found, why=why), Scenario)

    @shows(AskedRow)
    def asked(self) -> DataFrame:
        """Everything it says in rules and goals that is not a default, a row each."""
        return frame(AskedRow, asked_rows((self.name,), inputs([self])))

    def named(self, table: DataFrame) -> DataFrame:
        """A table with the name beside every id, in the language spoken: `holder`, then `holder_name`."""
        return named(self.problem, table)


def read_scenario(path: Path | str, *, allow_plugins: bool = False) -> Scenario:
    """Read a scenario: one TOML file, those it extends, and the county package the base names.

    Args:
        path: the file.
        allow_plugins: whether rules and goals of its own, which are programs, may be loaded.

    Raises:
        FaultsError: with every fault found in the scenario files and in the county.
    """
    with allowing(allowed=allow_plugins):
        found = reading.read_scenario(path)
    package = read_layers(Path(path))[0].beside("county")
    return recast(replace(found, county_path=package.resolve().as_posix()), Scenario)
