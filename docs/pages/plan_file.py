"""The keys of `plan.json`, read off the dataclasses that write it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, get_args, get_type_hints

from docs.pages.markdown import code, page, table
from rebalance.plans.file import GoalRow, PlanFile
from rebalance.plans.rows import FindingRow, Tables

ABOUT = """
`rebalance solve SCENARIO --out DIR` writes `DIR/plan.json`: what was asked, what was found, and what is proven. Numbers
of positions and people are whole; work is in hundredths of positions; shares are exact fractions, written `"p/q"`. A
file can be read, audited and exported without a solver. `rebalance audit` checks every figure in it against the books:
whoever changes one must change what follows from it.
"""


def plan_file_pages() -> Mapping[str, str]:
    """One page."""
    return {"files/plan_file.md": page("# A plan on disk: plan.json", ABOUT.strip(), *_whole(), *_rows())}


def _whole() -> Iterator[str]:
    yield "## Keys"
    yield _text(PlanFile)
    own = [item.name for item in fields(PlanFile) if item.name not in get_type_hints(Tables)]
    yield table(("key", "type"), ((f"`{name}`", _kind(get_type_hints(PlanFile)[name])) for name in own))


def _rows() -> Iterator[str]:
    inner = {name: get_args(kind)[0] for name, kind in get_type_hints(Tables).items()}
    for name, row in (inner | {"goals": GoalRow, "findings": FindingRow}).items():
        yield f"## {name}"
        yield _text(row)
        key = getattr(row, "KEY", ())
        sparse = " Rows with nothing in them are left out." if getattr(row, "SPARSE", False) else ""
        yield f"Told apart by {', '.join(code(key))}.{sparse}" if key else "In order of rank."
        hints = get_type_hints(row)
        yield table(("key", "type"), ((f"`{item.name}`", _kind(hints[item.name])) for item in fields(row)))


def _text(thing: type) -> str:
    return inspect.getdoc(thing) or ""


KINDS = {
    "str": "text",
    "int": "whole number",
    "bool": "true or false",
    "Decimal": "number",
    "Fraction": "fraction, a text `p/q`",
    "Ending": "text: how it ended",
    "None": "null",
}


def _kind(kind: Any) -> str:  # noqa: ANN401  # a type
    """A type in words; whatever has parts of its own is a table, or several."""
    arms = [one for one in get_args(kind) if kind.__class__.__name__ in {"UnionType", "Union", "_UnionGenericAlias"}]
    if arms:
        return " or ".join(dict.fromkeys(map(_kind, arms)))
    name = getattr(kind, "__name__", str(kind))
    if name == "Mapping":
        return "table"
    return KINDS.get({"NoneType": "None"}.get(name, name), "list")
