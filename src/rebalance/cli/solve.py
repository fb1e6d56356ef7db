"""`rebalance solve SCENARIO --out DIR`: the best lawful plan, with its proof."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from rebalance.cli.numbers import whole
from rebalance.cli.options import fresh_option, limit_option, quiet_option, store_option
from rebalance.cli.verb import Verb, json_option, path_argument
from rebalance.words import _


def command() -> click.Command:
    """The verb."""
    about = _(
        "Find the best lawful plan of a scenario, prove it, and write DIR/plan.json. Of a folder of scenarios, or a"
        " file with variants, each is solved, into a folder of its own below DIR."
        " Ctrl-C stops and keeps the best plan so far. What has been solved before is taken from the store of runs."
    )
    short = _("Find the best lawful plan, and prove it.")
    out = click.Option(
        ["--out"],
        type=click.Path(path_type=Path),
        metavar="DIR",
        required=True,
        help=_("Folder for plan.json; made if need be."),
    )
    certify = click.Option(
        ["--certify"],
        is_flag=True,
        help=_("Ask a second solver whether every proof is right; its answer goes to DIR/certificate.json."),
    )
    kept = (store_option(), fresh_option())
    params = (
        path_argument("scenario", _("A scenario file, or a folder of them; FILE#NAME is one of its variants.")),
        out,
        *settings(),
        certify,
        *kept,
        json_option(),
    )
    return Verb("solve", solve, *params, about=about, short=short)


def settings() -> tuple[click.Option, ...]:
    """How to solve: named after the fields of `Settings`."""
    workers = _("Threads of the solver (default: 1).")
    seed = _("Another way to search (default: 0); the plan is the same.")
    return (
        limit_option(),
        click.Option(["--workers"], callback=whole(1, 512), metavar="N", default="1", help=workers),
        click.Option(["--seed"], callback=whole(0, 2**31 - 1), metavar="N", default="0", help=seed),
        quiet_option(),
    )


def solve(scenario: Path, out: Path, as_json: bool, **settings: Any) -> int:  # noqa: ANN401  # as above
    """Read, solve, write, report."""
    from rebalance.cli.solving import Settings, carry_out
    from rebalance.cli.solving_all import carry_out_all
    from rebalance.cli.taking import each

    how, files = Settings(**settings), each(str(scenario))
    if len(files) > 1 or scenario.is_dir():
        return carry_out_all([Path(file) for file in files], out, how, as_json=as_json)
    return carry_out(scenario, out, how, as_json=as_json)
