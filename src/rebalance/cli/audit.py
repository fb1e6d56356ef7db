"""`rebalance audit PLAN`: does the plan keep the rules, does every figure in its file follow? No solver."""

from __future__ import annotations

from pathlib import Path

import click

from rebalance.cli.options import county_option, store_option
from rebalance.cli.output import DONE, NO
from rebalance.cli.verb import Verb, json_option, plan_argument
from rebalance.text import _


def command() -> click.Command:
    """The verb."""
    about = _(
        "Audit a plan.json, ours or changed by hand, without the solver: every rule, every goal, every figure"
        " in the file, and whether the county's data has changed since; of a plan that went to the commission, also"
        " whether it and its papers are as they were signed."
    )
    short = _("Check a plan against every rule and figure.")
    params = (plan_argument(), county_option(), store_option(), json_option())
    return Verb("audit", audit, *params, about=about, short=short)


def audit(plan: Path, county: Path | None, store: Path, as_json: bool) -> int:
    """Read, work out everything again, report."""
    from rebalance.cli import output as answers
    from rebalance.cli.approve import standing
    from rebalance.county.county import digest
    from rebalance.plans.recorded import recorded_in

    recorded = recorded_in(plan, county)
    stands = standing(plan, store)
    changes = list(stands.changes(digest(recorded.audit.plan.problem.county)))
    if as_json:
        from rebalance.cli.output import approved, audited

        answers.answer(audited(recorded) | {"approval": approved(stands.trail, stands.run, changes)})
    else:
        from rebalance.tables.outcome import audit_report, signed_lines

        answers.show(audit_report(recorded))
        answers.show(signed_lines(stands.trail, stands.kept(store), changes))
    return DONE if recorded.sound and not changes else NO
