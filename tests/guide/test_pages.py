"""The generated pages say what the code says: all of it, and nothing that is not there."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

import rebalance
from docs.pages import analyst, pages
from docs.pages.docstring import said
from docs.pages.parameters import COMMON, rows
from docs.pages.parts import COLUMNS
from rebalance.cli.program import VERBS
from rebalance.county.tables import CATEGORIES, SETTINGS, TABLES
from rebalance.goals import GOALS
from rebalance.plans.file import PlanFile
from rebalance.rules import RULES
from rebalance.rules.pinned import Pinned
from rebalance.tables.words import short_title
from rebalance.text import language
from tests.blocks import ROOT

PARTS: dict[str, Any] = {**RULES, **GOALS}
CHINESE = re.compile("[一-鿿]")


@pytest.fixture(scope="module")
def written() -> dict[str, str]:
    """All of them."""
    return dict(pages())


@pytest.mark.parametrize("name", PARTS)
def test_a_rule_or_goal_says_what_it_is_what_its_parameters_mean_and_where_it_comes_from(name: str) -> None:
    about = said(PARTS[name])
    assert "\n    " in about.text, "no formula"
    assert about.source, "no source"
    assert set(about.fields) == {item.name for item in fields(PARTS[name])} - COMMON


@pytest.mark.parametrize("name", PARTS)
def test_its_page_has_all_of_that_and_its_sentences(name: str, written: dict[str, str]) -> None:
    text = written[f"{'rules' if name in RULES else 'goals'}/{name}.md"]
    about = said(PARTS[name])
    assert about.source in text
    assert all(f"| {meaning} |" in text for meaning in about.fields.values())
    spoken = [line for line in text.splitlines() if line.startswith("> ")]
    assert len(spoken) >= len(("English", "Chinese"))
    assert [bool(CHINESE.search(line)) for line in spoken] == [False, True] * (len(spoken) // 2)
    assert "{" not in "".join(spoken)


@pytest.mark.parametrize("name", PARTS)
def test_columns_named_in_a_docstring_exist(name: str) -> None:
    named = re.findall(r"`(\w+)\.([\w.]+)`", said(PARTS[name]).text)
    own = {item.name for item in fields(PARTS[name])}
    assert [(table, column) for table, column in named if table not in own and column not in COLUMNS[table]] == []


def test_inner_tables_have_rows_of_their_own() -> None:
    found = {key: (kind, default) for key, kind, default, _meaning in rows(Pinned)}
    assert found["cells"] == ("list of tables", "`[]`")
    assert found["cells[].holder"] == ("id of a unit or township, or `reserve`", "must be given")
    assert found["agencies[].agency"] == ("id of an agency", "must be given")
    assert found["totals[].exactly"] == ("whole number from 0 on", "–")


def test_every_column_stands_there_in_both_languages(written: dict[str, str]) -> None:
    for text in (written["files/tables.md"], written["zh/tables.md"]):
        for table in (*TABLES, CATEGORIES, *SETTINGS):
            part = text.split(f"\n## {table.name} ")[1].split("\n## ")[0]
            lines = [line for line in part.splitlines() if line.startswith("| `")]
            assert [line.split("`")[1] for line in lines] == [heading.header for heading in table.headings]
            assert all(CHINESE.search(line) for line in lines)
    assert "must be given" in written["files/tables.md"]
    assert "必填" in written["zh/tables.md"]


def test_every_verb_and_every_key_of_a_plan_has_its_place(written: dict[str, str]) -> None:
    for page in ("commands.md", "zh/commands.md"):
        assert re.findall(r"^## (\S+)$", written[page], re.MULTILINE) == list(VERBS)
    assert "`--time-limit S`" in written["commands.md"]
    about = [line for line in written["zh/commands.md"].splitlines() if line.startswith("| `")]
    assert [line for line in about if not CHINESE.search(line)] == []
    assert [item.name for item in fields(PlanFile) if item.name not in written["files/plan_file.md"]] == []


def test_writing_pages_leaves_the_language_as_it_was(written: dict[str, str]) -> None:
    assert written
    assert language() == "en"


def test_the_page_about_papers_names_every_table() -> None:
    named = re.findall(r'"(\w+)": _\(', (ROOT / "src/rebalance/tables/words.py").read_text(encoding="utf-8"))
    text = (ROOT / "docs/files/papers.md").read_text(encoding="utf-8")
    assert len(named) > len(TABLES)
    assert [name for name in named if short_title(name) not in text] == []


def test_every_call_and_value_the_package_offers_is_in_the_reference(written: dict[str, str]) -> None:
    offered = {name for name in vars(rebalance)["__all__"] if callable(getattr(rebalance, name))}
    assert offered == set(re.findall(r":: rebalance\.(\w+)$", written["analyst/python.md"], re.MULTILINE))


def test_notebooks_are_shown_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "01_the_county.ipynb").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(analyst, "NOTEBOOKS", tmp_path)
    assert analyst.analyst_pages()["analyst/01_the_county.ipynb"] == "{}"
