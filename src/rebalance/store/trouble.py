"""What the database complains of, in words that say what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from rebalance.fault import Fault, FaultsError
from rebalance.words import _


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
    except OSError as error:
        message = _("cannot be opened ({problem}). Name another file with --store.")
        raise refuse(file, message.format(problem=error.strerror)) from None


def _sentence(error: sqlite3.Error) -> str:
    """By the database's own name of the error, without the particulars that follow it."""
    name = "_".join((getattr(error, "sqlite_errorname", None) or "").split("_")[:2])
    known = {
        "SQLITE_BUSY": _("another program has been writing to it for long. Try again when that is done."),
        "SQLITE_FULL": _("the disk is full. Make room, or name another file with --store."),
        "SQLITE_READONLY": _("it may not be written to. Name another file with --store."),
        "SQLITE_CANTOPEN": _("it cannot be opened or made there. Name another file with --store."),
        "SQLITE_NOTADB": _("not a store of runs, or damaged. Move it away, or name another file with --store."),
        "SQLITE_CORRUPT": _("damaged. Move it away, or name another file with --store."),
        "SQLITE_IOERR": _("the disk does not let it be read or written. Name another file with --store."),
    }
    known["SQLITE_LOCKED"] = known["SQLITE_BUSY"]
    return known.get(name) or _("the database refuses ({problem}).").format(problem=error)
