"""`rebalance audit PLAN`: does the plan keep the rules, does every figure follow? No solver, but for `--again`."""

from __future__ import annotations

from pathlib import Path

import click

from rebalance.cli.options import county_option, limit_option, quiet_option, store_option
from rebalance.cli.output import DONE, NO, answer, show
from rebalance.cli.verb import Verb, json_option, plan_argument
from rebalance.text import _


def command() -> click.Command:
    """The verb."""
    about = _(
        "Audit a plan.json, ours or changed by hand, without the solver: every rule, every goal, every figure"
        " in the file, and whether the county's data has changed since; of a plan that went to the commission, also"
        " whether it and its papers are as they were signed, and the entries of its approval follow on each other."
    )
    short = _("Check a plan against every rule and figure.")
    again = click.Option(
        ["--again"],
        is_flag=True,
        help=_("Work out afresh, with the solver, what an audit takes on trust: proofs, bounds, other plans as good."),
    )
    limit = limit_option(_("With --again: seconds in all (default: no limit)."))
    params = (plan_argument(), again, limit, county_option(), store_option(), quiet_option(), json_option())
    return Verb("audit", audit, *params, about=about, short=short)


def audit(
    plan: Path,
    *,
    again: bool,
    time_limit: float | None,
    county: Path | None,
    store: Path,
    quiet: bool,
    as_json: bool,
) -> int:
    """Read, work out everything again, report."""
    from rebalance.api.plan import audit_file

    found = audit_file(plan, county=county, store=store, again=again, limit=time_limit, quiet=quiet)
    if as_json:
        answer(found.to_json())
    else:
        show(found.parts())
    return DONE if found.sound else NO
