"""What `range` and `price` do: ask about everything in a plan, showing how far they are."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from rebalance.cli.answers import answer, show
from rebalance.cli.questions import plain_changes, sound, verdict
from rebalance.explaining.price import Price, Pricing
from rebalance.explaining.question import asking_about
from rebalance.explaining.range import Span, accounts, spans
from rebalance.explaining.range import agencies as every_agency
from rebalance.explaining.where import Where
from rebalance.scenario import Scenario
from rebalance.solving.asking import Asking
from rebalance.writing import price as writing_price
from rebalance.writing import range as writing_range
from rebalance.writing.progress import steps
from rebalance.writing.repair import named


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
        show(writing_range.report(recorded.outcome.scenario, found))
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
        show(writing_price.report(scenario, found))
    return verdict(asking.clock, possible=True, settled=all(one.effect.settled for one in found))


def _places(asking: Asking, *, agencies: bool) -> list[Where]:
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
