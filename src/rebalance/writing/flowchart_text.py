"""A flowchart as Mermaid text, which editors and web pages can draw."""

from __future__ import annotations

import json
from collections.abc import Iterator

from rebalance.county.matters import Step
from rebalance.flow import Arrow, Flow
from rebalance.writing.flowchart_words import COLOURS, Shape, actor_name, actors, caption, shape, time_taken
from rebalance.writing.terminal import clean

BRACKETS = {Shape.STEP: ('["', '"]'), Shape.DECISION: ('{{"', '"}}'), Shape.EDGE: ('(["', '"])')}


def mermaid(flow: Flow, unit: str) -> str:
    """The whole text; `unit` is the name of the unit the matter belongs to."""
    return "\n".join(_lines(flow, unit)) + "\n"


def _lines(flow: Flow, unit: str) -> Iterator[str]:
    yield from ("---", f"title: {_quoted(clean(str(flow.matter)))}", "---", f"%% {caption(flow)}", "flowchart TB")
    names = {one: f"s{number}" for number, one in enumerate(flow.step, 1)}  # no code of the county's is a name here
    for actor in actors(flow):
        yield f'    subgraph {actor}_lane["{escaped(actor_name(actor, unit))}"]'
        yield from (f"        {names[row.step]}{_box(flow, row)}" for row in flow.steps if row.by == actor)
        yield "    end"
    yield from (f"    {names[arrow[0]]} {_line(flow, arrow)} {names[arrow[1]]}" for arrow in flow.arrows)
    for actor in actors(flow):
        steps = ",".join(names[row.step] for row in flow.steps if row.by == actor)
        fill, stroke = COLOURS[actor]
        yield f"    classDef {actor}_step fill:{fill},stroke:{stroke},color:#1a202c"
        yield f"    class {steps} {actor}_step"


def _box(flow: Flow, row: Step) -> str:
    before, after = BRACKETS[shape(flow, row.step)]
    label = "<br/>".join(escaped(text) for text in (clean(row.name), time_taken(row)) if text)
    return f"{before}{label}{after}"


def _line(flow: Flow, arrow: Arrow) -> str:
    if arrow in flow.back:
        return "-.->"
    return "==>" if flow.is_handoff(arrow) else "-->"


def _quoted(text: str) -> str:
    """The text as YAML; signs that Mermaid looks for before it reads YAML as their numbers."""
    quoted = json.dumps(text, ensure_ascii=False)
    return quoted.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "%<>{}#&"})


def escaped(text: str) -> str:
    """The text with every sign that could mean something to Mermaid, Markdown or HTML written as its number."""
    return "".join(char if char.isalnum() or char == " " or not char.isascii() else f"#{ord(char)};" for char in text)
