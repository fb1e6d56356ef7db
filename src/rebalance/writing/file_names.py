"""Names for files that are called after a county's own codes, whatever stands in those."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import blake2b

LONGEST = 40
RESERVED = re.compile(r"con|prn|aux|nul|(com|lpt)\w", re.IGNORECASE)  # Windows keeps these, whatever their ending
MARKED = re.compile(r".*-[0-9a-f]{16}", re.DOTALL)


def file_names(codes: Iterable[str]) -> Mapping[str, str]:
    """A name, without ending, for each code: the code itself where that is harmless, or else one like it.

    No two are the same, not even to a system that takes capital and small letters for equal.
    """
    codes = tuple(codes)
    seen = Counter(map(_folded, codes))
    return {code: code if _harmless(code) and seen[_folded(code)] == 1 else _marked(code) for code in codes}


def _folded(code: str) -> str:
    return unicodedata.normalize("NFKC", code).casefold()


def _harmless(code: str) -> bool:
    """Whether it is made of letters, digits, - and _, and means nothing else to any system or to us."""
    plain = code == _plain(code) == unicodedata.normalize("NFKC", code)
    return plain and code[:1].isalnum() and not RESERVED.fullmatch(code) and not MARKED.fullmatch(code)


def _plain(code: str) -> str:
    return "".join(char if char.isalnum() or char in "-_" else "_" for char in code)[:LONGEST]


def _marked(code: str) -> str:
    """What is plain in the code, and a fingerprint of all of it."""
    mark = blake2b(code.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return f"{_plain(code).lstrip('-_') or 'matter'}-{mark}"
