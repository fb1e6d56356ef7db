"""`rebalance export PLAN --to FILE`: the papers on which a commission decides. No solver."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from rebalance.cli.options import county_option
from rebalance.cli.output import DONE, NO, misused, told, writable
from rebalance.cli.verb import Verb, json_option, path_argument, plan_argument
from rebalance.files import seen_from, write
from rebalance.text import _


def export_command() -> click.Command:
    """The verb."""
    about = _(
        "Write a plan as papers: a workbook (.xlsx), a request with annexes (.docx), a page for a browser (.html),"
        " or a folder of CSV tables, figures, lists of matters and flowcharts. The same plan gives the same bytes."
    )
    short = _("Write the papers for a commission.")
    to = click.Option(
        ["--to"],
        type=click.Path(path_type=Path),
        metavar="FILE",
        required=True,
        help=_("What to write: a .xlsx, .docx or .html file, or a folder."),
    )
    others = click.Option(
        ["--with", "others"],
        type=click.Path(path_type=Path),
        metavar="PLAN",
        multiple=True,
        help=_("Another plan to compare with; may be repeated."),
    )
    return Verb("export", export, plan_argument(), to, others, county_option(), about=about, short=short)


def export(plan: Path, to: Path, others: Sequence[Path], county: Path | None) -> int:
    """Read, write, say where it is and what nobody may miss."""
    from rebalance.cli.output import aloud, writable
    from rebalance.files import write_bytes
    from rebalance.papers.contents import warnings
    from rebalance.papers.folder import papers
    from rebalance.plans.recorded import recorded_in

    _look_at(to)
    recorded = recorded_in(plan, county)
    with aloud():
        for file, content in papers(recorded, [recorded_in(other, county) for other in others], to):
            write_bytes(writable(file.parent, "--to") / file.name, content)
    for warning in warnings(recorded):
        told(warning, DONE)
    return told(_("Written: {file}.").format(file=to), DONE)


def _look_at(to: Path) -> None:
    """Refuse what cannot be meant, before anything is worked out."""
    from rebalance.papers.folder import KINDS

    if to.suffix and to.suffix.casefold() not in KINDS and not to.is_dir():
        message = _("--to: no paper has this ending (got {value}). Accepted: {accepted}, or a folder.")
        raise misused(message.format(value=repr(to.name), accepted=", ".join(KINDS)))


def review_command() -> click.Command:
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
    from rebalance.cli import output as answers
    from rebalance.papers.review import plain, read_edits, report
    from rebalance.papers.review import review as judged
    from rebalance.plans.recorded import recorded_in

    recorded = recorded_in(plan, county)
    read = read_edits(edited, recorded.audit.plan)
    found = judged(recorded, read.agreed)
    if as_json:
        answers.answer(plain(found, read))
    else:
        answers.show(report(found, read))
    if out is not None and read.agreed:
        from rebalance.papers.review import pinned_scenario, scenario_toml

        package = county or plan.parent / recorded.outcome.scenario.county_path
        path = seen_from(writable(out.parent), package)
        write(out, scenario_toml(replace(pinned_scenario(found), county_path=path)))
        told(_("The scenario with these numbers fixed is in {file}.").format(file=out), DONE)
    return NO if found.broken else DONE
