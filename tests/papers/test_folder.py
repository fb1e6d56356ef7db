"""The folder: CSV read again, lists and flowcharts of each township."""

from __future__ import annotations

import csv
import io
from fractions import Fraction

import pytest

from rebalance.papers.contents import tables
from rebalance.papers.folder import folder
from rebalance.plans.recorded import Recorded
from rebalance.text import harmless
from tests.papers.plans import hostile, langxi, small, written


def files_of(recorded: Recorded) -> dict[str, bytes]:
    return dict(folder(recorded))


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert dict(folder(small())) == dict(folder(small()))


def test_every_figure_is_there_again() -> None:
    files = written(files_of, langxi)
    for table in written(tables, langxi):
        found = rows(files[f"{table.name}.csv"])
        assert len(found) == len(table.rows)
        for column in table.columns:
            if column.total and not column.editable and column.key != "differs":
                again = sum(Fraction(row[column.title] or 0) for row in found)
                scale = 100 if column.kind.name == "WORK" else 1
                assert again * scale == table.sum(column.key), (table.name, column.key)


def test_each_township_has_its_lists_and_flowcharts() -> None:
    plan = langxi().audit.plan
    files = written(files_of, langxi)
    first, second = plan.problem.townships[:2]
    taken = rows(files[f"townships/{first}/powers.csv"]) + rows(files[f"townships/{first}/cooperation.csv"])
    assert {row["Matter code"] for row in taken} == {row.matter for row in plan.problem.county.matters}
    assert {row["Answers for it"] for row in rows(files[f"townships/{first}/cooperation.csv"])} == {"county unit"}
    own = {row.matter for row in plan.problem.county.matters if not row.unit}
    left = rows(files[f"townships/{second}/powers.csv"])
    assert {row["Matter code"] for row in left} <= own  # nothing has been delegated there
    charts = [name for name in files if name.startswith(f"townships/{first}/") and name.endswith(".svg")]
    assert charts
    assert all(files[name].startswith(b"<svg") for name in charts)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@A1", "＝HYPERLINK(A1)", "＋1", "－1", "＠A1", "\t=1", "\r=1", " =1", "\x00=1"]
)
def test_no_text_is_a_formula(text: str) -> None:
    assert harmless(text)[0] not in "=+-@＝＋－＠\t\r "


def test_no_payload_gets_through() -> None:
    files = written(files_of, hostile)
    for name, content in files.items():
        if name.endswith(".csv"):
            for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
                for cell in row:
                    is_number = cell.replace(".", "", 1).removeprefix("-").isdigit()
                    assert is_number or not cell.startswith(("=", "+", "-", "@", "\t", "\r")), (name, cell)
        else:
            assert b"<script" not in content
        assert ".." not in name
