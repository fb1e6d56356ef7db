from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebalance.county.agencies import Method
from rebalance.county.county import County
from rebalance.county.holders import Position, Unit, UnitKind
from rebalance.county.norms import WorkingTime
from rebalance.county.reform import Actor, Matter, MatterKind, Side, Step, Volume
from rebalance.problem.demand import Demands
from rebalance.problem.work import Delegation
from rebalance.problem.workload import Activities, Workload
from tests.problem.counties import YEAR, agency, amounts, county, everybody, matter, some, towns

HUNDRED_HOURS = WorkingTime(weeks=Decimal(25), days_a_week=Decimal(1), hours_a_day=Decimal(4))

COUNTY = county(
    towns(T1=1, T2=1),
    agencies=(agency("A", Method.WORKLOAD),),
    working_time=YEAR,
    matters=(matter("M1", hours="2.5"), matter("M2", hours="99.99"), matter("M3", hours="8", unit="U1")),
    steps=(
        Step("M2", "1", "ask", Actor.APPLICANT, hours=Decimal(40)),
        Step("M2", "2", "look", Actor.TOWNSHIP, hours=Decimal("1.5")),
        Step("M2", "3", "decide", Actor.UNIT, hours=Decimal(8)),
        Step("M2", "4", "write", Actor.TOWNSHIP, minutes=Decimal(30)),
        Step("M2", "5", "tell", Actor.TOWNSHIP),
    ),
    volumes=(Volume("M1", "T1", 1472), Volume("M2", "T1", 460), Volume("M3", "T1", 690), Volume("M1", "T2", 7)),
    allowances=(everybody("meetings", "12.5"), everybody("reports", "7.5"), some("registrar", "92", 3)),
)
# The hours a year has: 52 × 5 − 10 − 11 − 4 − 5 = 230 days; 230 × 8 = 1840.
# M1: 1472 × 2.5 = 3680 h, ÷ 1840 = 2.  M2: the township's steps take 1.5 h + 30 min = 2 h (the others' do not
# count, the 99.99 of the matter neither): 460 × 2 = 920 h, ÷ 1840 = 0.5.  M3 has a unit and is left out.
# Services: 2.5.
# CAF: 1 ÷ (1 − 0.125 − 0.075) = 1 ÷ 0.8 = 1.25.  IAF: 92 × 3 ÷ 1840 = 0.15.
# T1: 2.5 × 1.25 + 0.15 = 3.275, rounded up 3.28.
# T2: 7 × 2.5 ÷ 1840 = 17.5 ÷ 1840 = 7/736; × 1.25 + 0.15 = 35/2944 + 0.15 = 0.161888…, rounded up 0.17.


def test_wisn_by_hand() -> None:
    assert Demands(COUNTY).hundredths == {("T1", "A"): 328, ("T2", "A"): 17}


def test_the_amount_is_exact_until_its_end() -> None:
    model = Workload(COUNTY)
    first, second = model.work_out("T1", "A"), model.work_out("T2", "A")
    assert first is not None
    assert second is not None
    assert first.amount == Fraction("3.275")
    assert second.amount == Fraction(35, 2944) + Fraction("0.15")


def test_every_step_is_there() -> None:
    working = Workload(COUNTY).work_out("T1", "A")
    assert working is not None
    assert [(step.formula, step.value) for step in working.steps] == [
        ("52 × 5 − 10 − 11 − 4 − 5", 230),
        ("230 × 8", 1840),
        ("0.125 + 0.075", Fraction("0.2")),
        ("1 ÷ (1 − 0.2)", Fraction("1.25")),
        ("3 staff × 92 h ÷ 1840 h", Fraction("0.15")),
        ("0.15", Fraction("0.15")),
        ("1472 cases × 2.5 h ÷ 1840 h", 2),
        ("460 cases × 2 h ÷ 1840 h", Fraction("0.5")),
        ("2 + 0.5", Fraction("2.5")),
        ("2.5 × 1.25 + 0.15", Fraction("3.275")),
        ("rounded up to 1/100", Fraction("3.28")),
    ]


