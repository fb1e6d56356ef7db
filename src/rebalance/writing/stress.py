"""How plans fare in many cases: coverage by township, what breaks, who is at risk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from rich.console import RenderableType

from rebalance.exploring.strain import Strain
from rebalance.exploring.stress import PERCENTS, Stressed
from rebalance.outcome import Outcome
from rebalance.record.values import unstructure
from rebalance.scenario import Scenario
from rebalance.words import _
from rebalance.writing.numbers import percent
from rebalance.writing.sheets import Figure, Item, Sheet
from rebalance.writing.summary import made_up, state
from rebalance.writing.terminal import line


@dataclass(frozen=True, slots=True)
class About:
    """What was asked: the cases, where the plan comes from, what counts as being at risk."""

    scenario: Scenario
    strain: Strain
    seed: int
    outcome: Outcome
    floor: Fraction | None = None
    robust: int | None = None
    again: bool = False


def no_plan(outcome: Outcome) -> RenderableType:
    """There is nothing to judge."""
    return line(" ".join(state(outcome)), "yellow")


def said(about: About, found: Stressed) -> Iterator[RenderableType]:
    """What was asked, and the answer in a few sentences."""
    county = about.scenario.problem.county
    yield line(f"{county} · {about.scenario}", "bold")
    yield from made_up(county)
    yield line(_plan(about))
    yield line(_drawn(about, found))
    for sentence in (*_worst(found), *_risk(about, found), *_trouble(about, found)):
        yield line(sentence)


def sheets(about: About, found: Stressed) -> list[Sheet]:
    """Coverage by township, and the rules that break."""
    breaking = found.breaking()
    rules = Sheet(_("Cases in which a rule is broken"), (_("rule"), _("cases")), list(breaking.items()))
    return [_townships(about, found), *([rules] if breaking else [])]


def plain(about: About, found: Stressed) -> dict[str, Any]:
    """The answer for programs."""
    whole: dict[str, Any] = {
        "scenario": about.scenario.name,
        "strain": about.strain,
        "seed": about.seed,
        "floor": _floor(about, found),
        "robust": about.robust,
        "again": about.again,
        "proven": about.outcome.proven,
        "meant": found.meant,
        "at_risk": dict(found.at_risk(about.floor)),
        "broken": dict(found.breaking()),
        "cases": found.cases,
    }
    return {key: unstructure(each) for key, each in whole.items()}


def _plan(about: About) -> str:
    return _kind(about) + ("" if about.outcome.proven else " " + _("It is NOT PROVEN to be the best."))


def _kind(about: About) -> str:
    if about.again:
        return _("The best plan of each case, beside the plan as it was meant.")
    if about.robust is None:
        return _("One and the same plan in every case.")
    text = _("One plan for the county's own figures and {count} cases, the worst case first.")
    return text.format(count=about.robust)


def _drawn(about: About, found: Stressed) -> str:
    spans = {
        _("demand"): about.strain.demand,
        _("retirements"): about.strain.retirements,
        _("population"): about.strain.population,
    }
    ranges = ", ".join(
        _("{figure} {least} to {most}").format(figure=figure, least=percent(one.least), most=percent(one.most))
        for figure, one in spans.items()
        if one.least != 1 or one.most != 1
    )
    text = _("Cases: {count}, seed {seed}; {ranges} of what the tables say.")
    return text.format(count=len(found.cases), seed=about.seed, ranges=ranges or _("everything as it is, 100 %"))


def _worst(found: Stressed) -> Iterator[str]:
    if found.worst is not None:
        text = _("Worst-off township: {meant} as meant, {worst} in the worst case ({case}).")
        worst = found.worst
        yield text.format(meant=percent(found.meant.worst), worst=percent(worst.worst), case=worst.name)


def _risk(about: About, found: Stressed) -> Iterator[str]:
    problem, risks = about.scenario.problem, found.at_risk(about.floor)
    floor = percent(_floor(about, found))
    if not risks:
        yield _("No township is covered below {floor} in any case.").format(floor=floor)
        return
    names = ", ".join(f"{problem.name(township)} ({count})" for township, count in list(risks.items())[:3])
    yield _("At risk, covered below {floor} in so many cases: {names}.").format(floor=floor, names=names)


def _trouble(about: About, found: Stressed) -> Iterator[str]:
    if found.stopped:
        yield _("Stopped; only these cases were solved.")
    broken = sum(bool(case.broken) for case in found.cases)
    if broken:
        yield _("Cases in which the plan breaks a rule: {count}.").format(count=broken)
    if missing := len(found.cases) - len(found.found):
        yield _("Cases without a plan: {count}.").format(count=missing)
    if unproven := sum(about.again and not case.proven for case in found.cases):
        yield _("Cases NOT PROVEN: {count}.").format(count=unproven)


def _floor(about: About, found: Stressed) -> Fraction:
    return found.meant.worst if about.floor is None else about.floor


def _townships(about: About, found: Stressed) -> Sheet:
    """A row for each township: as meant, the spread over all cases, how often it is at risk."""
    names = (_("worst"), *(_("{percent} %").format(percent=each) for each in PERCENTS[1:-1]), _("best"))
    columns = (_("township"), _("meant"), *names, _("at risk"))
    risks = found.at_risk(about.floor)
    rows: list[tuple[Item, ...]] = []
    for township in about.scenario.problem.townships:
        if spread := found.spread(township):
            meant = found.meant.coverage.get(township)
            figures = (None if meant is None else _share(meant), *map(_share, spread))
            rows.append((about.scenario.problem.name(township), *figures, risks.get(township, 0)))
    return Sheet(_("Coverage at the end, over all cases"), columns, rows)


def _share(share: Fraction) -> Figure:
    return Figure(share, percent(share))
