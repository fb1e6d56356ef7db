"""The tables of the store, and how an older store is brought up to them, one version after another."""

from __future__ import annotations

import sqlite3

from rebalance.store.trouble import refuse
from rebalance.words import _

OURS = 0x72656261
"""Marks a SQLite file as a store of runs."""

STEPS = (
    """
    CREATE TABLE counties (
        digest TEXT PRIMARY KEY,
        text BLOB NOT NULL                      -- JSON, compressed: the county with a scenario's changes made
    ) STRICT;
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT NOT NULL,                      -- fingerprint of the inputs and versions
        made TEXT NOT NULL,                     -- when, UTC
        name TEXT NOT NULL,                     -- of the scenario
        county TEXT NOT NULL,                   -- its name
        county_digest TEXT NOT NULL REFERENCES counties,
        scenario_digest TEXT NOT NULL,
        scenario TEXT NOT NULL,                 -- JSON, resolved
        versions TEXT NOT NULL,                 -- JSON
        ending TEXT NOT NULL,
        proven INTEGER NOT NULL,
        is_unique INTEGER NOT NULL,
        goals TEXT NOT NULL,                    -- JSON: value, bound, proven, seconds
        seconds REAL NOT NULL,
        allowed REAL,                           -- seconds it was given; NULL: no limit
        plan BLOB NOT NULL                      -- plan.json, compressed
    ) STRICT;
    CREATE INDEX runs_by_key ON runs (key);
    """,
    """
    CREATE TABLE steps (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        place INTEGER NOT NULL,                 -- 1 for the first
        state TEXT NOT NULL,                    -- submitted, approved or returned
        step TEXT NOT NULL,                     -- JSON: date, number, remark, fingerprints
        PRIMARY KEY (run, place)
    ) STRICT;
    CREATE TRIGGER approved_runs_stay BEFORE DELETE ON runs
        WHEN EXISTS (SELECT 1 FROM steps WHERE run = OLD.id AND state = 'approved')
        BEGIN SELECT RAISE(ABORT, 'an approved run stays'); END;
    CREATE TRIGGER signed_runs_stay_as_they_are BEFORE UPDATE ON runs
        WHEN EXISTS (SELECT 1 FROM steps WHERE run = OLD.id)
        BEGIN SELECT RAISE(ABORT, 'a run stays as it was signed'); END;
    CREATE TRIGGER steps_stay BEFORE DELETE ON steps
        WHEN EXISTS (SELECT 1 FROM runs WHERE id = OLD.run)
        BEGIN SELECT RAISE(ABORT, 'a step taken stays'); END;
    CREATE TRIGGER steps_stay_as_they_are BEFORE UPDATE ON steps
        BEGIN SELECT RAISE(ABORT, 'a step taken stays as it is'); END;
    """,
)
"""What makes each version out of the one before; never changed once published."""


def bring_up(base: sqlite3.Connection, file: str) -> None:
    """Make the tables, or bring those of an older version up to this one; all of it or nothing.

    Raises:
        FaultsError: the file belongs to another program, or to a later version of this one.
    """
    if _version(base, file) == len(STEPS):
        return
    base.execute("BEGIN IMMEDIATE")
    try:
        for number, step in enumerate(STEPS[_version(base, file) :], _version(base, file) + 1):
            for statement in _statements(step):
                base.execute(statement)
            base.execute(f"PRAGMA user_version = {number}")
        base.execute(f"PRAGMA application_id = {OURS}")
    except BaseException:
        base.execute("ROLLBACK")
        raise
    base.execute("COMMIT")


def _version(base: sqlite3.Connection, file: str) -> int:
    """The version of the tables, 0 for an empty file."""
    # asked first: another process may be making the tables just now
    empty = not base.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    (version,), (owner,) = (base.execute(f"PRAGMA {name}").fetchone() for name in ("user_version", "application_id"))
    if owner != OURS and not empty:
        raise refuse(file, _("a database of another program. Name another file with --store."))
    if version > len(STEPS):
        message = _("from a later version of this program (format {value}). Use that version.")
        raise refuse(file, message.format(value=version))
    return int(version)


def _statements(step: str) -> list[str]:
    return [statement for statement in step.split(";\n") if statement.strip()]
