"""Files that come from anywhere: whatever they hold, a sentence is said, soon, in little memory, and nothing passes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.campaign import Chunk, chunks
from tests.hostile.subjects import SUBJECTS, lay_out

if sys.platform == "win32":
    pytest.skip("Windows neither measures memory so nor has the timer", allow_module_level=True)

ROOT = Path(__file__).parents[2]
PYTHON = os.pathsep.join((str(ROOT / "src"), str(ROOT)))

AT_ONCE = 125
"""Attacks of a process; eight kinds of file and ten chunks make the ten thousand of a campaign."""

FEW = 6
"""Attacks on each kind of file in a usual run."""

MOST_MEGABYTES = 1000


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that are attacked, never themselves."""
    folder = tmp_path_factory.mktemp("office")
    lay_out(folder)
    return folder


@pytest.mark.parametrize("name", SUBJECTS)
@pytest.mark.parametrize("chunk", chunks(1, 10))
def test_a_hostile_file_is_met_in_a_sentence(name: str, chunk: Chunk, office: Path) -> None:
    count = FEW if chunk.known else AT_ONCE
    command = [sys.executable, "-P", "-m", "tests.hostile", name, str(chunk.first), str(count), str(office)]
    env = os.environ | {"PYTHONPATH": PYTHON, "LC_ALL": "C.UTF-8", "REBALANCE_LANG": "en"}
    done = subprocess.run(command, env=env, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert told["found"] == []
    assert told["megabytes"] < MOST_MEGABYTES
