"""Every run kept in one SQLite file, with the approvals of those that went to the commission."""

from rebalance.store.run import Run, Wanted
from rebalance.store.store import DEFAULT, Store, opened
from rebalance.store.trails import keep_trail, run_of, signed_text, trail_of

__all__ = ["DEFAULT", "Run", "Store", "Wanted", "keep_trail", "opened", "run_of", "signed_text", "trail_of"]