def test_rounding_is_done_once() -> None:
    # three matters of 1/3 of a hundredth each: together one hundredth, not three (100 hours: weeks × days × hours)
    three = tuple(matter(f"M{n}", hours="0.01") for n in range(3))
    volumes = tuple(Volume(f"M{n}", "T1", 33 + (n == 0)) for n in range(3))
    # (34 + 33 + 33) × 0.01 h ÷ 100 h = 0.01
    found = replace(COUNTY, working_time=HUNDRED_HOURS, matters=three, steps=(), volumes=volumes, allowances=())
    assert amounts(Demands(found).hundredths) == {"T1": 1}


def test_minutes_are_as_exact_as_hours() -> None:
    # 7 cases of 10 minutes are 7/6 hours, of 100 hours a year: 0.01166…, and rounded up once 0.02
    quick = Matter("M", "M", MatterKind.APPROVAL, "", "A", minutes=Decimal(10))
    volumes = (Volume("M", "T1", 7), Volume("M", "T2", 6))
    found = replace(COUNTY, working_time=HUNDRED_HOURS, matters=(quick,), steps=(), volumes=volumes, allowances=())
    first, second = (Workload(found).work_out(town, "A") for town in ("T1", "T2"))
    assert first is not None
    assert second is not None
    assert (first.amount, second.amount) == (Fraction(7, 600), Fraction(1, 100))
    assert Demands(found).hundredths == {("T1", "A"): 2, ("T2", "A"): 1}
    assert "7 cases × 10 min ÷ 100 h" in [step.formula for step in first.steps]


def test_more_than_two_decimals_count_exactly() -> None:
    # 3 × 0.333 hours ÷ 100 = 0.00999; a third of a percent for meetings: ÷ (1 − 1/300) is not needed to see it
    slow = matter("M", hours="0.333")
    found = replace(COUNTY, working_time=HUNDRED_HOURS, matters=(slow,), steps=(), volumes=(Volume("M", "T1", 3),))
    found = replace(found, allowances=(everybody("meetings", "0.125"), some("one", "0.005", 1)))
    working = Workload(found).work_out("T1", "A")
    assert working is not None
    assert working.amount == Fraction(999, 100_000) / (1 - Fraction(125, 100_000)) + Fraction(5, 100_000)


def three_steps(kind: MatterKind = MatterKind.APPROVAL, responsible: Side | None = None) -> County:
    """The bureau's opinion takes an hour, the township's inspection and its answer four between them."""
    row = Matter("M", "M", kind, "U", "A", hours=Decimal(9), responsible=responsible)
    steps = (
        Step("M", "1", "Look", Actor.TOWNSHIP, hours=Decimal("3.5")),
        Step("M", "2", "Opinion", Actor.UNIT, hours=Decimal(1)),
        Step("M", "3", "Answer", Actor.TOWNSHIP, minutes=Decimal(30)),
    )
    tables = replace(COUNTY, matters=(row,), steps=steps, volumes=(Volume("M", "T1", 25),), working_time=HUNDRED_HOURS)
    return replace(tables, units=(Unit("U", "U", UnitKind.DEPARTMENT),), positions=(Position("U", "c", 3, 3),))


def test_only_the_township_s_own_steps_go_down() -> None:
    # 25 × (3.5 + 0.5) ÷ 100 = 1.00; the bureau keeps its opinion
    assert Delegation(three_steps()).moved == {("M", "T1"): 100}
    assert Delegation(three_steps()).leaving == {("M", "T1"): 100}
    without = replace(three_steps(), steps=())
    assert Delegation(without).moved == Delegation(without).leaving == {("M", "T1"): 225}


