"""The straightforward model: a variable for each unit, township, category and year, and leximin by plain rounds.

It is written directly in CP-SAT the way somebody competent would write it who has the rules before them and none of the
engine's ideas: pairs instead of pooled flows, `only_enforce_if` instead of tight bounds, minimum constraints for served
work, one round after another for each level of a leximin goal. The same plans are lawful, and the goals mean the same.
"""

from benchmarks.pairwise.solve import solve

__all__ = ["solve"]
