"""A scenario at the desk: changed in one line, shown, and all it says as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import RenderableType

from rebalance import scenario as core
from rebalance.desk.changing import goals_given, left_out, strictly, with_data, with_values
from rebalance.desk.county import County
from rebalance.desk.frames import frame, named, shows
from rebalance.desk.rows import AskedRow, asked_rows
from rebalance.desk.shown import Shown, recast
from rebalance.exploring.inputs import inputs
from rebalance.exploring.settings import Settings
from rebalance.goals import Goal
from rebalance.reading import scenario as reading
from rebalance.reading.layers import read_layers
from rebalance.record.kinds import allowing
from rebalance.rules import Rule
from rebalance.writing.scenario import report


class Scenario(Shown, core.Scenario):
    """What is asked: a county with changes, the rules that must hold by name, and the goals in order of rank."""

    @property
    def county(self) -> County:
        """The county with the scenario's changes made."""
        return recast(self.problem.county, County)

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance show` says of it."""
        return report(self, resolved=False)

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
        made = core.Scenario.but(given, *map(strictly, changed), without=left_out(self, without), name=name)
        found = with_data(with_values(made, settings or {}), data or {})
        return recast(found if why is None else replace(found, why=why), Scenario)

    @shows(AskedRow)
    def asked(self) -> pd.DataFrame:
        """Everything it says in rules and goals that is not a default, a row each."""
        return frame(AskedRow, asked_rows((self.name,), inputs([self])))

    def named(self, table: pd.DataFrame) -> pd.DataFrame:
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
