"""What `sweep` does: cases from the command line, answers as they come, a table and a picture at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rebalance.cli import tables
from rebalance.cli.casting import Wish, points_for
from rebalance.cli.exploring import Running
from rebalance.cli.pictured import aloud
from rebalance.cli.trouble import DONE, NO, STOPPED, told
from rebalance.exploring.sweep import Line, Point, line, sweep
from rebalance.fault import FaultsError
from rebalance.words import _
from rebalance.writing.files import write_bytes
from rebalance.writing.sweep import brief, full, together, troubles


@dataclass(frozen=True, kw_only=True)
class Asked(Wish, Running):
    """Which cases are asked for, and how they are solved and shown: the options, by name."""

    picture: Path | None


def carry_out(words: Sequence[str], asked: Asked) -> int:
    """Everything from the words to the exit code.

    Raises:
        FaultsError: not one case can be asked.
    """
    points = points_for(words, asked, asked.store)
    faults = [fault for point in points for fault in point.faults]
    if all(point.scenario is None for point in points):
        raise FaultsError(list(dict.fromkeys(faults)))
    done, stopped = _done(points, asked)
    lines = [done[n] if n in done else line(p, None) for n, p in enumerate(points) if n in done or p.scenario is None]
    _show(lines, asked)
    if asked.picture is not None and any(one.figures for one in lines):
        _draw(lines, asked.picture)
        if not asked.quiet:
            told(_("The picture is in {file}.").format(file=asked.picture), DONE)
    if stopped:
        message = _("Stopped: {done} of {count} cases are done and kept. The same command goes on from there.")
        return told(message.format(done=len(done), count=len(points)), STOPPED)
    return NO if any(one.trouble for one in lines) else DONE


def _done(points: Sequence[Point], asked: Asked) -> tuple[dict[int, Line], bool]:
    """The rows by number, and whether somebody stopped before they were complete; plans are not held on to."""
    count = sum(point.scenario is not None for point in points)
    coming = asked.answers(count, lambda runner, keeping: sweep(points, runner, keeping, asked.time_limit))
    found: dict[int, Line] = {}
    try:
        found.update((n, line(points[n], answer)) for n, answer in coming)
    except KeyboardInterrupt:
        return found, True
    return found, False


def _show(lines: Sequence[Line], asked: Asked) -> None:
    if asked.as_ == "table":
        tables.put([brief(lines), *([together(lines)] if asked.counties else [])], asked.as_, list(troubles(lines)))
    else:
        tables.put([full(lines)], asked.as_)


def _draw(lines: Sequence[Line], file: Path) -> None:
    from rebalance.figures import swept

    with aloud():
        content = swept(lines).content(file.suffix)
    write_bytes(file, content)
