"""The cases of a sweep: each scenario, for each county, with each row of settings."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import prod
from pathlib import Path
from typing import Any

from rebalance.analysis.settings import MOST, drawn, grid, name_of, value_in, values_in
from rebalance.analysis.sweep_cases import Places, Point, case_point, county_point
from rebalance.county.read import WORKBOOK, read_county
from rebalance.fault import Fault, FaultsError, MisuseError
from rebalance.files import read_text, shown
from rebalance.scenario.given import exactly
from rebalance.scenario.scenario import Scenario
from rebalance.scenario.settings import Settings
from rebalance.text import _, quoted

NAME = "name"
"""The column of a file of cases that names them."""

Axes = Mapping[str, str | Sequence[Any]]
"""Values by place, as a text such as "0.05..0.30/0.05" or one by one."""


def points_of(
    scenarios: Sequence[Scenario],
    settings: Axes | Sequence[Settings],
    *,
    cases: Path | None = None,
    draws: int | None = None,
    seed: int = 0,
    counties: Sequence[Path] = (),
) -> list[Point]:
    """Every case, named by what is set in it, and by its scenario or county where there are several.

    Raises:
        FaultsError: the file of cases cannot be read.
        MisuseError: there would be too many.
        ValueError: values cannot be understood.
    """
    axes = _axes(settings) if isinstance(settings, Mapping) else None
    bases, named = list(_bases(scenarios, counties)), list(_rows(cases))
    each = len(settings) if axes is None else prod(map(len, axes.values())) if draws is None else draws
    if (count := len(bases) * len(named) * each) > MOST:
        raise MisuseError(_("too many cases (got {count}). At most {most}.").format(count=count, most=MOST))
    if axes is None:
        combinations = [{path: exactly(path, one) for path, one in row.items()} for row in _listed(settings)]
    else:
        combinations = [dict(one) for one in (grid(axes) if draws is None else drawn(axes, draws, seed))]
    rows = [(name, {**one, **two}, places) for (name, one, places), two in product(named, combinations)]
    return [point for base in bases for point in _with_rows(base, rows, alone=len(bases) == 1)]


def values(said: str | Sequence[Any]) -> Sequence[Any]:
    """The values of an axis.

    Raises:
        ValueError: the text cannot be understood.
    """
    return values_in(said) if isinstance(said, str) else list(said)


def _axes(settings: Axes) -> dict[str, list[Any]]:
    return {path: [exactly(path, one) for one in values(said)] for path, said in settings.items()}


def _listed(settings: Axes | Sequence[Settings]) -> Sequence[Settings]:
    return [] if isinstance(settings, Mapping) else settings


def _with_rows(base: Point, rows: Sequence[tuple[str, Settings, Places]], *, alone: bool) -> Iterator[Point]:
    """A base with every row of settings; named by what is set, and by the base where there are others."""
    for name, settings, places in rows:
        own = name or name_of(settings)
        parts = ([] if alone and own else [base.name]) + ([own] if own else [])
        among = "" if alone else base.name
        if base.scenario is None:
            yield Point(": ".join(parts), settings, None, base.faults, among)
        else:
            yield case_point(base.scenario, settings, ": ".join(parts), among, places)


def _rows(file: Path | None) -> Iterator[tuple[str, Settings, Places]]:
    """The rows of a file of cases, each with its name; one row that sets nothing where there is no file."""
    if file is None:
        yield "", {}, {}
        return
    rows = list(csv.reader(io.StringIO(read_text(file))))
    if len(rows) <= 1:
        message = _("no cases. Write a row with the places that are set, then a row for each case.")
        raise FaultsError([Fault(shown(file), 0, "", message)])
    head = [cell.strip() for cell in rows[0]]
    _check(head, rows, shown(file))
    for number, cells in enumerate(rows[1:], 2):
        said = {path: cell.strip() for path, cell in zip(head, cells, strict=False) if cell.strip()}
        name = said.pop(NAME, "")
        if said or name:
            places = dict.fromkeys(said, (shown(file), number))
            yield name, {path: value_in(cell) for path, cell in said.items()}, places


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
