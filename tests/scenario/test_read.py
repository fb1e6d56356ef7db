from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from rebalance.county.norms import Classes, WorkingTime
from rebalance.goals import GOALS
from rebalance.rules import RULES
from rebalance.scenario.parts import is_law
from rebalance.scenario.read import read_scenario
from tests.scenario.scenarios import faults, faults_in, read, write


def test_a_base_scenario_is_read_whole(tmp_path: Path) -> None:
    scenario = read_scenario(write(tmp_path) / "base.toml")
    said = scenario.resolved()
    assert (scenario.name, scenario.why, scenario.county_path) == ("Base", "to start from", "../county")
    assert scenario.problem.county.townships[0].population == 60000
    assert said["rules"]["cut_above_add_below"]["share"] == "1/5"
    assert [goal["goal"] for goal in said["goals"]] == ["worst_off_first", "few_units_touched", "canonical"]


def test_what_is_law_is_on_though_nobody_names_it(tmp_path: Path) -> None:
    named = set(read_scenario(write(tmp_path) / "base.toml").rules)
    law = {name for name in RULES if is_law(name)}
    assert "ledgers" in law
    assert named == law | {"cut_above_add_below", "phasing"}


def test_rules_come_in_the_order_of_the_reform(tmp_path: Path) -> None:
    everything = "".join(f"[rules.{name}]\n" for name in reversed(list(RULES)))
    scenario = read_scenario(write(tmp_path, all='county = "../county"\n' + everything) / "all.toml")
    assert list(scenario.rules) == list(RULES)


def test_an_overlay_changes_field_by_field(tmp_path: Path) -> None:
    leaf = '[rules.cut_above_add_below.total]\nat_most = 5\n[data.townships.001]\nname = "Top"\n'
    scenario = read(tmp_path, leaf)
    rule = scenario.resolved()["rules"]["cut_above_add_below"]
    assert (rule["share"], rule["total"]["at_most"]) == ("1/5", 5)
    assert (scenario.problem.county.townships[0].population, scenario.problem.county.townships[0].name) == (
        60000,
        "Top",
    )


def test_lists_and_goals_are_replaced_as_a_whole(tmp_path: Path) -> None:
    pins = "[[rules.pinned.cells]]\nholder = '{}'\ncategory = 'inst'\nexactly = 4\n"
    middle = 'extends = "base.toml"\n' + pins.format("001") + pins.format("U2")
    leaf = (
        'extends = "middle.toml"\ngoals = [{goal = "worst_off_first", per = "agency", enough = 0.95}]\n'
        + pins.format("001")
    )
    scenario = read_scenario(write(tmp_path, middle=middle, leaf=leaf) / "leaf.toml")
    assert len(scenario.resolved()["rules"]["pinned"]["cells"]) == 1
    first, last = scenario.resolved()["goals"]
    assert (first["goal"], first["per"], first["enough"], last["goal"]) == (
        "worst_off_first",
        "agency",
        "19/20",
        "canonical",
    )


def test_the_name_and_the_reason_are_never_inherited(tmp_path: Path) -> None:
    scenario = read(tmp_path, "")
    assert (scenario.name, scenario.why) == ("leaf", "")


def test_added_and_dropped_rows_add_up_over_the_chain(tmp_path: Path) -> None:
    unit = '[[data.units.add]]\nunit = "{0}"\nname = "{0}"\nkind = "department"\n'
    middle = 'extends = "base.toml"\n' + unit.format("U8") + '[data.agencies]\ndrop = ["A2"]\n'
    leaf = 'extends = "middle.toml"\n' + unit.format("U9") + '[data.hiring]\ndrop = [["inst", 2025, "U2"]]\n'
    county = read_scenario(write(tmp_path, middle=middle, leaf=leaf) / "leaf.toml").problem.county
    assert [row.unit for row in county.units] == ["U1", "U2", "U8", "U9"]
    assert [row.agency for row in county.agencies] == ["A1"]
    assert "U2" not in [row.holder for row in county.hiring]


def test_settings_are_laid_over_each_other_key_by_key(tmp_path: Path) -> None:
    middle = (
        'extends = "base.toml"\n[data.townships.002]\npopulation = 30000\narea_km2 = 20\n'
        "[data.classes.weights]\npopulation = 0.5\narea_km2 = 0.5\n[data.working_time]\nleave = 12\n"
    )
    leaf = 'extends = "middle.toml"\n[data.classes]\nlarge = 2\nweights = { population = 0.4 }\n'
    county = read_scenario(write(tmp_path, middle=middle, leaf=leaf) / "leaf.toml").problem.county
    assert county.classes == Classes(population=Decimal("0.4"), area_km2=Decimal("0.5"), large=2)
    assert county.working_time == WorkingTime(leave=Decimal(12))
    leaf += "score = 1\n[data.working_time]\nleafe = 1\n"
    found = faults_in(write(tmp_path, middle=middle.replace("12", "-1"), leaf=leaf) / "leaf.toml")
    assert [(fault.file, fault.column) for fault in found] == [
        ("leaf.toml", "data.classes.score"),
        ("leaf.toml", "data.working_time.leafe"),
        ("middle.toml", "data.working_time.leave"),
    ]


