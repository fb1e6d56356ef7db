"""A county as it stands today: frozen values, nothing worked out."""

from __future__ import annotations

import hashlib
import json
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from rebalance.county.agencies import Agency, Demand, Merger, Placed, Post
from rebalance.county.holders import Category, Hiring, Position, Retirement, Route, Township, Unit
from rebalance.county.norms import Allowance, Band, Classes, Earlier, Index, Letterhead, Source, WorkingTime
from rebalance.county.reform import Borrowed, Dispatched, Matter, Station, Step, Volume
from rebalance.county.tables import CATEGORIES, TABLES
from rebalance.text import _, name_of


@dataclass(frozen=True, slots=True)
class County:
    """What a county package says.

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
        return f"County({text})"


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
