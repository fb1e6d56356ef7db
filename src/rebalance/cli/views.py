"""What `show` can tell of a scenario's county: as tables for people, as data for programs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import RenderableType

from rebalance.cli.flowcharts import draw
from rebalance.cli.worked import classes_data, demand_data
from rebalance.county.matters import Matter
from rebalance.exploring.inputs import inputs
from rebalance.flow import Flow, flows
from rebalance.plan import Plan, standing_still
from rebalance.posts import fillings
from rebalance.problem import Problem
from rebalance.reading.layers import parted, scenarios_in
from rebalance.reading.scenario import read_scenario
from rebalance.words import _
from rebalance.writing.classes import report as classes_report
from rebalance.writing.compare import asked
from rebalance.writing.demand import report as demand_report
from rebalance.writing.matters import hours, tables_of_matters
from rebalance.writing.posts import tables_of_posts
from rebalance.writing.sheets import Sheet, on_screen
from rebalance.writing.terminal import line


@dataclass(frozen=True, slots=True)
class View:
    """One of the things that can be told, in both forms."""

    name: str
    tables: Callable[[], Iterable[RenderableType]]
    data: Callable[[], Any]


def asked_for(problem: Problem, names: Collection[str], flowcharts: Path | None) -> list[View]:
    """The views that the options name, in the order of the options."""
    views = [view(problem) for name, view in VIEWS.items() if name in names]
    return views + ([_flowcharts(problem, flowcharts)] if flowcharts else [])


def family(file: Path) -> list[View]:
    """What differs between the variants of a file, if it has any."""
    files = scenarios_in(file)
    if len(files) == 1:
        return []
    found = {parted(one)[1]: read_scenario(one) for one in files}
    title, columns = _("Variants: {file}#…").format(file=file.as_posix()), ("…", _("name"), _("why"))
    sheets = [
        Sheet(title, columns, [(name, str(one), one.reason) for name, one in found.items()], figures=3),
        asked(tuple(found), inputs(list(found.values())), everything=False),
    ]
    plain = {name: {"name": one.name, "why": one.why} for name, one in found.items()}
    return [View("variants", lambda: map(on_screen, sheets), lambda: plain)]


def told(views: Iterable[View]) -> Iterable[RenderableType]:
    """All their tables."""
    return (part for view in views for part in view.tables())


def _demand(problem: Problem) -> View:
    """Every step of the arithmetic of demand."""
    return View("demand", lambda: demand_report(problem), lambda: demand_data(problem))


def _classes(problem: Problem) -> View:
    """The score sheet of the townships' classes."""
    return View("classes", lambda: classes_report(problem), lambda: classes_data(problem))


def _matters(problem: Problem) -> View:
    """The matters, with what their steps amount to."""
    known = flows(problem.county)
    return View(
        "matters",
        lambda: tables_of_matters(problem),
        lambda: [_matter_row(row, known.get(row.matter)) for row in problem.county.matters],
    )


def _posts(problem: Problem) -> View:
    """The posts, filled by the positions placed today."""
    if not problem.county.placed:
        return View("posts", lambda: [line(_("Who sits where today is not known (table placed)."))], lambda: None)
    still, year = standing_still(problem), problem.years[0]
    return View("posts", lambda: tables_of_posts(still, year), lambda: list(_post_rows(still, year)))


def _flowcharts(problem: Problem, folder: Path) -> View:
    """The flowcharts; they are drawn at once."""
    drawn = draw(problem, folder)
    return View("flowcharts", lambda: map(line, drawn.sentences(folder)), lambda: asdict(drawn))


def _matter_row(row: Matter, flow: Flow | None) -> dict[str, Any]:
    data: dict[str, Any] = {"matter": row.matter, "kind": row.kind, "unit": row.unit, "agency": row.agency}
    data["hours"] = _hours(hours(row, flow))
    if flow is not None:
        data |= {
            "steps": len(flow.steps),
            "decisions": list(flow.decisions),
            "handoffs": [list(arrow) for arrow in flow.handoffs],
            "handoffs_on_a_way": flow.handoffs_on_a_way,
            "back": [list(arrow) for arrow in flow.arrows if arrow in flow.back],
            "hours_by": {actor: _hours(amount) for actor, amount in flow.hours.items()} if flow.timed else None,
        }
    return data


def _hours(amount: int) -> str:
    """Hundredths of hours as a decimal, exactly."""
    return f"{amount // 100}.{amount % 100:02}"


def _post_rows(plan: Plan, year: int) -> Iterable[dict[str, Any]]:
    for township, agency, filling in fillings(plan, year):
        for one in filling.posts:
            yield {
                "township": township,
                "agency": agency,
                "post": one.post.post,
                "category": one.post.category,
                "number": one.post.number,
                "own": one.own,
                "others": dict(one.others),
                "shortfall": one.shortfall,
            }


VIEWS: Mapping[str, Callable[[Problem], View]] = {
    "demand": _demand,
    "classes": _classes,
    "matters": _matters,
    "posts": _posts,
}
"""The views that an option of that name asks for."""
