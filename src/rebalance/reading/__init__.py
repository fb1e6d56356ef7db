"""Text in, values or all faults out."""

from rebalance.reading.package import read_county

__all__ = ["read_county"]
