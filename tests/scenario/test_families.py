from __future__ import annotations

from pathlib import Path

import pytest

from rebalance.scenario.read import read_scenario, scenarios_in
from tests.scenario.scenarios import faults_in, write

FAMILY = """
extends = "base.toml"
name = "Family"
why = "side by side"
[rules.phasing]
share = 0.4

[variants.fifteen]
why = "fewer?"
without = ["phasing"]
goals = ["fill_shortages"]
rules.cut_above_add_below.share = 0.15
data.townships.001.population = 50000

[variants."十五"]
name = "Fünfzehn"
"""


def family(folder: Path, text: str = FAMILY, **files: str) -> Path:
    return write(folder, family=text, **files) / "family.toml"


def test_a_variant_lies_on_top_of_its_file(tmp_path: Path) -> None:
    file = family(tmp_path)
    base, variant = read_scenario(file), read_scenario(f"{file}#fifteen")
    assert (base.name, base.why) == ("Family", "side by side")
    assert (variant.name, variant.why) == ("fifteen", "fewer?")
    assert base.resolved()["rules"]["phasing"]["share"] == "2/5"
    assert "phasing" not in variant.rules
    assert variant.resolved()["rules"]["cut_above_add_below"]["share"] == "3/20"
    assert [goal["goal"] for goal in variant.resolved()["goals"]] == ["fill_shortages", "canonical"]
    assert variant.problem.county.townships[0].population == 50000
    assert (variant.county_path, base.county_path) == ("../county", "../county")


def test_the_file_itself_is_called_base(tmp_path: Path) -> None:
    file = family(tmp_path)
    assert read_scenario(f"{file}#base").resolved() == read_scenario(file).resolved()


def test_a_variant_can_be_extended(tmp_path: Path) -> None:
    leaf = family(tmp_path, leaf='extends = "family.toml#fifteen"\n[rules.hold_total]\n').with_name("leaf.toml")
    assert read_scenario(leaf).rules.keys() > {"hold_total", "cut_above_add_below"}
    assert "phasing" not in read_scenario(leaf).rules


def test_a_folder_and_a_family_stand_for_all_in_them(tmp_path: Path) -> None:
    file = family(tmp_path, broken="name =")
    names = ["family.toml#base", "family.toml#fifteen", "family.toml#十五"]
    assert [one.name for one in scenarios_in(file)] == names
    assert [one.name for one in scenarios_in(file.parent)] == ["base.toml", "broken.toml", *names]
    assert scenarios_in(file.with_name("base.toml")) == (file.with_name("base.toml"),)
    assert scenarios_in(f"{file}#fifteen") == (Path(f"{file}#fifteen"),)


def test_a_file_may_have_the_mark_in_its_name(tmp_path: Path) -> None:
    file = family(tmp_path)
    odd = file.with_name("family.toml#fifteen")
    odd.write_text('extends = "base.toml"\n', encoding="utf-8")
    assert read_scenario(odd).why == ""


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "family.toml#fiften",
            "no such variant (got 'fiften'). Accepted: base, fifteen, 十五. Did you mean 'fifteen'?",
        ),
        ("family.toml#", "no such variant (got '')"),
        ("base.toml#fifteen", "no such variant (got 'fifteen'). Accepted: base."),
        ("nowhere.toml#fifteen", "there is no such file"),
    ],
)
def test_a_variant_that_is_not_there(tmp_path: Path, address: str, expected: str) -> None:
    (fault,) = faults_in(family(tmp_path).with_name(address))
    assert fault.file == address.partition("#")[0]
    assert expected in fault.message


@pytest.mark.parametrize(
    ("text", "where", "expected"),
    [
        ("[variants.a]\nrule.phasing.share = 1\n", "variants.a.rule", "Did you mean 'rules'?"),
        ("[variants.a]\nextends = 'base.toml'\n", "variants.a.extends", "unknown"),
        ("[variants.a.variants.b]\n", "variants.a.variants", "unknown"),
        ("[variants.base]\n", "variants.base", "the file itself goes by that name"),
        ("[variants]\na = 1\n", "variants.a", "1"),
    ],
)
def test_what_no_variant_can_say_is_told_of_the_whole_file(
    tmp_path: Path, text: str, where: str, expected: str
) -> None:
    (fault,) = faults_in(family(tmp_path, 'extends = "base.toml"\n' + text))
    assert (fault.file, fault.column) == ("family.toml", where)
    assert expected in fault.message


def test_faults_of_a_variant_name_its_address(tmp_path: Path) -> None:
    text = FAMILY + '[variants.wrong]\nwithout = ["fasing"]\nrules.cut_above_add_below.share = "much"\n'
    found = faults_in(Path(f"{family(tmp_path, text)}#wrong"))
    assert [(fault.file, fault.column) for fault in found] == [
        ("family.toml#wrong", "rules.cut_above_add_below.share"),
        ("family.toml#wrong", "without[1]"),
    ]


def test_a_variant_does_not_lead_in_circles(tmp_path: Path) -> None:
    text = 'extends = "leaf.toml"\n[variants.a]\n'
    file = family(tmp_path, text, leaf='extends = "family.toml#a"\n')
    (fault,) = faults_in(file.with_name("leaf.toml"))
    assert "extends itself" in fault.message
