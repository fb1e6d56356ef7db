"""Demand and classes with every step of their arithmetic, as a screen shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table

from rebalance.county.agencies import Method
from rebalance.county.county import made_up
from rebalance.problem.classes import ScoreSheet, score_sheet
from rebalance.problem.demand import Demands
from rebalance.problem.problem import Problem
from rebalance.problem.work import WHOLE
from rebalance.problem.working import Step, Working, digits
from rebalance.screen import add, line, number, table, words
from rebalance.text import NOTHING, _, hundredths, listed


def demand_report(problem: Problem) -> Iterator[RenderableType]:
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
        Method.POSTS: _("from its posts"),
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


def classes_report(problem: Problem) -> Iterator[RenderableType]:
    """Weights, scores and cut-off; without `[classes]`, the classes the county gives."""
    yield line(_("{county} · classes of townships").format(county=problem.county), "bold")
    yield from made_up(problem.county)
    sheet = score_sheet(problem.county)
    if sheet is None:
        yield line(_("The county has no [classes]: classes are those in the table townships."))
        yield _given(problem)
        return
    if sheet.weights:
        yield _weights(sheet)
    yield _scores(problem, sheet)
    yield from _cut_off(problem)
    yield from _ties(problem, sheet)
    yield from (line(str(remark), "yellow") for remark in sheet.remarks)


def class_name(class_: str) -> str:
    """A class in words; one that is not ours as it is."""
    return {"large": _("large"), "medium": _("medium")}.get(class_, class_)


def _given(problem: Problem) -> RenderableType:
    made = table(_("Classes"), words(_("township")), words(_("class")))
    for township in problem.townships:
        add(made, problem.name(township), class_name(problem.class_of(township)) or NOTHING)
    return made


def _weights(sheet: ScoreSheet) -> RenderableType:
    made = table(_("Weights"), words(_("indicator")), words(_("arithmetic")), number(_("weight")))
    for one in sheet.weights:
        add(made, one.name, one.step.formula, digits(one.weight))
    return made


def _scores(problem: Problem, sheet: ScoreSheet) -> RenderableType:
    """Figures as shares of the largest; the score is their weighted sum."""
    made = table(
        _("Scores, each figure as a share of the largest"),
        number("#"),
        words(_("township")),
        *(number(one.name.replace(" ", "\n")) for one in sheet.weights),
        number(_("score")),
        words(_("by score")),
        words(_("class")),
    )
    for line_ in sheet.scores:
        parts = (digits(line_.parts[one.indicator]) for one in sheet.weights)
        settled = class_name(line_.class_)
        if line_.given:
            settled = _("{class_} (given)").format(class_=settled)
        name = problem.name(line_.township)
        add(made, line_.rank, name, *parts, digits(line_.score), class_name(line_.by_score), settled)
    return made


def _cut_off(problem: Problem) -> Iterator[RenderableType]:
    rules = problem.county.classes
    if rules is not None and rules.large is not None:
        yield line(_("Cut-off: from the best score down, {count} large.").format(count=rules.large))
    elif rules is not None and rules.score is not None:
        yield line(_("Cut-off: a score of {score} or more is large.").format(score=digits(rules.score)))
    if rules is not None and rules.source:
        yield line(_("Source: {source}").format(source=rules.source))


def _ties(problem: Problem, sheet: ScoreSheet) -> Iterator[RenderableType]:
    if sheet.tied:
        names = listed(problem.name(township) for township in sheet.tied)
        text = _("Tied at the cut-off: {names}. The larger population counted, then the order of the ids.")
        yield line(text.format(names=names), "yellow")
