"""Routes (分类管理、审批权限): which category may go from which kind of holder to which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations
from typing import ClassVar

from rebalance.county.holders import HolderKind
from rebalance.county.reform import Station
from rebalance.model.finding import Finding, Place
from rebalance.model.linear import Linear, total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem
from rebalance.rules.rule import AboutRule
from rebalance.text import _

POOL = HolderKind.RESERVE


@dataclass(frozen=True)
class Routes:
    """A category moves only along the routes of the table `routes`; categories without one stay where they are.

    Who gives to whom is not decided. For every category and year it is enough that there is one flow for each pair of
    kinds of holder (department, institution, vertical unit, town, township, sub-district, reserve) that has a route:

        what holders of a kind give    = Σ flows from that kind
        what holders of a kind receive = Σ flows to that kind

    Positions granted from above come to townships, and those given back leave units and the reserve, without a route
    (`hold_total`): of a category below its ceiling townships may receive more than flows to them, of one above it the
    county's own units and the reserve may give more than flows from them.

    A station goes from its own unit to its own township, so its route is known, and without one it stays. The level
    that must approve is reported, from `routes.approval`.

    References:
        Regulation on Local Institutions and Staffing (地方各级人民政府机构设置和编制管理条例, 2007), articles 15 to
        18: no mixing of categories, and moves between levels need approval from above; in the reform, 分类管理.
    """

    source: str = ""
    law: bool = False
    tables: ClassVar[tuple[str, ...]] = ("routes",)

    @staticmethod
    def about() -> AboutRule:
        """The title."""
        return AboutRule(_("Routes of each category, and who approves"))

    def post(self, model: Model) -> None:
        """What each kind gives flows out along its routes, what each receives flows in; the reserve may keep its own.

        A flow for each pair of kinds is enough, and keeps the model small: one for each unit and township would be
        hundreds of times as many, to decide what nobody asks.
        """
        problem = model.problem
        for category in problem.categories if problem.county.routes else ():
            for year in problem.years:
                flows = _flows(model, category, year)
                given, received = _given(model, category, year), _received(model, category, year)
                place = Place(category=category, year=year)
                for kind in HolderKind:
                    out = total(flow for (origin, _to), flow in flows.items() if origin == kind)
                    may_give_back = problem.headroom[category] < 0 and kind != HolderKind.VERTICAL
                    model.add(given[kind] >= out if may_give_back else given[kind].equals(out), place)
                    into = total(flow for (_origin, to), flow in flows.items() if to == kind)
                    may_be_granted = problem.headroom[category] > 0 and kind != POOL
                    model.add(received[kind] >= into if may_be_granted else received[kind].equals(into), place)
        for row in problem.county.stations if problem.county.routes else ():
            if not _has_route(problem, row):
                for year in problem.years:
                    place = Place(row.unit, "", row.category, year, "station", row.station)
                    model.add(model.handed(row.station, year) <= 0, place)

    def check(self, plan: Plan) -> Iterator[Finding]:
        """By Hall's condition: no set of kinds gives more than the kinds it may give to receive, nor the reverse.

        Whoever may give back, or be granted, need not find anybody; where all others find somebody on either side,
        there are flows that suit both sides at once (the theorem of Mendelsohn and Dulmage).
        """
        problem = plan.problem
        for category in problem.categories if problem.county.routes else ():
            lawful = {(r.from_, r.to) for r in problem.county.routes if r.category == category} | {(POOL, POOL)}
            backwards = {(to, origin) for origin, to in lawful}
            room = problem.headroom[category]
            for year in problem.years:
                given, received = _gains(plan, category, year)
                givers = (HolderKind.VERTICAL,) if room < 0 else tuple(HolderKind)
                takers = (POOL,) if room > 0 else tuple(HolderKind)
                there, back = _stranded(givers, given, received, lawful), _stranded(takers, received, given, backwards)
                yield Finding(Place(category=category, year=year), max(there, back), at_most=0)
        for row in problem.county.stations if problem.county.routes else ():
            way = (row.category, problem.kind(row.unit), problem.kind(row.township))
            lawful_way = any((one.category, one.from_, one.to) == way for one in problem.county.routes)
            for year in problem.years:
                place = Place(row.unit, "", row.category, year, "station", row.station)
                yield Finding(place, plan.handed(row.station, year), at_most=1 if lawful_way else 0)

    def explain(self, problem: Problem, place: Place) -> str:
        """Along which routes a category may move."""
        if place.aspect == "station":
            return _("{station} of {unit} is handed down only if a route is open to positions ({category}).").format(
                station=place.item, unit=problem.name(place.holder), category=problem.name(place.category)
            )
        routes = sorted({(row.from_, row.to) for row in problem.county.routes if row.category == place.category})
        if not routes:
            return _("{category}: no route is open, positions stay where they are.").format(
                category=problem.name(place.category)
            )
        ways = "; ".join(f"{origin} → {to}" for origin, to in routes)
        return _("{category}, {year}: positions move only along {ways}.").format(
            category=problem.name(place.category), year=place.year, ways=ways
        )


def _has_route(problem: Problem, row: Station) -> bool:
    ways = {(one.from_, one.to) for one in problem.county.routes if one.category == row.category}
    return (problem.kind(row.unit), problem.kind(row.township)) in ways


def _flows(model: Model, category: str, year: int) -> dict[tuple[HolderKind, HolderKind], Linear]:
    problem = model.problem
    most = problem.most[category]
    ways = {(row.from_, row.to) for row in problem.county.routes if row.category == category}
    ways |= {(POOL, POOL)}
    return {(a, b): model.variable(("flow", category, a, b, year), 0, most) for a, b in sorted(ways)}


def _given(model: Model, category: str, year: int) -> dict[HolderKind, Linear]:
    problem = model.problem
    given = {k: total(model.cut(u, category, year) for u in problem.units if problem.kind(u) == k) for k in HolderKind}
    given[POOL] = model.reserve(category, year - 1)
    return given


def _received(model: Model, category: str, year: int) -> dict[HolderKind, Linear]:
    problem = model.problem
    townships = problem.townships
    kinds = {k: [t for t in townships if problem.kind(t) == k] for k in HolderKind}
    received = {k: total(model.added(t, category, year) for t in kinds[k]) for k in HolderKind}
    received[POOL] = model.reserve(category, year)
    return received


def _gains(plan: Plan, category: str, year: int) -> tuple[Mapping[HolderKind, int], Mapping[HolderKind, int]]:
    given = dict.fromkeys(HolderKind, 0)
    received = dict.fromkeys(HolderKind, 0)
    for holder, found in plan.problem.accounts:
        change = plan.owned(holder, found, year) - plan.owned(holder, found, year - 1)
        change -= plan.sunk(holder, found, year)
        if found == category and holder in plan.problem.unit:
            given[plan.problem.kind(holder)] -= change
        elif found == category and holder in plan.problem.township:
            received[plan.problem.kind(holder)] += change
    given[POOL], received[POOL] = plan.reserve(category, year - 1), plan.reserve(category, year)
    return given, received


def _stranded(
    kinds: Iterable[HolderKind],
    given: Mapping[HolderKind, int],
    received: Mapping[HolderKind, int],
    lawful: set[tuple[HolderKind, HolderKind]],
) -> int:
    """The most that some set of givers gives beyond what all their lawful receivers together take."""
    givers = [kind for kind in kinds if given[kind]]
    groups = chain.from_iterable(combinations(givers, size) for size in range(len(givers) + 1))
    return max(
        sum(given[kind] for kind in group)
        - sum(received[to] for to in HolderKind if any((kind, to) in lawful for kind in group))
        for group in groups
    )
