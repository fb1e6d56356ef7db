"""Workbooks damaged at random: whatever becomes of them, there is an answer and never a traceback."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from random import Random

import pytest

from rebalance.fault import Fault, FaultsError
from rebalance.papers.edits import read_edits
from rebalance.papers.marks import annotated
from rebalance.papers.template import template
from rebalance.papers.workbook import workbook
from tests.cli.small import TINY
from tests.papers.plans import small

TRIES = 12


def damaged(content: bytes, rng: Random) -> bytes:
    """The workbook with one of its parts lost, cut off, or with letters or values changed."""
    source, made = zipfile.ZipFile(BytesIO(content)), BytesIO()
    victim = rng.choice(source.namelist())
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            part = source.read(name)
            if name != victim:
                archive.writestr(name, part)
            elif (way := rng.randrange(4)) == 1:
                archive.writestr(name, part[: rng.randrange(len(part) + 1)])
            elif way == 2:
                place = rng.randrange(len(part))
                archive.writestr(name, part[:place] + bytes([rng.randrange(256)]) + part[place + 1 :])
            elif way == 3 and (values := re.findall(rb'"[^"]*"', part)):
                worse = rng.choice([b'""', b'"-1"', b'"x"', b'"99999999999"'])
                archive.writestr(name, part.replace(rng.choice(values), worse, 1))
    return made.getvalue()


def outcomes(file: Path, content: bytes, act: object) -> set[str]:
    rng, seen = Random(7), set()
    for _try in range(TRIES):
        file.write_bytes(damaged(content, rng))
        try:
            act()  # type: ignore[operator]
            seen.add("read")
        except FaultsError:
            seen.add("refused")
    return seen


def test_what_was_agreed(tmp_path: Path) -> None:
    file, plan = tmp_path / "plan.xlsx", small().audit.plan
    assert outcomes(file, workbook(small()), lambda: read_edits(file, plan)) == {"read", "refused"}


@pytest.mark.parametrize("sheet", ["units", "county", "nowhere", ""])
def test_what_is_to_be_marked(tmp_path: Path, sheet: str) -> None:
    file = tmp_path / "county.xlsx"
    faults = [Fault(f"county.xlsx#{sheet}", 2, "name", "=wrong"), Fault("county.xlsx", 0, "", "as a whole")]
    assert outcomes(file, template(TINY), lambda: annotated(file, faults)) == {"read", "refused"}
