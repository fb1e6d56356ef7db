"""A rule that one plan has to keep whatever happens: in every case, with the books of that case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar

from rebalance.model.finding import Finding, Place
from rebalance.model.linear import Constraint
from rebalance.model.linear_model import Variable
from rebalance.model.model import Model
from rebalance.model.plan import Plan, plan_of
from rebalance.problem.problem import Problem
from rebalance.rules import AboutRule, Rule, about

Terms = frozenset[tuple[int, int]]
Ends = tuple[int | None, int | None]


@dataclass(frozen=True)
class InEveryCase:
    """What a rule says, said of the same decisions in every case: as many may retire, and as much may be to do.

    Most of what a rule says is the same in most cases, and is required once.
    """

    rule: Rule
    name: str
    cases: tuple[Problem, ...]
    tables: ClassVar[tuple[str, ...]] = ()

    @property
    def source(self) -> str:
        """Where the rule comes from."""
        return self.rule.source

    @property
    def law(self) -> bool:
        """Whether the rule is law."""
        return self.rule.law

    def about(self) -> AboutRule:
        """What is said about the rule."""
        return about(self.rule, self.name)

    def post(self, model: Model) -> None:
        """Require of the decisions what the rule requires in any case."""
        said = Said()
        for case in self.cases:
            view = model.copy()
            self.rule.post(view.seen_as(case))
            said.add_to(model, view)

    def check(self, plan: Plan) -> Iterator[Finding]:
        """What the rule finds in each case, the books being kept with its figures."""
        for case in self.cases:
            yield from self.rule.check(plan_of(case, plan.decided))

    def explain(self, problem: Problem, place: Place) -> str:
        """The rule's own words."""
        return self.rule.explain(problem, place)


@dataclass(slots=True)
class Said:
    """What has been required so far: of a sum of known variables its bounds; of new variables, how they are linked."""

    bounds: dict[Terms, Ends] = field(default_factory=dict)
    links: set[tuple[object, ...]] = field(default_factory=set)

    def add_to(self, model: Model, view: Model) -> None:
        """Let the model have what a copy of it says beyond it, unless that has been said."""
        known = len(model.variables)
        new = view.requirements[len(model.requirements) :]
        blocks = _blocks([one.constraint for one in new], range(known, len(view.variables)))
        unlinked = [block.indices for block in blocks if self._unlinked(block, view.variables)]
        kept = sorted(index for indices in unlinked for index in indices)
        moved = {index: index for index in range(known)} | {old: known + n for n, old in enumerate(kept)}
        model.variables += [view.variables[index] for index in kept]
        for key, strength in view.strengths.items():
            if key not in model.strengths:
                model.strengths[key] = replace(strength, terms=_moved(strength.terms, moved))
        for one in new:
            terms = one.constraint.terms
            if terms.keys() <= moved.keys() and (max(terms, default=0) >= known or self._tighter(one.constraint)):
                model.requirements.append(replace(one, constraint=replace(one.constraint, terms=_moved(terms, moved))))

    def _unlinked(self, block: Block, variables: list[Variable]) -> bool:
        """Whether new variables are linked to the known ones as none have been before; if so it is noted."""
        names = {index: -n for n, index in enumerate(sorted(block.indices), 1)}
        links = (
            tuple(variables[index] for index in names),
            *((frozenset(_moved(one.terms, names).items()), one.at_least, one.at_most) for one in block.constraints),
        )
        if links in self.links:
            return False
        self.links.add(links)
        return True

    def _tighter(self, constraint: Constraint) -> bool:
        """Whether a constraint asks for more than has been asked of the same sum; if so it is noted."""
        terms = frozenset(constraint.terms.items())
        least, most = self.bounds.get(terms, (None, None))
        lower = max((n for n in (least, constraint.at_least) if n is not None), default=None)
        upper = min((n for n in (most, constraint.at_most) if n is not None), default=None)
        self.bounds[terms] = (lower, upper)
        return (lower, upper) != (least, most)


@dataclass(slots=True)
class Block:
    """New variables that have to do with each other, and all constraints on them."""

    indices: set[int]
    constraints: list[Constraint] = field(default_factory=list)


def _blocks(constraints: Iterable[Constraint], new: range) -> list[Block]:
    """The new variables in blocks, each with its constraints."""
    home = {index: Block({index}) for index in new}
    for constraint in constraints:
        mine = {id(home[index]): home[index] for index in constraint.terms if index in new}
        if not mine:
            continue
        first, *others = mine.values()
        first.constraints.append(constraint)
        for other in others:
            first.indices |= other.indices
            first.constraints += other.constraints
            home |= dict.fromkeys(other.indices, first)
    return list({id(block): block for block in home.values()}.values())


def _moved(terms: Mapping[int, int], moved: Mapping[int, int]) -> dict[int, int]:
    """Terms by the variables' new numbers; one that is named nowhere keeps its own."""
    return {moved.get(index, index): factor for index, factor in terms.items()}
