"""`rebalance sweep SCENARIO... --set PATH=VALUES`: many cases, one row each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from pathlib import Path
from typing import Any

import click

from rebalance.analysis.compare import scenario_of
from rebalance.analysis.sweep import (
    MOST,
    Line,
    Point,
    case_point,
    county_point,
    drawn,
    grid,
    line,
    name_of,
    sweep,
    value_in,
    values_in,
)
from rebalance.cli import output as tables
from rebalance.cli.compare import taken
from rebalance.cli.options import format_option, fresh_option, limit_option, running_options, store_option, whole
from rebalance.cli.output import DONE, NO, STOPPED, aloud, misused, picture_option, told
from rebalance.cli.running import Running
from rebalance.cli.verb import Verb, several_argument
from rebalance.county.read import WORKBOOK, read_county
from rebalance.fault import Fault, FaultsError
from rebalance.files import read_text, shown, write_bytes
from rebalance.scenario.scenario import Scenario
from rebalance.scenario.settings import Settings
from rebalance.tables.explored import brief, full, together, troubles
from rebalance.text import _, quoted

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


@dataclass(frozen=True, kw_only=True)
class Asked(Wish, Running):
    """Which cases are asked for, and how they are solved and shown: the options, by name."""

    picture: Path | None


def carry_out(words: Sequence[str], asked: Asked) -> int:
    """Everything from the words to the exit code.

    Raises:
        FaultsError: not one case can be asked.
    """
    points = points_for(words, asked, asked.store)
    faults = [fault for point in points for fault in point.faults]
    if all(point.scenario is None for point in points):
        raise FaultsError(list(dict.fromkeys(faults)))
    done, stopped = _done(points, asked)
    lines = [done[n] if n in done else line(p, None) for n, p in enumerate(points) if n in done or p.scenario is None]
    _show(lines, asked)
    if asked.picture is not None and any(one.figures for one in lines):
        _draw(lines, asked.picture)
        if not asked.quiet:
            told(_("The picture is in {file}.").format(file=asked.picture), DONE)
    if stopped:
        message = _("Stopped: {done} of {count} cases are done and kept. The same command goes on from there.")
        return told(message.format(done=len(done), count=len(points)), STOPPED)
    return NO if any(one.trouble for one in lines) else DONE


def _done(points: Sequence[Point], asked: Asked) -> tuple[dict[int, Line], bool]:
    """The rows by number, and whether somebody stopped before they were complete; plans are not held on to."""
    count = sum(point.scenario is not None for point in points)
    coming = asked.answers(count, lambda runner, keeping: sweep(points, runner, keeping, asked.time_limit))
    found: dict[int, Line] = {}
    try:
        found.update((n, line(points[n], answer)) for n, answer in coming)
    except KeyboardInterrupt:
        return found, True
    return found, False


def _show(lines: Sequence[Line], asked: Asked) -> None:
    if asked.as_ == "table":
        tables.put([brief(lines), *([together(lines)] if asked.counties else [])], asked.as_, list(troubles(lines)))
    else:
        tables.put([full(lines)], asked.as_)


def _draw(lines: Sequence[Line], file: Path) -> None:
    from rebalance.figures import swept

    with aloud():
        content = swept(lines).content(file.suffix)
    write_bytes(file, content)


def command() -> click.Command:
    """The verb."""
    about = _(
        "Solve many cases of a scenario: every combination of the values set, the rows of a CSV file, or random"
        " draws; or many scenarios, or one for many counties. Each answer is kept as it comes: the same command"
        " goes on where it was stopped. A case without a plan is a row like any other."
    )
    words = several_argument(_("Scenario files, or folders of them; FILE#NAME is one variant."))
    params = (words, *_cases(), *running_options(), store_option(), fresh_option(), *_answers())
    return Verb("sweep", carry_out_sweep, *params, about=about, short=_("Solve many cases, one row each."))


def _cases() -> tuple[click.Option, ...]:
    path = click.Path(path_type=Path)
    values = _("Values for a place in the scenario: rules.RULE.PARAMETER=0.05..0.30/0.05, data.TABLE.KEY.COLUMN=2,4,8.")
    cases = _("A CSV file: a column for each place, a row for each case (a column named name names them).")
    county = _("The package of a county to solve the scenario for instead of its own, or a folder of such packages.")
    limit = _("Seconds for each case (default: no limit).")
    return (
        click.Option(["--set", "sets"], multiple=True, metavar="PATH=VALUES", help=values),
        click.Option(["--cases"], type=path, metavar="FILE", default=None, help=cases),
        click.Option(["--draws"], callback=_draws, metavar="N", default=None, help=_("So many random combinations.")),
        click.Option(
            ["--seed"], callback=whole(0, 2**31 - 1), metavar="N", default="0", help=_("Which draws (default: 0).")
        ),
        click.Option(["--county", "counties"], type=path, multiple=True, metavar="PACKAGE", help=county),
        limit_option(limit),
    )


def _answers() -> tuple[click.Option, ...]:
    return (format_option(), picture_option())


def carry_out_sweep(words: tuple[str, ...], **how: Any) -> int:  # noqa: ANN401  # the options, by name
    """Make the cases, solve them, show the rows."""
    return carry_out(words, Asked(**how))


def _draws(context: click.Context, option: click.Parameter, value: str | None) -> int | None:
    return None if value is None else whole(1, 100_000)(context, option, value)
