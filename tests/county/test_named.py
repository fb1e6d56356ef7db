"""What the reform names and a county lacks, and words that nobody knows, are said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rebalance.county.agencies import Agency, Platform, Role
from rebalance.county.county import County
from rebalance.county.holders import Position, TownshipClass
from rebalance.county.named import classes, idle, over, platforms, roles
from rebalance.fault import FaultsError
from rebalance.plans.check import remarks_in_short
from rebalance.rules.agency_quota import AgencyQuota
from rebalance.rules.platforms import Platforms
from rebalance.text import activate
from tests.counties import Has, Sketch
from tests.county.counties import read
from tests.county.packages import Package


def agency(name: str, platform: Platform, role: Role = Role.OFFICE, *, compulsory: bool = True) -> Agency:
    return Agency(name, name, platform, compulsory=compulsory, role=role)


TWO = Sketch(
    units={"U": Has(10, 6)},
    townships={"T1": 6, "T2": 4},
    agencies=(agency("B", Platform.ENFORCEMENT, Role.BRIGADE), agency("O", Platform.PARTY_BUILDING)),
)
"""A brigade and an office, on two of the five platforms; townships without a class."""

FULL = (
    agency("B", Platform.ENFORCEMENT, Role.BRIGADE),
    agency("C", Platform.PUBLIC_SERVICE, Role.CENTRE),
    *(
        agency(f"O{number}", platform)
        for number, platform in enumerate((*Platform, Platform.ECONOMIC_DEVELOPMENT))
        if platform not in {Platform.ENFORCEMENT, Platform.PUBLIC_SERVICE}
    ),
)
"""Four offices, one brigade, one centre, on all platforms."""


def with_classes(given: dict[str, str]) -> County:
    return replace(TWO, classes=given).county


def test_townships_without_a_class_are_named() -> None:
    (remark,) = classes(with_classes({}))
    assert remark.sentence.startswith("No class is given, so no quota of agencies holds for: T1, T2.")
    (remark,) = classes(with_classes({"T1": "large"}))
    assert "for: T2." in remark.sentence
    assert list(classes(with_classes({"T1": "large", "T2": "medium"}))) == []
    assert list(classes(replace(TWO, agencies=()).county)) == []


@pytest.mark.parametrize(
    ("said", "near"), [("small", ""), ("larg", " Did you mean 'large'?"), ("大乡", " Did you mean")]
)
def test_a_class_that_no_quota_knows_is_a_fault(said: str, near: str) -> None:
    package = Package()
    package.tables["townships"][0].append("class")
    for row, given in zip(package.tables["townships"][1:], (said, ""), strict=True):
        row.append(given)
    with pytest.raises(FaultsError) as caught:
        read(package)
    (fault,) = caught.value.faults
    assert str(fault).startswith(
        f"townships.csv, row 2, class: not accepted (got '{said}'). Accepted: one of: large, medium.{near}"
    )


@pytest.mark.parametrize("said", ["Large", "大镇", "large"])
def test_a_class_may_be_written_as_people_do(said: str) -> None:
    package = Package()
    package.tables["townships"][0].append("class")
    for row in package.tables["townships"][1:]:
        row.append(said)
    assert {row.class_ for row in read(package).townships} == {TownshipClass.LARGE}


def test_a_role_that_the_reform_names_and_the_county_lacks() -> None:
    (remark,) = roles(TWO.county)
    assert remark.sentence.endswith("Compulsory here: offices: 1; brigades: 1; centres: 0.")
    assert list(roles(replace(TWO, agencies=FULL).county)) == []
    optional = (*FULL[1:], replace(FULL[0], compulsory=False))
    (remark,) = roles(replace(TWO, agencies=optional).county)
    assert remark.sentence.endswith("offices: 4; brigades: 0; centres: 1.")
    assert list(roles(replace(TWO, agencies=()).county)) == []


def test_platforms_no_agency_is_on_are_named_as_they_are_written() -> None:
    (remark,) = platforms(TWO.county)
    assert "no agency is on: economic_development, comprehensive_governance, public_service." in remark.sentence
    activate("zh")
    (remark,) = platforms(TWO.county)
    activate("en")
    assert "经济发展、综合治理、为民服务" in remark.sentence
    assert list(platforms(replace(TWO, agencies=FULL).county)) == []


def test_over_established_holders_and_units_that_have_nothing() -> None:
    county = replace(TWO, units={"U": Has(4, 6), "V": 0, "W": {"other": 1}}, reserve=Has(0, 2)).county
    assert [remark.key for remark in over(county)] == [("U", "admin")]
    assert [remark.key for remark in idle(county)] == [("V",)]
    nowhere = replace(county, positions=(Position("U", "admin", 1, 1),))
    assert [remark.key for remark in idle(nowhere)] == [("V",), ("W",)]


def test_whoever_solves_is_told_what_bears_on_the_rules_in_force_and_how_much_else_there_is() -> None:
    county = replace(TWO, units={"U": Has(4, 6)})
    lines = [str(one) for one in remarks_in_short(county.scenario(Platforms(least=2), AgencyQuota(large=3)))]
    assert [one.split(":")[0] for one in lines] == ["Worth a look", "Worth a look", "Remarks on the county's tables"]
    assert "no quota of agencies holds for" in lines[0]
    assert "no agency is on" in lines[1]
    assert lines[2].startswith("Remarks on the county's tables: 2;")  # a unit over its number, and roles
    assert len(list(remarks_in_short(county.scenario()))) == 1
    fine = replace(TWO, agencies=(), units={"U": 3})
    assert list(remarks_in_short(fine.scenario())) == []
