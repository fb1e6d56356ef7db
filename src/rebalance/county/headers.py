"""Which column each header, or key, of a table means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rebalance.county.columns import Heading
from rebalance.hints import near_miss, quoted
from rebalance.words import _


@dataclass(frozen=True, slots=True)
class Match:
    """The columns found, one for each header (None: no column, or one found before), and what is wrong."""

    headings: tuple[Heading | None, ...]
    problems: tuple[tuple[str, str], ...]
    """A header and what is wrong with it."""
    missing: tuple[Heading, ...]
    """Columns that must be there and are not."""


def match(headers: Sequence[str], columns: Sequence[Heading], others: Sequence[str] = ()) -> Match:
    """Find the column of each header, English or Chinese; an empty header stands for nothing.

    `others` are names that may stand beside the columns and have been dealt with; a message names them too.
    """
    known = {name: heading for heading in columns for name in (heading.header, *heading.column.chinese)}
    found: dict[Heading, str] = {}
    places: list[Heading | None] = []
    problems = []
    for header in headers:
        heading = known.get(header)
        if header and heading is None:
            problems.append((header, _unknown(header, [*(one.header for one in columns), *others], known)))
        elif heading in found:
            message = _("the column stands here twice (got {value} and {other}). Keep one of the two.")
            problems.append((header, message.format(value=quoted(header), other=quoted(found[heading]))))
            heading = None
        elif heading:
            found[heading] = header
        places.append(heading)
    missing = tuple(heading for heading in columns if heading.required and heading not in found)
    return Match(tuple(places), tuple(problems), missing)


def absent(heading: Heading) -> str:
    """What to say of a column that must be there and is not."""
    return _("missing. Accepted: {accepted}.").format(accepted=heading.column.kind.accepts())


def dotted(given: Mapping[str, object], columns: Sequence[Heading]) -> dict[str, object]:
    """What a table says, with the keys of its inner tables written behind a dot where columns have such headers."""
    outer = {heading.header.partition(".")[0] for heading in columns if "." in heading.header}
    found: dict[str, object] = {}
    for key, value in given.items():
        if key in outer and isinstance(value, Mapping) and value:
            found |= {f"{key}.{_bare(name)}": inner for name, inner in value.items()}
        else:
            found[_bare(key)] = value
    return found


def _bare(key: str) -> str:
    """The key, in quotes if it is empty or has a dot of its own: it must not pass for nothing, or for two keys."""
    return key if key and "." not in key else quoted(key)


def _unknown(header: str, accepted: Sequence[str], known: Iterable[str]) -> str:
    message = _("unknown name (got {value}). Accepted: {accepted}.")
    return message.format(value=quoted(header), accepted=", ".join(accepted)) + near_miss(
        header, dict.fromkeys([*known, *accepted])
    )
