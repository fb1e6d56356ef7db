"""Outcomes side by side, and scenarios, as tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from rebalance.exploring.compare import Comparison, Row
from rebalance.exploring.inputs import Input
from rebalance.exploring.measures import Value
from rebalance.goals import Goal
from rebalance.outcome import Outcome
from rebalance.record.scalars import LARGEST
from rebalance.record.values import unstructure
from rebalance.words import _
from rebalance.writing import numbers
from rebalance.writing.parameters import label
from rebalance.writing.runs import result
from rebalance.writing.sheets import Figure, Item, Sheet


def sheets(found: Comparison, *, everything: bool) -> Iterator[Sheet]:
    """What was asked, what came of it, township by township and unit by unit; only what differs, or `everything`."""
    yield asked(found.names, found.inputs, everything=everything)
    yield _outcomes(found, everything=everything)
    parts = ((_("Townships"), _("township"), found.townships), (_("Units"), _("unit"), found.units))
    for title, holder, rows in parts:
        kept = _kept(rows, everything=everything)
        lines = [(_holder(found.outcomes, row.holder), row.name, *_figures(row)) for row in kept]
        if lines:
            yield Sheet(title, (holder, _("figure"), *found.names), lines, figures=2)


def dominated(found: Comparison) -> Sheet:
    """Which scenarios are dominated, for programs; a person reads the sentences."""
    return Sheet(_("Dominated"), (_("scenario"), _("dominated by")), list(found.dominated), figures=2)


def sentences(found: Comparison) -> Iterator[str]:
    """What the tables come to."""
    if found.alike:
        yield _("No difference.")
    elif found.unproven:
        text = _("Not every goal is proven in: {names}. A difference may be for want of time.")
        yield text.format(names=", ".join(found.unproven))
    for worse, better in found.dominated:
        text = _("{worse} is dominated by {better}: in no goal better, in one at least worse.")
        yield text.format(worse=worse, better=better)


def asked(names: Sequence[str], inputs: Iterable[Input], *, everything: bool) -> Sheet:
    """What the scenarios ask; only what differs, or `everything`."""
    rows = [(one.path, *(_said(value) for value in one.values)) for one in inputs if everything or one.differs]
    return Sheet(_("What is asked"), (_("what"), *names), rows, figures=1)


def figure(found: Value | None, goal: Goal | None = None) -> Item:
    """A figure as people read it, and exactly."""
    if found is None:
        return None
    if goal is not None and not isinstance(found, str | Fraction | Decimal):
        return Figure(_exact(found), numbers.value(goal, found))
    match found:
        case Fraction():
            return Figure(found, numbers.percent(found))
        case Decimal():
            return Figure(str(found), numbers.hundredths(int(found * 100)))
        case tuple():
            return Figure(_exact(found), str(found))
        case _plain:
            return found


def _exact(found: object) -> int | str:
    plain = unstructure(found)
    return plain if isinstance(plain, int) and abs(plain) <= LARGEST else json.dumps(plain)


def _outcomes(found: Comparison, *, everything: bool) -> Sheet:
    results = [result(one.ending.value, proven=one.proven) for one in found.outcomes]
    rows: list[tuple[Item, ...]] = []
    if everything or found.unproven or any(one != results[0] for one in results):
        rows.append((_("result"), *results))
    for row in _kept((*found.goals, *found.measures), everything=everything):
        name = " ".join(label(row.goal).split()) if row.goal else row.name
        rows.append((name, *_figures(row)))
    return Sheet(_("What comes of it"), (_("figure"), *found.names), rows, figures=1)


def _kept(rows: Iterable[Row], *, everything: bool) -> list[Row]:
    return [row for row in rows if everything or row.differs]


def _figures(row: Row) -> tuple[Item, ...]:
    return tuple(figure(value, row.goal) for value in row.values)


def _holder(outcomes: Sequence[Outcome], holder: str) -> Figure:
    names = (outcome.scenario.problem.name(holder) for outcome in outcomes)
    name = next((name for name in names if name != holder), "")
    return Figure(holder, f"{name} ({holder})" if name else holder)


def _said(value: Any) -> Item:  # noqa: ANN401  # plain data
    if value is None or isinstance(value, str):
        return value
    if value is True:
        return Figure(exact="yes", shown=_("yes"))
    exact = str(value).lower() if isinstance(value, bool) else json.dumps(value, ensure_ascii=False)
    texts = value if isinstance(value, list) and all(isinstance(one, str) for one in value) else [exact]
    return Figure(exact, ", ".join(texts))
