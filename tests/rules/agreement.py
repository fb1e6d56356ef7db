"""Whether two faces of a rule say the same: what it forbids the solver, what it reports about a plan.

A random plan never comes near a limit, so plans are pushed to one first: the best under random weights, with
nothing but the ledgers and the rule in force. There every cell is nudged, alone and together with another,
and both faces judge the result.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from rebalance.county.county import County
from rebalance.county.holders import Retirement
from rebalance.model.linear import Linear, total
from rebalance.model.model import Model
from rebalance.model.plan import Decision, plan_of, status_quo
from rebalance.problem.problem import Problem
from rebalance.rules import Rule
from rebalance.rules.ledgers import Ledgers
from rebalance.scenario.scenario import Scenario
from rebalance.solver.cpsat import CpSat
from rebalance.solver.engine import Status
from rebalance.solver.lexicographic import model_of
from tests.counties import Dealer, Size, random_county

SIZES = (Size(2, 1, 1, 2, 2), Size(2, 2, 2, 1, 2), Size(3, 2, 1, 1, 2), Size(1, 2, 1, 2, 1), Size(1, 1, 2, 2, 2))

PAIRS = 30
"""Nudges of two cells at once, of either sort.

People and positions move in pairs; a lone nudge breaks the ledgers first.
"""

RICH = 75
"""Times in a hundred that a county has each of the things the reform adds."""

MUCH, LITTLE = (-3, -2, -1, 0, 1), (1, 2, 3)
"""Weights by which a plan is pushed to where much is decided, or little."""

ASKS_FOR_MORE = {"no_worse_on_the_way"}
"""Rules whose edge lies where little is decided."""

ASKS_FOR_CROWDS = {"sure_retirements"}
"""Rules that say more of a station than of headquarters only where more people sit in it than it has positions."""

Decided = Mapping[Decision, int]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What both faces of a rule say of one plan; and whether a limit it has was broken before.

    `alone`: the books have nothing to say against the plan, only the rule has.
    """

    decided: Decided
    forbidden: bool
    reported: bool
    inherited: bool
    alone: bool

    @property
    def agree(self) -> bool:
        """Whether they say the same."""
        return self.forbidden == self.reported


def judged(name: str, seed: int, kind: type[Rule] | None = None) -> Iterator[Verdicts]:
    """Both verdicts on plans around an edge of a random county; another `kind` may stand in for the rule."""
    dice = Random(f"edge {seed}")
    size = SIZES[seed % len(SIZES)]
    county = random_county(seed, size, reform=RICH)
    if name in ASKS_FOR_CROWDS and seed % 2:
        county = crowded(county)
    rule = Dealer(dice, size).rule(name, county)
    rules: dict[str, Rule] = {"ledgers": Ledgers(), name: kind(**vars(rule)) if kind else rule}
    model = model_of(Scenario("edge", Problem(county), rules, ()))
    for start in starts(model, dice, LITTLE if name in ASKS_FOR_MORE else MUCH):
        for decided in nudged(start, dice):
            yield verdicts(model, rules, decided)


def crowded(county: County) -> County:
    """The same with three people more in each station, and three positions more at the headquarters of its unit.

    So what is vacant at headquarters is not vacant in the whole unit. Somebody retires in both places, if there is any.
    """
    here = {(row.unit, row.category): 3 for row in county.stations}
    more = [(row, here.get((row.holder, row.category), 0)) for row in county.positions]
    positions = (replace(row, authorised=row.authorised + one, in_post=row.in_post + one) for row, one in more)
    retiring = [row for row in county.retirements if (row.holder, row.category) not in here]
    people = {(row.holder, row.category): row.in_post for row in county.positions}
    for row in county.stations:
        retiring.append(Retirement(row.unit, row.category, county.years[0], 2, row.station))
        if people[row.unit, row.category] > row.in_post:
            retiring.append(Retirement(row.unit, row.category, county.years[0], 1))
    stations = (replace(row, in_post=row.in_post + 3) for row in county.stations)
    return replace(county, positions=tuple(positions), retirements=tuple(retiring), stations=tuple(stations))


