from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any

from rebalance.county.columns import Ref
from rebalance.rules.enforcement_brigade import EnforcementBrigade
from rebalance.scenario.parts import unknown_names
from tests.county.counties import small

Township = Annotated[str, Ref("township")]
Category = Annotated[str, Ref("category")]


@dataclass(frozen=True)
class Inner:
    from_: Annotated[str, Ref("holder")] = ""
    label: str = "any text"


@dataclass(frozen=True)
class Parameters:
    unit: Annotated[str, Ref("unit")] = ""
    maybe: Annotated[str, Ref("agency")] | None = None
    many: tuple[Township, ...] = ()
    pair: tuple[Category, Township] = ("", "")
    inners: tuple[Inner, ...] = ()
    per: Mapping[Category, int] = field(default_factory=dict)
    by: Mapping[str, Township] = field(default_factory=dict)
    number: int = 5


def found(parameters: Any) -> list[tuple[str, str | None]]:  # noqa: ANN401 - neither a rule nor a goal, but looked at alike
    as_rule = [(fault.column, fault.value) for fault in unknown_names({"x": parameters}, {}, small(), "s.toml")]
    as_goal = [(fault.column, fault.value) for fault in unknown_names({}, {1: parameters}, small(), "s.toml")]
    assert [(column.replace("goals[1]", "rules.x", 1), value) for column, value in as_goal] == as_rule
    return as_rule


def test_names_that_exist_or_are_not_given_are_no_faults() -> None:
    known = Parameters(
        "U1",
        "A1",
        ("001", "002"),
        ("inst", "002"),
        (Inner("U2"), Inner("reserve"), Inner()),
        {"admin": 1},
        {"anything": "001"},
    )
    assert found(known) == []
    assert found(Parameters()) == []


def test_an_unknown_name_is_found_wherever_it_stands() -> None:
    odd = Parameters("X1", "X2", ("001", "X3"), ("X4", "X5"), (Inner(), Inner("X6")), {"X7": 1}, {"a": "X8"})
    assert found(odd) == [
        ("rules.x.unit", "X1"),
        ("rules.x.maybe", "X2"),
        ("rules.x.many[2]", "X3"),
        ("rules.x.pair[1]", "X4"),
        ("rules.x.pair[2]", "X5"),
        ("rules.x.inners[2].from", "X6"),
        ("rules.x.per.X7", "X7"),
        ("rules.x.by.a", "X8"),
    ]


def test_each_name_is_looked_for_among_its_own_kind() -> None:
    assert [where for where, _got in found(Parameters("001", "inst", ("U1",), ("A1", "reserve")))] == [
        "rules.x.unit",
        "rules.x.maybe",
        "rules.x.many[1]",
        "rules.x.pair[1]",
        "rules.x.pair[2]",
    ]


def test_a_word_is_looked_for_in_its_column_where_the_county_has_any() -> None:
    unit = replace(small().units[0], force="police")
    armed = replace(small(), units=(unit, *small().units[1:]))
    forces = EnforcementBrigade(forces=("police", "polce"))
    (fault,) = unknown_names({"x": forces}, {}, armed, "s.toml")
    assert (fault.column, fault.value) == ("rules.x.forces[2]", "polce")
    assert fault.message == "unknown word (got 'polce'). Accepted, from units.force: police. Did you mean 'police'?"
    assert unknown_names({"x": forces}, {}, small(), "s.toml") == []
