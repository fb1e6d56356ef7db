"""The words of the request (请示): why, what, for what reasons, who must approve, how sure it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from rebalance.papers.about import warnings
from rebalance.papers.named import approval_name
from rebalance.papers.positions import schedule
from rebalance.papers.proof import above_the_county, levels
from rebalance.papers.reasons import township_reasons, unit_reasons
from rebalance.papers.totals import Totals, Worst, totals
from rebalance.plan import Plan
from rebalance.record.outcome import Recorded
from rebalance.words import _, language
from rebalance.writing.numbers import percent
from rebalance.writing.strung import listed, run_on
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


def reasons(recorded: Recorded) -> Iterator[Paragraph]:
    """Why each unit gives what it gives and each township gets what it gets."""
    checks = recorded.audit
    yield Paragraph(Part.SUBHEADING, subnumeral(1) + _("Units that give"))
    yield from map(_text, unit_reasons(checks))
    yield Paragraph(Part.SUBHEADING, subnumeral(2) + _("Townships that receive"))
    yield from map(_text, township_reasons(checks))


def _parts(recorded: Recorded, others: Sequence[Recorded]) -> Iterator[tuple[str, list[Paragraph]]]:
    yield _("Why"), [*_why(recorded)]
    yield _("What is proposed"), [*map(_text, _proposed(recorded.audit.plan))]
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
    if why := recorded.outcome.scenario.reason:
        yield _text(why)


def _proposed(plan: Plan) -> Iterator[str]:
    found = totals(plan)
    yield _positions(plan, found)
    yield run_on(_people(found))
    yield run_on(_years(plan))
    if found.after:
        yield run_on(_work(plan, found))
    yield _(
        "The reasons for each unit and township stand in annex 1, the figures in the annexes after it. They show what"
        " changes; every unit, township, agency, post and matter stands in the workbook that belongs to this request."
    )


def _positions(plan: Plan, found: Totals) -> str:
    problem = plan.problem
    text = _(
        "From {first} to {last}, {givers} of {units} county units give {given} positions, and {receivers} of"
        " {townships} townships receive {received}; {stations} of these come with stations that already sit there."
    )
    return text.format(
        first=problem.years[0],
        last=problem.last,
        givers=found.givers,
        units=len(problem.units),
        given=found.given,
        receivers=found.receivers,
        townships=len(problem.townships),
        received=found.received,
        stations=found.stations,
    )


def _people(found: Totals) -> Iterator[str]:
    if found.reserve:
        before, after = found.reserve
        yield _("The county's reserve goes from {before} to {after}.").format(before=before, after=after)
    if found.along:
        yield _("People who go along with their position: {count}.").format(count=found.along)
    else:
        yield _("Nobody has to go along with a position: what moves is vacant, or falls vacant by retirement.")
    yield _("People hired: {count}.").format(count=found.hired)


def _years(plan: Plan) -> Iterator[str]:
    table = schedule(plan)
    for year in plan.problem.years:
        rows = [table.row(row) for row in table.rows if row[table.index("year")] == year]
        sums = {key: sum(int(str(row[key] or 0)) for row in rows) for key in ("cut", "added", "stations")}
        text = _("In {year}, units give {cut} and townships receive {added}; another {stations} go down with stations.")
        yield text.format(year=year, **sums)


def _work(plan: Plan, found: Totals) -> Iterator[str]:
    if found.today:
        text = _("The township served least has {share} of its work covered today ({township}).")
        yield _served(text, plan, found.today)
    if found.after:
        yield _served(_("At the end the lowest coverage is {share} ({township})."), plan, found.after)
    if found.together is not None:
        yield _("All townships together then have {share} of their work covered.").format(share=percent(found.together))


def _served(text: str, plan: Plan, worst: Worst) -> str:
    return text.format(share=percent(worst.share), township=plan.problem.name(worst.township))


def _compared(recorded: Recorded, others: Sequence[Recorded]) -> Iterator[str]:
    county = recorded.audit.plan.problem.county
    if county.history:
        years = sorted({row.year for row in county.history})
        text = _("Positions of earlier years ({first} to {last}) stand in the annex on comparison.")
        yield text.format(first=years[0], last=years[-1])
    else:
        yield _("The county gives no figures of earlier years.")
    if others:
        names = listed(str(one.outcome.scenario) for one in others)
        yield _("The same annex compares the plan with these scenarios: {names}.").format(names=names)
    else:
        yield _("No other scenario is compared in this paper.")


def _approvals(recorded: Recorded) -> Iterator[str]:
    plan = recorded.audit.plan
    if not plan.problem.county.routes:
        yield _("The county does not say which moves need whose approval.")
        return
    found = [approval_name(level) for level in levels(plan)]
    yield _("Moves of this plan need approval by: {levels}. The annex on approvals says which.").format(
        levels=listed(found) or _("nobody")
    )
    if above := above_the_county(plan):
        text = _("Moving positions of these categories may need approval above the county: {categories}.")
        yield text.format(categories=listed(above))


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
