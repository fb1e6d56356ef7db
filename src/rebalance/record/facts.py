"""What is said once about a column of the tables that programs read: what stands there, and in which unit."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from typing import get_type_hints

from rebalance.words import _


class Unit(StrEnum):
    """In what a column is measured."""

    NOTHING = ""
    ID = "id"
    YEAR = "year"
    POSITIONS = "positions"
    PEOPLE = "people"
    WORK = "hundredths of positions"
    SHARE = "share"
    FLAG = "0 or 1"
    TRUTH = "true or false"
    RANK = "rank, from 1"
    COUNT = "count"
    SECONDS = "seconds"
    TEXT = "text"
    OWN = "as the figure"

    @property
    def words(self) -> str:
        """In the language spoken."""
        words = {
            Unit.NOTHING: "",
            Unit.ID: _("id"),
            Unit.YEAR: _("year"),
            Unit.POSITIONS: _("positions"),
            Unit.PEOPLE: _("people"),
            Unit.WORK: _("hundredths of positions"),
            Unit.SHARE: _("share"),
            Unit.FLAG: _("0 or 1"),
            Unit.TRUTH: _("true or false"),
            Unit.RANK: _("rank, from 1"),
            Unit.COUNT: _("count"),
            Unit.SECONDS: _("seconds"),
            Unit.TEXT: _("text"),
            Unit.OWN: _("as the figure"),
        }
        return words[self]


@dataclass(frozen=True, slots=True)
class Fact:
    """A note on a column, and its unit."""

    note: str
    unit: Unit = Unit.NOTHING


@cache
def facts(row: type) -> dict[str, Fact]:
    """What is said of each column of a table, read off its row dataclass, in order."""
    hints = get_type_hints(row, include_extras=True)
    return {item.name: _fact(hints[item.name]) for item in fields(row)}


def _fact(hint: object) -> Fact:
    return next(mark for mark in getattr(hint, "__metadata__", ()) if isinstance(mark, Fact))
