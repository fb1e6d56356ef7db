"""From the workbook back: edits, faults, what is broken and lost, and the scenario that fixes what was agreed."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from openpyxl.comments import Comment

from rebalance.fault import FaultsError
from rebalance.goals.stay_close import StayClose
from rebalance.papers.contents import tables
from rebalance.papers.document import document
from rebalance.papers.edits import Edit, Edits, read_edits
from rebalance.papers.returned import in_every_language
from rebalance.papers.review import Review, review
from rebalance.papers.workbook import FIRST, HEAD, KEYS, workbook
from rebalance.plans.recorded import Recorded
from rebalance.rules.pinned import Pin, PinAgency, Pinned
from rebalance.scenario.read import read_scenario
from rebalance.scenario.settings import titled
from rebalance.scenario.write import scenario_toml
from rebalance.text import activate, speaking
from tests.counties import ADMIN
from tests.papers.plans import ROOT, hostile, langxi, small, written

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

Book = Any
"""What openpyxl opens; its types fit no test."""

Change = Callable[[Book], None]
BEFORE_AFTER, AGENCIES = "Before and after", "Agencies"


def edited(folder: Path, change: Change, of: Callable[[], Recorded] = small) -> Path:
    """The workbook after somebody has had it open in a spreadsheet program."""
    file = folder / "plan.xlsx"
    file.write_bytes(written(workbook, of))
    book = openpyxl.load_workbook(file)
    change(book)
    book.save(file)
    return file


def put(book: Book, sheet: str, ids: tuple[str, str], key: str, value: object) -> None:
    """Type something into the row of these ids, below this key."""
    cells = book[sheet]
    places = {cell.value: cell.column for cell in cells[KEYS + 1]}
    names = ("holder", "category") if sheet == BEFORE_AFTER else ("township", "agency")
    for row in range(FIRST + 1, cells.max_row + 1):
        if tuple(cells.cell(row, places[name]).value for name in names) == ids:
            cells.cell(row, places[key]).value = value
            return
    raise AssertionError(ids)


def type_in(sheet: str, ids: tuple[str, str], key: str, value: object) -> Change:
    return lambda book: put(book, sheet, ids, key, value)


def judged(recorded: Recorded, *agreed: Edit) -> Review:
    return review(recorded, Edits(agreed, ()))


def judged_of(edits: Edits) -> Review:
    return review(small(), edits)


def less_of(holder: str) -> tuple[int, int]:
    """What a holder owns at the end, and one fewer."""
    plan = small().audit.plan
    owned = plan.owned(holder, ADMIN, plan.problem.last)
    return owned, owned - 1


def faults(file: Path, recorded: Recorded | None = None) -> list[str]:
    with pytest.raises(FaultsError) as caught:
        read_edits(file, (recorded or small()).audit.plan)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize("of", [small, langxi, hostile], ids=["small", "langxi", "hostile"])
def test_no_edits_no_change(tmp_path: Path, of: Callable[[], Recorded]) -> None:
    (tmp_path / "plan.xlsx").write_bytes(written(workbook, of))
    read = read_edits(tmp_path / "plan.xlsx", of().audit.plan)
    assert (read.agreed, read.ignored) == ((), ())


def test_saved_by_another_program_without_edits_is_no_change(tmp_path: Path) -> None:
    read = read_edits(edited(tmp_path, lambda _book: None, langxi), langxi().audit.plan)
    assert (read.agreed, read.ignored) == ((), ())


def test_numbers_agreed_are_read(tmp_path: Path) -> None:
    def change(book: Book) -> None:
        put(book, BEFORE_AFTER, ("U1", ADMIN), "agreed", 6)
        put(book, BEFORE_AFTER, ("U2", ADMIN), "keep", "是")
        put(book, AGENCIES, ("T1", "A2"), "agreed", 3)

    read = read_edits(edited(tmp_path, change), small().audit.plan)
    assert read.agreed == (
        Edit("positions", ("U1", ADMIN), 7, 6),
        Edit("positions", ("U2", ADMIN), 5, 5),
        Edit("agencies", ("T1", "A2"), 2, 3),
    )


@pytest.mark.parametrize("value", ["six", -1, 2.5, None, "1e3", 10**12, 2 * 10**9, "６"])
def test_what_is_no_number_is_refused(tmp_path: Path, value: object) -> None:
    (fault,) = faults(edited(tmp_path, type_in(BEFORE_AFTER, ("U1", ADMIN), "agreed", value)))
    assert "Before and after, row" in fault
    assert "Accepted: a whole number from 0." in fault


def test_a_formula_typed_in_is_called_one(tmp_path: Path) -> None:
    (fault,) = faults(edited(tmp_path, type_in(BEFORE_AFTER, ("U1", ADMIN), "agreed", "=6+1")))
    assert "holds a formula (got '=6+1') and no value that it shows. Type the value instead" in fault


def test_the_language_of_the_workbook_does_not_matter(tmp_path: Path) -> None:
    activate("zh")
    (tmp_path / "plan.xlsx").write_bytes(workbook(langxi()))
    activate("en")
    read = read_edits(tmp_path / "plan.xlsx", langxi().audit.plan)
    assert (read.agreed, read.ignored) == ((), ())


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    def change(book: Book) -> None:
        put(book, BEFORE_AFTER, ("U1", ADMIN), "agreed", "many")
        put(book, BEFORE_AFTER, ("U2", ADMIN), "keep", "perhaps")
        put(book, AGENCIES, ("T1", "A2"), "agreed", "few")

    assert len(faults(edited(tmp_path, change))) == 3


def test_a_number_changed_elsewhere_does_not_count(tmp_path: Path) -> None:
    file = edited(tmp_path, type_in(BEFORE_AFTER, ("U1", ADMIN), "before", 99))
    read = read_edits(file, small().audit.plan)
    assert read.agreed == ()
    assert ["(got '99', was '9')" in str(fault) for fault in read.ignored] == [True]


def test_rows_taken_out_or_twice_are_noticed(tmp_path: Path) -> None:
    (fault,) = faults(edited(tmp_path, lambda book: book[BEFORE_AFTER].delete_rows(FIRST + 1)))
    assert "is missing. Give back the workbook with all its rows." in fault
    (gone, twice) = faults(edited(tmp_path, type_in(BEFORE_AFTER, ("U1", ADMIN), "holder", "U2")))
    assert "'U1 admin' is missing" in gone
    assert "twice (got 'U2 admin')" in twice


@pytest.mark.parametrize(
    "change",
    [
        lambda book: book.remove(book[AGENCIES]),
        lambda book: book[AGENCIES].delete_cols(2),
        lambda book: book[AGENCIES].merge_cells("A7:B7"),
        lambda book: book[AGENCIES].delete_rows(1),
    ],
    ids=["sheet", "column", "merged", "row above"],
)
def test_a_sheet_that_is_no_longer_ours_is_noticed(tmp_path: Path, change: Change) -> None:
    (fault,) = faults(edited(tmp_path, change))
    assert "the sheet “Agencies of the townships” is not there as it was written" in fault


def test_a_workbook_of_another_plan_is_noticed(tmp_path: Path) -> None:
    found = small()
    other = replace(found.audit.plan, decided={**found.audit.plan.decided, ("hired", "U1", ADMIN, 2026): 1})
    file = tmp_path / "plan.xlsx"
    file.write_bytes(workbook(found))
    with pytest.raises(FaultsError, match="a workbook of another plan"):
        read_edits(file, other)


def test_no_workbook_at_all(tmp_path: Path) -> None:
    file = tmp_path / "plan.xlsx"
    file.write_bytes(b"not a workbook")
    assert "not a workbook" in faults(file)[0]
    file.write_bytes(document(small()))
    assert "not a workbook that `export` wrote" in faults(file)[0]
    openpyxl.Workbook().save(file)
    assert "not a workbook that `export` wrote" in faults(file)[0]


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "plan.xlsx"
    with ZipFile(BytesIO(workbook(small()))) as source, ZipFile(file, "w", ZIP_DEFLATED) as made:
        for name in source.namelist():
            made.writestr(name, b" " * (201 << 20) if name.endswith("sheet2.xml") else source.read(name))
    assert "unpacks to too much" in faults(file)[0]


def test_a_remark_in_its_column_or_beside_it_is_kept_and_told_whose_it_is(tmp_path: Path) -> None:
    def change(book: Book) -> None:
        put(book, BEFORE_AFTER, ("U1", ADMIN), "remark", "leave this one alone")
        sheet = book[BEFORE_AFTER]
        sheet.cell(FIRST + 2, sheet.max_column + 2).value = "and this one"
        sheet.cell(sheet.max_row + 3, 3).value = "agreed, with thanks"
        sheet.cell(HEAD + 1, sheet.max_column).value = "what I think"

    read = read_edits(edited(tmp_path, change), small().audit.plan)
    assert {(one.key, one.said) for one in read.remarks} == {
        (("U1", ADMIN), "leave this one alone"),
        (("U2", ADMIN), "and this one"),
        ((), "agreed, with thanks"),
        ((), "what I think"),
    }
    assert (read.agreed, read.ignored) == ((), ())
    assert not judged_of(read).clean


def test_notes_pinned_to_cells_and_sheets_of_ones_own_are_listed(tmp_path: Path) -> None:
    def change(book: Book) -> None:
        book[BEFORE_AFTER]["C7"].comment = Comment("ask the bureau", "Zhang")
        book.create_sheet("Minutes")["B2"] = "the director wants a word"

    read = read_edits(edited(tmp_path, change), small().audit.plan)
    assert [(one.place.rpartition("#")[2], one.said) for one in read.remarks] == [
        ("Before and after, C7", "ask the bureau"),
        ("Minutes, row 2", "the director wants a word"),
    ]


def test_a_changed_name_is_listed_in_either_language(tmp_path: Path) -> None:
    file = edited(tmp_path, type_in(BEFORE_AFTER, ("U1", ADMIN), "name", "Unit one (keep 2)"))
    (fault,) = read_edits(file, small().audit.plan).ignored
    assert "got 'Unit one (keep 2)'" in str(fault)
    with speaking("zh"):
        (fault,) = read_edits(file, small().audit.plan).ignored
        assert "Unit one (keep 2)" in str(fault)


def test_a_figure_changed_on_a_sheet_for_reading_is_listed(tmp_path: Path) -> None:
    others = in_every_language(lambda: tables(small()))

    def change(book: Book) -> None:
        sheet = book["Townships"]
        keys = {cell.value: cell.column for cell in sheet[KEYS + 1]}
        sheet.cell(FIRST + 1, keys["before"]).value = 77
        book["Goals"].cell(FIRST + 1, 12).value = "why?"

    read = read_edits(edited(tmp_path, change), small().audit.plan, others=others)
    assert ["got '77'" in str(fault) for fault in read.ignored] == [False, True] or "got '77'" in str(read.ignored[0])
    assert any("written beside the table (got 'why?')" in str(fault) for fault in read.ignored)


@pytest.mark.parametrize("of", [small, langxi, hostile], ids=["small", "langxi", "hostile"])
def test_nothing_changed_on_any_sheet_is_no_difference(tmp_path: Path, of: Callable[[], Recorded]) -> None:
    file = tmp_path / "plan.xlsx"
    file.write_bytes(written(workbook, of))
    read = read_edits(file, of().audit.plan, others=in_every_language(lambda: tables(of())))
    assert (read.agreed, read.ignored, read.remarks) == ((), (), ())


def test_a_sheet_for_reading_may_be_sorted(tmp_path: Path) -> None:
    others = in_every_language(lambda: tables(small()))

    def change(book: Book) -> None:
        sheet = book["Townships"]
        for column in range(1, sheet.max_column + 1):
            first, second = sheet.cell(FIRST + 1, column), sheet.cell(FIRST + 2, column)
            first.value, second.value = second.value, first.value

    assert read_edits(edited(tmp_path, change), small().audit.plan, others=others).ignored == ()


def test_a_copied_sheet_that_says_the_same_is_told_and_another_one_asked_about(tmp_path: Path) -> None:
    def copied(book: Book) -> None:
        put(book, BEFORE_AFTER, ("U1", ADMIN), "agreed", 6)
        book.copy_worksheet(book[BEFORE_AFTER]).title = f"{BEFORE_AFTER} (2)"

    read = read_edits(edited(tmp_path, copied), small().audit.plan)
    assert read.agreed == (Edit("positions", ("U1", ADMIN), 7, 6),)
    assert ["a copy of the sheet “Before and after”, with the same numbers" in str(one) for one in read.ignored] == [
        True
    ]

    def differing(book: Book) -> None:
        copied(book)
        put(book, BEFORE_AFTER, ("U2", ADMIN), "agreed", 4)

    file = edited(tmp_path, differing)
    (fault,) = faults(file)
    assert "“Before and after”, “Before and after (2)”. Say with --sheet which of them counts" in fault
    read = read_edits(file, small().audit.plan, counts=[f"{BEFORE_AFTER} (2)"])
    assert read.agreed == (Edit("positions", ("U1", ADMIN), 7, 6),)
    with pytest.raises(FaultsError, match="no such sheet for numbers"):
        read_edits(file, small().audit.plan, counts=["Sheet 9"])


def test_a_workbook_of_before_there_were_remarks_is_read(tmp_path: Path) -> None:
    def change(book: Book) -> None:
        for name in (BEFORE_AFTER, AGENCIES):
            keys = {cell.value: cell.column for cell in book[name][KEYS + 1]}
            book[name].delete_cols(keys["remark"])
        put(book, BEFORE_AFTER, ("U1", ADMIN), "agreed", 6)

    assert read_edits(edited(tmp_path, change), small().audit.plan).agreed == (Edit("positions", ("U1", ADMIN), 7, 6),)


def test_one_fewer_given_and_one_fewer_received_is_a_fair_swap() -> None:
    found = langxi()
    unit, town = ("U001", "administrative"), ("341821105", "administrative")
    plan, last = found.audit.plan, found.audit.plan.problem.last
    given, received = plan.owned(*unit, last), plan.owned(*town, last)
    swap = judged(found, Edit("positions", unit, given, given + 1), Edit("positions", town, received, received - 1))
    assert swap.broken == ()
    now = swap.checks.plan
    assert (now.owned(*unit, last), now.owned(*town, last)) == (given + 1, received - 1)


def test_where_two_meet_in_different_years_others_change_years_and_nothing_else() -> None:
    swap = judged(small(), Edit("positions", ("U1", ADMIN), 7, 8), Edit("positions", ("T1", ADMIN), *less_of("T1")))
    plan, now = swap.plan, swap.checks.plan
    others = [key for key in plan.problem.accounts if key[0] not in {"U1", "T1"}]
    last = plan.problem.last
    assert [now.owned(*key, last) for key in others] == [plan.owned(*key, last) for key in others]
    assert swap.balance == {}


def test_what_is_broken_and_lost_worked_by_hand() -> None:
    found = judged(small(), Edit("positions", ("T2", ADMIN), 4, 6))
    rules = {rule for rule, _finding in found.broken}
    assert {"hold_total", "cut_above_add_below"} & rules == {"hold_total"}  # 24 owned in all where there are 22
    assert "ledgers" not in rules
    assert found.balance == {ADMIN: 2}
    found = judged(small(), Edit("agencies", ("T1", "A1"), 4, 40))
    assert ("ledgers", "placed") in {(rule, finding.place.aspect) for rule, finding in found.broken}
    found = judged(small(), Edit("agencies", ("T1", "A1"), 4, 2))
    before, now = next((before, now) for goal, before, now in found.goals if type(goal).__name__ == "FillShortages")
    assert (before, now) == (650, 850)  # two positions less in an agency that is short of them
    assert found.balance == {}


def test_numbers_agreed_are_those_of_the_last_year() -> None:
    found = judged(small(), Edit("positions", ("T2", ADMIN), 4, 6))
    first, last = found.checks.plan.problem.years
    assert [found.checks.plan.owned("T2", ADMIN, year) for year in (first, last)] == [3, 6]


def test_a_balanced_edit_may_break_nothing() -> None:
    found = judged(small(), Edit("positions", ("U1", ADMIN), 7, 7))
    assert found.broken == ()
    assert all(before == now for _goal, before, now in found.goals)


def test_the_scenario_fixes_what_was_agreed() -> None:
    edits = [Edit("positions", ("U1", ADMIN), 7, 6), Edit("agencies", ("T1", "A2"), 2, 2)]
    scenario = judged(small(), *edits).scenario
    rule = scenario.rules["pinned"]
    assert isinstance(rule, Pinned)
    assert rule.cells == (Pin("U1", ADMIN, exactly=6),)
    assert rule.agencies == (PinAgency("T1", "A2", exactly=2),)
    assert isinstance(scenario.goals[-2], StayClose)  # before canonical, which is always last


def test_a_later_agreement_takes_the_place_of_an_earlier_one() -> None:
    found = small()
    early = Pinned(cells=(Pin("U1", ADMIN, exactly=9), Pin("U2", ADMIN, exactly=5)))
    scenario = found.outcome.scenario.but(early)
    again = replace(found, outcome=replace(found.outcome, scenario=scenario))
    rule = judged(again, Edit("positions", ("U1", ADMIN), 7, 6)).scenario.rules["pinned"]
    assert isinstance(rule, Pinned)
    assert rule.cells == (Pin("U2", ADMIN, exactly=5), Pin("U1", ADMIN, exactly=6))


def test_the_file_says_it_as_a_scenario_does() -> None:
    name = 'a "quoted" \\ name\n\x7f\x01 编制 😀'
    scenario = replace(small().outcome.scenario, name=name, county_path="../models/tiny", changes={"units": {"a.b": 1}})
    said = tomllib.loads(scenario_toml(scenario))
    assert said["name"] == name
    assert said["county"] == "../models/tiny"
    assert said["data"] == {"units": {"a.b": 1}}
    assert said["rules"]["cut_above_add_below"]["total"] == {"at_most": 3}
    assert [goal["goal"] for goal in said["goals"]][:2] == ["worst_off_first", "fill_shortages"]


def test_the_plan_to_stay_close_to_is_one_line_and_a_file(tmp_path: Path) -> None:
    found = judged(langxi(), Edit("positions", ("U001", "administrative"), 42, 42))
    found = replace(found, package=ROOT / "models/langxi")
    (tmp_path / "s").mkdir()
    file = found.save_scenario(tmp_path / "s/reviewed.toml")
    lines = file.read_text(encoding="utf-8").splitlines()
    assert [line.strip() for line in lines if "stay_close" in line] == [
        '{ goal = "stay_close", to = "reviewed.positions.csv", slack = 0 },'
    ]
    rows = (tmp_path / "s/reviewed.positions.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0] == "holder,category,owned"
    assert len(rows) == 1 + len(found.plan.problem.accounts)
    again = read_scenario(file)
    assert again.goals[-2] == found.scenario.goals[-2]
    assert f"to: {len(rows) - 1} entries" in titled(again.goals[-2])
