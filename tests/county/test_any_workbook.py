"""Workbooks that other programs wrote, each in its own way: all the same county."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from rebalance.county.read import read_package
from tests.county.counties import small
from tests.county.packages import Package, only_fault_in
from tests.county.workbooks import rezipped

Part = tuple[str, bytes]


def in_capitals(name: str, content: bytes) -> Part:
    return name.upper(), content


def with_slashes_that_lean_back(name: str, content: bytes) -> Part:
    return name.replace("/", "\\"), content.replace(b'Target="/xl/worksheets/', b'Target="worksheets\\')


def with_small_letters(name: str, content: bytes) -> Part:
    return name, re.sub(rb'<c r="[A-Z]+', lambda found: found[0].lower(), content) if "sheets/" in name else content


def with_empty_styles(name: str, content: bytes) -> Part:
    return name, re.sub(rb'<c r="([A-Z]+[0-9]+)"( s="[0-9]+")?', rb'<c r="\1" s=""', content)


def with_relations_to_nothing(name: str, content: bytes) -> Part:
    lost = b'<Relationship Id="rId999" Type="http://x/sharedStrings" Target="nowhere.xml"/></Relationships>'
    return name, content.replace(b"</Relationships>", lost) if name.endswith("workbook.xml.rels") else content


@pytest.mark.parametrize(
    "change",
    [in_capitals, with_slashes_that_lean_back, with_small_letters, with_empty_styles, with_relations_to_nothing],
)
def test_a_workbook_of_anybody_is_read(change: Callable[[str, bytes], Part], tmp_path: Path) -> None:
    def changed(parts: Iterable[Part]) -> Iterable[Part]:
        return [change(name, content) for name, content in parts]

    found = read_package(rezipped(Package().workbook(tmp_path / "a.xlsx"), changed))
    assert found.county == small()
    assert found.notes == ()


@pytest.mark.parametrize("part", ["xl/media/image1.bmp", "xl/printerSettings/printerSettings1.bin"])
def test_a_blank_picture_is_no_bomb(part: str, tmp_path: Path) -> None:
    file = Package().workbook(tmp_path / "a.xlsx")
    with ZipFile(file, "a", ZIP_DEFLATED) as book:
        book.writestr(part, b"\0" * 3_000_000)
    assert read_package(file).county == small()


def test_a_sheet_that_is_not_there_is_damage(tmp_path: Path) -> None:
    def without(parts: Iterable[Part]) -> Iterable[Part]:
        return [(name, content) for name, content in parts if not name.endswith("sheet4.xml")]

    assert "damaged" in only_fault_in(rezipped(Package().workbook(tmp_path / "a.xlsx"), without)).message


def test_a_cell_reference_that_is_none_is_damage(tmp_path: Path) -> None:
    def odd(name: str, content: bytes) -> Part:
        return name, content.replace(b'r="C2"', b'r="C1B2"') if name.endswith("sheet4.xml") else content

    file = rezipped(Package().workbook(tmp_path / "a.xlsx"), lambda parts: [odd(*part) for part in parts])
    assert "damaged" in only_fault_in(file).message
