"""The steps of matters: each may follow another, from one beginning to an end, and never in a circle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rebalance.county.known import Known
from rebalance.county.tables import Entry
from rebalance.fault import Fault
from rebalance.text import _, near_miss, quoted

Links = Mapping[str, Collection[str]]


@dataclass(slots=True)
class Way:
    """The steps of one matter, by code, in their order."""

    steps: dict[str, Entry] = field(default_factory=dict)
    complete: bool = True

    def onward(self) -> Links:
        """Every step and those that may follow it."""
        return {step: entry.values.get("next", ()) for step, entry in self.steps.items()}

    def back(self) -> Links:
        """Every step and those that lead to it; going back to itself leads nowhere."""
        back: dict[str, list[str]] = {step: [] for step in self.steps}
        for step, after in self.onward().items():
            for other in after:
                back[other] += [step] if other != step else []
        return back

    def starts(self) -> list[str]:
        """The steps no other leads to; where every step can be gone back to, the first."""
        found = [step for step, before in self.back().items() if not before]
        return found or list(self.steps)[:1]


def step_faults(entries: Sequence[Entry], known: Known) -> Iterator[Fault]:
    """Every step that leads nowhere, or in a circle without an end, or that no step leads to."""
    for matter, way in _ways(entries).items():
        if known.problem("matter", matter):  # perhaps a step of another matter
            continue
        unknown = list(_unknown(way))
        yield from unknown
        if way.complete and not unknown:  # otherwise a step may seem cut off only because a link is misspelt
            yield from _several_starts(way)
            yield from _unreachable(way)
            yield from _endless(way)


def _ways(entries: Sequence[Entry]) -> dict[str, Way]:
    ways: dict[str, Way] = defaultdict(Way)
    for entry in sorted((one for one in entries if one.key is not None), key=lambda one: one.key or ()):
        way = ways[entry.values["matter"]]
        way.steps.setdefault(entry.values["step"], entry)
        way.complete &= "next" in entry.values
    for entry in entries:
        if entry.key is None and entry.values.get("matter") in ways:
            ways[entry.values["matter"]].complete = False
    return ways


def _unknown(way: Way) -> Iterator[Fault]:
    for entry in way.steps.values():
        for other in entry.values.get("next", ()):
            if other not in way.steps:
                message = _("no step of this matter (got {value}). Accepted: a step of {matter}, or nothing: the end.")
                text = message.format(value=quoted(other), matter=entry.values["matter"])
                yield entry.place.fault("next", text + near_miss(other, way.steps), other)


def _several_starts(way: Way) -> Iterator[Fault]:
    first, *others = way.starts()
    for step in others:
        message = _("no other step leads here (got {value}), and the matter begins with {first}. Name it under next.")
        yield way.steps[step].place.fault("step", message.format(value=quoted(step), first=quoted(first)), step)


def _unreachable(way: Way) -> Iterator[Fault]:
    found = _reach(way.starts(), way.onward())
    for step in way.steps:
        if step not in found:
            message = _("no way leads here from the start (got {value}). Name it under next of a step that is reached.")
            yield way.steps[step].place.fault("step", message.format(value=quoted(step)), step)


def _endless(way: Way) -> Iterator[Fault]:
    """One fault for every circle that cannot be left, at its first step."""
    onward, back = way.onward(), way.back()
    ends = [step for step, after in onward.items() if not after]
    settled = _reach(ends, back)
    for step in way.steps:
        if step in settled:
            continue
        circle = _circle(step, onward)
        settled |= _reach(circle, back, settled)
        first = min(circle)
        message = _("a loop without an end: {steps}. Let one of these steps lead out of it, or to nothing.")
        text = message.format(steps=", ".join(circle))
        yield way.steps[first].place.fault("next", text, ";".join(onward[first]))


def _circle(step: str, onward: Links) -> list[str]:
    """The circle one comes to from here by always taking the first way on."""
    path: dict[str, int] = {}
    while step not in path:
        path[step] = len(path)
        step = next(iter(onward[step]))
    return list(path)[path[step] :]


def _reach(starts: Iterable[str], links: Links, without: Collection[str] = frozenset()) -> set[str]:
    """All that can be reached, the starts included, but nothing that lies behind those named."""
    found = set(starts)
    waiting = list(found)
    while waiting:
        new = {step for step in links[waiting.pop()] if step not in found and step not in without}
        found |= new
        waiting += new
    return found
