"""`rebalance demo`: the example county from beginning to end."""

from __future__ import annotations

from pathlib import Path

import click

from rebalance.cli.output import DONE, force_option
from rebalance.cli.verb import Verb
from rebalance.text import _


def command() -> click.Command:
    """The verb."""
    about = _(
        "Solve the example county, Langxi, audit the plan with a program that does not load the solver, and write the"
        " papers."
    )
    short = _("Solve and audit the example county; write its papers.")
    out = click.Option(
        ["--out"],
        type=click.Path(path_type=Path),
        metavar="DIR",
        default=Path("out"),
        help=_("Folder for plan.json and the papers (default: out)."),
    )
    return Verb("demo", demo, out, force_option(), about=about, short=short, scenarios=False)


def demo(out: Path, *, force: bool) -> int:
    """Solve, audit in a process of its own, and write the papers."""
    from rebalance.api.example import baseline
    from rebalance.cli.solve import solve_one

    code = solve_one(baseline(), out, force=force)
    if code == DONE:
        code = audited(out / "plan.json")
    return papers(out, force=force) if code == DONE else code


def papers(folder: Path, *, force: bool = False) -> int:
    """Every paper of the plan in the folder, beside it."""
    from rebalance.api.papers import KINDS
    from rebalance.cli.export import export

    return max(export(folder / "plan.json", folder / f"plan{kind}", (), None, force=force) for kind in KINDS)


def audited(plan: Path) -> int:
    """The exit code of `rebalance audit` in a new process, which has not loaded the solver."""
    import subprocess
    import sys

    from rebalance.text import language

    sys.stdout.flush()
    command = [sys.executable, "-P", "-m", "rebalance", "--lang", language(), "audit", str(plan)]
    return subprocess.run(command, check=False).returncode  # noqa: S603  # this very program
