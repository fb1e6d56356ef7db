"""Slips of the pen in what the model and the audit share, and in the goals: no test that uses these parts can see them.

A source is changed in one spot, as `tests/slips` does at random.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.slips.planted import planted
from tests.slips.slip import source_of


@dataclass(frozen=True, slots=True)
class Fault:
    """A text in the source of a module, which stands there once, and what a slip of the pen makes of it."""

    module: str
    right: str
    wrong: str

    def __str__(self) -> str:
        """The module and the slip."""
        return f"{self.module}: {self.right} -> {self.wrong}"


PLAN = "model.plan"
PROBLEM = "problem.problem"
WORK = "problem.work"

FAULTS = (
    Fault(PLAN, '- said("cut", h, c, year)', '+ said("cut", h, c, year)'),
    Fault(PLAN, '- said("moved_out", h, c, year)', '+ said("moved_out", h, c, year)'),
    Fault(PLAN, '+ said("hired", h, c, year)', '- said("hired", h, c, year)'),
    Fault(PLAN, "- plan.retired(h, c, year)", "+ plan.retired(h, c, year)"),
    Fault(
        PLAN, "if people else row.authorised)\n        return come", "if people else row.in_post)\n        return come"
    ),
    Fault(PLAN, "- self.handed(row.station, year - 1)", ""),
    Fault(PLAN, "if not self.open(township, other, year)", "if self.open(township, other, year)"),
    Fault(PLAN, "needs * self.open(township, agency, year) if", "needs if"),
    Fault(PLAN, "return min(HUNDRED * self.strength", "return max(HUNDRED * self.strength"),
    Fault(PLAN, "sum(self.used(township", "sum(self.owned(township"),
    Fault(PLAN, "return sent + sum(self.placed(", "return sum(self.placed("),
    Fault(PLAN, "== bool(self.open(township, matter.agency", "!= bool(self.open(township, matter.agency"),
    Fault(PLAN, "return arriving + own +", "return own +"),
    Fault(PLAN, "min(self.covered(township, year), HUNDRED * people)", "self.covered(township, year)"),
    Fault(PLAN, "self.sent(holder, category, year) + lent", "self.sent(holder, category, year) - lent"),
    Fault(PLAN, "if agency != WHOLE and not self.open(", "if not self.open("),
    Fault(PROBLEM, "((key[1], key[3]), (key, 1))", "((key[1], key[3]), (key, -1))"),
    Fault(PROBLEM, "((key[0], key[2]), (key, -1))", "((key[0], key[2]), (key, 1))"),
    Fault(PROBLEM, "row.authorised if row.needed is None else row.needed", "row.needed or row.authorised"),
    Fault(PROBLEM, "max(0, placed - self.authorised", "max(0, placed + self.authorised"),
    Fault(PROBLEM, "return sent + sum(self.placed.get(", "return sum(self.placed.get("),
    Fault(WORK, "in busy | heirs", "in busy"),
    Fault(WORK, "self._heir[other] == agency", "self._heir[other] != agency"),
    Fault(WORK, "if self.places[township] else ()", "if not self.places[township] else ()"),
    Fault("problem.working", "ceil(positions * HUNDRED)", "round(positions * HUNDRED)"),
    Fault("problem.workload", "1 / (1 - self.share)", "1 + self.share"),
    Fault("problem.workload", "- sum(map(Fraction, off))", "+ sum(map(Fraction, off))"),
    Fault("problem.workload", "+ allowances.individual\n", "- allowances.individual\n"),
    Fault("problem.demand", "population <= band.up_to", "population < band.up_to"),
    Fault("problem.demand", "key=lambda row: row.up_to", "key=lambda row: -row.up_to"),
    Fault("problem.demand", "one.weight * step.value", "one.weight"),
    Fault("problem.demand", "/ Decimal(len(column)).ln()", "/ Decimal(len(column))"),
    Fault("problem.demand", "part / total)", "part / max(one.figures.values()))"),
    Fault("problem.posted", "(general | own)", "(own | general)"),
    Fault("problem.classes", "if place < large", "if place <= large"),
    Fault("problem.classes", "/ max(one.figures.values())", "/ sum(one.figures.values())"),
    Fault("goals.goal", "min(share, enough)", "max(share, enough)"),
    Fault("goals.goal", "[:depth]", ""),
    Fault("goals.worst_off_first", "if share < self.enough", "if share <= self.enough"),
    Fault("goals.fill_shortages", "w * (plan.work(", "(plan.work("),
    Fault("goals.serve_early", "for y in problem.years[:-1] for t", "for y in problem.years[1:] for t"),
    Fault("goals.few_people_moved", "row.staff - plan.borrowed", "row.staff + plan.borrowed"),
    Fault("goals.few_units_touched", "plan.owned(u, c, a) != plan", "plan.owned(u, c, a) < plan"),
    Fault("goals.few_moves", "c, y) != 0", "c, y) > 1"),
    Fault("goals.hand_down_matters", "if not plan.delegated(", "if plan.delegated("),
    Fault("goals.stay_close", "abs(plan.owned(", "(plan.owned("),
    Fault("goals.in_proportion", "owned + owned + 1", "owned + owned - 1"),
    Fault("goals.in_proportion", "Fraction(owned + 1, figure)", "Fraction(owned - 1, figure)"),
    Fault("goals.in_proportion", "/ figure) ** 2)", "/ figure))"),
    Fault("goals.spare_the_units", "HUNDRED * used, needed", "used, needed"),
)
"""One character or word each; of every file that a plan's figures pass through, some."""


@contextmanager
def slip(fault: Fault) -> Iterator[None]:
    """The program with the fault, as long as this lasts."""
    source = source_of(fault.module).decode()
    if source.count(fault.right) != 1:
        raise ValueError(f"stands there {source.count(fault.right)} times, not once: {fault}")
    gap = "\n" * (fault.right.count("\n") - fault.wrong.count("\n"))
    with planted(fault.module, source.replace(fault.right, fault.wrong + gap).encode()):
        yield
