from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebalance.county.columns import Count, Share, Within
from rebalance.fault import Fault, FaultsError
from rebalance.goals.worst_off_first import Of, WorstOffFirst
from rebalance.rules.pinned import PinTotal
from rebalance.rules.rule import Range
from rebalance.scenario.codec import structure, unstructure


class Kind(StrEnum):
    TOWN = "town"
    CITY = "city"


@dataclass(frozen=True, slots=True)
class Pin:
    from_: Annotated[str, "a mark"]
    at_least: int | None = None

    def __post_init__(self) -> None:
        """Refuse a negative number."""
        if self.at_least is not None and self.at_least < 0:
            raise ValueError("a pin is never negative")


@dataclass(frozen=True)
class Rule:
    smallest: int
    share: Fraction = Fraction(1)
    cost: Decimal | None = None
    kind: Kind = Kind.TOWN
    law: bool = False
    source: str = ""
    pins: tuple[Pin, ...] = ()
    range: Pin = field(default_factory=lambda: Pin("x"))
    per: Mapping[Kind, int] = field(default_factory=dict)
    pair: tuple[int, Fraction] = (0, Fraction(0))
    value: int | tuple[tuple[Fraction, int], ...] = 0
    anything: Any = None
    ids: tuple[Annotated[str, "a mark"], ...] = ()
    count: Count | None = None
    part: Share = Fraction(1)
    floor: Annotated[int, Within(-2)] = 0
    weights: tuple[Count, ...] = ()
    limits: Range = field(default_factory=Range)
    tables: ClassVar[tuple[str, ...]] = ("units",)


def rule(**data: object) -> Rule:
    return structure({"smallest": 0} | data, Rule, "rules.example", "s.toml")


def only_fault(data: object) -> tuple[str, str]:
    with pytest.raises(FaultsError) as caught:
        structure(data, Rule, "rules.example", "s.toml")
    (fault,) = caught.value.faults
    assert (fault.file, fault.row) == ("s.toml", 0)
    return fault.column, fault.message


def test_defaults_fill_what_is_not_said() -> None:
    assert rule() == Rule(0)


@pytest.mark.parametrize(
    ("given_", "fraction"),
    [
        (3, 3),
        (Decimal("0.15"), "3/20"),
        ("1/3", "1/3"),
        ("-2/6", "-1/3"),
        ("0.150", "3/20"),
        ("7", 7),
        ("1/001", 1),
    ],
)
def test_a_fraction_is_exact(given_: object, fraction: int | str) -> None:
    made = rule(share=given_)
    assert made.share == Fraction(fraction)
    assert unstructure(made)["share"] == fraction


@pytest.mark.parametrize("given_", [1, Decimal("1.50"), "1.50"])
def test_a_decimal_is_exact(given_: object) -> None:
    assert rule(cost=given_).cost == Decimal(str(given_))


def test_nested_values_lists_and_tables_are_made() -> None:
    made = rule(
        kind="city",
        pins=[{"from": "a", "at_least": 3}, {"from": "b"}],
        per={"town": 2},
        pair=[1, "1/2"],
        value=[["1/2", 3]],
        anything={"a": [1, {}]},
    )
    assert made.kind is Kind.CITY
    assert made.pins == (Pin("a", 3), Pin("b"))
    assert made.per == {Kind.TOWN: 2}
    assert made.pair == (1, Fraction(1, 2))
    assert made.value == ((Fraction(1, 2), 3),)
    assert made.anything == {"a": [1, {}]}


def test_nothing_is_left_out_on_the_way_back() -> None:
    assert unstructure(Rule(0, cost=Decimal("1.50"), pins=(Pin("a"),), per={Kind.CITY: 1})) == {
        "smallest": 0,
        "share": 1,
        "cost": "1.50",
        "kind": "town",
        "law": False,
        "source": "",
        "pins": [{"from": "a", "at_least": None}],
        "range": {"from": "x", "at_least": None},
        "per": {"city": 1},
        "pair": [0, 0],
        "value": 0,
        "anything": None,
        "ids": [],
        "count": None,
        "part": 1,
        "floor": 0,
        "weights": [],
        "limits": {"at_least": None, "at_most": None},
    }


