"""Where the program does not yet mean what the design says: there the two are not compared.

A rule or goal stands here with the counties in which its present meaning is another; `delegation` is the work that goes
down with a matter. Whoever gives it the new meaning takes its line out; an empty list means that nothing is excepted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from rebalance.county.county import County
from tests.independent.above import Said


def _timed_steps(county: County, _said: Said) -> bool:
    return any(row.hours for row in county.steps)


def _stations(county: County, _said: Said) -> bool:
    return bool(county.stations)


def _used_otherwise(county: County, _said: Said) -> bool:
    return bool(county.stations or county.dispatched or county.borrowed)


def _cut_otherwise(county: County, said: Said) -> bool:
    if any(str(row.kind) == "vertical" or str(row.level) == "above" for row in county.units):
        return True  # they give through stations only
    sizes: Counter[str] = Counter()
    for row in county.positions:
        sizes[row.holder] += row.authorised
    return said["share"] is not None and any((said["share"] * size).denominator != 1 for size in sizes.values())


def _above_by_level(county: County, _said: Said) -> bool:
    return any(str(row.level) == "above" and str(row.kind) != "vertical" for row in county.units)


def _verticals(county: County, _said: Said) -> bool:
    return any(str(row.kind) == "vertical" for row in county.units)


PENDING: Mapping[str, Callable[[County, Said], bool]] = {
    "delegation": _timed_steps,  # the hours of the township's own steps go down
    "work_follows_matters": _timed_steps,
    "hand_down_matters": _timed_steps,
    "ledgers": _stations,  # nobody below zero at headquarters, nor in any station
    "hiring": _stations,  # a vacancy in a station is none at headquarters
    "vacancies_first": _stations,  # what stations have or lack frees nothing at headquarters
    "cut_above_add_below": _cut_otherwise,  # a cap rounds down
    "routes": _above_by_level,  # by routes, too, they are of the kind vertical
    "unified_use": lambda _county, said: any(one["share"] for one in said["openings"]),  # its share rounds down
    "budget": _verticals,  # under vertical management by kind
    "enforcement_brigade": lambda _county, said: bool(said["forces"]),  # drawn category by category
    "spare_the_units": _used_otherwise,  # what a unit can still use
}


def is_pending(name: str, county: County, said: Said) -> bool:
    """Whether the program does not yet mean the same by a rule or goal in a county."""
    return name in PENDING and PENDING[name](county, said)
