"""`rebalance demo`: the example county from beginning to end."""

from __future__ import annotations

from pathlib import Path

import click

from rebalance.cli.output import DONE, NO, told
from rebalance.cli.verb import Verb
from rebalance.text import _

BASELINE = Path("scenarios", "baseline.toml")


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
    return Verb("demo", demo, out, about=about, short=short, scenarios=False)


def demo(out: Path) -> int:
    """Solve, audit in a process of its own, and write the papers."""
    scenario = find(Path(), Path(__file__).parents[3])
    if scenario is None:
        message = _(
            "demo: the example county is not here. Run it in a checkout of the project, where {file} is,"
            " or solve a scenario of your own with `rebalance solve`."
        )
        return told(message.format(file=BASELINE.as_posix()), NO)
    from rebalance.cli.solve import solve_one

    code = solve_one(scenario, out)
    if code == DONE:
        code = audited(out / "plan.json")
    return papers(out) if code == DONE else code


def find(*folders: Path) -> Path | None:
    """The example's scenario in the first of the folders that has it."""
    return next((folder / BASELINE for folder in folders if (folder / BASELINE).is_file()), None)


def papers(folder: Path) -> int:
    """Every paper of the plan in the folder, beside it."""
    from rebalance.api.papers import KINDS
    from rebalance.cli.export import export

    return max(export(folder / "plan.json", folder / f"plan{kind}", (), None) for kind in KINDS)


def audited(plan: Path) -> int:
    """The exit code of `rebalance audit` in a new process, which has not loaded the solver."""
    import subprocess
    import sys

    from rebalance.text import language

    sys.stdout.flush()
    command = [sys.executable, "-P", "-m", "rebalance", "--lang", language(), "audit", str(plan)]
    return subprocess.run(command, check=False).returncode  # noqa: S603  # this very program
