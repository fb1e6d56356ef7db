"""What a spreadsheet shows where it keeps a number: dates, times and percentages, by the form of the cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from xml.etree.ElementTree import Element

CHINESE = {
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: "h:mm",
    35: "h:mm:ss",
    36: 'yyyy"年"m"月"',
}
BUILT_IN: Mapping[int, str] = {
    9: "0%",
    10: "0.00%",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm",
    19: "h:mm:ss",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss",
    **CHINESE,
    **{number + 23: CHINESE[number] for number in (27, 28, 29, 30, 31)},
    55: 'm"月"d"日"',
    56: 'm"月"d"日"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
"""The forms that a file names by number alone, as Chinese editions show them, if they show a date or a percentage."""

NO_LETTERS = re.compile(r'"[^"]*"|\\.|_.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
"""The parts of a form whose letters mean nothing: quoted and escaped texts, colours, currencies."""

TOKENS = re.compile(r'"([^"]*)"|\\(.)|[_*].|\[(h+|m+|s+)\]|\[[^\]]*\]|(y+|m+|d+|h+|s+)|(.)', re.IGNORECASE)
MIDNIGHT = re.compile(r"(?<=[0-9日]) 0?0:00(:00)?$")
"""The time of a day that stands for the day as a whole."""
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
LAST_DAY = 2_958_465  # the end of the year 9999, where a spreadsheet's calendar ends


def is_date(form: str) -> bool:
    """Whether a form shows a date or a time."""
    return bool(re.search("[dmyhs]", NO_LETTERS.sub("", form), re.IGNORECASE)) and form != "General"


def is_percentage(form: str) -> bool:
    """Whether a form shows a number as a percentage."""
    return "%" in NO_LETTERS.sub("", form)


def forms(styles: Element) -> dict[int, str]:
    """The form of every style that shows a date or a percentage, by the number cells refer to it with."""
    found = dict(BUILT_IN)
    for custom in styles.iterfind("{*}numFmts/{*}numFmt"):
        found[int(custom.get("numFmtId") or "0")] = custom.get("formatCode", "")
    used = (int(style.get("numFmtId") or "0") for style in styles.iterfind("{*}cellXfs/{*}xf"))
    by_style = ((style, found.get(number, "")) for style, number in enumerate(used))
    return {style: form for style, form in by_style if form and (is_date(form) or is_percentage(form))}


def date_shown(days: Decimal, form: str, *, since_1904: bool = False) -> str:
    """A day, counted as spreadsheets count them, in a form; the number itself where it is no day."""
    if not 0 <= days <= LAST_DAY:
        return f"{days:f}"
    start = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)  # noqa: DTZ001  # no zone is meant
    moment = start + timedelta(seconds=round(float(days) * 86_400))
    said = "".join(_parts(moment, form.partition(";")[0])).strip()
    return MIDNIGHT.sub("", said) if days == days.to_integral_value() else said


def _parts(moment: datetime, form: str) -> Iterable[str]:
    tokens = [(found.lastindex, found[found.lastindex]) for found in TOKENS.finditer(form) if found.lastindex]
    letters = [text[0].lower() if kind in {3, 4} else "" for kind, text in tokens]
    for place, (kind, text) in enumerate(tokens):
        if kind in {3, 4}:
            yield _part(moment, text.lower(), minutes=_means_minutes(letters, place))
        else:
            yield text


def _means_minutes(letters: list[str], place: int) -> bool:
    """An m stands for minutes right after hours or right before seconds, and for the month everywhere else."""
    before = next((letter for letter in reversed(letters[:place]) if letter), "")
    after = next((letter for letter in letters[place + 1 :] if letter), "")
    return before == "h" or after == "s"


def _part(moment: datetime, token: str, *, minutes: bool) -> str:
    letter, long = token[0], len(token) > 1
    if letter == "m" and not minutes and len(token) > 2:  # noqa: PLR2004  # the name of the month
        return MONTHS[moment.month - 1]
    number = {
        "y": moment.year if len(token) > 2 else moment.year % 100,  # noqa: PLR2004  # yyyy, or yy
        "m": moment.minute if minutes else moment.month,
        "d": moment.day,
        "h": moment.hour,
        "s": moment.second,
    }[letter]
    return f"{number:02}" if long else str(number)
