"""What is odd about a scenario and its county together, without being wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rebalance.problem.problem import Problem
from rebalance.rules import Rule
from rebalance.rules.work_follows_matters import WorkFollowsMatters
from rebalance.text import _, listed


def remarks(problem: Problem, rules: Iterable[Rule]) -> Iterator[str]:
    """The matters of the base set, where no year makes it binding."""
    base = [row.matter for row in problem.delegation.matter.values() if row.base]
    if base and not any(isinstance(rule, WorkFollowsMatters) and rule.base_by for rule in rules):
        text = _("No year makes the base set binding ({matters}): name one under rules.work_follows_matters.base_by.")
        yield text.format(matters=listed(base))
