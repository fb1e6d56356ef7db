"""The wheel, unpacked in a place where nothing of the checkout is: whoever installs it has all they need to begin."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the wheel holds."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "unpacked")
    return folder / "unpacked"


def ran(unpacked: Path, here: Path, *words: str) -> str:
    """What the program says there, run from the wheel alone."""
    command = [sys.executable, "-c", "import sys; from rebalance.cli import main; sys.exit(main())", "--lang", "en"]
    where = {**os.environ, "PYTHONPATH": str(unpacked)}
    return subprocess.run([*command, *words], check=True, capture_output=True, text=True, cwd=here, env=where).stdout


def test_the_example_county_is_in_it(unpacked: Path, tmp_path: Path) -> None:
    ran(unpacked, tmp_path, "new", "mine", "--example", "langxi")
    assert "Langxi" in ran(unpacked, tmp_path, "check", "mine/models/langxi")
    code = "from rebalance.api.example import baseline; print(baseline())"
    where = {**os.environ, "PYTHONPATH": str(unpacked)}
    command = [sys.executable, "-c", code]
    printed = subprocess.run(command, check=True, capture_output=True, text=True, cwd=tmp_path, env=where).stdout
    assert Path(printed.strip()).is_relative_to(unpacked)


def test_a_county_of_ones_own_too(unpacked: Path, tmp_path: Path) -> None:
    ran(unpacked, tmp_path, "new", "mine")
    assert "Every goal is proven" in ran(unpacked, tmp_path, "solve", "mine/scenarios/baseline.toml", "--out", "out")


def test_texts_of_translators_stay_behind(unpacked: Path) -> None:
    assert not [*unpacked.rglob("*.po"), *unpacked.rglob("*.pot")]
    assert [*unpacked.rglob("*.mo")]
