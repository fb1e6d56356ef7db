"""`rebalance why PLAN WHERE`: why does this place have what it has, and what would another number cost?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from rebalance.analysis.effect import Change, Effect, Shift
from rebalance.analysis.place import UnknownPlaceError, Where, place
from rebalance.analysis.price import Price, Pricing
from rebalance.analysis.range import Span, accounts, spans
from rebalance.analysis.range import agencies as every_agency
from rebalance.analysis.what_if import WhatIf, asking_about
from rebalance.analysis.why import Found, Story, demanded, story
from rebalance.api.progress import steps
from rebalance.cli.options import county_option, limit_option, number, quiet_option
from rebalance.cli.output import DONE, NO, NO_TIME, STOPPED, answer, misused, show
from rebalance.cli.verb import Verb, json_option, plan_argument
from rebalance.plans.audit import Audit
from rebalance.plans.file import Recorded, plain_members, recorded_in, written_value
from rebalance.rules.rule import Range
from rebalance.scenario.scenario import Scenario, goal_name
from rebalance.solver.engine import Clock
from rebalance.tables import answers as writing
from rebalance.tables import answers as writing_price
from rebalance.tables import answers as writing_range
from rebalance.tables.answers import named
from rebalance.text import _


def sound(plan: Path, county: Path | None) -> Recorded:
    """The plan a question is about: one that passes the audit, or nothing said about it would mean anything.

    Raises:
        click.ClickException: it does not pass.
    """
    recorded = recorded_in(plan, county)
    if not recorded.sound:
        message = _("{file}: the plan does not pass the audit. `rebalance audit {file}` says why; mend that first.")
        raise click.ClickException(message.format(file=plan))
    return recorded


def verdict(clock: Clock, possible: bool | None, *, settled: bool = True) -> int:
    """The exit code of an answer."""
    if clock.interrupted:
        return STOPPED
    if possible is None or not (settled or possible is False):
        return NO_TIME
    return DONE if possible else NO


def plain_effect(scenario: Scenario, found: Effect) -> dict[str, Any]:
    """An effect as plain data."""
    return {
        "possible": found.possible,
        "settled": found.settled,
        "goals": plain_changes(found.changes),
        "positions": [plain_shift(one) for one in found.owned],
        "strengths": [plain_shift(one) for one in found.strengths],
        "against": plain_members(scenario, found.clash.members) if found.clash else [],
        "law": plain_members(scenario, found.clash.law) if found.clash else [],
    }


def plain_changes(found: Sequence[Change]) -> list[dict[str, Any]]:
    """Goals that change."""
    return [
        {
            "rank": one.rank,
            "goal": goal_name(one.goal),
            "better": one.better,
            "before": written_value(one.before),
            "after": written_value(one.after),
        }
        for one in found
    ]


def plain_shift(one: Shift) -> dict[str, Any]:
    """A place with what it has before and after."""
    return asdict(one.where) | {"before": one.before, "after": one.after}


def story_of(recorded: Recorded, where: str) -> Story:
    """The story of the place that a text names.

    Raises:
        click.UsageError: nothing, or more than one thing, has this name.
    """
    try:
        return story(recorded.audit, place(recorded.audit.plan.problem, where))
    except UnknownPlaceError as error:
        raise misused(f"WHERE: {error}") from None


def told(recorded: Recorded, found: Story, *, as_json: bool) -> int:
    """The story."""
    audit = recorded.audit
    if as_json:
        answer(_plain(audit, found))
    else:
        show(writing.told(audit.scenario, audit.plan, found))
    return DONE


def answered(
    recorded: Recorded, found: Story, numbers: tuple[int | None, int | None], limit: float | None, *, as_json: bool
) -> int:
    """What another number would lead to."""
    audit, wanted = recorded.audit, Range(*numbers)
    with asking_about(recorded.outcome, audit.plan, limit) as asking:
        effect = demanded(asking, found.where, wanted)
    if as_json:
        answer(_plain(audit, found) | asdict(wanted) | plain_effect(audit.scenario, effect))
    else:
        show(writing.answered(audit.scenario, found, wanted, effect))
    return verdict(asking.clock, effect.possible, settled=effect.settled)


def _plain(audit: Audit, found: Story) -> dict[str, Any]:
    return {
        "where": asdict(found.where),
        "today": found.today,
        "now": found.now,
        "parts": [plain_shift(one) for one in found.parts],
        "here": _reasons(audit, found.here),
        "everywhere": _reasons(audit, found.everywhere),
    }


def _reasons(audit: Audit, those: Iterable[Found]) -> list[dict[str, Any]]:
    rules, problem = audit.scenario.rules, audit.plan.problem
    return [{"rule": rule} | asdict(one) | {"says": rules[rule].explain(problem, one.place)} for rule, one in those]


def why_command() -> click.Command:
    """The verb."""
    about = _(
        "Say why a place has what it has: WHERE is the id or name of a township, a unit or anything else that is"
        " decided on, or township/agency. With a number, the goals are solved again in order, and it is said what"
        " that would cost and whom, or which rules forbid it."
    )
    short = _("Say why a place has what it has, and what more would cost.")
    at_least = number("--at-least", _("Ask for at least so many."))
    at_most = number("--at-most", _("Ask for at most so many."))
    where = click.Argument(["where"], help=_("Id or name of a place, or township/agency."))
    options = (at_least, at_most, county_option(), limit_option(), json_option())
    return Verb("why", why, plan_argument(), where, *options, about=about, short=short)


def why(plan: Path, where: str, county: Path | None, as_json: bool, **wanted: Any) -> int:  # noqa: ANN401
    """Read, ask, tell."""
    numbers = (wanted["at_least"], wanted["at_most"])
    if None not in numbers:
        raise misused(_("--at-least and --at-most: give one of the two."))

    recorded = sound(plan, county)
    story = story_of(recorded, where)
    if numbers == (None, None):
        return told(recorded, story, as_json=as_json)
    return answered(recorded, story, numbers, wanted["time_limit"], as_json=as_json)


def carry_out_range(
    plan: Path, county: Path | None, *, agencies: bool, time_limit: float | None, quiet: bool, as_json: bool
) -> int:
    """Everything from the plan's file to the exit code."""
    recorded = sound(plan, county)
    with asking_about(recorded.outcome, recorded.audit.plan, time_limit) as asking, steps(quiet=quiet) as told:
        found = spans(asking, _places(asking, agencies=agencies), told)
    if as_json:
        answer({"numbers": [_span(one) for one in found]})
    else:
        show(writing_range.range_report(recorded.outcome.scenario, found))
    return verdict(asking.clock, possible=True, settled=all(one.proven for one in found))


