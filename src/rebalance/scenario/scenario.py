"""A scenario: a county with changes, rules and goals; changed in one line, written down whole, shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, cast

from rich.console import RenderableType

from rebalance.county.changes import change
from rebalance.county.county import County, made_up
from rebalance.fault import Fault, FaultsError, gathered
from rebalance.frame import DataFrame, frame, named, shows
from rebalance.goals import GOALS
from rebalance.goals.goal import Goal
from rebalance.problem.problem import Problem
from rebalance.rules import RULES, AboutRule, Rule, about
from rebalance.scenario.codec import structure, unstructure
from rebalance.scenario.given import FILE, as_written, exactly, goals_given, left_out, strictly
from rebalance.scenario.inputs import AskedRow, asked_rows, inputs
from rebalance.scenario.names import in_words
from rebalance.scenario.parts import (
    OURS,
    PLUGINS,
    Kinds,
    goal_name,
    is_goal,
    kinds_with,
    misshapen,
    parts_from,
    rule_name,
    unknown_names,
    unknown_rules,
)
from rebalance.scenario.remarks import remarks
from rebalance.scenario.settings import Settings, flat, laid, parameters, put
from rebalance.screen import Shown, add, line, number, table, words
from rebalance.text import NOTHING, _, clean, name_of

UNCHANGED: Mapping[str, Any] = MappingProxyType({})


def silent(rules: Mapping[str, Rule], county: County) -> tuple[str, ...]:
    """Names of the rules that have nothing to say, because a county lacks a table they read."""
    return tuple(name for name, rule in rules.items() if not all(getattr(county, table) for table in rule.tables))


@dataclass(frozen=True)
class Scenario(Shown):
    """What is asked: a county with changes, the rules that must hold by name, and the goals in order of rank.

    `name_zh`, `why_zh` and, by rule, `sources_zh` say in Chinese what `name`, `why` and the rules' `source` say.
    """

    name: str
    problem: Problem
    rules: Mapping[str, Rule]
    goals: tuple[Goal, ...]
    why: str = ""
    county_path: str = ""
    changes: Mapping[str, Any] = field(default_factory=lambda: UNCHANGED)
    name_zh: str = ""
    why_zh: str = ""
    sources_zh: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """The name, in the language spoken."""
        return name_of(self.name, self.name_zh)

    def __repr__(self) -> str:
        """The name, the county, and how many rules and goals."""
        text = _("{scenario}; {county}: rules: {rules}, goals: {goals}").format(
            scenario=self, county=self.problem, rules=len(self.rules), goals=len(self.goals)
        )
        return clean(f"Scenario({text})")

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
                goals themselves. The last is `canonical`, wherever it is named, or not at all: so
                `goals=(*scenario.goals, another)` puts another one before it.
            settings: single values by place, as in a sweep: `{"rules.phasing.share": "0.3", "rules.budget": False}`.
                All else stays as it is, where a rule given as `changed` takes the place of the whole rule.
            data: changes to the county's tables, as a scenario file has them under `[data]`.
            why: the reason for it.

        Raises:
            FaultsError: with every value that does not fit, and every id that the county does not have.
            TypeError: something is neither a rule nor a goal.
            ValueError: a rule to leave out is not there, or is law.
        """
        aims = list(self.goals if goals is None else goals_given(goals))
        gone = left_out(self.rules, without)
        rules: dict[str, Rule] = {known: rule for known, rule in self.rules.items() if known not in gone}
        for one in map(strictly, changed):
            if isinstance(one, type):
                raise TypeError(_("{name} is a class. Give an object of it: {name}(…).").format(name=one.__name__))
            if problem := misshapen(type(one)):
                raise TypeError(problem)
            if is_goal(type(one)):
                aims.insert(len(aims) - 1, cast("Goal", one))
            else:
                rules[rule_name(type(one))] = cast("Rule", one)
        made = self.asking(rules, tuple(aims))
        made = replace(made, name=name, name_zh="") if name else made
        exact = {path: exactly(path, value) for path, value in (settings or {}).items()}
        made = made.with_settings(exact, FILE) if exact else made
        made = made.with_data(unstructure(as_written(data or {})), FILE)
        return made if why is None else replace(made, why=why)

    def asking(self, rules: Mapping[str, Rule], goals: tuple[Goal, ...]) -> Scenario:
        """A copy with other rules and goals; a source that was not kept is no longer said in Chinese either."""
        kept = {name for name in self.rules.keys() & rules if self.rules[name].source == rules[name].source}
        said = {name: text for name, text in self.sources_zh.items() if name in kept}
        return replace(self, rules=rules, goals=goals, sources_zh=said)

    def called(self, case: str) -> Scenario:
        """A copy named after one of its cases, in both languages."""
        return replace(self, name=f"{self.name}: {case}", name_zh=self.name_zh and f"{self.name_zh}: {case}")

    def with_settings(self, settings: Settings, file: str = "--set") -> Scenario:
        """A copy with these values; setting a rule's parameter switches the rule on, `rules.phasing = off` off.

        Raises:
            FaultsError: with every path that leads nowhere and every value that does not fit.
        """
        whole, changes, faults = self.resolved(), dict[str, Any](), list[Fault]()
        for path, value in settings.items():
            try:
                put(whole, changes, path, value)
            except ValueError as error:
                faults.append(Fault(file, 0, path, str(error), path))
        if faults:
            raise FaultsError(faults)
        with in_words():
            county = change(self.problem.county, changes, file)
            rules, goals = parts_from(whole["rules"], whole["goals"], county, file, self.kinds)
        problem = Problem(county) if changes else self.problem
        return replace(self.asking(rules, goals), problem=problem, changes=laid(self.changes, changes))

    def with_data(self, changes: Mapping[str, Any], file: str) -> Scenario:
        """A copy with changes to its county's tables, on top of those it makes already.

        Raises:
            FaultsError: with every change that cannot be made, and every id that rules and goals name in vain.
        """
        county = change(self.problem.county, changes, file)
        if faults := unknown_names(self.rules, dict(enumerate(self.goals, 1)), county, file):
            raise FaultsError(faults)
        return replace(self, problem=Problem(county), changes=laid(self.changes, changes)) if changes else self

    @property
    def county(self) -> County:
        """The county with the scenario's changes made."""
        return self.problem.county

    @property
    def reason(self) -> str:
        """Why it is asked, in the language spoken."""
        return name_of(self.why, self.why_zh)

    def source(self, rule: str) -> str:
        """Where a rule comes from, in the language spoken."""
        return name_of(self.rules[rule].source, self.sources_zh.get(rule, ""))

    def about(self, rule: str) -> AboutRule:
        """What is said about one of its rules, in the language spoken."""
        return about(self.rules[rule], rule)

    @property
    def own(self) -> tuple[type, ...]:
        """The classes of its rules and goals that are not ours, but written by somebody for themselves."""
        ours = {*RULES.values(), *GOALS.values()}
        kinds = dict.fromkeys(type(part) for part in (*self.rules.values(), *self.goals))
        return tuple(kind for kind in kinds if kind not in ours)

    @property
    def kinds(self) -> Kinds:
        """Our classes of rules and goals, and its own."""
        return OURS.beside(self.own)

    @property
    def plugins(self) -> tuple[str, ...]:
        """What a scenario file has to name under `plugins` for the rules and goals of its own."""
        return tuple(f"{kind.__module__}:{kind.__qualname__}" for kind in self.own)

    def silent(self) -> tuple[str, ...]:
        """Names of the rules that have nothing to say, because the county lacks a table they read."""
        return silent(self.rules, self.problem.county)

    def remarks(self) -> tuple[str, ...]:
        """What is odd about it, without being wrong."""
        return tuple(remarks(self.problem, self.rules.values()))

    def resolved(self) -> dict[str, Any]:
        """All of it as plain data that JSON can hold, defaults spelt out; the county is the path given.

        What is said of plugins stands there only where there are any.
        """
        said = Resolved(
            name=self.name,
            name_zh=self.name_zh,
            why=self.why,
            why_zh=self.why_zh,
            county=self.county_path,
            rules={name: unstructure(rule) for name, rule in self.rules.items()},
            goals=tuple({"goal": goal_name(goal)} | unstructure(goal) for goal in self.goals),
            data=unstructure(dict(self.changes)),
            plugins=self.plugins,
            sources_zh=dict(self.sources_zh),
        )
        whole: dict[str, Any] = unstructure(said)
        return whole if said.plugins else {key: value for key, value in whole.items() if key != PLUGINS}

    def parts(self, *, resolved: bool = False) -> Iterator[RenderableType]:
        """The whole scenario; `resolved` spells out the defaults too."""
        yield line(f"{self.county} · {self}", "bold")
        if self.reason:
            yield line(self.reason)
        yield from made_up(self.county)
        if self.own:
            text = _("Rules and goals of its own, which are programs: {names}.")
            yield line(text.format(names=", ".join(self.plugins)), "yellow")
        yield self._rules(resolved=resolved)
        yield self._goals(resolved=resolved)
        yield from self._changes()
        for remark in self.remarks():
            yield line(remark, "yellow")

    def _rules(self, *, resolved: bool) -> RenderableType:
        made = table(
            _("Rules, with all parameters") if resolved else _("Rules, with the parameters that are set"),
            words(_("rule")),
            words(_("parameters")),
            words(_("law")),
            words(_("source")),
        )
        silent = self.silent()
        for name, rule in self.rules.items():
            said = "\n".join(parameters(rule, resolved=resolved)) or NOTHING
            if name in silent:
                said = _("(nothing to say: the county lacks {tables})").format(tables=", ".join(rule.tables))
            add(made, name, said, _("law") if rule.law else "", self.source(name))
        return made

    def _goals(self, *, resolved: bool) -> RenderableType:
        made = table(_("Goals, in order of rank"), number("#"), *map(words, (_("goal"), _("options"), _("aims at"))))
        for rank, goal in enumerate(self.goals, 1):
            options = "\n".join(parameters(goal, resolved=resolved)) or NOTHING
            add(made, rank, goal_name(goal), options, goal.explain())
        return made

    def _changes(self) -> Iterator[RenderableType]:
        changes = [text for name, inner in self.changes.items() for text in flat(name, unstructure(inner))]
        if not changes:
            yield line(_("The county's data is taken as it is."))
            return
        made = table(_("Changes to the county's data"), words(_("change")))
        for text in changes:
            add(made, text)
        yield made

    @shows(AskedRow)
    def asked(self) -> DataFrame:
        """Everything it says in rules and goals that is not a default, a row each."""
        return frame(AskedRow, asked_rows((self.name,), inputs([self])))

    def named(self, table: DataFrame) -> DataFrame:
        """A table with the name beside every id, in the language spoken: `holder`, then `holder_name`."""
        return named(self.problem, table)