def starts(model: Model, dice: Random, weights: Sequence[int]) -> Iterator[Decided]:
    """A plan at an edge of what the rule allows; where that is nothing, an edge of the ledgers, and today."""
    if found := edge(model, dice, weights):
        yield found
        return
    ledgers = Scenario("edge", model.problem, {"ledgers": Ledgers()}, ())
    yield edge(model_of(ledgers), dice)
    yield dict.fromkeys(model.cells, 0) | dict(status_quo(model.problem).decided)


def edge(model: Model, dice: Random, weights: Sequence[int] = MUCH) -> Decided:
    """The best plan under random weights; empty where there is no plan."""
    chosen = {index: dice.choice(weights) for index in model.cells.values()}
    answer = CpSat().solve(model, total(Linear({index: weight}) for index, weight in chosen.items() if weight))
    values = answer.values or []
    return {cell: values[index] for cell, index in model.cells.items()} if values else {}


def nudged(start: Decided, dice: Random) -> Iterator[Decided]:
    """The plan itself, then with one cell one less, one more or none, alone and from that year on.

    Then with two cells changed by one, and with one taken from a cell and put into another of its kind.
    """
    yield start
    for cell, number in start.items():
        for other in sorted({number - 1, number + 1, 0} - {number}):
            yield {**start, cell: other}
            if later := list(_later(start, cell)):
                yield {**start, cell: other, **dict.fromkeys(later, other)}
    order = sorted(start, key=str)
    for _number in range(PAIRS if start else 0):
        pair = dice.sample(order, 2)
        yield {**start, **{cell: start[cell] + dice.choice((-1, 1)) for cell in pair}}
        one = dice.choice(order)
        alike = [cell for cell in order if (cell[0], cell[-1]) == (one[0], one[-1]) and cell != one]
        if start[one] and alike:
            into = dice.choice(alike)
            yield {**start, one: start[one] - 1, into: start[into] + 1}


def _later(cells: Iterable[Decision], cell: Decision) -> Iterator[Decision]:
    """The same cell in the years after."""
    name, year = list(cell)[:-1], int(cell[-1])
    return (one for one in cells if list(one)[:-1] == name and int(one[-1]) > year)


def verdicts(model: Model, rules: Mapping[str, Rule], decided: Decided) -> Verdicts:
    """What the solver and the check say of the plan with these numbers."""
    plan = plan_of(model.problem, decided)
    findings = {name: list(rule.check(plan)) for name, rule in rules.items()}
    everything = [finding for found in findings.values() for finding in found]
    reported = any(finding.broken for finding in everything)
    alone = reported and not any(finding.broken for finding in findings["ledgers"])
    inherited = any(finding.inherited for finding in everything)
    return Verdicts(decided, forbids(model, decided), reported, inherited, alone)


def forbids(model: Model, decided: Decided) -> bool:
    """Whether the solver finds nothing that goes with these numbers.

    Where everything said is about the numbers themselves there is nothing to search for.
    """
    values = [decided.get(variable.name, 0) for variable in model.variables]
    known = set(model.cells.values())
    if any(not model.variables[i].least <= values[i] <= model.variables[i].most for i in known):
        return True
    plain = [one.constraint for one in model.requirements if one.constraint.terms.keys() <= known]
    if not all(constraint.holds(values) for constraint in plain):
        return True
    return len(plain) < len(model.requirements) and searched(model, decided)


def searched(model: Model, decided: Decided) -> bool:
    """The same, asked of the solver whatever is said."""
    fixed = model.copy()
    for cell, index in model.cells.items():
        fixed.add(Linear({index: 1}).equals(decided[cell]))
    return CpSat().solve(fixed, Linear()).status is Status.INFEASIBLE
