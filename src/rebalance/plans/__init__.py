"""Plans with their proof: what solving led to, its audit, its file, its approval, and the store of runs."""

from rebalance.plans.runs import Run, Wanted
from rebalance.plans.store import DEFAULT, Store, keep_trail, opened, run_of, signed_text, trail_of

__all__ = ["DEFAULT", "Run", "Store", "Wanted", "keep_trail", "opened", "run_of", "signed_text", "trail_of"]
