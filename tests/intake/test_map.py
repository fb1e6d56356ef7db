"""The map beside a package: asked once, edited by people, only added to, and ids that stay what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

import rebalance as rb
from rebalance.files import NotWritableError
from tests.intake.offices import YEARS, answer, imported, ledger, map_of, workbook

HEAD = ("单位名称", "单位性质", "行政编制数", "行政实有")
FIRST = (HEAD, ("县司法局", "部门", 9, 8), ("县质监局", "部门", 7, 7), ("白沙镇", "镇", 20, 18))


def test_what_a_person_wrote_stays_and_only_new_names_are_added(tmp_path: Path) -> None:
    imported(workbook(tmp_path / "a.xlsx", FIRST), tmp_path, name="云溪县")
    file = map_of(tmp_path)
    file.write_text("# ours\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    before = file.read_text(encoding="utf-8")
    more = (*FIRST, ("县信访局", "部门", 3, 3))
    rb.import_ledger(workbook(tmp_path / "b.xlsx", more), tmp_path / "next", map=file, years="2027-2029")
    after = file.read_text(encoding="utf-8")
    assert after.startswith(before)
    assert after.removeprefix(before).split() == ["[[holder]]", "name", "=", '"县信访局"', "id", "=", '"U003"', *KIND]
    county = rb.read_county(tmp_path / "next")
    assert county.years == (2027, 2028, 2029)
    assert {row.name: row.unit for row in county.units} == {"县司法局": "U001", "县质监局": "U002", "县信访局": "U003"}


KIND = ["kind", "=", '"department"']


def test_a_unit_that_may_have_been_renamed_is_asked(tmp_path: Path) -> None:
    imported(workbook(tmp_path / "a.xlsx", FIRST), tmp_path, name="云溪县")
    renamed = (FIRST[0], FIRST[1], ("县市场监督管理局", "部门", 7, 7), FIRST[3])
    file = workbook(tmp_path / "b.xlsx", renamed)
    found = rb.import_ledger(file, tmp_path / "next", map=map_of(tmp_path))
    assert found.questions == ("open: units and townships (id and kind): 县市场监督管理局",)
    assert "In the map, and in no file any more: 县质监局." in found.read
    text = map_of(tmp_path).read_text(encoding="utf-8")
    assert (
        "# New: its id is U003. Or the new name of one that is no longer there: then its id is that of 县质监局 U002"
        in text
    )
    map_of(tmp_path).write_text(text.replace('id = "?"', 'id = "U002"'), encoding="utf-8")
    rb.import_ledger(file, tmp_path / "next", map=map_of(tmp_path))
    assert [(row.unit, row.name) for row in rb.read_county(tmp_path / "next").units] == [
        ("U001", "县司法局"),
        ("U002", "县市场监督管理局"),
    ]


def test_accepted_proposals_are_accepted_for_good(tmp_path: Path) -> None:
    imported(ledger(tmp_path), tmp_path)
    assert "?" not in map_of(tmp_path).read_text(encoding="utf-8").partition("[county]")[2]
    assert rb.import_ledger(ledger(tmp_path), tmp_path / "again", map=map_of(tmp_path)).folder


def test_nothing_is_written_over(tmp_path: Path) -> None:
    file = ledger(tmp_path)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(NotWritableError, match="something is there already"):
        rb.import_ledger(file, tmp_path / "mine", years=YEARS)
    assert not map_of(tmp_path).exists()
    for bad in (file, tmp_path / "county.toml", tmp_path / "other/map.toml"):
        with pytest.raises(NotWritableError):
            rb.import_ledger(file, tmp_path / "other", map=bad)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[nonsense]\nx = 1", "unknown name"),
        ("[[holder]]\nid = 'U1'", "missing: name"),
        ("[[holder]]\nname = 'a'\nid = 7", "not a text in quotes"),
        ("[[holder]]\nname = 'a'\ncolour = 'b'", "unknown name"),
        ("[[holder]]\nname = 'a'\n[[holder]]\nname = ' A '", "stands here twice"),
        ("holder = 3", "not a block"),
        ("[[county]]\nname = 'a'", "not a block"),
        ("[[holder]]\nname = '县教育局'\nid = '../x'\nkind = '部门'", "not an id"),
        ("[[holder]]\nname = '县教育局'\nid = 'U9'\n[[holder]]\nname = '城关镇'\nid = 'u9'", "of another one too"),
        ("[[holder]]\nname = '县教育局'\nid = 'U9'\nkind = '庙'\n[county]\nname='a'\ncode='1'", "not a kind"),
        ("[county]\nname = 'a'\ncode = '1'\nyears = 'soon'", "not accepted"),
        ("[county", "not TOML"),
    ],
)
def test_a_map_that_is_none_is_a_fault(text: str, message: str, tmp_path: Path) -> None:
    map_of(tmp_path).write_text(text, encoding="utf-8")
    with pytest.raises(rb.FaultsError, match=message):
        rb.import_ledger(ledger(tmp_path), tmp_path / "mine", years="" if "soon" in text else YEARS)
    assert map_of(tmp_path).read_text(encoding="utf-8") == text
    assert not (tmp_path / "mine").exists()


def test_years_are_asked_where_nobody_says_them(tmp_path: Path) -> None:
    found = rb.import_ledger(ledger(tmp_path), tmp_path / "mine")
    assert "open: the county: code, years" in found.questions
    answer(map_of(tmp_path), name="云溪县", code="1", years="2026、2027")
    assert rb.import_ledger(ledger(tmp_path), tmp_path / "mine").folder
    assert rb.read_county(tmp_path / "mine").years == (2026, 2027)
