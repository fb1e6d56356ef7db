"""`rebalance export PLAN --to FILE`: the papers on which a commission decides. No solver."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from rebalance.cli.options import county_option
from rebalance.cli.trouble import DONE, misused, told
from rebalance.cli.verb import Verb, plan_argument
from rebalance.words import _


def command() -> click.Command:
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
    return Verb("export", export, plan_argument(), to, others, county_option(), about=about, short=short)


def export(plan: Path, to: Path, others: Sequence[Path], county: Path | None) -> int:
    """Read, write, say where it is and what nobody may miss."""
    from rebalance.cli.files import writable
    from rebalance.cli.pictured import aloud
    from rebalance.papers.about import warnings
    from rebalance.papers.export import papers
    from rebalance.reading.recorded import recorded_in
    from rebalance.writing.files import write_bytes

    _look_at(to)
    recorded = recorded_in(plan, county)
    with aloud():
        for file, content in papers(recorded, [recorded_in(other, county) for other in others], to):
            write_bytes(writable(file.parent, "--to") / file.name, content)
    for warning in warnings(recorded):
        told(warning, DONE)
    return told(_("Written: {file}.").format(file=to), DONE)


def _look_at(to: Path) -> None:
    """Refuse what cannot be meant, before anything is worked out."""
    from rebalance.papers.export import KINDS

    if to.suffix and to.suffix.casefold() not in KINDS and not to.is_dir():
        message = _("--to: no paper has this ending (got {value}). Accepted: {accepted}, or a folder.")
        raise misused(message.format(value=repr(to.name), accepted=", ".join(KINDS)))
