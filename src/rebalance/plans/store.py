"""The store: runs go in, are found again and come out as they were, with their approvals."""

from __future__ import annotations

import json
import os
import sqlite3
import warnings
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rebalance.county.county import County, digest
from rebalance.fault import FaultsError
from rebalance.files import MOST_BYTES
from rebalance.model.finding import Place
from rebalance.plans.approval import Step, Trail
from rebalance.plans.audit import audit
from rebalance.plans.compare_stated import row_faults
from rebalance.plans.conflict import Conflict
from rebalance.plans.drive import remote
from rebalance.plans.file import PlanFile, asked, fingerprint, fingerprint_of_all, read, signed, versions
from rebalance.plans.outcome import Ending, Outcome
from rebalance.plans.reached import Certificate
from rebalance.plans.recorded import outcome_to_json
from rebalance.plans.rows import plan_from
from rebalance.plans.runs import (
    COLUMNS,
    NOT_APPROVED,
    Run,
    Wanted,
    damaged,
    data_in,
    packed,
    run_from,
    unpacked,
)
from rebalance.plans.schema import bring_up, refuse, told
from rebalance.scenario.codec import structure, unstructure
from rebalance.scenario.scenario import Scenario, scenario_from
from rebalance.text import _


def key_of(scenario: Scenario) -> str:
    """The fingerprint of everything an answer depends on: the county, rules, goals, and versions of the software."""
    parts = scenario.resolved() | {"data": [digest(scenario.problem.county), versions()]}
    return asked(parts)


def scenario_of(said: Mapping[str, Any], county: County, file: str) -> Scenario:
    """The scenario of a run; its changes have been made in the county already."""
    bare = scenario_from({**said, "data": {}}, county, file)
    return replace(bare, changes=said.get("data", {}))


def outcome_of(whole: Mapping[str, Any], scenario: Scenario, file: str) -> Outcome:
    """The outcome that a run's text states, on its scenario.

    Raises:
        FaultsError: the text does not fit the scenario.
    """
    if "positions" not in whole:
        try:
            return _without_plan(whole, scenario)
        except (AttributeError, KeyError, TypeError, ValueError):
            raise refuse(file, _("a run without a plan is damaged. Delete it, and solve again.")) from None
    said = structure(whole, PlanFile, "", file)
    if faults := list(row_faults(said, scenario.problem, file)):
        raise FaultsError(faults)
    plan = plan_from(said, scenario.problem)
    goals = tuple(row.result() for row in said.goals)
    bare = Outcome(scenario, said.ending, plan, goals, said.unique, certificate=said.second_opinion)
    return replace(bare, seconds=float(said.seconds), before=tuple(row.effort() for row in said.before))


def holds(outcome: Outcome) -> bool:
    """Whether the audit agrees with everything the outcome says of its plan, and no second solver disagrees."""
    if outcome.disputed:
        return False
    if outcome.plan is None:
        return True
    checks = audit(outcome.scenario, outcome.plan, outcome.goals)
    return checks.lawful and not checks.mismatches


def _without_plan(whole: Mapping[str, Any], scenario: Scenario) -> Outcome:
    found = whole.get("clash")
    clash = None
    if found is not None:
        names = [item.name for item in fields(Place)]
        members, law = (
            tuple((one["rule"], Place(**{name: one[name] for name in names})) for one in found.get(part, ()))
            for part in ("members", "law")
        )
        clash = Conflict(members, found["confirmed"], law)
    said = structure({"verdicts": whole.get("certificate", [])}, Certificate, "certificate", "")
    outcome = Outcome(scenario, Ending(whole["ending"]), None, (), clash=clash, seconds=float(whole["seconds"]))
    return replace(outcome, certificate=said if said.verdicts else None)


DEFAULT = Path("runs/rebalance.db")
"""Where runs are kept unless another place is named."""

PATIENCE = 10.0
"""Seconds to wait while another process writes."""


@contextmanager
def opened(path: Path = DEFAULT, *, new: bool = True) -> Iterator[Store]:
    """The store in a file, made if need be and `new` ones are wanted.

    Raises:
        FaultsError: it cannot be used; it says why, and nothing in it has been changed.
    """
    file = path.as_posix()
    if not new and not path.exists():
        raise refuse(file, _("no runs are kept there. Solve a scenario first, or name another file with --store."))
    with told(file):
        if path.exists() and not path.is_file():  # a pipe would keep us waiting for ever
            raise refuse(file, _("not an ordinary file. Name another file with --store."))
        path.parent.mkdir(parents=True, exist_ok=True)
        first = not path.exists()
        base = _connected(path)
    with closing(base):
        with told(file):
            base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_BYTES)
            base.execute("PRAGMA trusted_schema = OFF")
            base.execute("PRAGMA foreign_keys = ON")
            base.execute("PRAGMA recursive_triggers = ON")  # else rows that give way to others go without a trigger
            bring_up(base, file)
            _share(base, path, first=first)
        yield Store(base, file)


