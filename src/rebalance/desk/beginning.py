"""What a county of one's own begins with: a folder that solves at once, or a workbook to fill in."""

from __future__ import annotations

from pathlib import Path

from rebalance.county.county import County
from rebalance.hints import quoted
from rebalance.papers.template import template as made
from rebalance.starting.folder import start
from rebalance.words import _
from rebalance.writing.files import write_bytes

WORKBOOK = ".xlsx"


def new(folder: Path | str) -> Path:
    """Start a county of one's own: tables of a small made-up county, a scenario, a notebook; the folder they are in.

    `read_scenario(new("mine") / "scenarios/baseline.toml")` solves at once. Nothing that is there is written over.

    Raises:
        FileExistsError: something is in the folder already.
    """
    start(Path(folder))
    return Path(folder)


def template(path: Path | str, *, county: County | None = None) -> Path:
    """Write a workbook for a county's tables, every column explained, with drop-down lists; `read_county` reads it.

    Args:
        path: where, ending in .xlsx; its folder is made if need be.
        county: whose figures to fill in (none: it stays empty).

    Raises:
        ValueError: it is not the name of a workbook.
    """
    file = Path(path)
    if file.suffix.casefold() != WORKBOOK:
        message = _("not the name of a workbook (got {value}). End it in .xlsx.")
        raise ValueError(message.format(value=quoted(file.name)))
    file.parent.mkdir(parents=True, exist_ok=True)
    write_bytes(file, made(county))
    return file
