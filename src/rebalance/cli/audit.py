"""`rebalance audit PLAN`: does the plan keep the rules, does every figure in its file follow? No solver."""

from __future__ import annotations

from pathlib import Path

import click

from rebalance.cli.trouble import DONE, NO
from rebalance.cli.verb import Verb, json_option, path_argument
from rebalance.words import _


def command() -> click.Command:
    """The verb."""
    about = _(
        "Audit a plan.json, ours or changed by hand, without the solver: every rule, every goal, every figure"
        " in the file, and whether the county's data has changed since."
    )
    short = _("Check a plan against every rule and figure.")
    county = click.Option(
        ["--county"],
        type=click.Path(path_type=Path),
        metavar="PACKAGE",
        help=_("The county's package, if it is not where the plan says."),
    )
    return Verb("audit", audit, path_argument("plan"), county, json_option(), about=about, short=short)


def audit(plan: Path, county: Path | None, as_json: bool) -> int:
    """Read, work out everything again, report."""
    from rebalance.cli import answers
    from rebalance.cli.recorded import recorded_in
    from rebalance.county.digest import digest
    from rebalance.papers.trail import changed, read_trail
    from rebalance.papers.trail_report import signed_lines
    from rebalance.record.values import unstructure

    recorded = recorded_in(plan, county)
    trail = read_trail(plan)
    changes = list(changed(trail, plan, digest(recorded.audit.plan.problem.county)))
    if as_json:
        from rebalance.cli.plain import audited

        signed = {"state": trail.state or "draft", "steps": unstructure(trail.steps), "changed": changes}
        answers.answer(audited(recorded) | {"approval": signed})
    else:
        from rebalance.writing.audit import report

        answers.show(report(recorded))
        answers.show(signed_lines(trail, changes))
    return DONE if recorded.sound and not changes else NO
