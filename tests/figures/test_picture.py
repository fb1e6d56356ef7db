"""A picture as a file and in a notebook."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

import matplotlib as mpl
import pytest
from matplotlib.colors import to_rgb
from PIL import Image

from rebalance import figures
from rebalance.cli import output as pictured
from rebalance.figures import page as module
from rebalance.figures.colours import NEW, SITTING, TODAY
from rebalance.figures.style import apart, balanced, bright, cut, ink_on, look, shade, wide, wrapped
from tests.figures import outcomes


@pytest.fixture(scope="module")
def drawn() -> figures.Picture:
    return figures.profile(outcomes.simple())


def test_it_saves_as_its_ending_says(drawn: figures.Picture, tmp_path: Path) -> None:
    for ending, start in ((".svg", b"<?xml"), (".png", b"\x89PNG"), (".pdf", b"%PDF")):
        file = tmp_path / f"picture{ending}"
        drawn.save(file)
        content = file.read_bytes()
        assert content.startswith(start)
        drawn.save(str(file))
        assert file.read_bytes() == content
    with pytest.raises(ValueError, match=r"got 'jpg'|got '.jpg'"):
        drawn.save(tmp_path / "picture.jpg")
    assert not (tmp_path / "picture.jpg").exists()


def test_every_file_says_in_words_what_it_shows(drawn: figures.Picture) -> None:
    root = ET.fromstring(drawn.content(".svg"))  # noqa: S314  # our own
    assert (root.get("role"), root.get("aria-label")) == ("img", drawn.alt)
    image = Image.open(io.BytesIO(drawn.content(".png")))
    assert image.info["Description"] == drawn.alt
    assert b"Subject" in drawn.content(".pdf")


def test_a_notebook_shows_it_with_its_words(drawn: figures.Picture) -> None:
    content, about = drawn._repr_png_()
    image = Image.open(io.BytesIO(content))
    assert about == {"alt": drawn.alt, "width": 700}
    assert image.width * 5 == about["width"] * 6  # sharper than the page shows it
    assert repr(drawn) == f"Picture({drawn.alt})"


def test_no_style_from_outside_changes_it(drawn: figures.Picture) -> None:
    before = drawn.content(".svg")
    with mpl.rc_context({"font.size": 30, "axes.facecolor": "red", "svg.fonttype": "path", "text.usetex": True}):
        assert figures.profile(outcomes.simple()).content(".svg") == before
        assert mpl.rcParams["font.size"] == 30


def test_the_program_takes_the_same_endings() -> None:
    assert pictured.KINDS == module.KINDS


def test_colours_tell_apart_in_grey() -> None:
    light, middle, dark = (bright(to_rgb(colour)) for colour in (TODAY, SITTING, NEW))
    assert light - middle > 0.15
    assert middle - dark > 0.15


def test_letters_stand_out_from_their_shade() -> None:
    for hundredths in range(101):
        colour = shade(Fraction(hundredths, 100))
        dark, light = sorted((bright(colour), bright(to_rgb(ink_on(colour)))))
        assert (light + 0.05) / (dark + 0.05) >= 4.5, hundredths  # as the accessibility guidelines ask


@look()
def test_long_names_are_cut_to_their_room() -> None:
    assert cut("Meizhu", 2) == "Meizhu"
    short = cut("W" * 5000, 1)
    assert short.endswith("W…")
    assert wide(short) <= 1 < wide(short[:-1] + "WW…")


@pytest.mark.filterwarnings("ignore::UserWarning")  # Chinese characters where no font has them
def test_lines_break_at_words_and_between_chinese_characters() -> None:
    assert wrapped("one two", wide("one tw")) == ["one", "two"]
    assert wrapped("编制调整，前后", wide("编制调整，")) == ["编制调整，", "前后"]
    assert wrapped("编制调整，前后", wide("编制调整")) == ["编制调", "整，前后"]  # no line begins with a comma
    assert "".join(wrapped("W" * 50, 1)) == "W" * 50
    assert wrapped("", 1) == [""]
    assert len(wrapped("word " * 50, 1, most=3)) == 3
    assert balanced("aaaa bbbb cc", wide("aaaa bbbb"), 8) == ["aaaa", "bbbb cc"]


def test_labels_are_moved_apart_no_further_than_need_be() -> None:
    assert apart([1, 5], 2) == [1, 5]
    assert apart([5, 5], 2) == [4, 6]
    assert apart([5, 1, 5.5], 2) == [4.25, 1, 6.25]
    assert apart([0, 0, 0, 10], 1) == [-1, 0, 1, 10]
    assert apart([], 1) == []
