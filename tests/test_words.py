"""Every text the program shows has a faithful Chinese translation, and the compiled catalogue holds it."""

from __future__ import annotations

import ctypes
import re
import tomllib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

import rebalance.text
from rebalance.text import LANGUAGES, _, activate, language, name_of

PACKAGE = Path(rebalance.text.__file__).parent
CATALOGUES = PACKAGE / "locale/zh/LC_MESSAGES"
ABOUT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
PLACES = [(one["pattern"], one["method"]) for one in ABOUT["tool"]["babel"]["mappings"]]
TEXTS = {"_": None, "Column": (3,), "described": (2,), "Fact": (1,)}
"""Calls whose argument is shown to people: texts, and the notes on columns."""

HINT = "run `make words`, translate, run it again"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Start and leave in English, whatever a test activates."""
    activate("en")
    yield
    activate("en")


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    """The Chinese catalogue as people edit it."""
    return read_po(BytesIO((CATALOGUES / "rebalance.po").read_bytes()), locale="zh", abort_invalid=True)


@pytest.fixture(scope="module")
def sources() -> set[str]:
    """Every text in the code that asks to be translated."""
    found = {message for _, _, message, *_ in extract_from_dir(PACKAGE, method_map=PLACES, keywords=TEXTS)}
    assert all(isinstance(message, str) for message in found)
    assert "Skip to the summary" in found  # which stands in a template
    return {str(message) for message in found}


def texts(catalogue: Catalog) -> dict[str, str]:
    return {str(message.id): str(message.string) for message in catalogue if message.id and message.string}


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{[^{}]*\}", text))


def test_every_text_is_translated(sources: set[str], catalogue: Catalog) -> None:
    unsure = {str(message.id) for message in catalogue if message.fuzzy}
    assert sorted(sources - (texts(catalogue).keys() - unsure)) == [], HINT


def test_no_translation_is_left_over(sources: set[str], catalogue: Catalog) -> None:
    assert sorted({str(message.id) for message in catalogue if message.id} - sources) == [], HINT
    assert sorted(catalogue.obsolete) == [], HINT


def test_translations_keep_the_placeholders(catalogue: Catalog) -> None:
    for ours, theirs in texts(catalogue).items():
        assert placeholders(theirs) == placeholders(ours), ours


def test_the_compiled_catalogue_is_current(catalogue: Catalog) -> None:
    fresh = BytesIO()
    write_mo(fresh, catalogue)
    fresh.seek(0)
    with (CATALOGUES / "rebalance.mo").open("rb") as compiled:
        assert texts(read_mo(compiled)) == texts(read_mo(fresh)), HINT


def test_the_language_can_be_chosen(catalogue: Catalog) -> None:
    for ours, theirs in texts(catalogue).items():
        activate("zh")
        assert (language(), _(ours)) == ("zh", theirs)
        activate("en")
        assert (language(), _(ours)) == ("en", ours)


def test_a_text_without_translation_stays_as_it_is() -> None:
    for lang in LANGUAGES:
        activate(lang)
        assert _("nobody translated this") == "nobody translated this"
        assert _("") == ""


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="expected one of en, zh"):
        activate("fr")


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "POSIX", "LC_ALL": "zh_CN"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "fr:zh_CN:en"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "fr"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "zh", "REBALANCE_LANG": "en"}, "en"),
    ],
    ids=str,
)
def test_the_environment_chooses(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str) -> None:
    for name in ("REBALANCE_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    activate(None)
    assert language() == expected


@pytest.mark.parametrize(
    ("lang", "name_zh", "expected"),
    [("en", "梅渚镇", "Meizhu"), ("zh", "梅渚镇", "梅渚镇"), ("zh", "", "Meizhu")],
)
def test_names_follow_the_language(lang: str, name_zh: str, expected: str) -> None:
    activate(lang)
    assert name_of("Meizhu", name_zh) == expected


@pytest.mark.parametrize(("number", "lang"), [(0x0804, "zh"), (0x0C04, "zh"), (0x0407, "en")])
def test_windows_says_its_own_language(number: int, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REBALANCE_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    windows = SimpleNamespace(kernel32=SimpleNamespace(GetUserDefaultUILanguage=lambda: number))
    monkeypatch.setattr(ctypes, "windll", windows, raising=False)
    activate(None)
    assert language() == lang
    activate("en")
