"""The site: built with every warning an error, and complete in itself."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.blocks import ROOT

FETCHED = re.compile(r"""<(?:script|img|iframe|source|link)\b[^>]*\b(?:src|href)=["'](?:https?:)?//[^"']+""")
IMPORTED = re.compile(r"""@import|url\(\s*["']?(?:https?:)?//""")


def test_the_site_is_built_without_a_warning_and_fetches_nothing(tmp_path: Path) -> None:
    site = tmp_path / "site"
    command = [sys.executable, "-m", "sphinx", "--fail-on-warning", "--keep-going", "--quiet"]
    folders = ["--doctree-dir", str(tmp_path / "doctrees"), str(ROOT / "docs"), str(site)]
    done = subprocess.run([*command, *folders], check=False, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    html = {page: page.read_text(encoding="utf-8") for page in site.rglob("*.html")}
    assert len(html) > len(list((ROOT / "docs").glob("*.md")))
    assert {page.name: found for page, text in html.items() if (found := FETCHED.findall(text))} == {}
    styles = {file.name: file.read_text(encoding="utf-8") for file in site.rglob("*.css")}
    assert {name: found for name, text in styles.items() if (found := IMPORTED.findall(text))} == {}
    assert "<math" in html[site / "mathematics/leximin.html"]
