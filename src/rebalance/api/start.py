"""A county of one's own: what it begins with, a workbook to fill in, and whether its tables are sound."""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from rebalance.api.example import NAME as LANGXI
from rebalance.api.example import files as example_files
from rebalance.county.columns import Heading
from rebalance.county.county import County
from rebalance.county.read import WORKBOOK, read_county, read_package
from rebalance.county.tables import TABLES, Table
from rebalance.fault import Fault
from rebalance.filing import Filing
from rebalance.filing import new as filed
from rebalance.papers.marks import annotated
from rebalance.papers.template import cell_of, header
from rebalance.papers.template import template as made
from rebalance.plans.check import Check
from rebalance.plans.check import check as checked
from rebalance.scenario.sheet import Row, rows_of
from rebalance.text import _, language, quoted

__all__ = ["annotate", "check", "new", "read_county", "template"]

BLOCK = re.compile(r"^```python\n(.*?)^```\n", re.DOTALL | re.MULTILINE)


def notebook(text: str) -> str:
    """The notebook's file, with nothing run yet."""
    cells = [{"id": f"cell-{number}", "metadata": {}, **cell} for number, cell in enumerate(_cells(text), 1)]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    about = {"kernelspec": kernel, "language_info": {"name": "python"}}
    whole = {"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _cells(text: str) -> Iterator[dict[str, Any]]:
    for number, part in enumerate(BLOCK.split(text)):
        source = part.strip("\n").splitlines(keepends=True)
        if source and number % 2:
            yield {"cell_type": "code", "execution_count": None, "outputs": [], "source": source}
        elif source:
            yield {"cell_type": "markdown", "source": source}


HERE = Path(__file__).parents[1] / "new"
MODEL = "models/example"
SCENARIO = "scenarios/baseline.toml"
NOTEBOOK = "notebooks/first_plan.ipynb"


def files() -> Iterator[tuple[str, str]]:
    """Every file by its path in the folder, in the language spoken."""
    words = HERE / language()
    yield "README.md", _text(words / "README.md")
    yield f"{MODEL}/county.toml", _text(HERE / "county/county.toml")
    yield from _tables(read_county(HERE / "county"))
    yield SCENARIO, _text(words / "baseline.toml")
    yield NOTEBOOK, notebook(_text(words / "first_plan.md"))


def _tables(county: County) -> Iterator[tuple[str, str]]:
    for table in TABLES:
        if getattr(county, table.name):
            yield f"{MODEL}/{table.name}.csv", _csv(county, table)


def _csv(county: County, table: Table) -> str:
    """A table with the columns that it has values for."""
    rows = getattr(county, table.name)
    kept = [one for one in table.headings if one.required or any(_cell(one, row) for row in rows)]
    stream = io.StringIO()
    sheet = csv.writer(stream, lineterminator="\n")
    sheet.writerow(map(header, kept))
    sheet.writerows([_cell(one, row) for one in kept] for row in rows)
    return stream.getvalue()


def _cell(heading: Heading, row: object) -> str:
    value = cell_of(heading, getattr(row, heading.field))
    return f"{value:.15g}" if isinstance(value, float) else value


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def new(folder: Path | str, *, example: str | None = None) -> Path:
    """Start a county of one's own: tables of a small made-up county, a scenario, a notebook; the folder they are in.

    `read_scenario(new("mine") / "scenarios/baseline.toml")` solves at once. Nothing that is there is written over.

    Args:
        folder: to be made.
        example: begin with a copy of the example county, "langxi", and its scenarios instead.

    Raises:
        FileExistsError: something is in the folder already.
        ValueError: there is no such example.
        NotWritableError: nothing can be written there.
    """
    if example not in {None, LANGXI}:
        raise ValueError(
            _("no such example (got {value}). There is: {known}.").format(value=quoted(example), known=LANGXI)
        )
    filed(Path(folder), dict(files() if example is None else example_files()))
    return Path(folder)


def template(path: Path | str, *, county: County | None = None, force: bool = False, read: Path | None = None) -> Path:
    """Write a workbook for a county's tables, every column explained, with drop-down lists; `read_county` reads it.

    Args:
        path: where, ending in .xlsx; its folder is made if need be.
        county: whose figures to fill in (none: it stays empty).
        force: replace what is there even if this program has not written it; never a county's workbook.
        read: from where the county was read, which is not written over.

    Raises:
        NotWritableError: nothing can be written there, or what is there is not written over.
        ValueError: it is not the name of a workbook.
    """
    file = Path(path)
    if file.suffix.casefold() != WORKBOOK:
        message = _("not the name of a workbook (got {value}). End it in .xlsx.")
        raise ValueError(message.format(value=quoted(file.name)))
    filing = Filing(force, (read,) if read else ())
    filing.look(file)
    return filing.put(file, made(county, first_scenario()))


def first_scenario() -> list[Row]:
    """The scenario that a county begins with, as lines of a sheet in the language spoken; it is about its workbook."""
    said = tomllib.loads(_text(HERE / language() / "baseline.toml"), parse_float=Decimal)
    return list(rows_of({key: value for key, value in said.items() if key != "county"}))


def check(package: Path | str | County) -> Check:
    """Look at a county's tables: what they hold, what is odd about them, and what today's state already breaks.

    Raises:
        FaultsError: with every fault found in the package.
    """
    if isinstance(package, County):
        return checked(package)
    found = read_package(package)
    return checked(found.county, found.notes)


def annotate(
    package: Path | str, faults: Sequence[Fault], path: Path | str, notes: Sequence[str] = (), *, force: bool = False
) -> Path:
    """Write a copy of a faulty workbook in which the faulty cells are marked; `notes` say what was read kindly.

    Raises:
        FaultsError: the workbook is too damaged to be copied.
        NotWritableError: nothing can be written there, or what is there is not written over.
        ValueError: one of the two is no workbook.
    """
    source, file = Path(package), Path(path)
    if source.suffix.casefold() != WORKBOOK or file.suffix.casefold() != WORKBOOK:
        message = _("only a workbook can be marked, and the copy is one too. End both names in .xlsx.")
        raise ValueError(message)
    filing = Filing(force, (source,))
    filing.look(file)
    return filing.put(file, annotated(source, faults, notes))