@dataclass(frozen=True)
class Resolved:
    """The whole of a scenario: every rule with all its parameters, every goal with all its options."""

    name: str
    name_zh: str = ""
    why: str = ""
    why_zh: str = ""
    county: str = ""
    rules: Mapping[str, Any] = field(default_factory=dict)
    goals: tuple[Any, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    plugins: tuple[str, ...] = ()
    sources_zh: Mapping[str, str] = field(default_factory=dict)


def scenario_from(data: Mapping[str, Any], county: County, file: str = "plan.json") -> Scenario:
    """The scenario that `Scenario.resolved` wrote down, on the county as its package says (the changes are made here).

    Args:
        data: what it gave.
        county: the county without the scenario's changes.
        file: where the data stood, for the faults.

    Raises:
        FaultsError: the data is no scenario, or it no longer fits the county.
    """
    whole = structure(data, Resolved, "", file)
    changed = change(county, whole.data, file)
    kinds = kinds_with(whole.plugins, file)
    faults = unknown_rules(whole.sources_zh, "sources_zh", file, kinds)
    rules: Mapping[str, Rule] = {}
    goals: tuple[Goal, ...] = ()
    with gathered(faults):
        rules, goals = parts_from(whole.rules, whole.goals, changed, file, kinds)
    if faults:
        raise FaultsError(faults)
    return Scenario(
        whole.name,
        Problem(changed),
        rules,
        goals,
        why=whole.why,
        county_path=whole.county,
        changes=whole.data,
        name_zh=whole.name_zh,
        why_zh=whole.why_zh,
        sources_zh=whole.sources_zh,
    )
