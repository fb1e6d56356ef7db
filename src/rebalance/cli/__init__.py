"""The command line: one file a verb; what is heavy is loaded late, so that `rebalance --help` is instant."""

from rebalance.cli.program import main

__all__ = ["main"]
