"""Names and numbers of persons: recognised, refused, and never repeated."""

from __future__ import annotations

import re
from datetime import date

from rebalance.county.raw import Cell, Personal, Record
from rebalance.county.written import bare, narrow
from rebalance.text import _

HEADINGS = re.compile(r"姓名|身份证|身份号码|证件号|出生(日期|年月)|手机号?|家庭住址|银行卡")
NUMBER = re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])")
OLD_NUMBER = re.compile(r"[1-9][0-9]{14}")
SHORTEST = 15
PROVINCES = range(11, 83)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
KEPT = 15
"""So many digits a spreadsheet keeps of a number; the rest become noughts."""


def is_personal(heading: str) -> bool:
    """Whether a column of this heading holds what belongs to persons."""
    return HEADINGS.search(bare(heading)) is not None


def personal() -> str:
    """Why such a column or cell is refused."""
    return _(
        "names or numbers of persons. The program needs none and keeps none: take them out before the file goes any"
        " further, and give numbers of people by unit and category."
    )


def holds_identity_number(text: str) -> bool:
    """Whether a text holds the identity number of a person: its date and its last digit are right."""
    if len(text) < SHORTEST:
        return False
    said = narrow(text).strip()
    old = OLD_NUMBER.fullmatch(said) is not None and _is_day(f"19{said[6:12]}") and int(said[:2]) in PROVINCES
    return old or any(map(_is_identity_number, NUMBER.findall(said)))


def _is_identity_number(digits: str) -> bool:
    if int(digits[:2]) not in PROVINCES or not _is_day(digits[6:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=False))
    return CHECKS[total % 11] == digits[-1].upper() or set(digits[KEPT:]) == {"0"}


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1850 <= int(digits[:4]) <= 2100  # noqa: PLR2004  # nobody's birthday lies outside


def without_persons(record: Record) -> Record:
    """The row with every identity number refused, so that no message repeats it."""
    if not any(isinstance(cell, str) and len(cell) >= SHORTEST for cell in record.cells):
        return record
    return Record(record.row, tuple(map(_harmless, record.cells)), record.at)


def _harmless(cell: Cell) -> Cell:
    return Personal(personal(), "") if isinstance(cell, str) and holds_identity_number(cell) else cell
