"""The guide's own pages: whoever follows them in an empty folder sees what they show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rebalance.text import LANGUAGES
from tests.blocks import IN_THE_CHECKOUT, ROOT, Reader, blocks

PAGES = sorted(page for page in (ROOT / "docs").rglob("*.md") if "generated" not in page.parts)
ELSEWHERE = {ROOT / name for name in IN_THE_CHECKOUT}
"""Pages that take more than an empty folder: `tests/test_readme.py` looks at these."""
FOLLOWED = [page for page in PAGES if page not in ELSEWHERE and blocks(page.read_text(encoding="utf-8"))]
GOES_ON = re.compile(r"goes on where \[[^]]*\]\(([^)]+)\) ended")
"""How a page says which other page has to be followed first."""


def name(page: Path) -> str:
    return page.relative_to(ROOT / "docs").as_posix()


@pytest.mark.parametrize("page", FOLLOWED, ids=name)
def test_whoever_follows_a_page_sees_what_it_shows(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = page.read_text(encoding="utf-8")
    for before in GOES_ON.findall(text):
        Reader(capsys).follow((page.parent / before).read_text(encoding="utf-8"))
    Reader(capsys).follow(text)


def test_pages_are_followed_at_all() -> None:
    assert {"quickstart.md", "tour.md", "zh/quickstart.md"} <= {name(page) for page in FOLLOWED}
    assert len(LANGUAGES) == len({page.parent for page in FOLLOWED if page.name == "quickstart.md"})
