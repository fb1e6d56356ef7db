"""A fingerprint of what a county says, whatever the files it was read from look like."""

from __future__ import annotations

import hashlib
import json
from dataclasses import MISSING, fields, is_dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from rebalance.county.county import County
from rebalance.county.tables import CATEGORIES, TABLES


def digest(county: County) -> str:
    """The SHA-256 of the county's content, in hexadecimal.

    The order of rows, the encoding of files, the language of headers, folder or workbook make no difference;
    neither does a column left at its default, so that a table or column added to the format later leaves the
    fingerprints of older counties alone.
    """
    ordered: dict[str, Any] = {
        one.name: tuple(sorted(getattr(county, one.name), key=one.key_of)) for one in (CATEGORIES, *TABLES)
    }
    text = json.dumps(_plain(replace(county, **ordered)), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value a county may hold
    if is_dataclass(value):
        items = ((item.name, item.default, getattr(value, item.name)) for item in fields(value))
        return {name: _plain(got) for name, default, got in items if default is MISSING or got != default}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return str(Fraction(value)) if isinstance(value, Decimal) else value  # 5.0 and 5 are the same number
