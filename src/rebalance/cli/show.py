"""`rebalance show SCENARIO [OTHER]...`: what does this scenario ask, and of what county; how do others differ?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click
from rich.console import RenderableType

from rebalance.analysis.inputs import asked, inputs
from rebalance.cli.options import store_option
from rebalance.cli.output import DONE, writable
from rebalance.cli.verb import Verb, json_option, several_argument
from rebalance.county.reform import Matter
from rebalance.files import file_names, write
from rebalance.model.plan import Plan, status_quo
from rebalance.model.posts import fillings
from rebalance.problem.classes import score_sheet
from rebalance.problem.demand import Demands
from rebalance.problem.flow import Flow, flows
from rebalance.problem.problem import Problem
from rebalance.scenario.codec import unstructure
from rebalance.scenario.read import parted, read_scenario, scenarios_in
from rebalance.screen import line, on_screen
from rebalance.table import sheet
from rebalance.tables.agencies import tables_of_posts
from rebalance.tables.demand import classes_report, demand_report
from rebalance.tables.flowcharts import TooLargeError, mermaid, svg
from rebalance.tables.matters import hours, tables_of_matters
from rebalance.text import _


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


OPTION = "--flowcharts"


@dataclass(frozen=True, slots=True)
class Drawn:
    """The names of the files by matter, without ending, and the matters of which there is no picture."""

    names: dict[str, str]
    too_large: tuple[str, ...]

    def sentences(self, folder: Path) -> Iterator[str]:
        """What became of it."""
        text = _("Flowcharts written to {folder}: {count}.")
        yield text.format(folder=folder, count=len(self.names))
        for matter in self.too_large:
            message = _("{matter}: too many steps or arrows for a picture. Its Mermaid text is there.")
            yield message.format(matter=matter)


def draw(problem: Problem, folder: Path) -> Drawn:
    """Write a text and a picture for each matter that has steps.

    Raises:
        click.UsageError: nothing can be written there.
    """
    found = flows(problem.county)
    names = dict(file_names(found))
    writable(folder, OPTION)
    too_large = []
    for matter, name in names.items():
        unit = problem.name(found[matter].matter.unit)
        write(folder / f"{name}.mmd", mermaid(found[matter], unit))
        try:
            write(folder / f"{name}.svg", svg(found[matter], unit))
        except TooLargeError:
            too_large.append(matter)
    return Drawn(names, tuple(too_large))


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
        sheet(title, columns, [(name, str(one), one.reason) for name, one in found.items()], figures=3),
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
    still, year = status_quo(problem), problem.years[0]
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


def command() -> click.Command:
    """The verb."""
    about = _(
        "Show a scenario with everything it extends: its rules, its goals in order, its changes to the"
        " county's data, and the rules that have nothing to say. Or, of its county, what an option names."
        " Of several scenarios, plans or runs: only what differs. Of a file with variants: the base, and what differs;"
        " FILE#NAME is one of them."
    )
    short = _("Show what a scenario asks.")
    words = several_argument(_("Scenario files, plans (.json), or numbers of runs; FILE#NAME is one variant."))
    options = [
        click.Option(["--resolved"], is_flag=True, help=_("Spell out every default.")),
        click.Option(["--demand"], is_flag=True, help=_("Show every step by which demand is worked out.")),
        click.Option(["--classes"], is_flag=True, help=_("Show the score sheet of the townships' classes.")),
        click.Option(["--matters"], is_flag=True, help=_("Show the matters: steps, handoffs, hours.")),
        click.Option(["--posts"], is_flag=True, help=_("Show the posts and who fills them today.")),
        click.Option(
            ["--flowcharts"],
            type=click.Path(path_type=Path),
            metavar="DIR",
            help=_("Write a flowchart for each matter with steps into this folder."),
        ),
    ]
    return Verb("show", show, words, *options, store_option(), json_option(), about=about, short=short)


def show(
    words: tuple[str, ...], *, resolved: bool, flowcharts: Path | None, store: Path, as_json: bool, **views: bool
) -> int:
    """Print the scenario, or what differs between several, or what is asked for of its county."""
    if len(words) > 1 or Path(words[0]).is_dir():
        from rebalance.cli.compare import shown

        return shown(words, store, "json" if as_json else "table")
    wanted = {name for name, on in views.items() if on}
    return _one(Path(words[0]), wanted, flowcharts, resolved=resolved, as_json=as_json)


def _one(file: Path, views: set[str], flowcharts: Path | None, *, resolved: bool, as_json: bool) -> int:
    from rebalance.cli import output as answers
    from rebalance.scenario.read import read_scenario

    found = read_scenario(file)
    whole = not views and flowcharts is None
    wanted = family(file) if whole else asked_for(found.problem, views, flowcharts)
    if as_json:
        from rebalance.cli.output import asked

        answers.answer((asked(found) if whole else {}) | {view.name: view.data() for view in wanted})
    else:
        from rebalance.tables.outcome import scenario_report

        answers.show((*(scenario_report(found, resolved=resolved) if whole else ()), *told(wanted)))
    return DONE