@pytest.mark.parametrize(
    ("kind", "responsible", "part"),
    [
        (MatterKind.APPROVAL, None, 1),
        (MatterKind.ENFORCEMENT, Side.TOWNSHIP, 1),
        (MatterKind.ENFORCEMENT, Side.UNIT, 0),
        (MatterKind.COOPERATION, None, 0),
        (MatterKind.COOPERATION, Side.TOWNSHIP, 0),
    ],
)
def test_where_the_township_only_cooperates_nothing_leaves_the_unit(
    kind: MatterKind, responsible: Side | None, part: int
) -> None:
    drawn = three_steps(kind, responsible)
    for found, work in ((drawn, 100), (replace(drawn, steps=()), 225)):
        delegation = Delegation(found)
        assert delegation.moved == {("M", "T1"): work}
        assert sum(delegation.leaving.values()) == work * part


def test_delegation_moves_hours_without_allowances() -> None:
    # 690 × 8 ÷ 1840 = 3, whatever the allowances; a hundredth begun counts whole: 691 × 8 ÷ 1840 = 3.0043…
    assert Activities(COUNTY).moved("M3", "T1") == 300
    assert Activities(replace(COUNTY, volumes=(Volume("M3", "T1", 691),))).moved("M3", "T1") == 301
    assert Activities(COUNTY).moved("M3", "T2") == 0


def test_nothing_moves_with_the_townships_own_work_or_without_working_time() -> None:
    assert Activities(COUNTY).moved("M1", "T1") == 0
    assert Activities(replace(COUNTY, working_time=None)).moved("M3", "T1") == 0


def test_hours_of_a_matter_are_its_own_where_only_the_applicant_has_any() -> None:
    steps = (Step("M3", "1", "ask", Actor.APPLICANT, hours=Decimal(5)), Step("M3", "2", "do", Actor.UNIT))
    assert Activities(replace(COUNTY, steps=steps)).hours("M3") == 8


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"working_time": None}, "the county gives no [working_time]"),
        ({"working_time": replace(YEAR, leave=Decimal(260))}, "[working_time] leaves no hours"),
        ({"allowances": (everybody("a", "99"), everybody("b", "1"))}, "take all of the time"),
    ],
)
def test_what_cannot_be_worked_out_is_said_and_is_no_demand(changes: dict[str, object], said: str) -> None:
    demands = Demands(replace(COUNTY, **changes))  # type: ignore[arg-type]
    assert demands.hundredths == {}
    (gap,) = demands.gaps()
    assert (gap.table, gap.key) == ("agencies", ("A",))
    assert said in gap.sentence


def test_an_agency_without_matters_is_pointed_out() -> None:
    (gap,) = Demands(replace(COUNTY, matters=(), steps=(), volumes=())).gaps()
    assert "no matter without a unit" in gap.sentence


def busy(cases: int, hours: int, percent: int) -> County:
    matters, volumes = (matter("M1", hours=str(Decimal(hours) / 100)),), (Volume("M1", "T1", cases),)
    allowances = (everybody("all", str(Decimal(percent) / 100)), some("one", "12.34", 1))
    return replace(COUNTY, matters=matters, volumes=volumes, steps=(), allowances=allowances)


@given(st.integers(0, 10**9), st.integers(0, 10**6), st.integers(0, 10**11), st.integers(0, 9_900))
def test_more_cases_never_need_fewer_positions(cases: int, more: int, hours: int, percent: int) -> None:
    few, many = (amounts(Demands(busy(n, hours, percent)).hundredths)["T1"] for n in (cases, cases + more))
    assert few <= many


@given(st.integers(0, 10**9), st.integers(0, 10**11), st.integers(0, 9_900))
def test_the_demand_is_the_amount_and_less_than_a_hundredth_more(cases: int, hours: int, percent: int) -> None:
    working = Workload(busy(cases, hours, percent)).work_out("T1", "A")
    assert working is not None
    # (cases × hours ÷ 1840) ÷ (1 − share) + 12.34 ÷ 1840, once more in whole numbers over one denominator:
    # hours and 12.34 are hundredths, percent are ten-thousandths
    over = 184_000 * (10_000 - percent)
    exact = Fraction(cases * hours * 10_000 + 1234 * (10_000 - percent), over)
    assert working.amount == exact
    assert 0 <= working.hundredths - 100 * exact < 1
