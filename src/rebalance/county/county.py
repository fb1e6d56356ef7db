"""A county as it stands today: frozen values, nothing worked out, and how it shows itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from rich.console import RenderableType

from rebalance.county.agencies import Agency, Demand, Merger, Placed, Post
from rebalance.county.holders import RESERVE, Category, Hiring, Position, Retirement, Route, Township, Unit
from rebalance.county.norms import Allowance, Band, Classes, Earlier, Index, Letterhead, Source, WorkingTime
from rebalance.county.reform import Borrowed, Dispatched, Matter, Station, Step, Volume
from rebalance.county.tables import CATEGORIES, TABLES, cell
from rebalance.frame import DataFrame, plain_frame
from rebalance.screen import Shown, add, line, number, table, words
from rebalance.text import NOTHING, _, clean, name_of, near_miss, quoted


@dataclass(frozen=True, slots=True)
class County(Shown):
    """A county as its package describes it; nothing is worked out, nothing can be changed.

    Every tuple is sorted by its table's key, so the order of rows in a file never matters.
    """

    name: str
    code: str
    years: tuple[int, ...]
    categories: tuple[Category, ...]
    units: tuple[Unit, ...]
    townships: tuple[Township, ...]
    positions: tuple[Position, ...]
    name_zh: str = ""
    synthetic: bool = False
    source: str = ""
    retirements: tuple[Retirement, ...] = ()
    hiring: tuple[Hiring, ...] = ()
    routes: tuple[Route, ...] = ()
    agencies: tuple[Agency, ...] = ()
    placed: tuple[Placed, ...] = ()
    history: tuple[Earlier, ...] = ()
    mergers: tuple[Merger, ...] = ()
    demand: tuple[Demand, ...] = ()
    indices: tuple[Index, ...] = ()
    allowances: tuple[Allowance, ...] = ()
    bands: tuple[Band, ...] = ()
    stations: tuple[Station, ...] = ()
    dispatched: tuple[Dispatched, ...] = ()
    borrowed: tuple[Borrowed, ...] = ()
    matters: tuple[Matter, ...] = ()
    steps: tuple[Step, ...] = ()
    volumes: tuple[Volume, ...] = ()
    posts: tuple[Post, ...] = ()
    working_time: WorkingTime | None = None
    classes: Classes | None = None
    papers: Letterhead | None = None
    sources: tuple[Source, ...] = ()

    def __str__(self) -> str:
        """The name in the language in use."""
        return name_of(self.name, self.name_zh)

    def __repr__(self) -> str:
        """The name, the years and the size; the tables are too long for a line."""
        text = _("{county}, {years}: units: {units}, townships: {townships}, positions: {positions}").format(
            county=self,
            years=span(self.years),
            units=len(self.units),
            townships=len(self.townships),
            positions=sum(row.authorised for row in self.positions),
        )
        return clean(f"County({text})")

    def brief(self) -> Iterator[RenderableType]:
        """Which county it is, and who has what today; `show()` has the rest."""
        yield line(f"{self} ({self.code}) · {self.years[0]}–{self.years[-1]}", "bold")
        yield from made_up(self)
        yield self.ledger()

    def parts(self) -> Iterator[RenderableType]:
        """The same, with the number of rows in each table; what is odd or broken today `check` says."""
        *head, ledger = self.brief()
        yield from (*head, self.sizes(), ledger)

    def counted(self, category: str) -> int:
        """Positions of a category that count against its ceiling: all but those of units under vertical management."""
        above = {row.unit for row in self.units if row.above}
        return sum(row.authorised for row in self.positions if row.category == category and row.holder not in above)

    def sizes(self) -> RenderableType:
        """How many rows each table has."""
        made = table(_("Tables"), words(_("table")), number(_("rows")))
        for one in TABLES:
            add(made, one.name, len(getattr(self, one.name)) or NOTHING)
        return made

    def ledger(self) -> RenderableType:
        """Positions and staff today, by category and side."""
        headers = (
            _("units"),
            _("townships"),
            _("reserve"),
            _("together"),
            _("counted"),
            _("ceiling"),
            _("in post"),
        )
        made = table(_("Positions today"), words(_("category")), *map(number, headers))
        units, townships = {row.unit for row in self.units}, {row.township for row in self.townships}
        for category in self.categories:
            rows = [row for row in self.positions if row.category == category.category]
            sides = ([row for row in rows if row.holder in side] for side in (units, townships, {RESERVE}))
            owned = [sum(row.authorised for row in side) for side in sides]
            ceiling = NOTHING if category.ceiling is None else category.ceiling
            staff = sum(row.in_post for row in rows)
            counted = self.counted(category.category)
            add(made, name_of(category.name, category.name_zh), *owned, sum(owned), counted, ceiling, staff)
        return made

    def table(self, name: str) -> DataFrame:
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
        return plain_frame(rows, [one.header for one in headings])


def span(years: tuple[int, ...]) -> str:
    """The first and the last of some years, as people write them."""
    return "–".join(map(str, dict.fromkeys((*years[:1], *years[-1:]))))


def digest(county: County) -> str:
    """The SHA-256 of the county's content, in hexadecimal.

    The order of rows, the encoding of files, the language of headers, folder or workbook make no difference;
    neither does a column left at its default, so that a table or column added to the format later leaves the
    fingerprints of older counties alone.
    """
    ordered: dict[str, Any] = {
        one.name: tuple(sorted(getattr(county, one.name), key=one.key_of)) for one in (CATEGORIES, *TABLES)
    }
    text = json.dumps(_plain(replace(county, **ordered)), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value a county may hold
    if is_dataclass(value):
        items = ((item.name, item.default, getattr(value, item.name)) for item in fields(value))
        return {name: _plain(got) for name, default, got in items if default is MISSING or got != default}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return str(Fraction(value)) if isinstance(value, Decimal) else value  # 5.0 and 5 are the same number


def made_up(county: County) -> Iterator[RenderableType]:
    """A warning where figures are made up."""
    if county.synthetic:
        yield line(_("Figures of this county are made up, in part or in whole: see its table `sources`."), "yellow")
