"""What cannot hold together, where its numbers stand, and what to paste into a scenario file to mend it."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from rich.console import RenderableType

from rebalance.explaining.repair import Move, Repair, Repairs
from rebalance.leeway.levers import Cell, Lever, RuleNumber, Without
from rebalance.leeway.loosening import Instance
from rebalance.outcome import Clash
from rebalance.problem import Problem
from rebalance.record.values import unstructure
from rebalance.scenario import Scenario
from rebalance.words import _
from rebalance.writing.clash import law
from rebalance.writing.terminal import add, line, table, words

MOST = 20
"""So many statements of a clash are shown; the others are counted."""

Levers = Mapping[Instance, Sequence[Lever]]


def explained(
    scenario: Scenario, found: Sequence[Clash], where: Levers, repairs: Repairs, file: str
) -> Iterator[RenderableType]:
    """The clashes, then the ways out, the cheapest first."""
    yield line(f"{scenario.problem.county} · {scenario}", "bold")
    yield line(_("There is no such plan: rules of the scenario cannot hold together."), "yellow")
    if not all(clash.confirmed for clash in found):
        yield line(_("A second setting of the solver has not confirmed it in the time there was."), "yellow")
    for number, clash in enumerate(found, 1):
        yield from _clash(scenario, clash, where, number, len(found))
    yield from _repairs(scenario.problem, repairs, file)


def _clash(scenario: Scenario, clash: Clash, where: Levers, number: int, count: int) -> Iterator[RenderableType]:
    if not clash.members:
        yield line(_("What is law cannot hold together in this county, whatever else is asked."), "red")
        yield from law(scenario, clash)
        return
    title = _("These cannot hold together") + (f" ({number}/{count})" if count > 1 else "")
    made = table(title, words(_("rule")), words(_("what it asks")), words(_("where it stands")))
    for member in clash.members[:MOST]:
        rule, place = member
        stands = "\n".join(dict.fromkeys(named(scenario.problem, lever) for lever in where.get(member, ())))
        add(made, rule, scenario.rules[rule].explain(scenario.problem, place), stands)
    yield made
    if len(clash.members) > MOST:
        yield line(_("… and {count} more.").format(count=len(clash.members) - MOST))
    yield from law(scenario, clash)
    if len(clash.members) > 1:
        yield line(_("Without any one of these, the others of this table can hold together."))


def _repairs(problem: Problem, repairs: Repairs, file: str) -> Iterator[RenderableType]:
    if not repairs.found:
        yield line(_nothing(repairs), "red")
        return
    for number, repair in enumerate(repairs.found, 1):
        yield line("")
        title = _("Repair {number}, numbers to change: {count}").format(number=number, count=len(repair.moves))
        yield line(title + (_(" (the cheapest)") if number == 1 else ""), "bold")
        for move in repair.moves:
            yield line("· " + changed(problem, move))
        if not repair.verified:
            yield line(_("NOT VERIFIED: solving the repaired scenario found no plan."), "red")
        for said in overlay(repair, file):
            yield from map(line, said.split("\n"))
    if not repairs.complete:
        yield line(_("There may be others as cheap: ask for more with --repairs, or allow more time."), "yellow")


def _nothing(repairs: Repairs) -> str:
    if repairs.complete:
        return _("No repair was found: what is law, or must stay, does not allow any.")
    return _("No repair was found in the time there was: allow more time.")


def named(problem: Problem, lever: Lever) -> str:
    """Where a number stands, and what it is."""
    match lever:
        case Cell(table=rows, key=key, field=field, value=value):
            row = ", ".join(problem.name(str(part)) for part in key if part)
            return f"{rows.name}: {row}: {field} = {value}"
        case RuleNumber(rule=rule, path=path, value=value):
            return f"[rules.{rule}] {_path(path)} = {written(value)}"
        case _rule:
            return f"[rules.{lever.name}]"


def changed(problem: Problem, move: Move) -> str:
    """A change in words."""
    if isinstance(move.lever, Without):
        return _("leave out the rule {rule}").format(rule=move.lever.name)
    number = move.lever.number(move.steps)
    return _("{number} → {now}").format(
        number=named(problem, move.lever), now="" if number is None else written(number)
    )


def overlay(repair: Repair, file: str) -> Iterator[str]:
    """The lines of a scenario file that extends the impossible one and is possible."""
    yield f"extends = {text(file)}"
    without = [move.lever.name for move in repair.moves if isinstance(move.lever, Without)]
    if without:
        yield f"without = [{', '.join(map(text, without))}]"
    tables: dict[str, list[str]] = defaultdict(list)
    for move in repair.moves:
        match move.lever:
            case RuleNumber(rule=rule, path=path):
                one = _parameter(repair.scenario, rule, path)
                tables[f"rules.{bare(rule)}"] += [one] if one not in tables[f"rules.{bare(rule)}"] else []
            case Cell(table=rows, key=key, field=field) as cell:
                where = ".".join(("data", rows.name, *(bare(str(part)) for part in key)))
                tables[where].append(f"{field} = {cell.number(move.steps)}")
    for name, lines in tables.items():
        yield ""
        yield f"[{name}]"
        yield from lines


def _parameter(scenario: Scenario, rule: str, path: tuple[str | int, ...]) -> str:
    """A parameter with its value; a list is written whole, for a file replaces lists and does not add to them."""
    value: Any = scenario.rules[rule]
    keys: list[str] = []
    for part in path:
        if isinstance(part, int):
            break
        value = getattr(value, part)
        keys.append(part.rstrip("_"))
    return f"{'.'.join(keys)} = {written(value)}"


def written(value: Any) -> str:  # noqa: ANN401  # any parameter
    """A value as TOML has it."""
    if isinstance(value, Fraction):
        cents = value * 100
        return f"{float(value):g}" if cents.denominator == 1 else text(str(value))
    plain = unstructure(value)
    if isinstance(plain, list):
        return "[" + "".join(f"\n    {_inline(item)}," for item in plain) + "\n]"
    return _inline(plain)


def _inline(value: Any) -> str:  # noqa: ANN401  # plain data
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{bare(key)} = {_inline(one)}" for key, one in value.items() if one is not None) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else text(str(value))


def _path(path: Sequence[str | int]) -> str:
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def bare(key: str) -> str:
    """A key, in quotes where it needs them."""
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else text(key)


def text(value: str) -> str:
    """A text in quotes; what JSON escapes, TOML does too."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
