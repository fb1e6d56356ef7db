"""Names are shown, never interpreted: not by a browser, not by a terminal."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from rich.table import Table
from rich.text import Text

import rebalance as rb
from rebalance.problem.problem import Problem
from rebalance.screen import Shown
from rebalance.screen import html as as_html
from tests.analysis.small import COUNTY
from tests.cli.small import TINY

HOSTILE = "<script>alert(1)</script>\x1b[31m\u202e&amp;\"'</td>"
TAGS = {"div", "p", "table", "caption", "thead", "tbody", "tr", "th", "td", "br"}


@pytest.fixture(scope="module")
def hostile(scenario: rb.Scenario) -> rb.Scenario:
    """Everything in the county, and the scenario itself, is called something bad."""
    county = replace(
        TINY,
        name=HOSTILE,
        units=tuple(replace(row, name=HOSTILE) for row in TINY.units),
        townships=tuple(replace(row, name=HOSTILE) for row in TINY.townships),
        agencies=tuple(replace(row, name=HOSTILE) for row in TINY.agencies),
        categories=tuple(replace(row, name=HOSTILE) for row in TINY.categories),
    )
    return replace(scenario, problem=Problem(county), name=HOSTILE, why=HOSTILE)


def harmless(value: Shown) -> None:
    """Only our own tags, no attribute but `style`, no character that moves a cursor."""
    page = value._repr_html_()
    assert set(re.findall(r"</?([a-z]+)", page)) <= TAGS
    assert set(re.findall(r"<[a-z]+ ([a-z-]+)=", page)) <= {"style"}
    assert "alert(1)" in html.unescape(page), "the name is shown"
    assert page.isprintable()
    assert "\x1b" not in repr(value)
    assert "\u202e" not in repr(value)


def test_values_are_harmless(hostile: rb.Scenario) -> None:
    outcome = rb.solve(hostile)
    less = hostile.but(settings={"rules.cut_above_add_below.share": "0.1"})
    values = (
        *(hostile.county, hostile, outcome, rb.audit(outcome), rb.compare([outcome, less])),
        *(rb.why(outcome, "T1"), rb.ranges(outcome), rb.prices(outcome), rb.stress(outcome, count=2)),
        *(rb.frontier(hostile, ["worst_off_first", "few_units_touched"]), rb.alternatives(hostile, 1)),
        rb.explain(hostile.but(rb.rules.Pinned((rb.rules.Pin("T1", at_least=30),)))),
    )
    for value in values:
        harmless(value)


def test_a_sweep_is_harmless(hostile: rb.Scenario) -> None:
    page = rb.sweep(hostile, [{"rules.phasing.share": HOSTILE}, {}])._repr_html_()
    assert set(re.findall(r"</?([a-z]+)", page)) <= TAGS
    assert page.isprintable()


def test_a_cell_of_a_table_is_text() -> None:
    made = Table(title=Text("<b>"))
    made.add_column("[red]<i>", justify="right")
    made.add_row(Text("a\n<u>"), style="red")
    assert as_html([made, Text("<p>", style="bold"), Text("")]) == (
        '<div><table><caption style="text-align:left;font-weight:bold">&lt;b&gt;</caption>'
        '<thead><tr><th style="text-align:right">[red]&lt;i&gt;</th></tr></thead>'
        '<tbody><tr style="color:#c0392b"><td style="text-align:right;white-space:nowrap">a<br>&lt;u&gt;</td></tr>'
        "</tbody></table>"
        '<p style="font-weight:bold">&lt;p&gt;</p></div>'
    )


def test_a_small_county_is_shown() -> None:
    assert "Positions today" in COUNTY.county._repr_html_()
