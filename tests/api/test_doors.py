"""The doors of the library: each one documented, the same whatever is loaded, and none by accident."""

from __future__ import annotations

import inspect
import pkgutil
import subprocess
import sys
from importlib import import_module
from types import ModuleType

import pytest

import rebalance as rb

STABLE = """
Alternatives Audit Check Comparison County Draft Ending Explanation FaultsError Finding Frontier Goal Imported Least
Leximin Minimise Model Outcome Place Plan Prices Problem Ranges Ref Review Rule Runs Scenario Signature Slack Standing
Stress Sweep Wanted Why WorstFirst __version__ alternatives approve audit check columns compare delete_runs explain
export export_runs figures frontier goals import_ledger new prices ranges read_county read_plan read_scenario
return_plan review rules runs save scenarios_in solve speak stress submit sweep template total why withdraw
"""
"""What other people's notebooks hold on to: a name may come, none may go."""


def doors() -> list[str]:
    """The names of all doors."""
    names: list[str] = vars(rb)["__all__"]
    return names


def test_they_are_those_we_promise_in_order() -> None:
    assert doors() == sorted(STABLE.split())


@pytest.mark.parametrize("name", doors())
def test_each_is_there_and_documented(name: str) -> None:
    one = getattr(rb, name)
    assert isinstance(one, str) or inspect.getdoc(one), name


@pytest.mark.parametrize("name", [name for name in doors() if inspect.isfunction(getattr(rb, name))])
def test_every_parameter_of_a_verb_is_explained_and_typed(name: str) -> None:
    verb = getattr(rb, name)
    parameters = inspect.signature(verb).parameters
    assert all(one.annotation is not inspect.Parameter.empty for one in parameters.values()), name
    if len(parameters) > 1:
        explained = inspect.getdoc(verb) or ""
        assert [one for one in parameters if f"\n    {one}: " not in explained] == []


def test_a_door_stays_one_whatever_is_loaded() -> None:
    """Also `audit`, which is a part of the library too; in a program of its own, where nothing is loaded yet."""
    code = (
        "import pkgutil, importlib, rebalance\n"
        "for one in pkgutil.walk_packages(rebalance.__path__, 'rebalance.'):\n"
        "    if not one.name.endswith('__main__'): importlib.import_module(one.name)\n"
        "from types import ModuleType\n"
        "print([name for name in rebalance.__all__ if isinstance(getattr(rebalance, name), ModuleType)])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, encoding="utf-8")
    assert done.stdout == "['figures', 'goals', 'rules']\n"


def test_parts_with_the_name_of_a_door_can_still_be_loaded() -> None:
    found = import_module("rebalance.plans.audit")
    assert isinstance(found, ModuleType)
    assert found.audit is not rb.audit
    assert callable(rb.audit)


def test_opening_the_package_loads_nothing() -> None:
    code = "import sys, rebalance; print(sorted(one for one in sys.modules if one.startswith('rebalance')))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, encoding="utf-8")
    assert done.stdout == "['rebalance']\n"


def test_rules_and_goals_are_all_at_hand() -> None:
    for part, listed in ((rb.rules, rb.rules.RULES), (rb.goals, rb.goals.GOALS)):
        assert {kind.__name__ for kind in listed.values()} <= set(part.__all__)
        assert part.__all__ == sorted(part.__all__, key=lambda name: (not name.isupper(), name))
        assert all(inspect.getdoc(getattr(part, name)) for name in part.__all__)


def test_every_module_of_the_package_can_be_walked() -> None:
    assert {"api", "cli", "rules"} <= {one.name for one in pkgutil.iter_modules(rb.__path__)}
