"""Plans on disk: written the same way each time, read back whole, and no figure in them changed unnoticed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any

import pytest

from rebalance.county.county import County
from rebalance.fault import FaultsError
from rebalance.model.finding import Place
from rebalance.model.plan import decisions, natures, plan_of
from rebalance.plans.audit import audit
from rebalance.plans.conflict import Conflict
from rebalance.plans.file import fingerprint
from rebalance.plans.outcome import Ending, Outcome
from rebalance.plans.reached import Effort, GoalResult, Step
from rebalance.plans.recorded import Recorded, outcome_to_json, read_outcome
from tests.counties import ADMIN, FIRST, random_scenario
from tests.plans.plans import COUNTY, PLAN, SCENARIO, proven

Json = Any
Path = tuple[str | int, ...]

UNSEEN = ("seconds", "questions", "before", "versions", "freedom", "unique")
"""Keys that say something about the solving which nothing else in the file bears out."""


@cache
def text() -> str:
    return outcome_to_json(proven(SCENARIO, PLAN))


def whole() -> Json:
    return json.loads(text())


def read(data: Json, county: County = COUNTY) -> Recorded:
    return read_outcome(data if isinstance(data, str) else json.dumps(data), county)


def faults(data: Json) -> list[str]:
    with pytest.raises(FaultsError) as caught:
        read(data)
    return [str(fault) for fault in caught.value.faults]


def leaves(data: Json, path: Path = ()) -> Iterator[tuple[Path, Json]]:
    """Every single value, with the way to it."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else None
    if inner is None:
        yield path, data
        return
    for key, value in inner:
        yield from leaves(value, (*path, key))


def changed(path: Path, value: Json) -> Json:
    """The file with one value put in."""
    data = whole()
    place = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return data


def caught(data: Json) -> bool:
    """Whether reading or the audit notices."""
    try:
        return not read(data).sound
    except FaultsError:
        return True


