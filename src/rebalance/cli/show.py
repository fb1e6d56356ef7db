"""`rebalance show SCENARIO [OTHER]...`: what does this scenario ask, and of what county; how do others differ?"""

from __future__ import annotations

from pathlib import Path

import click

from rebalance.cli.options import store_option
from rebalance.cli.output import DONE, answer, filing_of, force_option, writing
from rebalance.cli.output import show as print_parts
from rebalance.cli.verb import Verb, json_option, several_argument
from rebalance.text import _


def command() -> click.Command:
    """The verb."""
    about = _(
        "Show a scenario with everything it extends: its rules, its goals in order, its changes to the"
        " county's data, and the rules that have nothing to say. Or, of its county, what an option names."
        " Of several scenarios, plans or runs: only what differs. Of a file with variants: the base, and what differs;"
        " FILE#NAME is one of them."
    )
    short = _("Show what a scenario asks.")
    words = several_argument(_("Scenario files, plans (.json), or numbers of runs; FILE#NAME is one variant."))
    options = [
        click.Option(["--resolved"], is_flag=True, help=_("Spell out every default.")),
        click.Option(["--demand"], is_flag=True, help=_("Show every step by which demand is worked out.")),
        click.Option(["--classes"], is_flag=True, help=_("Show the score sheet of the townships' classes.")),
        click.Option(["--matters"], is_flag=True, help=_("Show the matters: steps, handoffs, hours.")),
        click.Option(["--posts"], is_flag=True, help=_("Show the posts and who fills them today.")),
        click.Option(
            ["--flowcharts"],
            type=click.Path(path_type=Path),
            metavar="DIR",
            help=_("Write a flowchart for each matter with steps into this folder."),
        ),
    ]
    return Verb("show", show, words, *options, force_option(), store_option(), json_option(), about=about, short=short)


def show(
    words: tuple[str, ...],
    *,
    resolved: bool,
    flowcharts: Path | None,
    force: bool,
    store: Path,
    as_json: bool,
    **views: bool,
) -> int:
    """Print the scenario, or what differs between several, or what is asked for of its county."""
    if len(words) > 1 or Path(words[0]).is_dir():
        from rebalance.cli.compare import shown

        return shown(words, store, "json" if as_json else "table")
    from rebalance.api.views import asked_for, family, read_scenario

    file = Path(words[0])
    found, names = read_scenario(file), {name for name, on in views.items() if on}
    whole = not names and flowcharts is None
    with writing("--flowcharts"):
        wanted = family(file) if whole else asked_for(found.problem, names, flowcharts, filing_of(force, file))
    if as_json:
        said = found.resolved() | {"silent": list(found.silent()), "remarks": list(found.remarks())} if whole else {}
        answer(said | {view.name: view.data() for view in wanted})
    else:
        said_ = found.parts(resolved=resolved) if whole else ()
        print_parts((*said_, *(part for view in wanted for part in view.tables())))
    return DONE
