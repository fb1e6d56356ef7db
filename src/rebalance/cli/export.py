"""`export` and `review`: the papers on which a commission decides, and what it changed in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from rebalance.cli.options import county_option, limit_option, quiet_option
from rebalance.cli.output import DONE, NO, aloud, answer, force_option, misused, ready, show, told, writing
from rebalance.cli.verb import Verb, json_option, path_argument, plan_argument
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
    return Verb(
        "export", export, plan_argument(), to, others, county_option(), force_option(), about=about, short=short
    )


def export(plan: Path, to: Path, others: Sequence[Path], county: Path | None, *, force: bool) -> int:
    """Read, write, say where it is and what nobody may miss."""
    from rebalance.api.papers import export_file

    try:
        with aloud(), writing("--to"):
            warnings = export_file(plan, to, others=others, county=county, force=force)
    except ValueError as problem:
        raise misused(problem, "--to") from None
    for warning in warnings:
        told(warning, DONE)
    return told(_("Written: {file}.").format(file=to), DONE)


def review_command() -> click.Command:
    """The verb."""
    about = _(
        "Read the numbers agreed in a workbook that `export` wrote: list them with all remarks, say which rules they"
        " break and what each goal loses, and write a scenario that fixes them and leaves the rest to `solve`."
        " The exit code is 1 where a rule is broken, or something was written that somebody has to read."
    )
    short = _("Read the numbers agreed in a workbook.")
    out = click.Option(
        ["--out"],
        type=click.Path(path_type=Path),
        metavar="SCENARIO",
        help=_("Scenario to write, such as scenarios/reviewed.toml."),
    )
    sheets = click.Option(
        ["--sheet", "sheets"],
        metavar="SHEET",
        multiple=True,
        help=_("Of a sheet that was copied, the one that counts; may be repeated."),
    )
    best = click.Option(
        ["--best"],
        is_flag=True,
        help=_("Solve again with these numbers fixed, and put beside it what the goals come to at best."),
    )
    params = (
        plan_argument(),
        path_argument("edited", _("The workbook as it came back.")),
        best,
        limit_option(),
        quiet_option(),
        sheets,
        out,
        county_option(),
        force_option(),
        json_option(),
    )
    return Verb("review", review, *params, about=about, short=short)


def review(
    plan: Path,
    edited: Path,
    *,
    best: bool,
    time_limit: float | None,
    quiet: bool,
    sheets: Sequence[str],
    out: Path | None,
    county: Path | None,
    force: bool,
    as_json: bool,
) -> int:
    """Read, judge, report, write."""
    from rebalance.api.review import review as reviewed
    from rebalance.filing import Filing

    ready(Filing(force, (plan, edited)), out)
    with aloud():
        found = reviewed(plan, edited, county=county, sheets=sheets, best=best, limit=time_limit, quiet=quiet)
    if as_json:
        answer(found.to_json())
    else:
        show(found.parts())
    if out is not None and found.agreed:
        with writing("--out"):
            found.save_scenario(out, force=force)
        told(_("The scenario with these numbers fixed is in {file}.").format(file=out), DONE)
    return DONE if found.clean else NO
