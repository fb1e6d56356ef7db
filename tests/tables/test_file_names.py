from __future__ import annotations

import re

import pytest

from rebalance.files import file_names


def test_harmless_codes_stay_as_they_are() -> None:
    codes = ["M01", "建房-1", "a_b"]
    assert file_names(codes) == {code: code for code in codes}


@pytest.mark.parametrize(
    "code",
    [
        "../../etc/passwd",
        "..",
        ".",
        "/a",
        "a/b",
        "a\\b",
        "C:x",
        "CON",
        "nul",
        "Com1",
        "-rf",
        "a.b",
        "a b",
        "~",
        "x" * 64,
        "字" * 64,
        "",
        "ﬁ",
    ],
)
def test_others_become_harmless(code: str) -> None:
    name = file_names([code])[code]
    assert re.fullmatch(r"\w[\w-]*-[0-9a-f]{16}", name)
    assert len(f".{name}.svg.99999.part".encode()) < 255


def test_no_two_are_the_same() -> None:
    marked = file_names(["a/b"])["a/b"]
    codes = ["a/b", "a_b", "a\\b", "A_B", marked, "M1", "m1", "M1", "é", "e\u0301"]
    names = file_names(codes)
    assert len({name.casefold() for name in names.values()}) == len(names)
    assert names["M1"] != "M1"
