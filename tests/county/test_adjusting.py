"""What a scenario may change of working time, classes and papers."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from decimal import Decimal

import pytest

from rebalance.county.changes import change
from rebalance.county.county import County, digest
from rebalance.county.norms import Classes, Letterhead, WorkingTime
from rebalance.fault import FaultsError
from tests.county.counties import small

LOWER = "[data.townships.002]\npopulation = 30000\narea_km2 = 20\n"


def changed(toml: str, county: County | None = None) -> County:
    data = tomllib.loads(LOWER + toml, parse_float=Decimal)["data"]
    return change(county or small(), data, "what-if.toml")


def test_settings_change_key_by_key() -> None:
    county = changed('[data.classes]\nlarge = 3\n[data.working_time]\ntraining = 2.5\n[data.papers]\nnumber = "5"\n')
    assert county.classes == Classes(entropy=True, large=3)
    assert county.working_time == WorkingTime(leave=Decimal("10.5"), training=Decimal("2.5"))
    assert county.papers == Letterhead(issuer_zh="小县机构编制委员会", number="5")


def test_a_setting_the_county_does_not_have_begins_with_its_defaults() -> None:
    bare = replace(small(), classes=None, working_time=None)
    county = changed('[data.classes]\nlarge = 3\nweights = "entropy"\n[data.working_time]\nleave = 12\n', bare)
    assert county.classes == Classes(entropy=True, large=3)
    assert county.working_time == WorkingTime(leave=Decimal(12))


def test_weights_take_the_place_of_entropy_and_entropy_that_of_weights() -> None:
    weighted = changed("[data.classes.weights]\npopulation = 0.4\narea_km2 = 0.6\n")
    assert weighted.classes == Classes(population=Decimal("0.4"), area_km2=Decimal("0.6"), large=1)
    assert changed("[data.classes.weights]\npopulation = 1\n", weighted).classes == Classes(
        population=Decimal(1), area_km2=Decimal("0.6"), large=1
    )
    assert changed('[data.classes]\nweights = "entropy"\n', weighted).classes == small().classes


def test_an_empty_text_takes_a_cut_off_away() -> None:
    assert changed('[data.classes]\nlarge = ""\nscore = 0.62').classes == Classes(entropy=True, score=Decimal("0.62"))


def test_the_digest_sees_every_change() -> None:
    counties = [
        changed(toml)
        for toml in (
            "",
            "[data.classes]\nlarge = 2",
            "[data.classes]\nlarge = 0",
            "[data.classes.weights]\npopulation = 1",
            "[data.working_time]\nleave = 12",
            "[data.papers]\ncontact = 'x'",
        )
    ]
    assert len({digest(county) for county in counties}) == len(counties)


@pytest.mark.parametrize(
    ("toml", "column", "said"),
    [
        ("[data]\nclasses = 5", "data.classes", "not a table (got 5). Write [data.classes] and its keys below it."),
        ("[data.clases]\nlarge = 5", "data.clases", "Did you mean 'classes'?"),
        ("[data.classes]\nlarge = -1", "data.classes.large", "(got '-1')"),
        ("[data.classes]\nlrge = 1", "data.classes.lrge", "Did you mean 'large'?"),
        ("[data.classes]\nscore = 0.5", "data.classes.score", "both large and score"),
        ("[data.classes]\nlarge = ''", "data.classes.large", "neither large nor score"),
        ("[data.classes]\nweights = ''", "data.classes.weights", "neither entropy nor a weight above zero"),
        ("[data.classes.weights]\ngpd = 1", "data.classes.weights.gpd", "Did you mean 'weights.gdp'?"),
        ("[data.classes]\n'weights.gdp' = 1", "data.classes.'weights.gdp'", "unknown name"),
        ("[data.classes.weights.gdp]\na = 1", "data.classes.weights.gdp", "not a single value (got a table)"),
        ("[data.working_time]\nweeks = 2", "data.working_time", "no working time is left"),
        ("[data.working_time]\nadd = []", "data.working_time.add", "unknown name"),
        ("[data.papers]\nisuer = 'x'", "data.papers.isuer", "Did you mean 'issuer'?"),
        ("[data.positions.U2.inst]\nauthorised = 4", "data.stations.S2.authorised", "its authorised in positions is 4"),
        ("[data.matters.M1]\nagency = 'A2'\n[data.agencies.A2]\nelse = ''", "data.matters.M1.agency", "optional"),
        ("[data.steps]\ndrop = [['M1', '3']]", "data.steps.M1.2.next", "no step of this matter (got '3')"),
        ("[data.agencies.A1]\ndemand = 'index'\n[data.indices]\ndrop = ['A1']", "data.agencies.A1.demand", "indices"),
    ],
)
def test_an_impossible_change_is_a_fault_with_its_key_path(toml: str, column: str, said: str) -> None:
    with pytest.raises(FaultsError) as caught:
        change(small(), tomllib.loads(toml, parse_float=Decimal)["data"], "what-if.toml")
    (fault,) = caught.value.faults
    assert (fault.file, fault.column) == ("what-if.toml", column)
    assert said in fault.message
