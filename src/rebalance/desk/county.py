"""A county at the desk: every table of its package as a table of pandas."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from rich.console import RenderableType

from rebalance.audit import today
from rebalance.county import county as core
from rebalance.county.remarks import remarks
from rebalance.county.tables import CATEGORIES, TABLES
from rebalance.desk.shown import Shown, recast
from rebalance.exploring.inputs import cell
from rebalance.hints import near_miss, quoted
from rebalance.problem import Problem
from rebalance.reading import package
from rebalance.words import _
from rebalance.writing.check import heading, ledger, report


class County(Shown, core.County):
    """A county as its package describes it; nothing is worked out, nothing can be changed."""

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance check` says of it."""
        return report(self, remarks(self), today(self))

    def brief(self) -> Iterator[RenderableType]:
        """Which county it is, and who has what today; `show()` has the rest."""
        yield from heading(self)
        yield ledger(Problem(self))

    def table(self, name: str) -> pd.DataFrame:
        """A table of the package, with the columns of the package; numbers are exact.

        Raises:
            ValueError: there is no such table.
        """
        tables = {table.name: table for table in (CATEGORIES, *TABLES)}
        if name not in tables:
            message = _("no such table (got {value}). Accepted: {accepted}.")
            text = message.format(value=quoted(name), accepted=", ".join(tables))
            raise ValueError(text + near_miss(name, tables))
        headings = tables[name].headings
        rows = [[cell(one, getattr(row, one.field)) for one in headings] for row in getattr(self, name)]
        return pd.DataFrame(rows, columns=[one.header for one in headings])


def read_county(path: Path | str) -> County:
    """Read a county package: a folder with `county.toml` and CSV tables, or one `.xlsx` with sheets for them.

    Raises:
        FaultsError: with every fault found in the package.
    """
    return recast(package.read_county(path), County)
