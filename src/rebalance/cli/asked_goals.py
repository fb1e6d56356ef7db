"""Goals and slack on the command line: `worst_off_first,per=agency`, `few_units_touched=2`, `5%`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from rebalance.cli.trouble import misused
from rebalance.goals import GOALS, Goal
from rebalance.goals.slack import Slack
from rebalance.hints import near_miss, quoted
from rebalance.record.parts import goals_from
from rebalance.scenario import Scenario, goal_name
from rebalance.words import _

DIGITS = re.compile(r"[0-9]{1,9}")
AMOUNT = re.compile(r"([0-9]{1,9})(\.[0-9]{1,9})?(%?)")


def goals_named(wanted: Sequence[str]) -> list[str | Goal]:
    """Names as they are; where options follow, the goal with these options.

    Raises:
        FaultsError: with everything wrong with goals that have options.
    """
    tables = {number: _table(one) for number, one in enumerate(wanted) if "," in one}
    made = dict(zip(tables, goals_from(list(tables.values()), "GOAL"), strict=False))
    return [made.get(number, one) for number, one in enumerate(wanted)]


def slack_given(scenario: Scenario, wanted: Sequence[str]) -> dict[Goal, Slack]:
    """The slack of each goal: what is said of it by name, or else of all.

    Raises:
        click.UsageError: something is no slack, or names no goal of the scenario.
    """
    said = dict(_slack(scenario, one) for one in wanted)
    return {goal: said.get(goal_name(goal), said.get("", Slack())) for goal in scenario.goals}


def _table(one: str) -> dict[str, object]:
    name, *options = one.split(",")
    pairs = (option.partition("=") for option in options)
    given = {key.strip(): int(value) if DIGITS.fullmatch(value) else value.strip() for key, _equals, value in pairs}
    return {"goal": name, **given}


def _slack(scenario: Scenario, text: str) -> tuple[str, Slack]:
    name, equals, amount = text.rpartition("=")
    known = [goal_name(goal) for goal in scenario.goals]
    found = AMOUNT.fullmatch(amount)
    if equals and name not in known:
        message = _("--slack: the scenario has no such goal (got {value}). Accepted: {accepted}.")
        accepted = ", ".join(dict.fromkeys(known))
        raise misused(message.format(value=quoted(name), accepted=accepted) + near_miss(name, GOALS))
    if found is None or (found[2] and not found[3]):
        message = _("--slack: not accepted (got {value}). Accepted: a whole number or a percentage, such as 2 or 5%.")
        raise misused(message.format(value=quoted(amount)))
    number = Fraction(found[1] + (found[2] or ""))
    return name, Slack(number, percent=bool(found[3]))
