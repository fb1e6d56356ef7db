"""Every run kept in one SQLite file."""

from rebalance.store.run import Run, Wanted
from rebalance.store.store import DEFAULT, Store, opened

__all__ = ["DEFAULT", "Run", "Store", "Wanted", "opened"]
