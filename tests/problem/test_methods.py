from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

from rebalance.county.agencies import Demand, Method
from rebalance.county.norms import Band, BandUse
from rebalance.county.read import read_county
from rebalance.county.reform import Volume
from rebalance.problem.demand import METHODS, Demands
from rebalance.problem.problem import Problem
from rebalance.problem.work import WHOLE
from tests.problem.counties import YEAR, agency, county, matter, town, towns

ROOT = Path(__file__).parents[2]

MIXED = county(
    towns(T1=10, T2=20),
    agencies=(agency("A", Method.WORKLOAD), agency("B", Method.BANDS), agency("C", Method.GIVEN)),
    working_time=YEAR,
    matters=(matter("M1", hours="184"),),
    volumes=(Volume("M1", "T1", 5), Volume("M1", "T2", 15)),
    bands=(Band(BandUse.STAFFING, 99, 4, 6),),
    demand=(Demand("T1", "C", 325), Demand("T2", "C", 0)),
)
# A: 5 × 184 ÷ 1840 = 0.5 and 1.5; B: 4; C: 3.25, and nothing in T2


def test_methods_mix() -> None:
    found = Problem(MIXED).work.demand
    assert found == {
        ("T1", "A"): 50,
        ("T1", "B"): 400,
        ("T1", "C"): 325,
        ("T2", "A"): 150,
        ("T2", "B"): 400,
    }
    assert list(Demands(MIXED).gaps()) == []


def test_every_method_has_its_model() -> None:
    assert list(METHODS) == list(Method)


def test_a_township_given_as_one_has_no_other_demand() -> None:
    whole = replace(MIXED, demand=(Demand("T1", "", 700),))
    problem = Problem(whole)
    assert problem.work.demand == {("T1", WHOLE): 700, ("T2", "A"): 150, ("T2", "B"): 400}
    assert problem.work.places["T1"] == (WHOLE,)
    assert [gap.key for gap in Demands(whole).gaps()] == [("T1",)]


def test_a_row_beside_a_method_is_not_used_and_is_pointed_out() -> None:
    both = replace(MIXED, demand=(Demand("T1", "A", 9_900),))
    assert Problem(both).work.demand["T1", "A"] == 50
    assert [(gap.table, gap.key) for gap in Demands(both).gaps()] == [("demand", ("T1", "A"))]


def test_without_methods_demand_is_the_table() -> None:
    langxi = read_county(ROOT / "models/langxi")
    given = tuple(replace(row, demand=Method.GIVEN) for row in langxi.agencies)
    table = {(row.township, row.agency): row.positions for row in langxi.demand if row.positions}
    found = Problem(replace(langxi, agencies=given)).work.demand
    assert found == table
    assert list(found) == sorted(table)


def test_no_float_anywhere() -> None:
    names = ("float", "sqrt", "log")
    for file in sorted((ROOT / "src/rebalance/demand").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), file
            assert not (isinstance(node, ast.Name) and node.id in names), file
            assert not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) and _negative(node)), file


def _negative(node: ast.BinOp) -> bool:
    return isinstance(node.right, ast.UnaryOp)


def test_a_township_may_be_without_any_figure() -> None:
    assert Problem(county([town("T1")], agencies=(agency("A", Method.GIVEN),))).work.demand == {}
