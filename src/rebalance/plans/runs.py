"""Runs of the store: what is known of each, which are wanted, the tables of the database, and their list for people."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from rich.console import RenderableType

from rebalance.fault import FaultsError
from rebalance.files import MOST_BYTES
from rebalance.plans.approval import State, Step, Trail, holding, state_name, state_of
from rebalance.plans.file import read
from rebalance.plans.outcome import Ending
from rebalance.plans.schema import refuse
from rebalance.screen import Answer, line, on_screen
from rebalance.table import Figure, Table, sheet
from rebalance.text import _, clean, name_of


@dataclass(frozen=True, slots=True)
class Run:
    """What is known of a run without opening its plan.

    `made` is UTC, `allowed` None where time had no limit. Of the entries of its approval, `trail` knows no more than
    what each notes, and the reason for which the plan was signed although it does not pass the audit.
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
    trail: Trail = ()

    @property
    def state(self) -> str:
        """Where it stands in the commission; empty for a draft."""
        return state_of(self.trail) or ""

    @property
    def although(self) -> str:
        """Why it was signed although it does not pass the audit; empty where it does, or was not signed."""
        return next((step.although for step in reversed(holding(self.trail)) if step.although), "")

    @property
    def stays(self) -> bool:
        """Whether it has ever been approved, even if that was withdrawn since."""
        return any(step.state is State.APPROVED for step in self.trail)

    def __str__(self) -> str:
        """The scenario's name, in the language spoken."""
        chinese = self.scenario.get("name_zh", "")
        return name_of(self.name, chinese if isinstance(chinese, str) else "")

    def to_json(self) -> dict[str, Any]:
        """The run as plain data."""
        return {
            "run": self.id,
            "made": self.made,
            "name": self.name,
            "county": self.county,
            "county_digest": self.county_digest,
            "scenario_digest": self.scenario_digest,
            "versions": self.versions,
            "ending": self.ending,
            "proven": self.proven,
            "unique": self.unique,
            "seconds": self.seconds,
            "allowed": self.allowed,
            "state": self.state or "draft",
            "although": self.although,
            "goals": list(self.goals),
        }


@dataclass(frozen=True, repr=False)
class Runs(Answer, Sequence[Run]):
    """Runs that are kept, oldest first."""

    found: tuple[Run, ...]

    def __len__(self) -> int:
        """How many there are."""
        return len(self.found)

    def __getitem__(self, number: Any) -> Any:  # noqa: ANN401  # an index or a slice, as of any sequence
        """One run, or some."""
        return self.found[number]

    def tables(self) -> list[Table]:
        """One row a run."""
        columns = ("#", _("made"), _("county"), _("scenario"), _("result"), _("approval"), _("seconds"))
        rows = [
            (
                run.id,
                Figure(run.made, _local(run.made)),
                run.county,
                str(run),
                result(run.ending, proven=run.proven),
                Figure(run.state or "draft", _standing(run)),
                Figure(f"{run.seconds:.3f}", f"{run.seconds:.1f}"),
            )
            for run in self.found
        ]
        return [sheet(_("Runs"), columns, rows, figures=6)]

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance runs` says."""
        yield from map(on_screen, self.tables() if self.found else ())
        if not self.found:
            yield line(_("No run is kept that fits."))

    def to_json(self) -> list[dict[str, Any]]:
        """The runs as plain data, as `rebalance runs --format json` prints them."""
        return [run.to_json() for run in self.found]


def _local(made: str) -> str:
    """When a run was made, on the clock of this place."""
    try:
        return datetime.fromisoformat(made).astimezone().strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError, OSError):  # damaged, or beyond this machine's calendar
        return made[:16].replace("T", " ")


def _standing(run: Run) -> str:
    state = state_name(State(run.state) if run.state else None)
    return _("{state}, although: {reason}").format(state=state, reason=clean(run.although)) if run.although else state


def result(ending: str, *, proven: bool) -> Figure:
    """What came of a scenario, in a word or two."""
    words = {
        Ending.DONE.value: _("not proven"),
        Ending.IMPOSSIBLE.value: _("impossible"),
        Ending.OUT_OF_TIME.value: _("out of time"),
        Ending.INTERRUPTED.value: _("stopped"),
    }
    return Figure("proven", _("proven")) if proven else Figure(ending, words.get(ending, ending))


COLUMNS = (
    "id, key, made, name, county, county_digest, scenario_digest, scenario, versions, ending, proven, is_unique,"
    " goals, seconds, allowed,"
    " (SELECT json_group_array(json_array(state, CASE WHEN json_valid(step) THEN json_extract(step, '$.although') END))"
    " FROM (SELECT state, step FROM steps WHERE run = runs.id ORDER BY place))"
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
        found |= {name: json.loads(found[name]) for name in ("scenario", "versions", "goals", "trail")}
        found["trail"] = tuple(Step(State(state), "", although=str(reason or "")) for state, reason in found["trail"])
    except (TypeError, ValueError, RecursionError):
        raise damaged(file, row[0]) from None
    if not _sound(found):
        raise damaged(file, row[0])
    return Run(**found | {name: bool(found[name]) for name in ("proven", "unique")})


TEXTS = ("key", "made", "name", "county", "county_digest", "scenario_digest", "ending")


def _sound(found: Mapping[str, Any]) -> bool:
    """Whether everything in a row is of the kind it should be: a byte that has changed may make anything of it."""
    kinds: dict[str, type | tuple[type, ...]] = dict.fromkeys(TEXTS, str)
    kinds |= {"id": int, "scenario": dict, "versions": dict, "goals": list, "seconds": (int, float)}
    right = all(isinstance(found[name], kind) for name, kind in kinds.items())
    return (
        right
        and isinstance(found["allowed"], (int, float, type(None)))
        and all(isinstance(goal, dict) for goal in found["goals"])
        and found["ending"] in set(Ending)
    )


def packed(text: str) -> bytes:
    """A long text, compressed."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"))


def unpacked(blob: bytes, file: str, run: int) -> str:
    """The text again.

    Raises:
        FaultsError: it is damaged.
    """
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(blob, MOST_BYTES)  # a row of 2 MB can hold 5 GB of blanks
        if unpacking.eof and not unpacking.unused_data:
            return text.decode("utf-8", "surrogatepass")
    except (zlib.error, TypeError, ValueError):
        pass
    raise damaged(file, run)


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
