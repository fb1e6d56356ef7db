"""The figures of townships by which positions are shared out, or townships told apart."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction

from rebalance.county.organisations import Township
from rebalance.county.remark import Remark
from rebalance.words import _

INDICATORS = ("population", "area_km2", "gdp", "revenue", "villages")
"""Columns of the table `townships`; those of `[classes]` are all but the villages."""

Column = Mapping[str, Fraction]
"""A figure for every township, by id."""


def column(townships: Sequence[Township], indicator: str) -> Column:
    """The figures of all townships; a missing one counts as 0."""
    return {row.township: Fraction(getattr(row, indicator) or 0) for row in townships}


def missing(townships: Sequence[Township], indicators: Collection[str]) -> Iterator[Remark]:
    """A remark for every figure that is not there and had to count as 0."""
    for row in townships:
        for indicator in indicators:
            if getattr(row, indicator) is None:
                sentence = _("No figure for {indicator}: it counts as 0. Give it in the table.")
                yield Remark("townships", (row.township,), sentence.format(indicator=indicator_name(indicator)))


def indicator_name(indicator: str) -> str:
    """The indicator as people call it."""
    names = {
        "population": _("population"),
        "area_km2": _("area"),
        "gdp": _("gross product"),
        "revenue": _("fiscal revenue"),
        "villages": _("villages"),
    }
    return names[indicator]
