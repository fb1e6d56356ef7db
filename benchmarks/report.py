"""Tables on the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.contest import OURS, Finish, disagreements

WIDTH = 24


def heading(title: str, remark: str = "") -> None:
    """A title and what the table shows."""
    print(f"\n{title}\n{'-' * len(title)}")
    if remark:
        print(remark)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns as wide as they need to be; the first to the left, the others to the right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    for row in (head, *rows):
        cells = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        print("  ".join((row[0].ljust(widths[0]), *cells)))


def standings(finishes: Mapping[str, Finish]) -> None:
    """Seconds of every way goal by goal, and how many times ours that is; `?`: not proven within its time."""
    ours = finishes[OURS]
    head = ["seconds", *(word for way in finishes for word in ([way] if way == OURS else [way, "ratio"]))]
    names = ["until the first goal", *(goal.name for goal in ours.goals)]
    rows = [_row(name, lap, finishes) for lap, name in enumerate(names)]
    totals, proven = ["all"], ["goals proven"]
    for way, finish in finishes.items():
        totals += _cells(way, finish.total, ours.total, done=finish.done, beaten=ours.done)
        proven += [f"{finish.proven} of {len(ours.goals)}", *([] if way == OURS else [""])]
    table(head, [*rows, totals, proven])
    for line in disagreements(finishes):
        print(f"DIFFERENT VALUES: {line}")


def _row(name: str, lap: int, finishes: Mapping[str, Finish]) -> list[str]:
    row, ours = [name], finishes[OURS]
    for way, finish in finishes.items():
        goals = finish.goals[: max(lap - 1, 0)]
        reached = lap < len(finish.laps) and all(goal.proven for goal in goals)
        done = lap == 0 or (reached and finish.goals[lap - 1].proven)
        mine = ours.laps[lap] if lap < len(ours.laps) else 0.0
        beaten = lap == 0 or (lap <= len(ours.goals) and ours.goals[lap - 1].proven)
        blank = ["-"] if way == OURS else ["-", ""]
        row += _cells(way, finish.laps[lap], mine, done=done, beaten=beaten) if reached else blank
    return row


def _cells(way: str, seconds: float, ours: float, *, done: bool, beaten: bool) -> list[str]:
    """The time, and next to others' times the ratio to ours: a lower bound where only we have proven the goal."""
    time = f"{seconds:.2f}{'' if done else '?'}"
    if way == OURS:
        return [time]
    ratio = f"{seconds / ours:.1f}" if ours and beaten else ""
    return [time, f"> {ratio}" if ratio and not done else ratio]
