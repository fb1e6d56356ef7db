"""Where work is measured: agencies that have some, take over that of others, or only have what is delegated."""

from __future__ import annotations

from decimal import Decimal

from rebalance.county.reform import Matter, MatterKind, Volume
from tests.counties import FIRST, Has, Sketch, office, optional
from tests.reform import HOURS
from tests.rules.judging import done


def test_an_agency_whose_only_work_is_delegated_counts_as_one_that_has_some() -> None:
    # In T only A has work of its own; M is B's, which is optional, and N is C's: 0.50 and 1.50 positions.
    matters = tuple(
        Matter(name, name, MatterKind.APPROVAL, "U", agency, hours=Decimal(1))
        for name, agency in (("M", "B"), ("N", "C"))
    )
    volumes = (Volume("M", "T", 50), Volume("N", "T", 150))
    county = Sketch(
        units={"U": Has(10)},
        townships={"S": 2, "T": 6},
        agencies=(office("A"), optional("B", falls_to="D"), office("C"), office("D"), office("E")),
        demand={("T", "A"): "2"},
        tables={"matters": matters, "volumes": volumes, "working_time": HOURS},
    )
    assert county.problem.work.places == {"S": (), "T": ("A", "B", "C", "D")}
    doors = {("T", agency): 1 for agency in "ACD"}
    placed = {("T", "A"): 2, ("T", "C"): 1, ("T", "D"): 3}
    plan = done(county, delegated={("M", "T"): 1, ("N", "T"): 1}, open=doors, placed=placed)
    assert [plan.served("T", agency, FIRST) for agency in "ABCD"] == [200, 0, 100, 50]
    assert (plan.covered("T", FIRST), plan.work("T", FIRST)) == (350, 400)
