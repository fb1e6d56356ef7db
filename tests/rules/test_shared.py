"""What a rule's `post` and `check` both come to: nothing but what the guide's page on trust names."""

from __future__ import annotations

import ast
import inspect
import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType

import pytest

from rebalance.rules import RULES, Rule

PAGE = Path(__file__).parents[2] / "docs" / "mathematics" / "trust.md"

OURS = ("rebalance.rules.", "rebalance.model.")
"""Where what a rule calls is looked into; `problem` is shared by all, as the page says, and `Linear` is for `post`."""

NAMED = re.compile(r"`([a-z_]+\.[a-z_]+)`")


def reached(kind: type[Rule], face: str) -> set[str]:
    """Every function and method of ours that a face comes to, as `file.function`."""
    found: dict[str, FunctionType] = {}
    todo: list[FunctionType] = [inspect.getattr_static(kind, face)]
    while todo:
        for one in _called(kind, todo.pop()):
            name = f"{one.__module__.rpartition('.')[2]}.{one.__name__}"
            if name not in found:
                found[name] = one
                todo.append(one)
    return set(found)


def _called(kind: type[Rule], function: FunctionType) -> Iterator[FunctionType]:
    """Functions of ours whose names stand in another, and methods of the rule and of its parameters."""
    module = sys.modules[kind.__module__]
    own = [one for one in vars(module).values() if inspect.isclass(one) and one.__module__ == module.__name__]
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))):
        match node:
            case ast.Name(id=name):
                things = [function.__globals__.get(name)]
            case ast.Attribute(value=ast.Name(id="self"), attr=name):
                things = [inspect.getattr_static(kind, name, None)]
            case ast.Attribute(attr=name):
                things = [vars(one).get(name) for one in own if one is not kind]
            case _other:
                continue
        for thing in map(_bare, things):
            if isinstance(thing, FunctionType) and thing.__module__.startswith(OURS):
                yield thing


def _bare(thing: object) -> object:
    return inspect.unwrap(thing.__func__ if isinstance(thing, staticmethod) else thing)  # type: ignore[arg-type]


def shared(name: str) -> set[str]:
    """What both faces of a rule come to."""
    return (reached(RULES[name], "post") & reached(RULES[name], "check")) - {"linear.total"}


def named() -> set[str]:
    """What the page says that they share."""
    page = PAGE.read_text(encoding="utf-8")
    _before, rows = page.split("| shared by `post` and `check` |")
    return set(NAMED.findall(rows.split("\n\n")[0]))


def test_both_faces_share_what_the_page_says() -> None:
    assert {one for name in RULES for one in shared(name)} == named()


@pytest.mark.parametrize("face", ["post", "check"])
def test_what_a_face_comes_to_is_found(face: str) -> None:
    wanted = {"post": {"vacancies_first.post_staff"}, "check": {"vacancies_first.left_behind"}}
    assert wanted[face] <= reached(RULES["vacancies_first"], face)
