"""The page in a real browser: it asks nothing of the network, runs no payload, and does as it is told."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from rebalance.papers.page import page
from tests.papers.plans import hostile, langxi
from tests.papers.programs import rendered, with_browser

pytestmark = with_browser

ACT = """
const all = (q, root = document) => [...root.querySelectorAll(q)], said = {};
said.scripts = all("script").length;
said.pictures = all("img, iframe, object, embed, link, base, form").length;
said.handlers = all("*").filter((one) => [...one.attributes].some((name) => name.name.startsWith("on"))).length;
said.links = all("a").filter((one) => !one.getAttribute("href").startsWith("#")).length;
said.loaded = performance.getEntriesByType("resource").length;
said.wide = document.documentElement.scrollWidth - innerWidth;
const positions = document.getElementById("positions").closest("section");
const cells = (place) => all("tbody tr", positions).map((row) => row.cells[place].textContent);
const head = all("th", positions)[5], button = head.querySelector("button");
button.click(); said.up = cells(5); said.sorted = head.getAttribute("aria-sort");
button.click(); said.down = cells(5);
const search = positions.querySelector("input");
search.value = all("tbody tr", positions)[0].cells[1].textContent.toLowerCase();
search.dispatchEvent(new Event("input"));
said.unfolded = positions.querySelector("details").open;
said.left = all("tbody tr", positions).filter((row) => !row.hidden).length;
const figure = document.querySelector("figure");
all(".legend button", figure)[1].click();
said.hidden = all("[data-series='1']", figure).filter((one) => getComputedStyle(one).display === "none").length;
said.shown = all("[data-series='0']", figure).filter((one) => getComputedStyle(one).display !== "none").length;
const order = figure.querySelector("select"), rows = all(".row", figure);
order.value = "2"; order.dispatchEvent(new Event("change"));
const height = (row) => Number(row.getAttribute("transform").match(/ (\\d+)/)[1]);
const figures = (row) => Number(row.querySelector("[data-series='2']").dataset.key);
said.order = [...rows].sort((a, b) => height(a) - height(b)).map(figures);
document.querySelector("[data-unfold=yes]").click(); said.open = all("details").every((one) => one.open);
document.body.innerHTML = ""; document.title = "SAID " + JSON.stringify(said);
"""


def acted(folder: Path, content: bytes, width: int = 1280) -> dict[str, Any]:
    """What a visitor finds who uses everything there is to use."""
    file = folder / "plan.html"
    file.write_bytes(content.replace(b"</body>", f"<script>{{{ACT}}}</script></body>".encode()))
    dom, complaints = rendered(file, width)
    assert complaints == []
    found = re.search(r"<title>SAID (.*?)</title>", dom, re.DOTALL)
    assert found, dom[:500]
    said: dict[str, Any] = json.loads(html.unescape(found[1]))
    return said


def numbers(cells: list[str]) -> list[int]:
    return [0 if cell == "–" else int(cell) for cell in cells]


@pytest.mark.parametrize("width", [1280, 500])
def test_everything_on_the_page_works(tmp_path: Path, width: int) -> None:
    said = acted(tmp_path, page(langxi()), width)
    assert (said["scripts"], said["pictures"], said["handlers"], said["links"], said["loaded"]) == (2, 0, 0, 0, 0)
    assert said["wide"] <= 0
    assert said["sorted"] == "ascending"
    assert numbers(said["up"]) == sorted(numbers(said["up"]))
    assert numbers(said["down"]) == sorted(numbers(said["up"]), reverse=True)
    assert said["unfolded"]
    assert 0 < said["left"] < len(said["up"])
    townships = len(langxi().audit.plan.problem.townships)
    assert (said["hidden"], said["shown"]) == (townships, townships)
    assert said["order"] == sorted(said["order"], reverse=True)
    assert len(said["order"]) == townships
    assert said["open"]


def test_payloads_do_nothing(tmp_path: Path) -> None:
    said = acted(tmp_path, page(hostile()))
    assert (said["scripts"], said["pictures"], said["handlers"], said["links"], said["loaded"]) == (2, 0, 0, 0, 0)
