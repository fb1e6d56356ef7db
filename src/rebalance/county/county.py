"""A county as it stands today: frozen values, nothing worked out."""

from __future__ import annotations

from dataclasses import dataclass

from rebalance.county.agencies import Agency, Demand, Placed
from rebalance.county.matters import Matter, Step, Volume
from rebalance.county.norms import Allowance, Band, Earlier, Index
from rebalance.county.organisations import Category, Township, Unit
from rebalance.county.positions import Hiring, Position, Retirement, Route
from rebalance.county.posts import Merger, Post
from rebalance.county.settings import Classes, Letterhead, WorkingTime
from rebalance.county.sources import Source
from rebalance.county.staffing import Borrowed, Dispatched, Station
from rebalance.words import _, name_of


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