def test_a_rule_is_left_out(tmp_path: Path) -> None:
    assert "phasing" not in read(tmp_path, 'without = ["phasing"]').rules


def test_a_rule_left_out_below_may_come_back_above(tmp_path: Path) -> None:
    middle = 'extends = "base.toml"\nwithout = ["phasing"]\n'
    leaf = 'extends = "middle.toml"\n[rules.phasing]\n'
    scenario = read_scenario(write(tmp_path, middle=middle, leaf=leaf) / "leaf.toml")
    assert scenario.resolved()["rules"]["phasing"]["share"] == 1


def test_decimals_are_exact(tmp_path: Path) -> None:
    scenario = read(tmp_path, "[rules.phasing]\nshare = 0.1\n")
    assert scenario.resolved()["rules"]["phasing"]["share"] == str(Fraction(1, 10))


def test_a_goal_named_last_is_not_added_again(tmp_path: Path) -> None:
    scenario = read(tmp_path, 'goals = ["few_units_touched", "canonical"]')
    assert [type(goal) for goal in scenario.goals] == [GOALS["few_units_touched"], GOALS["canonical"]]


PIN = "[[rules.pinned.cells]]\nholder = '001'\ncategory = 'inst'\n"


@pytest.mark.parametrize(
    ("leaf", "column", "said"),
    [
        ('nmae = "x"', "nmae", "Did you mean 'name'?"),
        ("name = 5", "name", "Accepted: text."),
        ('county = "../county"', "county", "Leave out either extends or county."),
        ('goals = "canonical"', "goals", "Accepted: a list"),
        ('goals = ["worst_of_first"]', "goals[1]", "Did you mean 'worst_off_first'?"),
        ('goals = [5, "canonical"]', "goals[1]", "not a goal (got 5)"),
        ('goals = [{per = "agency"}]', "goals[1]", "not a goal (got a table)"),
        ('goals = [{goal = "worst_off_first", pre = "agency"}]', "goals[1].pre", "Did you mean 'per'?"),
        ('goals = [{goal = "worst_off_first", per = "agncy"}]', "goals[1].per", "Did you mean 'agency'?"),
        ('goals = ["canonical", "few_units_touched"]', "goals[1]", "Put it at the end"),
        (
            'goals = [{goal = "fill_shortages", weights = [{township = "01", weight = 2}]}]',
            "goals[1].weights[1].township",
            "an id from townships. Did you mean '001'?",
        ),
        ('without = ["phasng"]', "without[1]", "Accepted: cut_above_add_below, phasing. Did you mean"),
        ('without = ["ledgers"]', "without[1]", "law"),
        ('without = ["phasing"]\n[rules.phasing]', "without[1]", "Do one of the two."),
        ("[rules.phased]", "rules.phased", "Did you mean 'phasing'?"),
        ("[rules]\nphasing = 5", "rules.phasing", "Accepted: a table."),
        ("[rules.phasing]\nshares = 1", "rules.phasing.shares", "Did you mean 'share'?"),
        ("[rules.phasing]\nshare = true", "rules.phasing.share", "a number, or a fraction"),
        (
            "[rules.cut_above_add_below.total]\nat_mots = 1",
            "rules.cut_above_add_below.total.at_mots",
            "'at_most'",
        ),
        (PIN.replace("001", "003"), "rules.pinned.cells[1].holder", "or reserve. Did you mean '002'?"),
        (
            PIN + PIN.replace("inst", "isnt"),
            "rules.pinned.cells[2].category",
            "categories. Did you mean 'inst'?",
        ),
        ("[rules.phasing]\nshare = 7", "rules.phasing.share", "from 0 to 1"),
        ("[rules.holder_limits]\nsmallest = -1", "rules.holder_limits.smallest", "0 or more"),
        ("[rules.platforms]\nby = 2031", "rules.platforms.by", "not a planned year (got 2031)"),
        ("[rules.pinned]\ntotals = [{at_least = 3, at_most = 2}]", "rules.pinned.totals[1].at_most", "3 or more"),
        ('goals = [{goal = "worst_off_first", enough = 1.5}]', "goals[1].enough", "from 0 to 1"),
        ('goals = [{goal = "few_moves", slack = -1}]', "goals[1].slack", "a whole number of zero or more"),
        ("[data.townships.009]\npopulation = 1", "data.townships.009", "no such row"),
        ("[data.townships.001]\npopulation = -1", "data.townships.001.population", "got '-1'"),
    ],
)
def test_a_scenario_is_strict_and_says_where(leaf: str, column: str, said: str, tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, leaf)
    assert (fault.file, fault.row, fault.column) == ("leaf.toml", 0, column)
    assert said in fault.message


