"""What `sweep` does: cases from the command line, answers as they come, a table and a picture at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rebalance.cli import tables
from rebalance.cli.casting import Wish, points_for
from rebalance.cli.exploring import keeping, runner, watched
from rebalance.cli.kept import refused
from rebalance.cli.trouble import DONE, NO, STOPPED, told
from rebalance.exploring.sweep import Line, Point, line, sweep
from rebalance.fault import FaultsError
from rebalance.words import _
from rebalance.writing.sweep import brief, full, together, troubles

Drawing = Callable[[Sequence[Line], Path], None]
PICTURES = (".svg", ".png", ".pdf")


@dataclass(frozen=True, kw_only=True)
class Asked(Wish):
    """Which cases are asked for, and how they are solved and shown: the options, by name."""

    time_limit: float | None
    workers: int | None
    on: str
    quiet: bool
    store: Path
    fresh: bool
    as_: str
    picture: Path | None


def carry_out(words: Sequence[str], asked: Asked) -> int:
    """Everything from the words to the exit code.

    Raises:
        FaultsError: not one case can be asked.
    """
    draw = _drawing(asked.picture)
    points = points_for(words, asked, asked.store)
    faults = [fault for point in points for fault in point.faults]
    if all(point.scenario is None for point in points):
        raise FaultsError(list(dict.fromkeys(faults)))
    done, stopped = _done(points, asked)
    lines = [done[n] if n in done else line(p, None) for n, p in enumerate(points) if n in done or p.scenario is None]
    _show(lines, asked)
    if asked.picture and draw and any(one.figures for one in lines):
        draw(lines, asked.picture)
        if not asked.quiet:
            told(_("The picture is in {file}.").format(file=asked.picture), DONE)
    if stopped:
        message = _("Stopped: {done} of {count} cases are done and kept. The same command goes on from there.")
        return told(message.format(done=len(done), count=len(points)), STOPPED)
    return NO if any(one.trouble for one in lines) else DONE


def _done(points: Sequence[Point], asked: Asked) -> tuple[dict[int, Line], bool]:
    """The rows by number, and whether somebody stopped before they were complete; plans are not held on to."""
    count = sum(point.scenario is not None for point in points)
    where = runner(count, asked.workers, asked.on)
    coming = sweep(points, where, keeping(asked.store, fresh=asked.fresh), asked.time_limit)
    found: dict[int, Line] = {}
    try:
        found.update((n, line(points[n], answer)) for n, answer in watched(coming, count, quiet=asked.quiet))
    except KeyboardInterrupt:
        return found, True
    return found, False


def _show(lines: Sequence[Line], asked: Asked) -> None:
    if asked.as_ == "table":
        tables.put([brief(lines), *([together(lines)] if asked.counties else [])], asked.as_, list(troubles(lines)))
    else:
        tables.put([full(lines)], asked.as_)


def _drawing(file: Path | None) -> Drawing | None:
    """What draws the picture.

    Raises:
        click.UsageError: there can be none.
    """
    if file is None:
        return None
    if file.suffix not in PICTURES or not file.parent.is_dir():
        message = _(
            "--picture: not accepted (got {value}). Accepted: a file ending in {accepted}, in a folder there is."
        )
        raise refused(message.format(value=str(file), accepted=", ".join(PICTURES)))
    try:
        from rebalance.writing.picture import draw
    except ImportError:
        message = _("--picture: pictures need Matplotlib. Install it with: pip install 'rebalance[figures]'")
        raise refused(message) from None
    drawing: Any = draw
    found: Drawing = drawing
    return found
