"""Chinese letters: found among what is installed, or said to be missing; never boxes in silence."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib import font_manager

from rebalance import figures
from rebalance.figures import style as fonts
from rebalance.figures.style import wide
from rebalance.text import activate
from tests.figures import outcomes
from tests.figures.seen import texts

CHINESE = "郎溪县编制调整前后"


@pytest.fixture
def forgotten() -> Iterator[None]:
    """Nothing is remembered of the fonts found, before and after."""
    _forget()
    yield
    _forget()


def _forget() -> None:
    for each in (fonts.families, fonts._drawable, fonts._say_once, wide):
        each.cache_clear()


@pytest.fixture
def fontless(monkeypatch: pytest.MonkeyPatch, forgotten: None) -> None:  # noqa: ARG001  # before, and undone after
    """A machine with nothing but what Matplotlib brings along."""
    bundled = str(Path(mpl.get_data_path()))
    left = [entry for entry in font_manager.fontManager.ttflist if str(entry.fname).startswith(bundled)]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", left)
    monkeypatch.setattr(font_manager, "findSystemFonts", list)


def chinese_is_there() -> bool:
    return not set(fonts.families()).isdisjoint(fonts.CHINESE)


@pytest.mark.usefixtures("fontless")
def test_without_a_font_it_is_said_once_in_both_languages() -> None:
    with pytest.warns(fonts.FontWarning) as said:
        fonts.warn_of_boxes([CHINESE])
    message = str(said[0].message)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        fonts.warn_of_boxes(["梅渚镇"])  # once is enough
    assert "fonts-wqy-microhei" in message
    assert "No font with Chinese characters was found" in message
    assert "未找到含汉字的字体" in message


@pytest.mark.usefixtures("fontless")
def test_without_a_font_english_pictures_say_nothing() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert figures.coverage(outcomes.simple()).content(".png")


@pytest.mark.usefixtures("fontless")
def test_without_a_font_an_svg_keeps_its_letters() -> None:
    activate("zh")
    with pytest.warns(fonts.FontWarning):
        picture = figures.coverage(outcomes.simple())
    assert any("保障最差的乡镇" in text for text in texts(picture))
    assert picture.content(".png")


@pytest.mark.usefixtures("forgotten")
def test_other_letters_that_are_missing_are_said_too() -> None:
    with pytest.warns(fonts.FontWarning, match="none of the fonts found"):
        fonts.warn_of_boxes(["\U0001fae8\U00012000"])


@pytest.mark.usefixtures("forgotten")
def test_a_font_installed_later_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    if not chinese_is_there():
        pytest.skip("no font with Chinese characters is installed")
    files = {entry.fname for entry in font_manager.fontManager.ttflist if entry.name in fonts.CHINESE}
    known = [entry for entry in font_manager.fontManager.ttflist if entry.fname not in files]
    _forget()
    monkeypatch.setattr(font_manager.fontManager, "ttflist", known)
    assert chinese_is_there()


@pytest.mark.usefixtures("forgotten")
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_letter_of_every_figure_can_be_drawn(lang: str) -> None:
    if not chinese_is_there():
        pytest.skip("no font with Chinese characters is installed")
    activate(lang)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for _name, picture in figures.every(outcomes.reformed()):
            letters = set("".join(texts(picture)))
            assert letters - fonts.drawable() <= {" "}
            assert lang == "en" or any("一" <= letter <= "鿿" for letter in letters)
