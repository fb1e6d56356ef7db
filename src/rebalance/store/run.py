"""One run as a row of the store, and the selection of some."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from rebalance.fault import FaultsError
from rebalance.record.json_text import read
from rebalance.store.trouble import refuse
from rebalance.words import _, name_of


@dataclass(frozen=True, slots=True)
class Run:
    """What is known of a run without opening its plan.

    `made` is UTC, `allowed` None where time had no limit, `state` that of its approval, empty for a draft.
    """

    id: int
    key: str
    made: str
    name: str
    county: str
    county_digest: str
    scenario_digest: str
    scenario: Mapping[str, Any]
    versions: Mapping[str, str]
    ending: str
    proven: bool
    unique: bool
    goals: Sequence[Mapping[str, Any]]
    seconds: float
    allowed: float | None
    state: str

    def __str__(self) -> str:
        """The scenario's name, in the language spoken."""
        chinese = self.scenario.get("name_zh", "")
        return name_of(self.name, chinese if isinstance(chinese, str) else "")


COLUMNS = (
    "id, key, made, name, county, county_digest, scenario_digest, scenario, versions, ending, proven, is_unique,"
    " goals, seconds, allowed,"
    " COALESCE((SELECT state FROM steps WHERE run = id ORDER BY place DESC LIMIT 1), '')"
)
"""In the order of the fields."""

CHINESE_NAME = "CASE WHEN json_valid(scenario) THEN json_extract(scenario, '$.name_zh') END"
"""The scenario's, where it has one."""

NOT_APPROVED = "id NOT IN (SELECT run FROM steps WHERE state = 'approved')"
"""Nothing follows on an approval."""


def run_from(row: tuple[Any, ...], file: str) -> Run:
    """The run in a row of `COLUMNS`.

    Raises:
        FaultsError: the row is damaged.
    """
    found = dict(zip((item.name for item in fields(Run)), row, strict=True))
    try:
        found |= {name: json.loads(found[name]) for name in ("scenario", "versions", "goals")}
    except ValueError:
        raise damaged(file, row[0]) from None
    if not isinstance(found["scenario"], dict):
        raise damaged(file, row[0])
    return Run(**found | {name: bool(found[name]) for name in ("proven", "unique")})


def packed(text: str) -> bytes:
    """A long text, compressed."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"))


def unpacked(blob: bytes, file: str, run: int) -> str:
    """The text again.

    Raises:
        FaultsError: it is damaged.
    """
    try:
        return zlib.decompress(blob).decode("utf-8", "surrogatepass")
    except (zlib.error, ValueError):
        raise damaged(file, run) from None


def data_in(text: str, file: str, run: int) -> dict[str, Any]:
    """The plain data in a text.

    Raises:
        FaultsError: it is damaged.
    """
    try:
        return read(text, file)
    except FaultsError:
        raise damaged(file, run) from None


def damaged(file: str, run: int) -> FaultsError:
    """A row cannot be understood any more."""
    return refuse(file, _("run {run} is damaged. Delete it, and solve again.").format(run=run))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which runs: those of these numbers, with this in the name, of this county, that ended so; all by default."""

    ids: tuple[int, ...] = ()
    name: str = ""
    county: str = ""
    ending: str = ""
    proven: bool | None = None
    last: int | None = None

    @property
    def everything(self) -> bool:
        """Whether nothing is asked of them."""
        return self == Wanted()

    def where(self) -> tuple[str, tuple[Any, ...]]:
        """The condition in SQL, with its values; as its last part the order, oldest first."""
        parts = list(self._conditions())
        condition = " AND ".join(text for text, _values in parts) or "1"
        newest = f"id IN (SELECT id FROM runs WHERE {condition} ORDER BY id DESC LIMIT ?)"  # noqa: S608  # our own text
        values = tuple(value for _text, values in parts for value in values)
        return f"{newest} ORDER BY id", (*values, -1 if self.last is None else self.last)

    def _conditions(self) -> Iterator[tuple[str, tuple[Any, ...]]]:
        if self.ids:
            yield f"id IN ({', '.join('?' * len(self.ids))})", self.ids
        if self.name:
            yield f"(instr(lower(name), lower(?)) OR instr({CHINESE_NAME}, ?))", (self.name, self.name)
        if self.county:
            yield "instr(lower(county), lower(?))", (self.county,)
        if self.ending:
            yield "ending = ?", (self.ending,)
        if self.proven is not None:
            yield "proven = ?", (int(self.proven),)
