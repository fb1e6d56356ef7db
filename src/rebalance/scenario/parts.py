"""Rules and goals from plain data, ours and own ones by name: what a scenario file or a plan on disk says of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from importlib import import_module
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from rebalance.county.columns import Ref
from rebalance.county.county import County
from rebalance.county.known import known_in
from rebalance.fault import Fault, FaultsError, gathered
from rebalance.goals import GOALS
from rebalance.goals.canonical import Canonical
from rebalance.goals.goal import Goal
from rebalance.rules import RULES, Rule
from rebalance.scenario.codec import structure
from rebalance.scenario.names import said_all
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
    spoken = said_all(tuple(known))
    text = message.format(value=quoted(name), accepted=", ".join(spoken))
    return Fault(file, 0, where, text + near_miss(name, dict.fromkeys((*known, *spoken))), name)


RULE = ("tables", "source", "law", "post", "check", "explain")

GOAL = ("aim", "measure", "explain")
"""What makes a class a rule, and what a goal."""


def goal_name(goal: Goal) -> str:
    """The name under which a scenario file knows a goal."""
    return next((name for name, kind in GOALS.items() if type(goal) is kind), own_name(type(goal)))


def rule_name(kind: type) -> str:
    """The name under which a scenario file knows rules of a class."""
    return next((name for name, known in RULES.items() if kind is known), own_name(kind))


def own_name(kind: type) -> str:
    """The name of a rule or goal that is not ours: one like ours, made of its class's name."""
    return re.sub(r"\B[A-Z]", r"_\g<0>", kind.__name__).lower()


LAST = goal_name(Canonical())
"""The goal that always comes last: one plan out of all the best."""


def is_goal(kind: type) -> bool:
    """Whether a class is one of goals (it measures plans), and not of rules."""
    return hasattr(kind, "measure")


def misshapen(kind: object) -> str:
    """Why a class is none of rules or goals; empty where it is one."""
    if not isinstance(kind, type):
        return _("not a class of rules or goals (got {value}).").format(value=type(kind).__name__)
    missing = [face for face in (GOAL if is_goal(kind) else RULE) if not hasattr(kind, face)]
    if missing:
        text = _("{name} is neither a rule nor a goal: it lacks {missing}. A rule has {rule}; a goal has {goal}.")
        said = {"missing": ", ".join(missing), "rule": ", ".join(RULE), "goal": ", ".join(GOAL)}
        return text.format(name=kind.__name__, **said)
    if not is_dataclass(kind) or not kind.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        return _("{name} can be changed. Write @dataclass(frozen=True) above its class.").format(name=kind.__name__)
    return ""


def defaults_of(kind: type) -> dict[str, Any]:
    """What the parameters of a rule, or options of a goal, are when nobody says; those that must be said are absent."""
    made = ((item.name, item.default_factory()) for item in fields(kind) if item.default_factory is not MISSING)
    plain = {item.name: item.default for item in fields(kind) if item.default is not MISSING}
    return plain | dict(made)
