"""A sweep as a table: one row a case, and what they come to together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from rebalance.exploring.measures import Value, measures
from rebalance.exploring.sweep import Line
from rebalance.goals import Goal
from rebalance.words import _
from rebalance.writing.compare import figure
from rebalance.writing.parameters import label
from rebalance.writing.runs import result
from rebalance.writing.sheets import Figure, Item, Sheet

BAR = 10
"""How many characters stand for all of it."""


def brief(lines: Sequence[Line]) -> Sheet:
    """For the screen: what was set, how it ended, the figures that matter most; the last one drawn as well."""
    wanted = [number for number, measure in enumerate(measures()) if measure.brief]
    names = [measures()[number].name for number in wanted]
    paths = _paths(lines)
    several = not paths or any(line.base for line in lines)
    head = (*([_("case")] if several else []), *(_short(path, paths) for path in paths))
    rows = [
        (
            *([line.base or line.name] if several else []),
            *_set(line, paths),
            _result(line),
            *_some(line.figures, wanted),
            line.run,
            _drawn(line),
        )
        for line in lines
    ]
    columns = (*head, _("result"), *names, _("run"), "")
    return Sheet(_("Cases"), columns, rows, figures=len(head) + 1)


def full(lines: Sequence[Line]) -> Sheet:
    """For programs: everything known of every case."""
    paths, goals = _paths(lines), _goals(lines)
    head = (_("case"), *paths, _("county"), _("result"), _("trouble"))
    names = (*(" ".join(label(goal).split()) for goal in goals), *(measure.name for measure in measures()))
    rows = [
        (
            line.name,
            *_set(line, paths),
            line.county,
            _result(line),
            line.trouble,
            *_reached(line, goals),
            *(map(figure, line.figures) if line.figures else [None] * len(measures())),
            line.run,
            Figure(f"{line.seconds:.3f}", f"{line.seconds:.1f}"),
        )
        for line in lines
    ]
    return Sheet(_("Cases"), (*head, *names, _("run"), _("seconds")), rows, figures=len(head))


def together(lines: Sequence[Line]) -> Sheet:
    """What all cases with a plan come to together: sums, and the lowest share of any."""
    planned = [line for line in lines if line.figures]
    rows: list[tuple[Item, ...]] = [(_("cases"), len(lines)), (_("cases with a plan"), len(planned))]
    for number, measure in enumerate(measures()):
        if measure.over and planned:
            rows.append((measure.name, figure(measure.over([line.figures[number] for line in planned]))))
    return Sheet(_("Together"), (_("figure"), _("all")), rows)


def troubles(lines: Sequence[Line]) -> Iterator[str]:
    """The cases that could not be solved, and why."""
    yield from (f"{line.name}: {line.trouble}" for line in lines if line.trouble)


def _paths(lines: Sequence[Line]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(path for line in lines for path in line.settings))


def _short(path: str, paths: Sequence[str]) -> str:
    """The end of a path, as long as it takes to tell it from the others."""
    steps = path.split(".")
    ends = (".".join(steps[-count:]) for count in range(1, len(steps)))
    return next((end for end in ends if sum(one.endswith(end) for one in paths) == 1), path)


def _set(line: Line, paths: Sequence[str]) -> tuple[Item, ...]:
    return tuple(_plain(line.settings.get(path)) for path in paths)


def _plain(value: object) -> Item:
    return value if value is None or (isinstance(value, int) and not isinstance(value, bool)) else str(value)


def _result(line: Line) -> Figure:
    return Figure("failed", _("failed")) if line.trouble else result(line.ending, proven=line.proven)


def _some(figures: Sequence[Value], wanted: Sequence[int]) -> Iterator[Item]:
    return (figure(figures[number]) if figures else None for number in wanted)


def _drawn(line: Line) -> str:
    """The last figure, the lowest coverage, as a bar."""
    share = line.figures[-1] if line.figures else None
    full_ = int(min(share, Fraction(1)) * BAR) if isinstance(share, Fraction) else 0
    return "█" * full_ + "·" * (BAR - full_) if share is not None else ""


def _goals(lines: Sequence[Line]) -> list[Goal]:
    found: list[Goal] = []
    for line in lines:
        found += [goal for goal, _value in line.goals if goal not in found]
    return found


def _reached(line: Line, goals: Sequence[Goal]) -> Iterator[Item]:
    reached = list(line.goals)
    for goal in goals:
        found = next((value for one, value in reached if one == goal), None)
        yield None if found is None else figure(found, goal)
