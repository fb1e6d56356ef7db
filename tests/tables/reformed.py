"""A county in which every mechanism of the reform has something to show, and a plan worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from rebalance.county.agencies import Merger, Platform, Post
from rebalance.county.norms import Band, BandUse
from rebalance.county.reform import Borrowed, Dispatched, Matter, MatterKind, Station, Volume
from rebalance.model.plan import Decision
from rebalance.rules.leadership import Leadership
from rebalance.scenario.scenario import Scenario
from tests.counties import ADMIN, FIRST, Has, Sketch, asked, office, optional
from tests.goals.test_hand_down_matters import HUNDRED_HOURS
from tests.plans.plans import complete

LAST = FIRST + 1

SKETCH = Sketch(
    units={"U1": Has(12, 11), "U2": Has(5, 5)},
    townships={"T1": Has(4, 4), "T2": 3},
    years=2,
    agencies=[office("A1"), replace(optional("A2", falls_to="A1"), platform=Platform.ENFORCEMENT)],
    placed={("T1", "A1"): 4, ("T2", "A1"): 2, ("T2", "A2"): 1},
    demand={("T1", "A1"): "8", ("T1", "A2"): "2", ("T2", "A1"): "5"},
)
COUNTY = replace(
    SKETCH.county,
    units=tuple(replace(row, leaders_authorised=2, leaders_in_post=3) for row in SKETCH.county.units),
    bands=(Band(BandUse.LEADERSHIP, 4, 1, 1), Band(BandUse.LEADERSHIP, 100, 2, 2)),
    stations=(
        Station("S1", "U1", "T1", "A1", ADMIN, 2, 1, "finance"),
        Station("S2", "U1", "T2", "A1", ADMIN, 1, 1, "finance"),
        Station("S3", "U1", "T2", "A1", ADMIN, 3, 3, "veterinary"),
    ),
    dispatched=(Dispatched("U2", "T1", "A2", ADMIN, 1, most=2),),
    borrowed=(Borrowed("T1", "U1", ADMIN, 2),),
    matters=(
        Matter("M1", "Permits", MatterKind.APPROVAL, "U2", "A1", hours=Decimal(1), base=True),
        Matter("M2", "Fines", MatterKind.ENFORCEMENT, "U2", "A2", hours=Decimal(1)),
    ),
    volumes=(Volume("M1", "T1", 25), Volume("M1", "T2", 10), Volume("M2", "T1", 250)),
    working_time=HUNDRED_HOURS,
    posts=(Post("", "A1", "head", "Head", ADMIN, 6), Post("", "A2", "patrol", "Patrol", ADMIN, 1)),
    mergers=(Merger("T1", "Old office", "A1"), Merger("T1", "Old station", "A1"), Merger("T2", "Old hall", "A1")),
)
SCENARIO: Scenario = replace(asked(COUNTY, (Leadership(),), ()), name="reformed")
DECIDED: dict[Decision, int] = {
    ("cut", "U1", ADMIN, FIRST): 1,
    ("added", "T1", ADMIN, FIRST): 1,
    ("handed", "S1", FIRST): 1,
    ("handed", "S1", LAST): 1,
    ("handed", "S2", LAST): 1,
    ("dispatched", "U2", "T1", "A2", ADMIN, FIRST): 1,
    ("dispatched", "U2", "T1", "A2", ADMIN, LAST): 2,
    ("borrowed", "T1", "U1", ADMIN, FIRST): 1,
    ("delegated", "M1", "T1", LAST): 1,
    ("delegated", "M1", "T2", LAST): 1,
    ("delegated", "M2", "T1", LAST): 1,
    **{("open", township, "A1", year): 1 for township in ("T1", "T2") for year in (FIRST, LAST)},
    **{("open", "T1", "A2", year): 1 for year in (FIRST, LAST)},
    **{("placed", "T1", "A1", ADMIN, year): 6 for year in (FIRST, LAST)},
    ("placed", "T2", "A1", ADMIN, FIRST): 3,
    ("placed", "T2", "A1", ADMIN, LAST): 4,
}
PLAN = complete(SCENARIO, DECIDED)
"""U1 gives one position and two stations, three positions in all; U2 dispatches another of its people."""
