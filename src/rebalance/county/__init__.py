"""What exists today: frozen values and the tables they are written in."""

from rebalance.county.read import read_county

__all__ = ["read_county"]