def _share(base: sqlite3.Connection, path: Path, *, first: bool) -> None:
    """Let others read while one writes; programs on several machines cannot, as they share no memory.

    That is said the first time.
    """
    far = remote(path)
    with suppress(sqlite3.OperationalError):  # in use or read-only: another time
        base.execute(f"PRAGMA journal_mode = {'DELETE' if far else 'WAL'}")
        if far and first:
            message = _("{file}: runs are kept on a network drive: slowly, and by one program at a time. {advice}")
            advice = _("A file of this machine is better: --store.")
            warnings.warn(message.format(file=path.as_posix(), advice=advice), stacklevel=2)


def _connected(path: Path) -> sqlite3.Connection:
    """A connection; it only reads where the folder lets nobody write, not even the files SQLite itself needs."""
    complete = path.exists() and not path.with_name(f"{path.name}-wal").exists()
    reading = complete and not os.access(path.parent, os.W_OK)
    name = f"{path.resolve().as_uri()}?immutable=1" if reading else path
    return sqlite3.connect(name, timeout=PATIENCE, isolation_level=None, uri=reading)


@dataclass(frozen=True, slots=True)
class Store:
    """An open store; every method may raise `FaultsError` with what is wrong with it."""

    base: sqlite3.Connection
    file: str

    def add(self, outcome: Outcome, allowed: float | None = None, text: str | None = None) -> int:
        """Keep an outcome, for which so many seconds were allowed; its number.

        Args:
            outcome: what solving led to.
            allowed: the limit it was given.
            text: its `plan.json`, where it has been written already.
        """
        text = text or outcome_to_json(outcome)
        county = outcome.scenario.problem.county
        whole = read(text, self.file)
        plain = (json.dumps(whole[key], ensure_ascii=False, default=str) for key in ("scenario", "versions", "goals"))
        scenario, versions, goals = plain
        row = {
            "key": key_of(outcome.scenario),
            "made": datetime.now(UTC).isoformat(timespec="seconds"),
            "name": outcome.scenario.name,
            "county": county.name,
            "county_digest": whole["county_digest"],
            "scenario_digest": whole["scenario_digest"],
            "scenario": scenario,
            "versions": versions,
            "ending": outcome.ending.value,
            "proven": int(outcome.proven),
            "is_unique": int(outcome.unique is True),
            "goals": goals,
            "seconds": round(outcome.seconds, 3),
            "allowed": allowed,
            "plan": packed(text),
        }
        return self._insert(row, county)

    def answer(self, scenario: Scenario, allowed: float | None = None) -> tuple[Run, Outcome] | None:
        """The latest run of the same inputs and versions that need not be made again, on this very scenario.

        It is settled, or had at least as much time; and the audit agrees with its plan. Rules and goals of one's own
        may have been rewritten since: such a scenario is always solved anew.
        """
        if scenario.own:
            return None
        for run in reversed(self._runs("key = ? ORDER BY id", (key_of(scenario),))):
            if not _enough(run, allowed):
                continue
            try:
                outcome = outcome_of(data_in(self.text(run.id), self.file, run.id), scenario, self.file)
            except FaultsError:
                continue
            if holds(outcome):
                return run, outcome
        return None

    def runs(self, wanted: Wanted | None = None) -> list[Run]:
        """The runs asked for, oldest first."""
        return self._runs(*(wanted or Wanted()).where())

    def text(self, run: int) -> str:
        """The run's `plan.json`, as it was solved."""
        with told(self.file):
            row = self.base.execute("SELECT plan FROM runs WHERE id = ?", (run,)).fetchone()
        if row is None:
            message = _("no such run (got {value}). `rebalance runs` lists them.")
            raise refuse(self.file, message.format(value=run))
        return unpacked(row[0], self.file, run)

    def outcome(self, run: Run) -> Outcome:
        """The run's outcome, with its county as it was then."""
        whole = data_in(self.text(run.id), self.file, run.id)
        if not isinstance(said := whole.get("scenario"), dict):
            raise damaged(self.file, run.id)
        scenario = scenario_of(said, self._county(run), self.file)
        return replace(outcome_of(whole, scenario, self.file), trail=trail_of(self, run.id))

    def numbers(self, wanted: Wanted, *, approved: bool = False) -> list[int]:
        """The numbers of the runs asked for, also of those that are damaged; or only of those that are approved."""
        condition, values = wanted.where()
        chosen = f"id IN (SELECT id FROM runs WHERE {condition})" + (f" AND NOT {NOT_APPROVED}" if approved else "")  # noqa: S608
        with told(self.file):
            return [run for (run,) in self.base.execute(f"SELECT id FROM runs WHERE {chosen} ORDER BY id", values)]  # noqa: S608

    def delete(self, wanted: Wanted) -> int:
        """Forget runs that are not approved, and counties that no run is about any more; how many runs."""
        condition, values = wanted.where()
        chosen = f"id IN (SELECT id FROM runs WHERE {condition}) AND {NOT_APPROVED}"  # noqa: S608  # our own text
        with self.writing():
            count = self.base.execute(f"DELETE FROM runs WHERE {chosen}", values).rowcount  # noqa: S608
            self.base.execute("DELETE FROM counties WHERE digest NOT IN (SELECT county_digest FROM runs)")
        return count

    def _runs(self, condition: str, values: tuple[Any, ...]) -> list[Run]:
        with told(self.file):
            rows = self.base.execute(f"SELECT {COLUMNS} FROM runs WHERE {condition}", values).fetchall()  # noqa: S608
        return [run_from(row, self.file) for row in rows]

    def _county(self, run: Run) -> County:
        with told(self.file):
            query = "SELECT text FROM counties WHERE digest = ?"
            row = self.base.execute(query, (run.county_digest,)).fetchone()
        data = data_in(unpacked(row[0], self.file, run.id), self.file, run.id) if row else {}
        try:
            county = structure(data, County, "", self.file)
        except FaultsError:
            raise damaged(self.file, run.id) from None
        if digest(county) != run.county_digest:
            raise damaged(self.file, run.id)
        return county

    def _insert(self, row: dict[str, Any], county: County) -> int:
        marks = ", ".join(f":{name}" for name in row)
        with self.writing():
            self._keep(county, row["county_digest"])
            query = f"INSERT INTO runs ({', '.join(row)}) VALUES ({marks})"  # noqa: S608  # our own names
            return int(self.base.execute(query, row).lastrowid or 0)

    def _keep(self, county: County, fingerprint: str) -> None:
        if not self.base.execute("SELECT 1 FROM counties WHERE digest = ?", (fingerprint,)).fetchone():
            blob = packed(json.dumps(unstructure(county), ensure_ascii=False))
            self.base.execute("INSERT INTO counties VALUES (?, ?)", (fingerprint, blob))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All of what is written meanwhile, or nothing."""
        with told(self.file):
            self.base.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.base.execute("COMMIT")
            except BaseException:
                if self.base.in_transaction:
                    self.base.execute("ROLLBACK")
                raise


def _enough(run: Run, allowed: float | None) -> bool:
    """Whether more time could not have led further than this run."""
    if run.ending == Ending.INTERRUPTED.value:
        return False
    settled = run.proven or run.ending == Ending.IMPOSSIBLE.value
    return settled or run.allowed is None or (allowed is not None and allowed <= run.allowed)


def run_of(store: Store, said: PlanFile, text: str) -> int | None:
    """The run that holds this plan: byte for byte if there is one, else one that was signed, else the latest."""
    query = (
        "SELECT id FROM runs WHERE county_digest = ? AND scenario_digest = ?"
        " ORDER BY id IN (SELECT run FROM steps) DESC, id DESC"
    )
    with told(store.file):
        rows = store.base.execute(query, (said.county_digest, said.scenario_digest)).fetchall()
    wanted = fingerprint(text)
    found = [run for (run,) in rows if _fingerprint(store, run) == wanted]
    same = (run for run in found if fingerprint_of_all(store.text(run)) == fingerprint_of_all(text))
    return next(same, found[0] if found else None)


def trail_of(store: Store, run: int) -> Trail:
    """The steps the run's plan has taken; none where it is a draft."""
    return tuple(_steps(store, run))


