"""`rebalance review PLAN EDITED`: what an approver changed in the workbook, and how to go on. No solver."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from rebalance.cli.files import writable
from rebalance.cli.options import county_option
from rebalance.cli.trouble import DONE, NO, told
from rebalance.cli.verb import Verb, json_option, path_argument, plan_argument
from rebalance.words import _
from rebalance.writing.files import seen_from, write


def command() -> click.Command:
    """The verb."""
    about = _(
        "Read the numbers agreed in a workbook that `export` wrote: list them, say which rules they break and what"
        " each goal loses, and write a scenario that fixes them and leaves the rest to `solve`."
    )
    short = _("Read the numbers agreed in a workbook.")
    out = click.Option(
        ["--out"],
        type=click.Path(path_type=Path),
        metavar="SCENARIO",
        help=_("Scenario to write, such as scenarios/reviewed.toml."),
    )
    params = (
        plan_argument(),
        path_argument("edited", _("The workbook as it came back.")),
        out,
        county_option(),
        json_option(),
    )
    return Verb("review", review, *params, about=about, short=short)


def review(plan: Path, edited: Path, out: Path | None, county: Path | None, as_json: bool) -> int:
    """Read, judge, report, write."""
    from rebalance.cli import answers
    from rebalance.papers.edits import read_edits
    from rebalance.papers.review import review as judged
    from rebalance.papers.review_report import plain, report
    from rebalance.reading.recorded import recorded_in

    recorded = recorded_in(plan, county)
    read = read_edits(edited, recorded.audit.plan)
    found = judged(recorded, read.agreed)
    if as_json:
        answers.answer(plain(found, read))
    else:
        answers.show(report(found, read))
    if out is not None and read.agreed:
        from rebalance.papers.review import pinned_scenario
        from rebalance.papers.toml_text import scenario_toml

        package = county or plan.parent / recorded.outcome.scenario.county_path
        path = seen_from(writable(out.parent), package)
        write(out, scenario_toml(replace(pinned_scenario(found), county_path=path)))
        told(_("The scenario with these numbers fixed is in {file}.").format(file=out), DONE)
    return NO if found.broken else DONE
