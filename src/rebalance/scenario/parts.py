"""Rules and goals from plain data: what a scenario file or a plan on disk says of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields, is_dataclass, replace
from importlib import import_module
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from rebalance.county.changes import change
from rebalance.county.columns import Ref
from rebalance.county.county import County
from rebalance.county.references import known_in
from rebalance.fault import Fault, FaultsError, gathered
from rebalance.goals import GOALS
from rebalance.goals.canonical import Canonical
from rebalance.goals.goal import Goal
from rebalance.problem.problem import Problem
from rebalance.rules import RULES, Rule
from rebalance.scenario.codec import structure, unstructure
from rebalance.scenario.scenario import Scenario, goal_name, is_goal, misshapen, own_name
from rebalance.text import _, near_miss, plain, quoted

PLUGINS = "plugins"
"""The key of a scenario file that names rules and goals of one's own, each as `module:Class`."""

_allowed: ContextVar[bool] = ContextVar(PLUGINS, default=False)


@dataclass(frozen=True)
class Kinds:
    """The classes of rules, in the order in which they are stated, and of goals."""

    rules: Mapping[str, type[Rule]]
    goals: Mapping[str, type[Goal]]

    def beside(self, own: Sequence[type]) -> Kinds:
        """These, and others under their own names."""
        rules = {own_name(kind): kind for kind in own if not is_goal(kind)}
        goals = {own_name(kind): kind for kind in own if is_goal(kind)}
        return replace(self, rules={**self.rules, **rules}, goals={**self.goals, **goals})


OURS = Kinds(RULES, GOALS)


def kinds_of(scenario: Scenario) -> Kinds:
    """Ours, and those of its own that a scenario has."""
    return OURS.beside(scenario.own)


def plugins_of(scenario: Scenario) -> list[str]:
    """What a scenario file has to name under `plugins` for the rules and goals of its own."""
    return [f"{kind.__module__}:{kind.__qualname__}" for kind in scenario.own]


@contextmanager
def allowing(*, allowed: bool) -> Iterator[None]:
    """Let code that scenarios name be loaded, and so run, meanwhile; or leave it as it is."""
    before = _allowed.set(allowed or _allowed.get())
    try:
        yield
    finally:
        _allowed.reset(before)


def kinds_with(plugins: Sequence[str], file: str) -> Kinds:
    """Ours, and those that a scenario names; to load them is to run them, so somebody must have allowed it.

    Raises:
        FaultsError: nobody has, or with every one that cannot be loaded or is neither a rule nor a goal.
    """
    if plugins and not _allowed.get():
        message = _(
            "the scenario brings code of its own (got {value}). If you trust whoever wrote it, allow it with"
            " --allow-plugins, or from Python with allow_plugins=True."
        )
        raise FaultsError([Fault(file, 0, PLUGINS, message.format(value=quoted(", ".join(plugins))))])
    faults: list[Fault] = []
    own: list[type] = []
    for number, plugin in enumerate(plugins, 1):
        try:
            own.append(_loaded(plugin, own))
        except ValueError as error:
            faults.append(Fault(file, 0, f"{PLUGINS}[{number}]", str(error), plugin))
    if faults:
        raise FaultsError(faults)
    return OURS.beside(own)


def _loaded(plugin: str, before: Sequence[type]) -> type:
    """The class that `module:Class` names.

    Raises:
        ValueError: there is none, or it is not what it should be.
    """
    module, colon, name = plugin.partition(":")
    if not colon or not name.isidentifier() or not all(part.isidentifier() for part in module.split(".")):
        raise ValueError(_("not accepted (got {value}). Write module:Class.").format(value=quoted(plugin)))
    try:
        kind = getattr(import_module(module), name)
    except (Exception, SystemExit) as error:  # noqa: BLE001  # whatever other people's code does
        message = _("cannot be loaded (got {value}; {problem}). It must be where Python looks, or in this folder.")
        problem = " ".join(f"{type(error).__name__}: {error}".split())
        raise ValueError(message.format(value=quoted(plugin), problem=problem)) from None
    if problem := misshapen(kind):
        raise ValueError(problem)
    ours = (*RULES.values(), *GOALS.values())
    if kind in ours or own_name(kind) in {*RULES, *GOALS, *map(own_name, before)}:
        raise ValueError(_("the name is taken (got {value}). Give the class another.").format(value=quoted(name)))
    return kind  # type: ignore[no-any-return]  # a class, as has been seen


def unknown_names(rules: Mapping[str, Rule], goals: Mapping[int, Goal], county: County, file: str) -> list[Fault]:
    """A fault for every id among the parameters (marked with `Ref`) that names nothing in the county.

    Goals come by their number in the list.
    """
    places: dict[str, object] = {f"rules.{name}": rule for name, rule in rules.items()}
    places |= {f"goals[{number}]": goal for number, goal in goals.items()}
    known = known_in(county)
    named = (found for where, part in places.items() for found in _named(part, type(part), where))
    years = [str(year) for year in county.years]
    problems = (
        (where, got, _not_planned(got, years) if refers == "year" else known.problem(refers, got))
        for where, got, refers in named
    )
    return [Fault(file, 0, where, problem, got) for where, got, problem in problems if problem]


def _not_planned(year: str, years: Sequence[str]) -> str:
    if year in years:
        return ""
    return _("not a planned year (got {value}). Accepted: {years}.").format(value=year, years=", ".join(years))


