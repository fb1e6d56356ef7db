"""The database of a store: its tables, how an older one is brought up to date, and trouble with it in a sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache

from rebalance.fault import Fault, FaultsError
from rebalance.text import _


def refuse(file: str, message: str) -> FaultsError:
    """The store cannot be used."""
    return FaultsError([Fault(file, 0, "", message)])


@contextmanager
def told(file: str) -> Iterator[None]:
    """Turn every error of the database into a sentence.

    Raises:
        FaultsError: saying what is wrong with the store.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise refuse(file, _sentence(error)) from None
    except (ValueError, OverflowError, MemoryError):  # what should be text is none, or far too long
        raise refuse(file, _damaged()) from None
    except OSError as error:
        message = _("cannot be opened ({problem}). Name another file with --store.")
        raise refuse(file, message.format(problem=error.strerror)) from None


def _sentence(error: sqlite3.Error) -> str:
    """By the database's own name of the error, without the particulars that follow it."""
    if "decode" in str(error):  # Python's own, and without a name
        return _damaged()
    name = "_".join((getattr(error, "sqlite_errorname", None) or "").split("_")[:2])
    known = {
        "SQLITE_BUSY": _("another program has been writing to it for long. Try again when that is done."),
        "SQLITE_FULL": _("the disk is full. Make room, or name another file with --store."),
        "SQLITE_READONLY": _("it may not be written to. Name another file with --store."),
        "SQLITE_CANTOPEN": _("it cannot be opened or made there. Name another file with --store."),
        "SQLITE_NOTADB": _("not a store of runs, or damaged. Move it away, or name another file with --store."),
        "SQLITE_CORRUPT": _damaged(),
        "SQLITE_TOOBIG": _damaged(),
        "SQLITE_PROTOCOL": _("the drive does not let files be shared. Name a file of this machine with --store."),
        "SQLITE_IOERR": _("the disk does not let it be read or written. Name another file with --store."),
    }
    known["SQLITE_LOCKED"] = known["SQLITE_BUSY"]
    message = _("the database refuses ({problem}). Move the file away, or name another one with --store.")
    return known.get(name) or message.format(problem=error)


def _damaged() -> str:
    return _("damaged. Move it away, or name another file with --store.")


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
    """
    CREATE TRIGGER runs_give_way_to_none BEFORE INSERT ON runs
        WHEN EXISTS (SELECT 1 FROM runs WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'a run stays'); END;
    CREATE TRIGGER runs_keep_their_number_and_county BEFORE UPDATE ON runs
        WHEN NEW.id IS NOT OLD.id OR NEW.county_digest IS NOT OLD.county_digest
        BEGIN SELECT RAISE(ABORT, 'a run stays the run of its county'); END;
    CREATE TRIGGER steps_give_way_to_none BEFORE INSERT ON steps
        WHEN EXISTS (SELECT 1 FROM steps WHERE (run = NEW.run AND place = NEW.place) OR rowid = NEW.rowid)
        BEGIN SELECT RAISE(ABORT, 'a step taken stays'); END;
    CREATE TRIGGER steps_follow_each_other BEFORE INSERT ON steps
        WHEN NEW.place <> 1 + (SELECT count(*) FROM steps WHERE run = NEW.run)
        BEGIN SELECT RAISE(ABORT, 'a step taken stays where it is'); END;
    CREATE TRIGGER counties_stay BEFORE DELETE ON counties
        WHEN EXISTS (SELECT 1 FROM runs WHERE county_digest = OLD.digest)
        BEGIN SELECT RAISE(ABORT, 'the county of a run stays'); END;
    CREATE TRIGGER counties_stay_as_they_are BEFORE UPDATE ON counties
        BEGIN SELECT RAISE(ABORT, 'a county stays as it is'); END;
    CREATE TRIGGER counties_give_way_to_none BEFORE INSERT ON counties
        WHEN EXISTS (SELECT 1 FROM counties WHERE digest = NEW.digest OR rowid = NEW.rowid)
        BEGIN SELECT RAISE(ABORT, 'a county stays'); END;
    """,
)
"""What makes each version out of the one before; never changed once published."""


def bring_up(base: sqlite3.Connection, file: str) -> None:
    """Make the tables, or bring those of an older version up to this one; all of it or nothing.

    Raises:
        FaultsError: the file belongs to another program, or to a later version of this one, or is damaged.
    """
    if _version(base, file) < len(STEPS):
        _make(base, file)
    if _tables(base) != _right_tables(STEPS):
        message = _("its tables are not those of this program, or damaged. Move it away, or name another with --store.")
        raise refuse(file, message)


@cache
def _right_tables(_steps: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """What is in a store: also no trigger and no view that somebody else has put there."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as base:
        _make(base, "")
        return _tables(base)


def _tables(base: sqlite3.Connection) -> frozenset[tuple[str, ...]]:
    rows = base.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite@_%' ESCAPE '@'"
    )
    return frozenset(rows)


def _make(base: sqlite3.Connection, file: str) -> None:
    """Make what came after the version that is there; all of it or nothing."""
    base.execute("BEGIN IMMEDIATE")
    try:
        version = _version(base, file)  # another process may have made them meanwhile
        for number, step in enumerate(STEPS[version:], version + 1):
            for constraint in _statements(step):
                base.execute(constraint)
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
    return [constraint for constraint in step.split(";\n") if constraint.strip()]
