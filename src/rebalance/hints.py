"""What helps a person to mend a fault: the text as it stood there, and the name that may have been meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

from rebalance.words import _

LONGEST = 60  # a message stays one line, whatever was pasted into the cell


def quoted(value: object) -> str:
    """The value as a message shows it: in quotes, the unseen made visible, and cut when long."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return _("a table")
    if isinstance(value, list | tuple):
        return _("a list")
    if isinstance(value, str):
        return repr(value if len(value) <= LONGEST else value[:LONGEST] + "…")
    return plain(value)[:LONGEST]


def plain(value: object) -> str:
    """`str(value)`, but for whole numbers so long that Python refuses to write them in decimals."""
    try:
        return str(value)
    except ValueError:
        return _("a huge number")


def near_miss(got: str, known: Iterable[str]) -> str:
    """The sentence `Did you mean …?` with a blank before it, or nothing when no known name comes near."""
    meant = _nearest(got, tuple(known))
    return " " + _("Did you mean {name}?").format(name=quoted(meant)) if meant else ""


@lru_cache(4096)  # one wrong id often stands in hundreds of rows
def _nearest(got: str, known: tuple[str, ...]) -> str:
    folded = {name.casefold(): name for name in reversed(known)}
    close = get_close_matches(got[:LONGEST].casefold(), folded, n=1)
    return folded[close[0]] if close else ""