def _named(value: Any, kind: Any, where: str) -> Iterator[tuple[str, str, str]]:  # noqa: ANN401 - a type
    """Every id in a value: its key path, the id, and what it refers to."""
    args = get_args(kind)
    if get_origin(kind) is Annotated:
        yield from ((where, str(value), mark.refers) for mark in args[1:] if isinstance(mark, Ref) and value)
    elif is_dataclass(value) and not isinstance(value, type):
        hints = get_type_hints(type(value), include_extras=True)
        for item in fields(value):
            yield from _named(getattr(value, item.name), hints[item.name], f"{where}.{item.name.rstrip('_')}")
    elif isinstance(value, tuple) and args:
        kinds = args[:1] * len(value) if args[-1] is Ellipsis else args
        for number, part in enumerate(value):
            yield from _named(part, kinds[number], f"{where}[{number + 1}]")
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _named(key, args[0], f"{where}.{key}")
            yield from _named(part, args[1], f"{where}.{key}")
    elif get_origin(kind) in (Union, UnionType):
        for arm in args:
            yield from _named(value, arm, where)


LAST = goal_name(Canonical())
"""The goal that always comes last: one plan out of all the best."""


def is_law(name: str) -> bool:
    """Whether a rule is law whatever a scenario says: always on, and never left out."""
    return name in RULES and getattr(RULES[name], "law", False) is True


def parts_from(
    rules: Mapping[str, object], goals: Sequence[object], county: County | None, file: str, kinds: Kinds = OURS
) -> tuple[dict[str, Rule], tuple[Goal, ...]]:
    """The rules named, and those that are law, in the order of the reform, then one's own; the goals in theirs.

    Where the county is not known, nothing is said about the ids they name.

    Raises:
        FaultsError: with everything unknown and every parameter that is not right.
    """
    faults: list[Fault] = []
    made, aims = _rules(rules, file, kinds, faults), _goals(goals, file, kinds, faults)
    if county:
        faults.extend(unknown_names(made, aims, county, file))
    if faults:
        raise FaultsError(faults)
    return made, tuple(aims.values())


def unknown_rules(names: Iterable[str], where: str, file: str, kinds: Kinds = OURS) -> list[Fault]:
    """A fault for each key of a table that is not the name of a rule."""
    return [_unknown(f"{where}.{name}", name, kinds.rules, file) for name in names if name not in kinds.rules]


def goals_from(wanted: Sequence[object], file: str, kinds: Kinds = OURS) -> tuple[Goal, ...]:
    """The goals in order of rank: each a name, or a table with its name under `goal` and its options.

    Raises:
        FaultsError: with every unknown goal and every option that is not right.
    """
    return parts_from({}, wanted, None, file, kinds)[1]


def _rules(tables: Mapping[str, object], file: str, kinds: Kinds, faults: list[Fault]) -> dict[str, Rule]:
    faults.extend(unknown_rules(tables, "rules", file, kinds))
    rules: dict[str, Rule] = {}
    for name, kind in kinds.rules.items():
        if name in tables or is_law(name):
            with gathered(faults):
                rules[name] = structure(tables.get(name, {}), kind, f"rules.{name}", file)
    return rules


def _goals(wanted: Sequence[object], file: str, kinds: Kinds, faults: list[Fault]) -> dict[int, Goal]:
    """The goals by their number in the list, and the one that always comes last."""
    goals: dict[int, Goal] = {}
    for number, one in enumerate(wanted, 1):
        with gathered(faults):
            goals[number] = _goal(one, f"goals[{number}]", file, kinds)
    for number, one in enumerate(wanted[:-1], 1):
        if one in (LAST, {"goal": LAST}):
            message = _("{goal} chooses one plan out of the best. Put it at the end, or leave it out.")
            faults.append(Fault(file, 0, f"goals[{number}]", message.format(goal=LAST), LAST))
    return goals if goals and isinstance(goals[max(goals)], Canonical) else goals | {len(wanted) + 1: Canonical()}


def _goal(one: object, where: str, file: str, kinds: Kinds) -> Goal:
    options: dict[str, Any] = dict(one) if isinstance(one, Mapping) else {"goal": one}
    name = options.pop("goal", None)
    if not isinstance(name, str):
        message = _('not a goal (got {value}). Write its name, or a table such as {{ goal = "{example}" }}.')
        text = message.format(value=quoted(one), example=next(iter(GOALS)))
        raise FaultsError([Fault(file, 0, where, text, plain(one))])
    if name not in kinds.goals:
        raise FaultsError([_unknown(where, name, kinds.goals, file)])
    return structure(options, kinds.goals[name], where, file)


def _unknown(where: str, name: str, known: Mapping[str, object], file: str) -> Fault:
    message = _("unknown name (got {value}). Accepted: {accepted}.")
    text = message.format(value=quoted(name), accepted=", ".join(known))
    return Fault(file, 0, where, text + near_miss(name, known), name)


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


def resolved(scenario: Scenario) -> dict[str, Any]:
    """The scenario as plain data that JSON can hold, defaults spelt out; the county is the path given.

    What is said of plugins stands there only where there are any.
    """
    said = Resolved(
        name=scenario.name,
        name_zh=scenario.name_zh,
        why=scenario.why,
        why_zh=scenario.why_zh,
        county=scenario.county_path,
        rules={name: unstructure(rule) for name, rule in scenario.rules.items()},
        goals=tuple({"goal": goal_name(goal)} | unstructure(goal) for goal in scenario.goals),
        data=unstructure(dict(scenario.changes)),
        plugins=tuple(plugins_of(scenario)),
        sources_zh=dict(scenario.sources_zh),
    )
    whole: dict[str, Any] = unstructure(said)
    return whole if said.plugins else {key: value for key, value in whole.items() if key != PLUGINS}


def scenario_from(data: Mapping[str, Any], county: County, file: str = "plan.json") -> Scenario:
    """The scenario that `resolved` wrote down, on the county as its package says (the changes are made here).

    Args:
        data: what `resolved` gave.
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
