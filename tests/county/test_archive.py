from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from rebalance.county import archive
from tests.county.packages import Package, only_fault_in
from tests.county.workbooks import with_part


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"x" * 100, "not a workbook"),
        (b"", "0 bytes"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600, "locked with a password"),
        (b"PK\x03\x04 and then nothing of the kind", "damaged"),
    ],
    ids=["picture", "nothing", "locked", "broken"],
)
def test_a_file_that_is_no_workbook_is_one_clear_fault(start: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(start)
    fault = only_fault_in(tmp_path / "a.xlsx")
    assert fault.file == "a.xlsx"
    assert said in fault.message


def test_a_zip_file_that_is_no_workbook_is_one_clear_fault(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "a.xlsx", "w") as file:
        file.writestr("readme.txt", "hello")
    assert "damaged" in only_fault_in(tmp_path / "a.xlsx").message


def test_a_truncated_workbook_is_one_clear_fault(tmp_path: Path) -> None:
    content = Package().workbook(tmp_path / "a.xlsx").read_bytes()
    (tmp_path / "a.xlsx").write_bytes(content[: len(content) // 2])
    assert "damaged" in only_fault_in(tmp_path / "a.xlsx").message


@pytest.mark.parametrize("part", ["xl/worksheets/sheet2.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_broken_xml_is_one_clear_fault(part: str, tmp_path: Path) -> None:
    assert "damaged" in only_fault_in(with_part(part, lambda content: content[:-20], tmp_path / "a.xlsx")).message


def test_a_zip_bomb_is_refused_by_its_directory_alone(tmp_path: Path) -> None:
    file = Package().workbook(tmp_path / "a.xlsx")
    with ZipFile(file, "a", ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet99.xml", b"\0" * 10_000_000)
    assert "unpacks to too much" in only_fault_in(file).message


def test_a_workbook_of_far_too_many_parts_is_refused(tmp_path: Path) -> None:
    file = Package().workbook(tmp_path / "a.xlsx")
    with ZipFile(file, "a") as bomb:
        for number in range(2001):
            bomb.writestr(f"xl/{number}", b"")
    assert "unpacks to too much (got 20" in only_fault_in(file).message


def test_a_workbook_that_unpacks_to_far_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 1000)
    assert "unpacks to too much" in only_fault_in(Package().workbook(tmp_path / "a.xlsx")).message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet3.xml", "docProps/core.xml", "xl/styles.xml"])
def test_a_document_type_in_any_part_is_refused(part: str, encoding: str, tmp_path: Path) -> None:
    def define(content: bytes) -> bytes:
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        text = content.decode().removeprefix("<?xml version='1.0' encoding='UTF-8'?>")
        return f'<?xml version="1.0" encoding="{encoding}"?>{bomb}{text}'.encode(encoding)

    fault = only_fault_in(with_part(part, define, tmp_path / "a.xlsx"))
    assert f"{part} defines a document type" in fault.message
