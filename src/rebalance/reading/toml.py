"""TOML files, with every number exact."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from rebalance.reading.collecting import refuse
from rebalance.reading.text_file import read_text, shown
from rebalance.words import _

MOST_BYTES = 5 * 2**20


def read_toml(file: Path) -> dict[str, Any]:
    """The content of a TOML file; decimals are `Decimal`.

    Raises:
        FaultsError: it cannot be read, or it is not TOML (with the line).
    """
    text = read_text(file, MOST_BYTES)
    try:
        return tomllib.loads(text, parse_float=_exact)
    except RecursionError:
        raise refuse(shown(file), _("lists within lists too deep to be read. Write plain values.")) from None
    except ValueError as problem:  # a syntax error, or a whole number of more digits than Python reads
        line = re.search(r"line (\d+)", str(problem))
        message = _("not TOML: {problem}. Texts stand in quotes, lists in square brackets, one key a line.")
        row = int(line[1]) if line else text.count("\n") + 1
        raise refuse(shown(file), message.format(problem=problem), row=row) from None


def _exact(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent beyond all bounds
        raise ValueError(text) from None