def nearby(value: Json) -> list[Json]:
    """Values one off: whole numbers, fractions, flags."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value - 1, value + 1]
    if isinstance(value, str) and value.isdecimal() and len(value) > 15:
        return [str(int(value) - 1), str(int(value) + 1)]
    if isinstance(value, str) and (share := re.fullmatch(r"(\d+)/(\d+)", value)):
        up, down = int(share[1]), int(share[2])
        return [f"{up - 1}/{down}", f"{up + 1}/{down}", f"{up}/{down + 1}"]
    return []


def single_changes() -> list[Any]:
    found = [(path, value) for path, value in leaves(whole()) if not set(path) & set(UNSEEN)]
    return [
        pytest.param(path, other, id="-".join(map(str, (*path, other))))
        for path, value in found
        for other in nearby(value)
    ]


def test_what_is_written_is_read_back() -> None:
    recorded = read(text())
    assert recorded.sound
    assert recorded.outcome.plan == PLAN
    assert recorded.outcome == proven(recorded.outcome.scenario, PLAN)
    assert outcome_to_json(recorded.outcome) == text()


@pytest.mark.parametrize("seed", range(40))
def test_any_plan_is_read_back(seed: int) -> None:
    scenario = random_scenario(seed)
    dice = Random(seed)
    decided = {cell: dice.choice((0, 0, 1, 2)) for cell, _most in decisions(scenario.problem)}
    plan = plan_of(scenario.problem, decided)
    outcome = proven(scenario, plan)
    recorded = read_outcome(outcome_to_json(outcome), scenario.problem.county)
    assert recorded.outcome.plan == plan
    assert recorded.stated == ()
    assert recorded.audit.findings == audit(scenario, plan).findings


def test_what_an_agency_was_decided_to_be_is_read_back_and_a_change_of_it_is_noticed() -> None:
    chosen = dict.fromkeys(natures(PLAN.problem), 0) | {("office", "T1", "A1", FIRST): 1}
    plan = replace(PLAN, decided={**PLAN.decided, **chosen})
    written = json.loads(outcome_to_json(proven(SCENARIO, plan)))
    said = {(row["township"], row["agency"], row["year"]): row["nature"] for row in written["agencies"]}
    assert said["T1", "A1", FIRST] == "office"
    assert said["T1", "A1", FIRST + 1] == "institution"
    assert said["T2", "A2", FIRST] == ""  # not open
    assert read(written).outcome.plan == plan
    for changed in ("institution", "neither", ""):
        written["agencies"][0]["nature"] = changed
        assert not read(written).sound, changed
    assert {row["nature"] for row in whole()["agencies"]} == {""}  # nothing has decided it


def test_every_table_of_the_plan_has_rows() -> None:
    assert [name for name, rows in whole().items() if rows == []] == ["before"]  # nothing was solved


@pytest.mark.parametrize(
    ("table", "row", "told"),
    [
        ("stations", {"station": "S2", "year": FIRST}, "stations[2].station: unknown id (got 'S2')"),
        (
            "dispatched",
            {"unit": "U1", "township": "T1", "agency": "A1", "category": ADMIN, "year": FIRST},
            "no account",
        ),
        ("borrowed", {"township": "T2", "unit": "U1", "category": ADMIN, "year": FIRST}, "no account"),
        ("matters", {"matter": "M3", "township": "T1", "year": FIRST}, "matters[5].matter: unknown id (got 'M3')"),
    ],
)
def test_staff_and_matters_the_county_does_not_list_are_a_fault(table: str, row: Json, told: str) -> None:
    data = whole()
    data[table].append(row)
    assert any(told in fault for fault in faults(data))


def test_a_plan_from_before_questions_were_counted_is_read_and_says_the_same() -> None:
    old = whole()
    del old["before"]
    for goal in old["goals"]:
        del goal["questions"]
    found = read(old)
    assert found.sound
    assert found.outcome.before == ()
    assert {goal.questions for goal in found.outcome.goals} == {None}


def test_what_solving_took_is_no_part_of_what_a_plan_says() -> None:
    other = whole() | {"seconds": 5, "before": [{"step": "building", "seconds": 1.5, "questions": 7}]}
    other["goals"][0] |= {"questions": 12, "seconds": 3}
    assert fingerprint(json.dumps(other)) == fingerprint(text())
    found = read(other).outcome
    assert (found.before, found.goals[0].questions) == ((Effort(Step.BUILDING, 1.5, 7),), 12)


@pytest.mark.parametrize("questions", [-1, "3", 1.5, 2**70])
def test_a_number_of_questions_that_is_none_is_a_fault(questions: Json) -> None:
    bad = whole()
    bad["goals"][0]["questions"] = questions
    assert "questions" in faults(bad)[0]


def test_the_same_outcome_gives_the_same_bytes() -> None:
    other = plan_of(SCENARIO.problem, dict(reversed(list(PLAN.decided.items()))))
    assert outcome_to_json(proven(SCENARIO, other)) == text()


def test_every_row_has_a_line_of_its_own() -> None:
    lines = text().splitlines()
    rows = sum(len(rows) for rows in whole().values() if isinstance(rows, list))
    assert sum(line.startswith(" {") for line in lines) == rows
    assert text().endswith("}\n")


def test_units_are_those_the_keys_promise() -> None:
    rows = {row["township"]: row for row in whole()["coverage"] if row["year"] == FIRST + 1}
    assert rows["T1"] == {
        "township": "T1",
        "year": FIRST + 1,
        "strength": 8,  # 4 + 2 of its own, 2 dispatched
        "served": 725,  # 4 + 2 in A1, all of A2's 1.25
        "demand": 1025,  # 8.5 + 1.25, and 0.5 with M1
        "coverage": "29/41",
        "staffed": "24/41",  # 3 + 1 in post, 2 dispatched, nobody borrowed any more
    }


@pytest.mark.parametrize(("path", "value"), single_changes())
def test_no_single_change_goes_unnoticed(path: Path, value: Json) -> None:
    assert caught(changed(path, value))


def test_a_change_is_told_with_its_place() -> None:
    data = whole()
    row = next(row for row in data["positions"] if row["holder"] == "U1" and row["year"] == FIRST + 1)
    row["before"] += 1
    stated = {(one.where, one.said, one.is_) for one in read(data).stated}
    assert (f"positions, U1 admin {FIRST + 1}, before", str(row["before"]), str(row["before"] - 1)) in stated


def test_a_row_left_out_of_a_sparse_table_is_noticed() -> None:
    for table in ("people", "placed", "findings", "stations", "dispatched", "borrowed", "matters"):
        data = whole()
        del data[table][0]
        assert caught(data), table


@pytest.mark.parametrize("table", ["positions", "agencies", "coverage"])
def test_missing_rows_are_a_fault(table: str) -> None:
    data = whole()
    del data[table][1:3]
    (fault,) = faults(data)
    assert fault.startswith(f"plan.json, {table}: 2 rows are missing")


def test_all_faults_come_at_once() -> None:
    data = whole()
    data["positions"][0]["holder"] = "U11"
    data["positions"][3]["year"] = 1999
    data["people"].append({"holder": "reserve", "category": ADMIN, "year": FIRST})
    data["coverage"].append(data["coverage"][0])
    found = "\n".join(faults(data))
    assert "positions[1].holder: unknown id (got 'U11')" in found
    assert "Did you mean 'U1'?" in found
    assert f"positions[4].year: not a planned year (got 1999). Accepted: {FIRST} to {FIRST + 1}." in found
    assert "positions: 2 rows are missing" in found
    assert "people[3]: the county has no account for this row" in found
    assert "coverage[5]: the row stands twice" in found


def test_all_wrong_types_come_at_once() -> None:
    data = whole()
    data["positions"][0]["after"] = "9"
    data["positions"][1]["after"] = 9.0
    data["agencies"][0]["open"] = True
    data["proven"] = 1
    data["goals"][0]["value"] = [["1/0", 1]]
    del data["county_digest"]
    data["extra"] = 1
    places = {fault.partition(": ")[0] for fault in faults(data)}
    assert places == {
        "plan.json, positions[1].after",
        "plan.json, positions[2].after",
        "plan.json, agencies[1].open",
        "plan.json, proven",
        "plan.json, goals[1].value[1][1]",
        "plan.json, county_digest",
        "plan.json, extra",
    }


@pytest.mark.parametrize(
    "junk",
    [
        "",
        "null",
        "[]",
        "{",
        "{}",
        '"plan"',
        "\x00",
        "[" * 100_000,
        '{"seconds": 1e99999999999999999999}',
        '{"seconds": ' + "9" * 5000 + "}",
        '{"seconds": NaN}',
        '{"versions": {"format": "2"}}',
        '{"scenario": ' + '{"a": ' * 900 + "1" + "}" * 901,
        '{"proven": true, "proven": false}',
    ],
    ids=range(14),
)
def test_no_junk_gets_through(junk: str) -> None:
    assert faults(junk)


def test_junk_within_a_plan_never_ends_in_a_traceback() -> None:
    dice = Random(7)
    junk: list[Json] = [
        None,
        -1,
        2**80,
        0.5,
        "",
        "x",
        "1/3",
        [],
        {},
        [[]],
        {"a": 1},
        True,
        "\ud800",
        "\x1b[2J",
    ]
    paths = [path for path, _value in leaves(whole())]
    for _turn in range(400):
        path = dice.choice(paths)
        caught(changed(path[: dice.randint(1, len(path))], dice.choice(junk)))


def test_a_deep_scenario_is_a_fault() -> None:
    data = whole()
    data["scenario"]["data"] = json.loads('{"a":' * 400 + "1" + "}" * 400)
    assert faults(data)


def test_a_county_that_has_changed_is_noticed() -> None:
    rows = tuple(replace(row, needed=7) if row.holder == "U1" else row for row in COUNTY.positions)
    recorded = read(text(), replace(COUNTY, positions=rows))
    assert [one.where for one in recorded.stated] == ["county_digest"]
    assert not recorded.sound


def test_the_name_of_the_scenario_and_the_path_do_not_matter() -> None:
    data = whole()
    data["scenario"] |= {"name": "Other", "why": "", "county": "elsewhere"}
    assert read(data).sound


def test_numbers_too_long_for_other_readers_are_texts() -> None:
    long = GoalResult("canonical", 2**200, 2**200, proven=True, seconds=0.0)
    outcome = proven(SCENARIO, PLAN)
    data = json.loads(outcome_to_json(replace(outcome, goals=(*outcome.goals[:-1], long))))
    assert data["goals"][-1]["value"] == str(2**200)
    assert read(data).outcome.goals[-1].value == 2**200
    data["goals"][-1]["value"] = "2 ** 200"
    (fault,) = faults(data)
    assert fault.startswith("plan.json, goals[5]: not a value of a goal (got '2 ** 200'). Accepted: whole")


def test_claims_that_contradict_each_other_are_noticed() -> None:
    data = whole()
    data["goals"][1] |= {"proven": False, "bound": None}
    where = {one.where for one in read(data).stated}
    assert where == {"proven", "unique", *(f"goals[{rank}].conditional" for rank in (3, 4, 5))}


def test_a_bound_that_rules_the_value_out_is_noticed() -> None:
    data = whole()
    data["goals"][1] |= {"proven": False, "bound": data["goals"][1]["value"] + 1}
    assert "goals[2].bound" in {one.where for one in read(data).stated}


def test_without_a_plan_the_clash_is_told() -> None:
    clash = Conflict((("hold_total", Place(category=ADMIN, year=FIRST, aspect="total")),), confirmed=True)
    outcome = Outcome(SCENARIO, Ending.IMPOSSIBLE, None, (), clash=clash)
    data = json.loads(outcome_to_json(outcome))
    assert data["ending"] == "impossible"
    assert data["clash"]["confirmed"] is True
    (member,) = data["clash"]["members"]
    assert (member["rule"], member["category"], member["year"]) == ("hold_total", ADMIN, FIRST)
    assert member["says"]
    assert "positions" not in data
    assert faults(json.dumps(data))


def test_without_plan_or_clash_there_is_none() -> None:
    outcome = Outcome(SCENARIO, Ending.OUT_OF_TIME, None, ())
    assert json.loads(outcome_to_json(outcome))["clash"] is None
