"""Where a figure comes from, and how sure it is: what stands at its foot."""

from __future__ import annotations

from collections.abc import Iterator

from rebalance.outcome import Outcome
from rebalance.plan import Plan
from rebalance.scenario import Scenario
from rebalance.words import _
from rebalance.writing.summary import state


def plan_of(outcome: Outcome) -> Plan:
    """The plan that is drawn.

    Raises:
        ValueError: there is none.
    """
    if outcome.plan is None:
        message = _("nothing to draw: the outcome has no plan (got {value}). Draw one that has.")
        raise ValueError(message.format(value=outcome.scenario))
    return outcome.plan


def foot(*outcomes: Outcome) -> list[str]:
    """The counties and scenarios, what is not proven of them, and that figures are made up."""
    proofs = dict.fromkeys(sentence for outcome in outcomes if not outcome.proven for sentence in state(outcome))
    scenarios = [outcome.scenario for outcome in outcomes]
    return [*dict.fromkeys(map(_where, scenarios)), *([" ".join(proofs)] if proofs else []), *_made_up(scenarios)]


def scenario_foot(scenario: Scenario, note: str = "") -> list[str]:
    """The same where there is no single outcome."""
    return [_where(scenario), *filter(None, [note]), *_made_up([scenario])]


def _where(scenario: Scenario) -> str:
    return " · ".join(dict.fromkeys((str(scenario.problem.county), str(scenario))))


def _made_up(scenarios: list[Scenario]) -> Iterator[str]:
    if any(one.problem.county.synthetic for one in scenarios):
        yield synthetic()


def synthetic() -> str:
    """The warning that figures are made up."""
    return _("Figures of this county are made up, in part or in whole.")
