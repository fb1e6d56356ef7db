"""What the two forms of a flowchart have in common: names, colours and the line below."""

from __future__ import annotations

from enum import Enum, auto

from rebalance.county.matters import Actor, Step
from rebalance.flow import Flow
from rebalance.words import _
from rebalance.writing.numbers import NOTHING, hundredths

COLOURS = {
    Actor.APPLICANT: ("#fdf3df", "#a8741a"),
    Actor.TOWNSHIP: ("#e4f4e8", "#2d7a4b"),
    Actor.UNIT: ("#e4edfa", "#2b5c9e"),
}
"""Fill and outline of the steps each actor takes, in the order in which the lanes are named."""


class Shape(Enum):
    """What a box looks like."""

    EDGE = auto()
    DECISION = auto()
    STEP = auto()


def shape(flow: Flow, step: str) -> Shape:
    """Where a way begins or ends the box is round; where it parts, pointed."""
    if step in flow.first or step in flow.last:
        return Shape.EDGE
    return Shape.DECISION if step in flow.decisions else Shape.STEP


def actors(flow: Flow) -> tuple[Actor, ...]:
    """Who takes any step."""
    return tuple(actor for actor in COLOURS if any(row.by == actor for row in flow.steps))


def actor_name(actor: Actor, unit: str) -> str:
    """The heading of a lane; the county's unit has a name of its own."""
    return {Actor.APPLICANT: _("Applicant"), Actor.TOWNSHIP: _("Township"), Actor.UNIT: unit}[actor]


def time_taken(row: Step) -> str:
    """How long a step takes, where it says so."""
    return "" if row.hours is None else _("{hours} h").format(hours=hundredths(row.hours))


def handoffs(flow: Flow) -> str:
    """Fewest and most handoffs on a way from beginning to end."""
    if flow.handoffs_on_a_way is None:
        return NOTHING
    few, many = flow.handoffs_on_a_way
    return str(few) if few == many else f"{few}–{many}"


def caption(flow: Flow) -> str:
    """Steps, decisions, handoffs and hours in one line."""
    text = _("Steps: {steps} · decisions: {decisions} · handoffs from first to last step: {handoffs} · hours: {hours}")
    hours = hundredths(sum(flow.hours.values())) if flow.timed else NOTHING
    return text.format(steps=len(flow.steps), decisions=len(flow.decisions), handoffs=handoffs(flow), hours=hours)
