"""What stands in `plan.json`: its keys, and the fingerprint of what was asked."""

from __future__ import annotations

import hashlib
import json
import platform
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated, Any

from rebalance.county.columns import Within
from rebalance.fault import Fault, FaultsError
from rebalance.goals.goal import LeximinVector, Value
from rebalance.plans.approval import Now, Trail
from rebalance.plans.outcome import Ending
from rebalance.plans.reached import Certificate, Effort, GoalResult, Step, Verdict
from rebalance.plans.rows import FindingRow, Tables
from rebalance.scenario.codec import structure, unstructure
from rebalance.table import LARGEST
from rebalance.text import _, quoted


def written(whole: Mapping[str, Any]) -> str:
    """The same text for the same data: one key a line, and one line for every row of a list of tables."""
    return "{\n" + ",\n".join(f"{_inline(key)}: {_value(value)}" for key, value in whole.items()) + "\n}\n"


def read(text: str, file: str) -> dict[str, Any]:
    """The object a text holds; decimals exactly.

    Raises:
        FaultsError: it is no JSON, or no object, or a key stands twice in it.
    """
    twice: list[str] = []
    whole = _loaded(text, file, twice)
    faults = [Fault(file, 0, key, _("the key stands twice. Keep one of the two.")) for key in twice]
    if not isinstance(whole, dict):
        message = _("not a table (got {value}). Take the file as it was written.")
        faults.append(Fault(file, 0, "", message.format(value=quoted(whole))))
    if faults:
        raise FaultsError(faults)
    found: dict[str, Any] = whole
    return found


def _loaded(text: str, file: str, twice: list[str]) -> Any:  # noqa: ANN401 - whatever the text holds
    try:
        return json.loads(text, parse_float=Decimal, object_pairs_hook=lambda pairs: _object(pairs, twice))
    except json.JSONDecodeError as error:
        message = _("no JSON ({problem}, column {column}). Take the file as it was written.")
        text = message.format(problem=error.msg, column=error.colno)
        raise FaultsError([Fault(file, error.lineno, "", text)]) from None
    except (ArithmeticError, ValueError, RecursionError):  # thousands of digits, or of lists within lists
        message = _("too large or too deep to be a plan. Take the file as it was written.")
        raise FaultsError([Fault(file, 0, "", message)]) from None