def test_plain_data_is_plain() -> None:
    plain = unstructure(Rule(0, kind=Kind.CITY, value=((Fraction(1, 3), 2),), anything=Decimal("0.1")))
    assert type(plain["kind"]) is str
    assert plain["value"] == [["1/3", 2]]
    assert json.loads(json.dumps(plain)) == plain


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("smallest", True, "(got true). Accepted: a whole number."),
        ("smallest", 1.0, "(got 1.0). Accepted: a whole number."),
        ("smallest", "1", "(got '1'). Accepted: a whole number."),
        ("smallest", Decimal("1.0"), "(got 1.0). Accepted: a whole number."),
        ("smallest", None, "(got None). Accepted: a whole number."),
        ("smallest", 2**53 + 1, "Accepted: a whole number."),
        ("share", 0.5, "Accepted: a number, or a fraction"),
        ("share", "1/0", "Accepted: a number, or a fraction"),
        ("share", "１/2", "Accepted: a number, or a fraction"),
        ("share", "1 / 2", "Accepted: a number, or a fraction"),
        ("share", True, "Accepted: a number, or a fraction"),
        ("share", Decimal("NaN"), "Accepted: a number, or a fraction"),
        ("share", Decimal("1E+999999"), "Accepted: a number, or a fraction"),
        ("cost", "1e5", "Accepted: a number."),
        ("cost", [], "(got a list). Accepted: a number."),
        ("kind", "twn", "Accepted: one of: town, city. Did you mean 'town'?"),
        ("kind", 5, "(got 5). Accepted: one of: town, city."),
        ("law", 1, "(got 1). Accepted: true or false."),
        ("source", 5, "(got 5). Accepted: text."),
        ("pins", "abc", "(got 'abc'). Accepted: a list, each item a table with the keys from, at_least."),
        ("range", 5, "(got 5). Accepted: a table with the keys from, at_least."),
        ("per", [1], "(got a list). Accepted: a table."),
        ("ids", "abc", "(got 'abc'). Accepted: a list, each item text."),
        ("count", -1, "(got -1). Accepted: a whole number, 0 or more."),
        ("count", "1", "(got '1'). Accepted: a whole number, 0 or more."),
        ("part", 7, '(got 7). Accepted: a number, or a fraction such as "1/3" or "15 %", from 0 to 1.'),
        ("part", "101/100", "from 0 to 1."),
        ("part", Decimal("-0.01"), "from 0 to 1."),
        ("floor", -3, "-2 or more."),
        ("weights", "x", "a list, each item a whole number, 0 or more."),
        ("pair", [1], "(got a list). Accepted: a list of a whole number and a number, or a fraction"),
        ("value", "x", "Accepted: a whole number or a list, each item a list of"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_is_accepted(key: str, value: object, said: str) -> None:
    column, message = only_fault({"smallest": 0, key: value})
    assert column == f"rules.example.{key}"
    assert said in message


@pytest.mark.parametrize(
    ("data", "column", "said"),
    [
        ({}, "rules.example.smallest", "missing. Accepted: a whole number."),
        ([], "rules.example", "(got a list). Accepted: a table with the keys smallest, share,"),
        ({"smallest": 0, "smalest": 1}, "rules.example.smalest", "Did you mean 'smallest'?"),
        ({"smallest": 0, "tables": []}, "rules.example.tables", "unknown key"),
        (
            {"smallest": 0, "pins": [{"from": "a"}, {"form": 1, "from": "b"}]},
            "rules.example.pins[2].form",
            "'from'",
        ),
        (
            {"smallest": 0, "pins": [{"from_": "a", "from": "a"}]},
            "rules.example.pins[1].from_",
            "unknown key",
        ),
        ({"smallest": 0, "pins": [{}]}, "rules.example.pins[1].from", "missing. Accepted: text."),
        ({"smallest": 0, "per": {"town": "x"}}, "rules.example.per.town", "Accepted: a whole number."),
        ({"smallest": 0, "per": {"twn": 1}}, "rules.example.per.twn", "Did you mean 'town'?"),
        (
            {"smallest": 0, "range": {"from": "a", "at_least": -1}},
            "rules.example.range",
            "a pin is never negative",
        ),
    ],
)
def test_the_fault_has_the_key_path(data: object, column: str, said: str) -> None:
    found, message = only_fault(data)
    assert found == column
    assert said in message


@pytest.mark.parametrize("part", [0, 1, "1/3", Decimal("0.99")])
def test_the_ends_of_a_range_belong_to_it(part: object) -> None:
    assert rule(part=part, count=0, floor=-2, limits={"at_least": 3, "at_most": 3}).part == Fraction(str(part))


@pytest.mark.parametrize(
    ("data", "column", "said"),
    [
        ({"at_least": 4, "at_most": 3}, "at_most", "less than at_least (got 3). Accepted: 4 or more."),
        ({"exactly": 3, "at_most": 2}, "at_most", "less than exactly (got 2). Accepted: 3 or more."),
        ({"exactly": 3, "at_least": 4}, "exactly", "less than at_least (got 3). Accepted: 4 or more."),
    ],
)
def test_the_numbers_of_a_pin_are_in_order(data: dict[str, int], column: str, said: str) -> None:
    with pytest.raises(FaultsError) as caught:
        structure(data, PinTotal, "x", "s.toml")
    (fault,) = caught.value.faults
    assert (fault.column, fault.message, fault.value) == (f"x.{column}", said, None)


def test_people_are_not_counted_by_agency() -> None:
    with pytest.raises(FaultsError) as caught:
        structure({"per": "agency", "of": "people"}, WorstOffFirst, "goals[1]", "s.toml")
    (fault,) = caught.value.faults
    said = "does not go with per = 'agency' (got 'people'). Leave one of the two out."
    assert (fault.column, fault.message) == ("goals[1].of", said)
    assert structure({"of": "people"}, WorstOffFirst, "goals[1]", "s.toml") == WorstOffFirst(of=Of.PEOPLE)


def test_all_faults_come_at_once() -> None:
    with pytest.raises(FaultsError) as caught:
        structure({"share": "x", "pins": [5, {"from": 1}], "lwa": 1, "weights": [1, -1]}, Rule, "", "s.toml")
    assert [fault.column for fault in caught.value.faults] == [
        "lwa",
        "pins[1]",
        "pins[2].from",
        "share",
        "smallest",
        "weights[2]",
    ]


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.decimals() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*Rule.__dataclass_fields__, "other"]), PLAIN, max_size=4))
def test_any_data_gives_a_rule_or_faults(data: dict[str, object]) -> None:
    faults: tuple[Fault, ...] = ()
    try:
        made = structure(data, Rule, "rules.example", "s.toml")
    except FaultsError as error:
        faults = error.faults
    assert faults or isinstance(made, Rule)
    assert all(fault.column.startswith("rules.example") and fault.message for fault in faults)


@given(
    st.integers(-(2**53), 2**53),
    st.fractions(-(10**15), 10**15, max_denominator=10**15),
    st.decimals(-1000, 1000, places=5),
    st.sampled_from(Kind),
)
def test_what_is_written_is_read_back(smallest: int, share: Fraction, cost: Decimal, kind: Kind) -> None:
    made = Rule(smallest, share, cost, kind, pins=(Pin("a", 5),), value=((share, smallest),))
    assert structure(json.loads(json.dumps(unstructure(made))), Rule, "", "") == made
