"""What keeps a file from being TOML is said in the reader's language, with the line, and what to type instead."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from tomllib import _parser  # type: ignore[attr-defined]  # whose words are counted

import pytest

from rebalance.fault import FaultsError
from rebalance.text import activate
from rebalance.toml import REASONS, read_toml

CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(params=["en", "zh"])
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    activate(request.param)
    yield request.param
    activate("en")


def refused(text: str, folder: Path) -> FaultsError:
    file = folder / "x.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FaultsError) as caught:
        read_toml(file)
    return caught.value


@pytest.mark.parametrize(
    ("text", "rows", "pairs"),
    [
        ("name = “试点”\n", [1], ['“ → "', '” → "']),
        ("[a]\nx = 1\ny ＝ 2\n", [3], ["＝ → ="]),
        ('goals = ["a"，"b"]', [1], ["， → ,"]),
        ("【a】\nx = １５", [1, 2], ["【 → [", "】 → ]", "１ → 1", "５ → 5"]),
        ("x = ‘a’\nz : 1", [1], ["‘ → '", "’ → '"]),
        ('name = "试点”', [1], ['” → "']),
    ],
)
@pytest.mark.usefixtures("spoken")
def test_signs_of_a_chinese_keyboard_are_named_with_their_lines(
    text: str, rows: list[int], pairs: list[str], tmp_path: Path
) -> None:
    found = refused(text, tmp_path)
    assert [fault.row for fault in found.faults] == rows
    assert [pair for pair in pairs if pair not in str(found)] == []


@pytest.mark.usefixtures("spoken")
def test_signs_in_quotes_and_comments_are_nobodys_business(tmp_path: Path) -> None:
    found = refused("a = \"“好”，\" # 【】：\nb = '''\n，\n'''\nc = 1 2\n", tmp_path)
    assert [(fault.row, "→" in fault.message) for fault in found.faults] == [(5, False)]


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("[variants.方案一]\nx = 1", '[variants."方案一"]'),
        ("规则.减上补下.比例 = 0.1", '"规则"."减上补下"."比例"'),
        ("name = 试点", 'name = "试点"'),
    ],
)
@pytest.mark.usefixtures("spoken")
def test_chinese_names_without_quotes_are_shown_with_them(text: str, mended: str, tmp_path: Path) -> None:
    assert f" {mended} " in str(refused(text, tmp_path)).replace("：", " ").replace("。", " ")


def test_a_quotation_mark_left_open_is_that_and_no_word_without_quotes(tmp_path: Path) -> None:
    assert "a quotation mark is not closed" in str(refused('name = "试点\n', tmp_path))


def test_every_word_of_the_reader_of_toml_has_words_of_ours() -> None:
    source = inspect.getsource(_parser)
    said = re.findall(r"suffixed_err\(\s*\w+,\s*\w+,\s*f?\"((?:[^\"\\]|\\.)+)\"", source)
    said = [one.replace("\\'", "'").replace("\\\\", "\\").replace("{expect!r}", "'x'") for one in said]
    assert len(said) > 15
    assert [one for one in said if not any(re.match(pattern, one) for pattern, _words in REASONS)] == ["Expected 'x'"]


@pytest.mark.parametrize(
    "text",
    ['a = "x', 'x = """abc', "x = '''abc", "a = [1", "a = {x = 1", "a = 1\na = 2", "x: 1", "[a", "a = \\", "= 1"],
)
def test_no_english_is_left_in_a_chinese_answer(text: str, tmp_path: Path) -> None:
    activate("zh")
    try:
        said = refused(text, tmp_path).faults[0].message
    finally:
        activate("en")
    assert CHINESE.search(said)
    assert not re.search("[A-Za-z]{2,}", said.replace("TOML", ""))