def _object(pairs: Iterable[tuple[str, Any]], twice: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            twice.append(key)
        found[key] = value
    return found


def _value(value: object) -> str:
    if isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
        return "[\n " + ",\n ".join(map(_inline, value)) + "\n]"
    return _inline(value)


def _inline(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=float)  # a decimal


FORMAT = "1"
"""The format of a plan on disk; it changes when a key changes its meaning or goes away."""


def version_of(package: str) -> str:
    """The installed version of a package; "unknown" when it runs without having been installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"


def versions() -> dict[str, str]:
    """What a plan on disk says about the software that made it (asking does not load the solver)."""
    return {
        "format": FORMAT,
        "ortools": version_of("ortools"),
        "python": platform.python_version(),
        "rebalance": __version__,
    }


__version__ = version_of("rebalance")

Written = int | str | LeximinVector
"""A goal's value on disk; whole numbers too long for other readers of JSON stand there as texts."""

DIGITS = 4000  # as long a number as Python reads at once
WHOLE = re.compile("-?[0-9]+")


@dataclass(frozen=True)
class GoalRow:
    """What a goal came to; for a leximin goal its levels from the worst up, each with how many are there."""

    name: str
    value: Written | None
    bound: Written | None
    proven: bool
    seconds: Decimal
    conditional: bool
    freedom: bool
    slack: int = 0
    questions: Annotated[int, Within(0, LARGEST)] | None = None

    def __post_init__(self) -> None:
        """Refuse texts that are no numbers."""
        for said in (self.value, self.bound):
            if isinstance(said, str) and not (len(said) <= DIGITS and WHOLE.fullmatch(said)):
                message = _("not a value of a goal (got {value}). Accepted: whole numbers and lists of levels.")
                raise ValueError(message.format(value=quoted(said)))

    def result(self) -> GoalResult:
        """The same as solving gives it."""
        value, bound = (int(said) if isinstance(said, str) else said for said in (self.value, self.bound))
        numbers = (value, bound, self.proven, float(self.seconds))
        rest = (self.conditional, self.freedom, self.slack, self.questions)
        return GoalResult(self.name, *numbers, *rest)


@dataclass(frozen=True)
class EffortRow:
    """What a step before the goals took: seconds, and questions put to a solver."""

    step: Step
    seconds: Decimal
    questions: Annotated[int, Within(0, LARGEST)]

    def effort(self) -> Effort:
        """The same as solving gives it."""
        return Effort(self.step, float(self.seconds), self.questions)


def written_value(found: Value | None) -> Any:  # noqa: ANN401  # plain data
    """A goal's value as JSON can hold it."""
    return str(found) if isinstance(found, int) and abs(found) > LARGEST else unstructure(found)


@dataclass(frozen=True, kw_only=True)
class PlanFile(Tables):
    """All keys of `plan.json`.

    `scenario` is resolved. `scenario_digest` and `county_digest` are fingerprints: of it, and of the county
    with its changes made. `unique` says whether no other plan is as good; null: that is not settled. `checked` counts
    the places each rule has looked at; `findings` lists the notable. `before` says what building the model and a first
    plan took, as each of the `goals` does: seconds, and questions put to a solver.
    `certificate` has the opinion of a second solver on every proof, where it was asked; `approval` is added when the
    plan goes to the commission: its entries, each with the seal of the one before, and a fingerprint of the whole file
    but for itself.
    """

    scenario: Mapping[str, Any]
    scenario_digest: str
    county_digest: str
    versions: Mapping[str, str]
    ending: Ending
    proven: bool
    unique: bool | None
    seconds: Decimal
    goals: tuple[GoalRow, ...]
    checked: Mapping[str, int]
    findings: tuple[FindingRow, ...]
    approval: Trail = ()
    before: tuple[EffortRow, ...] = ()
    certificate: tuple[Verdict, ...] | None = None

    @property
    def second_opinion(self) -> Certificate | None:
        """What a second solver says of the proofs, where it was asked."""
        return None if self.certificate is None else Certificate(self.certificate)

    @property
    def county_path(self) -> str:
        """Where the county's package was, as seen from the file's folder; empty where it is not said."""
        path = self.scenario.get("county")
        return path if isinstance(path, str) else ""


def opened(text: str, file: str = "plan.json") -> PlanFile:
    """The keys and values of a plan on disk; whether they fit a county is not asked yet.

    Raises:
        FaultsError: with everything that is missing, unknown or of the wrong type.
    """
    whole = read(text, file)
    versions = whole.get("versions")
    found = versions.get("format", FORMAT) if isinstance(versions, dict) else FORMAT
    if found != FORMAT:
        message = _("another format (got {value}). Accepted: {accepted}. Use the version that wrote it.")
        text = message.format(value=quoted(found), accepted=FORMAT)
        raise FaultsError([Fault(file, 0, "versions.format", text)])
    return structure(whole, PlanFile, "", file)


def signed(text: str, trail: Trail) -> str:
    """The text of a plan with its trail in it; without one, as it was."""
    return written(read(text, "plan.json") | {"approval": unstructure(trail)}) if trail else text


def unsigned(text: str) -> str:
    """The text of a plan without its trail, as the program writes it: what is signed, byte for byte."""
    return written({key: value for key, value in read(text, "plan.json").items() if key != "approval"})


def now(text: str, county: str) -> Now:
    """The fingerprints of a plan as it is, on a county with this one."""
    return Now(fingerprint_of_all(text), county)


def fingerprint_of_all(text: str) -> str:
    """The fingerprint that is signed: of every byte of the plan's file but the trail."""
    return hashlib.sha256(unsigned(text).encode("utf-8", "surrogatepass")).hexdigest()


def asked(scenario: Mapping[str, Any]) -> str:
    """The fingerprint of a resolved scenario: its rules, goals and changes, neither its name nor any path."""
    parts = {name: scenario.get(name) for name in ("rules", "goals", "data")}
    return _sha256(parts)


CIRCUMSTANCES = frozenset({"approval", "before", "scenario", "seconds", "versions"})
"""Keys of `plan.json` that are not what the plan says; of the scenario, its digest is."""


TOOK = frozenset({"seconds", "questions"})
"""Keys of a goal's row that say what it took and not what it came to."""


def fingerprint(text: str, file: str = "plan.json") -> str:
    """The fingerprint of a plan's question, goals and figures, wherever, whenever and however found.

    By it a run of the store is known again; what is signed is more, the `fingerprint_of_all`.

    Raises:
        FaultsError: the text is no JSON.
    """
    whole = read(text, file)
    said = {key: value for key, value in whole.items() if key not in CIRCUMSTANCES}
    said["asked"] = asked(whole["scenario"])
    said["goals"] = [{key: value for key, value in goal.items() if key not in TOOK} for goal in whole["goals"]]
    return _sha256(said)


def _sha256(parts: object) -> str:
    text = json.dumps(parts, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