def signed_text(store: Store, run: int) -> str:
    """The run's `plan.json` with its trail in it."""
    return signed(store.text(run), trail_of(store, run))


def keep_trail(store: Store, run: int, trail: Trail) -> None:
    """Add the steps the store does not know yet.

    Raises:
        FaultsError: it knows others, or more.
    """
    with store.writing():
        known = trail_of(store, run)
        if known != trail[: len(known)] or len(known) == len(trail):
            message = _("somebody else has just taken a step with run {run}. Look where it stands, and try again.")
            raise refuse(store.file, message.format(run=run))
        for place, step in enumerate(trail[len(known) :], len(known) + 1):
            text = json.dumps(unstructure(step), ensure_ascii=False)
            store.base.execute("INSERT INTO steps VALUES (?, ?, ?, ?)", (run, place, step.state.value, text))


def _steps(store: Store, run: int) -> Iterator[Step]:
    with told(store.file):
        rows = store.base.execute("SELECT step FROM steps WHERE run = ? ORDER BY place", (run,)).fetchall()
    for (text,) in rows:
        try:
            yield structure(data_in(text, store.file, run), Step, "", store.file)
        except FaultsError:
            raise damaged(store.file, run) from None


def _fingerprint(store: Store, run: int) -> str:
    try:
        return fingerprint(store.text(run))
    except (FaultsError, KeyError):  # damaged, or without a plan
        return ""