def carry_out_price(plan: Path, county: Path | None, *, time_limit: float | None, quiet: bool, as_json: bool) -> int:
    """Everything from the plan's file to the exit code."""
    recorded = sound(plan, county)
    scenario = recorded.outcome.scenario
    with asking_about(recorded.outcome, recorded.audit.plan, time_limit) as asking, steps(quiet=quiet) as told:
        found = Pricing(asking, recorded.audit, told).prices()
    if as_json:
        answer({"prices": [_price(scenario, one) for one in found]})
    else:
        show(writing_price.price_report(scenario, found))
    return verdict(asking.clock, possible=True, settled=all(one.effect.settled for one in found))


def _places(asking: WhatIf, *, agencies: bool) -> list[Where]:
    problem = asking.plan.problem
    return [*accounts(problem), *(every_agency(problem) if agencies else ())]


def _span(one: Span) -> dict[str, Any]:
    return asdict(one.where) | {"now": one.now, "forced": one.forced} | asdict(one.ends)


def _price(scenario: Scenario, one: Price) -> dict[str, Any]:
    of = one.of if isinstance(one.of, str) else named(scenario.problem, one.of)
    kind = "position" if isinstance(one.of, str) else "limit"
    return {"kind": kind, "of": of, "places": len(one.places)} | {
        "settled": one.effect.settled,
        "goals": plain_changes(one.effect.changes),
    }


def range_command() -> click.Command:
    """The verb."""
    about = _(
        "For what every holder owns at the end, say the least and the most it could be without any goal getting"
        " worse: which numbers are forced, and which are free to negotiate."
    )
    short = _("Say which numbers are forced and which can move.")
    agencies = click.Option(["--agencies"], is_flag=True, help=_("Ask about the strength of every agency too."))
    options = (agencies, county_option(), limit_option(), quiet_option(), json_option())
    return Verb("range", range_, plan_argument(), *options, about=about, short=short)


def range_(plan: Path, county: Path | None, as_json: bool, **wanted: Any) -> int:  # noqa: ANN401
    """Read, ask, tell."""
    return carry_out_range(plan, county, as_json=as_json, **wanted)


def price_command() -> click.Command:
    """The verb."""
    about = _(
        "Say what one position more of every category is worth, and one step of every limit that leaves no room:"
        " what each goal gains, the goals solved again in order, the largest effect first."
    )
    short = _("Say what one more of everything is worth.")
    options = (county_option(), limit_option(), quiet_option(), json_option())
    return Verb("price", price, plan_argument(), *options, about=about, short=short)


def price(plan: Path, county: Path | None, as_json: bool, **wanted: Any) -> int:  # noqa: ANN401
    """Read, ask, tell."""
    return carry_out_price(plan, county, as_json=as_json, **wanted)