def test_a_rule_made_law_below_is_not_left_out_above(tmp_path: Path) -> None:
    middle = 'extends = "base.toml"\n[rules.phasing]\nlaw = true\n'
    leaf = 'extends = "middle.toml"\nwithout = ["phasing"]\n'
    (fault,) = faults_in(write(tmp_path, middle=middle, leaf=leaf) / "leaf.toml")
    assert "is law" in fault.message


def test_a_fault_names_the_file_that_set_the_value(tmp_path: Path) -> None:
    middle = 'extends = "base.toml"\n[rules.phasing]\nshare = "a half"\n[data.units]\ndrop = ["U7"]\n'
    leaf = 'extends = "middle.toml"\n[rules.phasing]\nsource = 5\n[data.units]\ndrop = ["U8"]\n'
    found = faults_in(write(tmp_path, middle=middle, leaf=leaf) / "leaf.toml")
    assert [(fault.file, fault.column) for fault in found] == [
        ("leaf.toml", "data.units.drop[2]"),
        ("leaf.toml", "rules.phasing.source"),
        ("middle.toml", "data.units.drop[1]"),
        ("middle.toml", "rules.phasing.share"),
    ]


def test_unknown_ids_are_told_beside_other_faults(tmp_path: Path) -> None:
    leaf = 'goals = ["x", {goal = "in_proportion", category = "isnt"}]\n[rules.x]\n' + PIN.replace("001", "003")
    columns = [fault.column for fault in faults(tmp_path, leaf)]
    assert columns == ["goals[1]", "goals[2].category", "rules.pinned.cells[1].holder", "rules.x"]


def test_faults_of_rules_goals_changes_and_county_come_at_once(tmp_path: Path) -> None:
    leaf = 'goals = ["x"]\n[rules.x]\n[data.x.y]\nz = 1\n'
    assert [fault.column for fault in faults(tmp_path, leaf)] == ["data.x", "goals[1]", "rules.x"]
    (tmp_path / "county" / "routes.csv").write_text("x")
    found = faults_in(tmp_path / "scenarios" / "leaf.toml")
    assert {(fault.file, fault.column) for fault in found} >= {("leaf.toml", "goals[1]"), ("routes.csv", "to")}


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("nowhere.toml", "nothing is there"),
        ("/etc/passwd", "an absolute path"),
        ("C:\\\\base.toml", "an absolute path"),
        ("\\\\\\\\server\\\\base.toml", "an absolute path"),
        ("a\\u0000b", "nothing is there"),
        ("leaf.toml", "extends itself"),
        ("../scenarios/leaf.toml", "extends itself"),
    ],
)
def test_what_is_extended_lies_beside_and_not_in_a_circle(path: str, said: str, tmp_path: Path) -> None:
    scenarios = write(tmp_path, leaf=f'extends = "{path}"\n')
    (fault,) = faults_in(scenarios / "leaf.toml")
    assert (fault.file, fault.column) == ("leaf.toml", "extends")
    assert said in fault.message


def test_a_circle_through_others_is_found(tmp_path: Path) -> None:
    scenarios = write(tmp_path, a='extends = "b.toml"', b='extends = "c.toml"', c='extends = "a.toml"')
    (fault,) = faults_in(scenarios / "a.toml")
    assert (fault.file, fault.column) == ("c.toml", "extends")


@pytest.mark.parametrize(("county", "said"), [("../nowhere", "nothing is there"), ("/etc", "an absolute path")])
def test_a_county_that_is_not_there_is_a_fault_of_the_base(county: str, said: str, tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, "", base=f'county = "{county}"')
    assert (fault.file, fault.column) == ("base.toml", "county")
    assert said in fault.message


def test_a_base_names_a_county(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, "", base='name = "x"')
    assert (fault.file, fault.column) == ("base.toml", "county")


@pytest.mark.parametrize("name", ["missing.toml", "county"])
def test_a_scenario_that_is_no_file_is_one_fault(name: str, tmp_path: Path) -> None:
    write(tmp_path)
    assert len(faults_in(tmp_path / name)) == 1


def test_a_syntax_error_names_its_file_and_line(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, "", base='county = "../county"\nname = \n')
    assert (fault.file, fault.row) == ("base.toml", 2)
