"""What can be shown beside a scenario: demand, classes, matters and posts of its county, flowcharts, variants."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from rich.console import RenderableType

from rebalance.county.reform import Matter
from rebalance.files import file_names
from rebalance.filing import Filing
from rebalance.model.plan import Plan, status_quo
from rebalance.model.posts import fillings
from rebalance.problem.classes import score_sheet
from rebalance.problem.demand import Demands
from rebalance.problem.flow import Flow, flows
from rebalance.problem.problem import Problem
from rebalance.scenario.codec import unstructure
from rebalance.scenario.inputs import asked, inputs
from rebalance.scenario.read import parted, read_scenario, scenarios_in
from rebalance.screen import line, on_screen, parts_of
from rebalance.table import sheet
from rebalance.tables.agencies import posts
from rebalance.tables.demand import classes_report, demand_report
from rebalance.tables.flowcharts import NoLayoutError, TooLargeError, mermaid, svg
from rebalance.tables.matters import hours, matters
from rebalance.text import _, hundredths

FILING = Filing()
"""Only what is the program's own is replaced."""

__all__ = ["asked_for", "family", "read_scenario"]


def demand_data(problem: Problem) -> dict[str, Any]:
    """Every demand with its steps, and what could not be worked out."""
    demands = Demands(problem.county)
    places = [
        {
            "township": working.township,
            "agency": working.agency,
            "method": working.method.value,
            "amount": unstructure(working.amount),
            "hundredths": working.hundredths,
            "steps": unstructure(working.steps),
        }
        for working in demands.workings
    ]
    return {"places": places, "remarks": unstructure(tuple(demands.gaps()))}


def classes_data(problem: Problem) -> dict[str, Any]:
    """The score sheet, if there is one; and every township's class."""
    sheet = score_sheet(problem.county)
    found: dict[str, Any] = {"classes": {township: problem.class_of(township) for township in problem.townships}}
    if sheet is None:
        return found
    weights = {one.indicator: unstructure(one.weight) for one in sheet.weights}
    return found | {
        "weights": weights,
        "scores": unstructure(sheet.scores),
        "tied": list(sheet.tied),
        "remarks": unstructure(sheet.remarks),
    }


@dataclass(frozen=True, slots=True)
class Drawn:
    """The names of the files by matter, without ending, and the matters of which there is no picture.

    Attributes:
        names: of the files, by matter
        too_large: matters with too many steps or arrows for a picture
        no_layout: whether there is none of any, because what places steps and arrows is not installed
    """

    names: dict[str, str]
    too_large: tuple[str, ...]
    no_layout: bool = False

    def sentences(self, folder: Path) -> Iterator[str]:
        """What became of it."""
        text = _("Flowcharts written to {folder}: {count}.")
        yield text.format(folder=folder, count=len(self.names))
        for matter in self.too_large:
            message = _("{matter}: too many steps or arrows for a picture. Its Mermaid text is there.")
            yield message.format(matter=matter)
        if self.no_layout:
            yield _("As Mermaid text only. For pictures, install the extra `drawings`: rebalance[drawings].")


def draw(problem: Problem, folder: Path, filing: Filing) -> Drawn:
    """Write a text and a picture for each matter that has steps.

    Raises:
        NotWritableError: nothing can be written there, or what is there is not written over.
    """
    found = flows(problem.county)
    names = dict(file_names(found))
    files: dict[str, bytes] = {}
    too_large, no_layout = [], False
    for matter, name in names.items():
        unit = problem.name(found[matter].matter.unit)
        files[f"{name}.mmd"] = mermaid(found[matter], unit).encode()
        try:
            files[f"{name}.svg"] = svg(found[matter], unit).encode()
        except TooLargeError:
            too_large.append(matter)
        except NoLayoutError:
            no_layout = True
    filing.fill(folder, files)
    return Drawn(names, tuple(too_large), no_layout)


@dataclass(frozen=True, slots=True)
class View:
    """One of the things that can be told, in both forms."""

    name: str
    tables: Callable[[], Iterable[RenderableType]]
    data: Callable[[], Any]


def asked_for(problem: Problem, names: Collection[str], flowcharts: Path | None, filing: Filing = FILING) -> list[View]:
    """The views that the options name, in the order of the options."""
    views = [view(problem) for name, view in VIEWS.items() if name in names]
    return views + ([_flowcharts(problem, flowcharts, filing)] if flowcharts else [])


def family(file: Path) -> list[View]:
    """What differs between the variants of a file, if it has any."""
    files = scenarios_in(file)
    if len(files) == 1:
        return []
    found = {parted(one)[1]: read_scenario(one) for one in files}
    title, columns = _("Variants: {file}#…").format(file=file.as_posix()), ("…", _("name"), _("why"))
    sheets = [
        sheet(title, columns, [(name, str(one), one.reason) for name, one in found.items()], figures=3),
        asked(tuple(found), inputs(list(found.values())), everything=False),
    ]
    plain = {name: {"name": one.name, "why": one.why} for name, one in found.items()}
    return [View("variants", lambda: map(on_screen, sheets), lambda: plain)]


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
        lambda: parts_of(matters(status_quo(problem))),
        lambda: [_matter_row(row, known.get(row.matter)) for row in problem.county.matters],
    )


def _posts(problem: Problem) -> View:
    """The posts, filled by the positions placed today."""
    if not problem.county.placed:
        return View("posts", lambda: [line(_("Who sits where today is not known (table placed)."))], lambda: None)
    still, year = status_quo(problem), problem.years[0]
    return View("posts", lambda: parts_of(posts(still, year)), lambda: list(_post_rows(still, year)))


def _flowcharts(problem: Problem, folder: Path, filing: Filing) -> View:
    """The flowcharts; they are drawn at once."""
    drawn = draw(problem, folder, filing)
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


def _hours(hours: Fraction) -> str:
    """Hours as a decimal; as "p/q" where hundredths do not say them exactly."""
    amount = hours * 100
    return hundredths(int(amount)) if amount.denominator == 1 else str(hours)


def _post_rows(plan: Plan, year: int) -> Iterable[dict[str, Any]]:
    for township, agency, filling in fillings(plan, year):
        for one in filling.posts:
            yield {
                "township": township,
                "agency": agency,
                "of": one.post.agency,
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
