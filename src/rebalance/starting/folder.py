"""The files that a county of one's own begins with."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from rebalance.county.columns import Heading
from rebalance.county.county import County
from rebalance.county.tables import TABLES, Table
from rebalance.papers.template_cells import cell_of, header
from rebalance.reading.package import read_county
from rebalance.starting.notebook import notebook
from rebalance.words import language

HERE = Path(__file__).parent
MODEL = "models/example"
SCENARIO = "scenarios/baseline.toml"
NOTEBOOK = "notebooks/first_plan.ipynb"


def start(folder: Path) -> list[Path]:
    """Write everything into a folder that is new, or empty; what has been written.

    Raises:
        FileExistsError: something is there.
    """
    found = dict(files())
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(folder)
    written = []
    for name, text in found.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        written.append(file)
    return written


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
