from __future__ import annotations

import sys
from pathlib import Path

import pytest

from rebalance.plans.drive import remote

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows says it in another way")


def test_the_innermost_place_at_which_something_is_mounted_counts(tmp_path: Path) -> None:
    (tmp_path / "share of all/local").mkdir(parents=True)
    mounts = tmp_path / "mounts"
    share = str(tmp_path / "share of all").replace(" ", "\\040")
    mounts.write_text(f"/dev/sda / ext4 rw 0 0\nserver:/all {share} nfs4 rw 0 0\n/dev/sdb {share}/local ext4 rw 0 0\n")
    found = {
        name: remote(tmp_path / name, mounts) for name in ("here.db", "share of all/a.db", "share of all/local/a.db")
    }
    assert list(found.values()) == [False, True, False]


def test_where_nobody_tells_nothing_is_supposed(tmp_path: Path) -> None:
    assert remote(tmp_path / "a.db", tmp_path / "nowhere") is False
