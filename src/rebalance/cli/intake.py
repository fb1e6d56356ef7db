"""`rebalance import`: an office's own ledger as a county package."""

from __future__ import annotations

from pathlib import Path

import click

from rebalance.cli.output import print_answer, writing
from rebalance.cli.verb import Verb, json_option
from rebalance.text import _


def command() -> click.Command:
    """The verb."""
    about = _(
        "Make a county package of an office's own ledger (台账), wide or long, .xlsx or CSV, or several, and of its"
        " register of people, which is reduced to numbers: nothing personal is kept. What is not known of its words is"
        " asked in a map, a small file beside the package; answer there, and import once more. The next ledger is read"
        " with the same map, and ids stay what they are."
    )
    short = _("Make a county's tables of an office's own ledger.")
    ledgers = click.Argument(
        ["ledgers"], nargs=-1, required=True, type=click.Path(path_type=Path), metavar="LEDGER...", help=_("Ledgers.")
    )
    to = click.Option(
        ["--to"],
        type=click.Path(path_type=Path),
        metavar="DIR",
        required=True,
        help=_("Folder of the package to make."),
    )
    map_ = click.Option(
        ["--map", "map_"],
        type=click.Path(path_type=Path),
        metavar="FILE",
        help=_("The map of words (default: DIR.map.toml, beside the folder)."),
    )
    years = click.Option(
        ["--years"],
        default="",
        metavar="YEARS",
        help=_("Calendar years planned, such as 2026-2028 (default: the map's)."),
    )
    accept = click.Option(["--accept"], is_flag=True, help=_("Accept everything that the map proposes (?something)."))
    params = (ledgers, to, map_, years, accept, json_option())
    return Verb("import", import_, *params, about=about, short=short, scenarios=False)


def import_(ledgers: tuple[Path, ...], to: Path, map_: Path | None, years: str, *, accept: bool, as_json: bool) -> int:
    """Read, ask or write, and say how to go on."""
    from rebalance.api.intake import import_ledger

    with writing("--to"):
        found = import_ledger(ledgers, to, map=map_, years=years, accept=accept)
    return print_answer(found, as_json=as_json)
