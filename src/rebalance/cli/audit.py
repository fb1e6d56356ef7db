"""`rebalance audit PLAN`: does the plan keep the rules, does every figure in its file follow? No solver."""

from __future__ import annotations

from pathlib import Path

import click

from rebalance.cli.options import county_option, store_option
from rebalance.cli.output import DONE, NO, answer, show
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
    from rebalance.api.plan import audit_file

    found = audit_file(plan, county=county, store=store)
    if as_json:
        answer(found.to_json())
    else:
        show(found.parts())
    return DONE if found.sound else NO
