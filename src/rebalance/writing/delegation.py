"""What is delegated to each township: the base set, its own choice, and the work that comes with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from rebalance.plan import Plan
from rebalance.words import _
from rebalance.writing.numbers import NOTHING, hundredths
from rebalance.writing.terminal import add, number, table, words


def delegation(plan: Plan) -> Iterator[RenderableType]:
    """A row for each township at the end of the last year, and their sum; nothing where nothing is delegated."""
    problem = plan.problem
    taken = [
        (m, t) for m in problem.delegation.matters for t in problem.townships if plan.delegated(m, t, problem.last)
    ]
    if not taken:
        return
    headers = (_("of the\nbase set"), _("of its\nchoice"), _("positions\nof work"), _("of all\nits work"))
    made = table(_("Matters delegated"), words(_("township")), *map(number, headers))
    for township in problem.townships:
        add(made, problem.name(township), *_figures(plan, [key for key in taken if key[1] == township], (township,)))
    made.add_section()
    add(made, _("together"), *_figures(plan, taken, problem.townships), style="bold")
    yield made


def _figures(plan: Plan, taken: Sequence[tuple[str, str]], those: Sequence[str]) -> tuple[str, ...]:
    delegation, last = plan.problem.delegation, plan.problem.last
    base = sum(delegation.matter[matter].base for matter, _township in taken)
    work = sum(delegation.moved.get(key, 0) for key in taken)
    everything = sum(plan.work(township, last) for township in those)
    return (
        str(base or NOTHING),
        str(len(taken) - base or NOTHING),
        hundredths(work) if work else NOTHING,
        hundredths(everything),
    )
