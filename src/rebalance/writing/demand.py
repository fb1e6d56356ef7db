"""Every step of the arithmetic by which demand is worked out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table

from rebalance.county.agencies import Method
from rebalance.demand.figures import digits
from rebalance.demand.methods import Demands
from rebalance.demand.working import Step, Working
from rebalance.problem import Problem
from rebalance.words import _
from rebalance.work import WHOLE
from rebalance.writing.numbers import hundredths
from rebalance.writing.summary import made_up
from rebalance.writing.terminal import add, line, number, table, words


def report(problem: Problem) -> Iterator[RenderableType]:
    """A table for each agency and method, then the sums, and what could not be worked out."""
    demands = Demands(problem.county)
    yield line(_("{county} · demand").format(county=problem.county), "bold")
    yield from made_up(problem.county)
    for place in (WHOLE, *problem.agencies):
        workings = [working for working in demands.workings if working.agency == place]
        if workings:
            yield _arithmetic(problem, place, workings)
    yield _sums(problem)
    yield from (line(str(gap), "yellow") for gap in demands.gaps())


def method_name(method: Method) -> str:
    """A way of working demand out, in words."""
    names = {
        Method.GIVEN: _("given"),
        Method.WORKLOAD: _("from workload"),
        Method.INDEX: _("from an index"),
        Method.BANDS: _("from bands"),
    }
    return names[method]


def _arithmetic(problem: Problem, agency: str, workings: Sequence[Working]) -> RenderableType:
    """What holds in every township first, then township by township."""
    name = _("The township as one") if agency == WHOLE else problem.name(agency)
    made = table(
        f"{name} · {method_name(workings[0].method)}",
        words(_("township")),
        words(_("step")),
        words(_("arithmetic")),
        number(_("comes to")),
    )
    _steps(made, _("every township"), workings[0].common)
    for working in workings:
        _steps(made, problem.name(working.township), working.own)
    return made


def _steps(made: Table, name: str, steps: Sequence[Step]) -> None:
    for number_, step in enumerate(steps):
        add(made, "" if number_ else name, step.label, step.formula, digits(step.value))
    if len(steps) > 1:
        made.add_section()


def _sums(problem: Problem) -> RenderableType:
    made = table(_("Positions the work needs"), words(_("township")), number(_("positions")))
    work = {township: problem.work.of(township) for township in problem.townships}
    for township, needs in work.items():
        add(made, problem.name(township), hundredths(needs))
    made.add_section()
    add(made, _("together"), hundredths(sum(work.values())), style="bold")
    return made
