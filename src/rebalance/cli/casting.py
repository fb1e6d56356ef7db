"""The cases of a sweep, from what a person writes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from pathlib import Path
from typing import Any

from rebalance.cli.taking import taken
from rebalance.cli.trouble import misused
from rebalance.exploring.gathering import scenario_of
from rebalance.exploring.settings import Settings
from rebalance.exploring.sweep import Point, case_point, county_point, drawn, grid, name_of
from rebalance.exploring.values import MOST, value_in, values_in
from rebalance.fault import Fault, FaultsError
from rebalance.hints import quoted
from rebalance.reading.package import WORKBOOK, read_county
from rebalance.reading.text_file import read_text, shown
from rebalance.scenario import Scenario
from rebalance.words import _

NAME = "name"
"""The column of a file of cases that names them."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Which cases are asked for: the options, by name."""

    sets: tuple[str, ...] = ()
    cases: Path | None = None
    draws: int | None = None
    seed: int = 0
    counties: tuple[Path, ...] = ()


def points_for(words: Sequence[str], wish: Wish, store: Path) -> list[Point]:
    """Every case: each scenario, for each county, with each row of settings.

    Raises:
        FaultsError: a scenario or the file of cases cannot be read.
        click.UsageError: what is set cannot be understood, or makes too many cases.
    """
    axes = dict(map(_axis, wish.sets))
    if wish.draws is not None and not axes:
        raise misused(_("--draws: of what? Give the values to draw from with --set."))
    bases = list(_bases([scenario_of(one) for one in taken(words, store)], wish.counties))
    named = list(_rows(wish.cases))
    count = len(bases) * len(named) * (prod(map(len, axes.values())) if wish.draws is None else wish.draws)
    if count > MOST:
        raise misused(_("too many cases (got {count}). At most {most}.").format(count=count, most=MOST))
    combinations = grid(axes) if wish.draws is None else drawn(axes, wish.draws, wish.seed)
    rows = [(name, {**one, **two}) for (name, one), two in product(named, combinations)]
    return [point for base in bases for point in _with_rows(base, rows, alone=len(bases) == 1)]


def _with_rows(base: Point, rows: Sequence[tuple[str, Settings]], *, alone: bool) -> Iterator[Point]:
    """A base with every row of settings; named by what is set, and by the base where there are others."""
    for name, settings in rows:
        own = name or name_of(settings)
        parts = ([] if alone and own else [base.name]) + ([own] if own else [])
        among = "" if alone else base.name
        if base.scenario is None:
            yield Point(": ".join(parts), settings, None, base.faults, among)
        else:
            yield case_point(base.scenario, settings, ": ".join(parts), among)


def _axis(text: str) -> tuple[str, list[Any]]:
    path, equals, values = text.partition("=")
    if not equals:
        message = _("--set: no value (got {value}). Write PATH=VALUES, such as rules.phasing.share=0.3,0.4.")
        raise misused(message.format(value=quoted(text)))
    try:
        return path.strip(), values_in(values)
    except ValueError as error:
        raise misused(f"--set {path.strip()}: {error}") from None


def _rows(file: Path | None) -> Iterator[tuple[str, Settings]]:
    """The rows of a file of cases, each with its name; one row that sets nothing where there is no file."""
    if file is None:
        yield "", {}
        return
    rows = list(csv.reader(io.StringIO(read_text(file))))
    if len(rows) <= 1:
        message = _("no cases. Write a row with the places that are set, then a row for each case.")
        raise FaultsError([Fault(shown(file), 0, "", message)])
    head = [cell.strip() for cell in rows[0]]
    _check(head, rows, shown(file))
    for cells in rows[1:]:
        said = {path: cell.strip() for path, cell in zip(head, cells, strict=False) if cell.strip()}
        name = said.pop(NAME, "")
        if said or name:
            yield name, {path: value_in(cell) for path, cell in said.items()}


def _check(head: Sequence[str], rows: Sequence[Sequence[str]], file: str) -> None:
    faults = [
        Fault(file, 1, path, _("the column has no name, or stands twice (got {value}).").format(value=quoted(path)))
        for path in dict.fromkeys(head)
        if not path or head.count(path) > 1
    ]
    faults += [
        Fault(file, number, "", _("more cells than columns (got {count}).").format(count=len(cells)))
        for number, cells in enumerate(rows, 1)
        if len(cells) > len(head)
    ]
    if faults:
        raise FaultsError(faults)


def _bases(scenarios: Sequence[Scenario], packages: Sequence[Path]) -> Iterator[Point]:
    """The scenarios themselves, or each for every county; a county that cannot be read is a point without one."""
    for scenario in scenarios:
        if not packages:
            yield Point(str(scenario), {}, scenario)
        for package in (found for place in packages for found in _packages(place)):
            name = shown(package) if len(scenarios) == 1 else f"{scenario}: {shown(package)}"
            try:
                county = read_county(package)
            except FaultsError as error:
                yield Point(name, {}, None, error.faults)
            else:
                yield county_point(scenario, name, package.as_posix(), county)


def _packages(place: Path) -> list[Path]:
    """The package itself, or all that lie in the folder."""
    if not place.is_dir() or (place / "county.toml").exists():
        return [place]
    inside = sorted(place.iterdir())
    found = [one for one in inside if (one.is_dir() and (one / "county.toml").exists()) or one.suffix == WORKBOOK]
    return [one for one in found if not one.name.startswith((".", "~$"))] or [place]
