"""Tables of figures fit the screen."""

from __future__ import annotations

import io

from rebalance.screen import WIDTH, Screen, on_screen
from rebalance.table import Table, sheet


def lines(sheet: Table) -> list[str]:
    stream = io.StringIO()
    Screen(stream).show([on_screen(sheet)])
    return [line.rstrip() for line in stream.getvalue().splitlines()]


def test_headings_of_figures_are_broken_before_texts_are() -> None:
    figures = ("positions given", "units that give", "work not covered", "lowest coverage", "run")
    texts = ("A fifth, as in the baseline", "out of time")
    found = lines(sheet("Cases", ("case", "result", *figures), [(*texts, 81, 19, "796.16", "23.5 %", 2)], figures=2))
    assert max(map(len, found)) <= WIDTH
    assert found[-1].startswith("   ".join(texts))


def test_where_there_is_room_nothing_is_broken() -> None:
    found = lines(sheet("Figures", ("what", "a heading of some length"), [("this", 1)]))
    assert found[2].split("   ") == ["what", "a heading of some length"]
