"""The store: runs go in, are found again, and come out as they were. Several processes may use it at once."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rebalance.county.county import County
from rebalance.county.digest import digest
from rebalance.fault import FaultsError
from rebalance.outcome import Ending, Outcome
from rebalance.record.json_text import read
from rebalance.record.outcome import outcome_to_json
from rebalance.record.values import structure, unstructure
from rebalance.scenario import Scenario
from rebalance.store.restoring import holds, key_of, outcome_of, scenario_of
from rebalance.store.run import COLUMNS, NOT_APPROVED, Run, Wanted, damaged, data_in, packed, run_from, unpacked
from rebalance.store.schema import bring_up
from rebalance.store.trouble import refuse, told
from rebalance.words import _

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
        path.parent.mkdir(parents=True, exist_ok=True)
        base = _connected(path)
    with closing(base):
        with told(file):
            base.execute("PRAGMA foreign_keys = ON")
            bring_up(base, file)
            with suppress(sqlite3.OperationalError):  # in use or read-only: another time
                base.execute("PRAGMA journal_mode = WAL")
        yield Store(base, file)


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
            "is_unique": int(outcome.unique),
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
        scenario = scenario_of(whole["scenario"], self._county(run), self.file)
        return outcome_of(whole, scenario, self.file)

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
