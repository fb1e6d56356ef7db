"""The page, read again by a parser: complete, by itself, and harmless."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser

from rebalance.papers.contents import tables
from rebalance.papers.page import page
from rebalance.plans.recorded import Recorded
from tests.papers.plans import PAYLOADS, hostile, langxi, small, written

OUTSIDE = {"src", "href", "action", "data", "poster", "srcset", "formaction", "xlink:href"}


class Reader(HTMLParser):
    """Collects what a browser would act on, and the cells of every table by its caption."""

    def __init__(self) -> None:  # noqa: D107  # a test's own
        super().__init__()
        self.links: list[str] = []
        self.handlers: list[str] = []
        self.scripts = 0
        self.tables: dict[str, list[list[str]]] = {}
        self.part = ""
        self._inside = ""
        self._caption = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [str(value) for name, value in attrs if name in OUTSIDE]
        self.handlers += [name for name, _value in attrs if name.startswith("on")]
        self.scripts += tag == "script"
        self._inside = tag
        if tag in {"tbody", "tfoot"}:
            self.part = tag
        if tag == "tr" and self.part == "tbody":
            self.tables.setdefault(self._caption, []).append([])
        if tag == "td" and self.part == "tbody":
            self.tables[self._caption][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""
        if tag == "table":
            self.part = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "caption":
            self._caption = data
        if self._inside == "td" and self.part == "tbody":
            self.tables[self._caption][-1][-1] += data


@cache
def read(of: Callable[[], Recorded]) -> Reader:
    reader = Reader()
    reader.feed(page(of()).decode())
    return reader


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert page(small()) == page(small())


def test_nothing_is_asked_of_the_network() -> None:
    for of in (langxi, hostile):
        reader = read(of)
        assert all(link.startswith("#") for link in reader.links), reader.links
        assert reader.handlers == []
        assert reader.scripts == 1
    assert "default-src 'none'" in page(small()).decode()


def test_payloads_are_only_texts() -> None:
    text = written(page, hostile).decode()
    assert "<script>alert" not in text
    assert "<img" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "{{ 7*7 }}" in text
    assert "\x1b" not in text
    cells = {cell for rows in read(hostile).tables.values() for row in rows for cell in row}
    assert all(any(payload in cell for cell in cells) for payload in PAYLOADS if payload.isprintable())


def test_figures_add_up_again() -> None:
    rows = read(langxi).tables["Authorised positions before and after the adjustment"]
    table = next(one for one in written(tables, langxi) if one.name == "positions")
    assert len(rows) == len(table.rows)
    for place, key in ((5, "before"), (9, "after"), (10, "in_post")):
        assert sum(0 if row[place] == "–" else int(row[place]) for row in rows) == table.sum(key)


def test_scenarios_are_compared_when_there_are_several() -> None:
    reader = Reader()
    reader.feed(page(small(), [langxi()]).decode())
    rows = reader.tables["Comparison of scenarios"]
    assert all(len(row) == 3 for row in rows)
    assert rows[0][1].startswith("Tiny")
    assert rows[0][2].startswith("Langxi")


def test_readable_without_a_mouse_or_eyes() -> None:
    text = written(page, langxi).decode()
    assert '<html lang="en">' in text
    assert text.count('<th scope="col" aria-sort="none"><button type="button"') == text.count("<th ")
    assert text.count('role="img" aria-labelledby="chart') == 3
    assert text.count("<main") == text.count("<h1>") == 1
