"""Numbers agreed for the end of a plan, put into its years where they break least; nobody else is asked to move."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from rebalance.analysis.marginal import decode
from rebalance.county.holders import RESERVE
from rebalance.model.finding import Place
from rebalance.model.linear import Linear, total
from rebalance.model.linear_model import NamedConstraint
from rebalance.model.model import Model
from rebalance.model.plan import Decision, Plan
from rebalance.scenario.scenario import Scenario
from rebalance.solver.cpsat import CpSat
from rebalance.solver.engine import Clock
from rebalance.solver.lexicographic import model_of

Account = tuple[str, str]

FOLLOWING = frozenset({"cut", "added", "reserve", "moved_out", "moved_in", "hired", "placed", "open", "office"})
"""What follows from a number agreed: positions, people, agencies; no station or matter goes elsewhere for it."""

FLOWS = frozenset({"cut", "added", "moved_out", "moved_in", "hired"})
"""Of these it is the sum over the years that stays, of the others what stands in the end."""

SECONDS = 30.0
"""As long as it may take: all but a few numbers are known, so that it hardly ever takes one."""


def put_in(
    scenario: Scenario,
    plan: Plan,
    owned: Mapping[Account, int],
    strengths: Mapping[Account, int],
    clock: Clock | None = None,
) -> Plan | None:
    """The plan in which these numbers stand at the end, with as few rules broken as can be, and else as it was.

        minimise, in this order: the places at which rules are broken; the differences to the plan, year by year

    Only those whose numbers they are change by themselves; people and agencies concerned follow. Where that breaks a
    rule, the others may also give and receive in other years than planned, as long as they come to the same in the end:
    what one gives less in one year and another gets less in an earlier one then fits.

    Args:
        scenario: its rules count at every place, law or not.
        plan: what everybody else keeps to.
        owned: positions agreed, by holder and category.
        strengths: strengths agreed, by township and agency.
        clock: how long it may take.

    Returns:
        None where no plan has these numbers, whatever rules it breaks: a unit would have to receive positions.
    """
    clock = clock or Clock(SECONDS)
    asked, known = model_of(scenario), plan
    for categories in (frozenset[str](), frozenset(category for _holder, category in owned)):
        model = asked.relaxed(lambda one: not one.rule)
        _hold(model, plan, {key[0] for key in (*owned, *strengths)}, categories)
        for amount, now in _agreed(model, owned, strengths):
            model.define(amount.equals(now))
        broken = total(_broken(model, asked))
        differences = total(_differences(model, plan, owned))
        weight = 1 + model.bounds(differences)[1]
        hint = [known.decided.get(cell, 0) for cell in model.cells]
        answer = CpSat(clock).solve(model, broken * weight + differences, hint)
        if answer.values is None:
            return None if known is plan else known
        known = decode(model, answer.values)
        if not broken.value(answer.values):
            break
    return known


def _agreed(
    model: Model, owned: Mapping[Account, int], strengths: Mapping[Account, int]
) -> Iterator[tuple[Linear, int]]:
    last = model.problem.last
    for key, now in owned.items():
        yield model.owned(*key, last), now
    for key, now in strengths.items():
        yield model.strength(*key, last), now


def _hold(model: Model, plan: Plan, moving: set[str], categories: frozenset[str]) -> None:
    """Fix what is decided of all but those who move; what others do in these categories only in the end."""
    kept: dict[Decision, list[tuple[int, int]]] = defaultdict(list)
    for cell, index in model.cells.items():
        verb, *ids = cell
        value = plan.decided.get(cell, 0)
        if verb in FOLLOWING and (moving.intersection(ids) or (verb == "reserve" and RESERVE in moving)):
            continue
        if verb in FOLLOWING and categories.intersection(ids):
            if verb in FLOWS or ids[-1] == model.problem.last:
                kept[verb, *ids[:-1]].append((index, value))
            continue
        model.variables[index] = replace(model.variables[index], least=value, most=value)
    for same in kept.values():
        model.define(Linear({index: 1 for index, _value in same}).equals(sum(value for _index, value in same)))


def _differences(model: Model, plan: Plan, owned: Mapping[Account, int]) -> Iterator[Linear]:
    """How far what is decided is from the plan, and how far what they own who agreed, which shows how long it lasts."""
    for cell, index in model.cells.items():
        yield _apart(model, Linear({index: 1}), plan.decided.get(cell, 0))
    for key in owned:
        for year in plan.problem.years:
            yield _apart(model, model.owned(*key, year), plan.owned(*key, year))


def _broken(model: Model, asked: Model) -> Iterator[Linear]:
    """A 0/1 for each place at which a rule may be broken; where nothing is left open, nothing is asked."""
    flags: dict[tuple[str, Place], Linear] = {}
    for one in asked.requirements:
        if not one.rule:
            continue
        amount = Linear(dict(one.constraint.terms))
        least, most = model.bounds(amount)
        low, high = one.constraint.at_least, one.constraint.at_most
        if least == most or not ((low is not None and least < low) or (high is not None and most > high)):
            continue
        if (one.rule, one.place) not in flags:
            flags[one.rule, one.place] = model.variable(("broken", len(flags)), 0, 1)
        flag = flags[one.rule, one.place]
        if low is not None and least < low:
            model.requirements.append(NamedConstraint(amount + flag * (low - least) >= low, "", one.place))
        if high is not None and most > high:
            model.requirements.append(NamedConstraint(amount - flag * (most - high) <= high, "", one.place))
    yield from flags.values()


def _apart(model: Model, amount: Linear, was: int) -> Linear:
    """How far an amount lies from what it was."""
    least, most = model.bounds(amount)
    if least == most:
        return Linear()
    far = model.variable(("apart", *amount.terms), 0, max(most - was, was - least, 0))
    model.define(far >= amount - was)
    model.define(far >= -amount + was)
    return far
