"""Which rules and goals there are, by the name a scenario gives them: ours, and those that somebody has written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from importlib import import_module

from rebalance.fault import Fault, FaultsError
from rebalance.goals import GOALS, Goal
from rebalance.hints import quoted
from rebalance.rules import RULES, Rule
from rebalance.scenario import Scenario, is_goal, misshapen, own_name
from rebalance.words import _

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
