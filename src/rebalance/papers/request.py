"""The words of the request (请示): why, what, for what reasons, who must approve, how sure it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from rebalance.papers.about import overview, warnings
from rebalance.papers.named import approval_name
from rebalance.papers.proof import above_the_county, levels
from rebalance.papers.reasons import township_reasons, unit_reasons
from rebalance.record.outcome import Recorded
from rebalance.words import _, language
from rebalance.writing.summary import state

CHINESE = "一二三四五六七八九十"


class Part(Enum):
    """What a paragraph is."""

    HEADING = auto()
    SUBHEADING = auto()
    TEXT = auto()
    WARNING = auto()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the request."""

    part: Part
    text: str


def title(recorded: Recorded) -> str:
    """What the paper asks for."""
    text = _("Request for approval of the plan to adjust authorised positions in {county}")
    return text.format(county=recorded.audit.plan.problem.county)


def request(recorded: Recorded, others: Sequence[Recorded] = ()) -> Iterator[Paragraph]:
    """The body, from the reason to the closing formula."""
    for number, (heading, paragraphs) in enumerate(_parts(recorded, others), 1):
        yield Paragraph(Part.HEADING, f"{numeral(number)}{heading}")
        yield from paragraphs
    yield Paragraph(Part.TEXT, _("Please say whether this is in order."))


def numeral(number: int) -> str:
    """The number of a heading, as each language writes it."""
    return f"{CHINESE[number - 1]}、" if language() == "zh" else f"{number}. "


def subnumeral(number: int) -> str:
    """The number of a heading below another."""
    return f"（{CHINESE[number - 1]}）" if language() == "zh" else f"({number}) "


def _parts(recorded: Recorded, others: Sequence[Recorded]) -> Iterator[tuple[str, list[Paragraph]]]:
    checks = recorded.audit
    yield _("Why"), [*_why(recorded)]
    yield _("What is proposed"), [*map(_text, _proposed(recorded))]
    reasons = [
        Paragraph(Part.SUBHEADING, subnumeral(1) + _("Units that give")),
        *map(_text, unit_reasons(checks)),
        Paragraph(Part.SUBHEADING, subnumeral(2) + _("Townships that receive")),
        *map(_text, township_reasons(checks)),
    ]
    yield _("Reasons, unit by unit and township by township"), reasons
    yield _("Comparison"), [*map(_text, _compared(recorded, others))]
    yield _("Approvals needed"), [*map(_text, _approvals(recorded))]
    yield _("How sure this is"), [*map(_text, _certainty(recorded))]


def _text(said: str) -> Paragraph:
    return Paragraph(Part.TEXT, said)


def _why(recorded: Recorded) -> Iterator[Paragraph]:
    for warning in warnings(recorded):
        yield Paragraph(Part.WARNING, warning)
    yield _text(
        _(
            "The county's total of authorised positions is held, positions are cut above and added below, so that"
            " townships can do the work that falls to them."
        )
    )
    if why := recorded.outcome.scenario.why:
        yield _text(why)


def _proposed(recorded: Recorded) -> Iterator[str]:
    skip = {_("County"), _("Scenario"), _("Question"), _("Proof"), _("Rules")}
    for what, found in overview(recorded).rows:
        if what not in skip:
            yield _("{what}: {figure}.").format(what=what, figure=found)
    yield _("The figures of every unit, township and agency stand in the annexes.")


def _compared(recorded: Recorded, others: Sequence[Recorded]) -> Iterator[str]:
    county = recorded.audit.plan.problem.county
    if county.history:
        years = sorted({row.year for row in county.history})
        text = _("Positions of earlier years ({first} to {last}) stand in the annex on history.")
        yield text.format(first=years[0], last=years[-1])
    else:
        yield _("The county gives no figures of earlier years.")
    if others:
        names = ", ".join(one.outcome.scenario.name for one in others)
        yield _("The annex on scenarios compares the plan with: {names}.").format(names=names)
    else:
        yield _("No other scenario is compared in this paper.")


def _approvals(recorded: Recorded) -> Iterator[str]:
    plan = recorded.audit.plan
    if not plan.problem.county.routes:
        yield _("The county does not say which moves need whose approval.")
        return
    found = [approval_name(level) for level in levels(plan)]
    yield _("Moves of this plan need approval by: {levels}. The annex on approvals says which.").format(
        levels=", ".join(found) or _("nobody")
    )
    if above := above_the_county(plan):
        text = _("Moving positions of these categories may need approval above the county: {categories}.")
        yield text.format(categories=", ".join(above))


def _certainty(recorded: Recorded) -> Iterator[str]:
    yield from state(recorded.outcome)
    checks = recorded.audit
    text = _(
        "The plan was checked again without the program that found it: {places} places of {rules} rules, broken:"
        " {broken}, broken already today and not made worse: {inherited}."
    )
    places = sum(map(len, checks.findings.values()))
    figures = {"broken": len(checks.broken), "inherited": len(checks.inherited)}
    yield text.format(places=places, rules=len(checks.findings), **figures)
