"""Positions follow the work (编随事走、权责清单): what is delegated to townships, and what comes with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Annotated, ClassVar

from rebalance.county.columns import Ref, Share
from rebalance.county.reform import Matter
from rebalance.model.finding import Finding, Place, between
from rebalance.model.linear import Linear, total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem
from rebalance.rules.rule import AboutRule, Range
from rebalance.text import _


@dataclass(frozen=True)
class WorkFollowsMatters:
    """Every township takes the base set of matters by the end of year `base_by`, and `options` of the others.

    A unit that delegates gives at least a `share` of the positions whose work it delegates, in the same years, of the
    category the matter names, rounded down to whole positions. For every township, and for every unit and year:

        delegated(m) = 1 for every matter m of the base set     from year `base_by` on
        options.at_least ≤ number of other matters delegated ≤ options.at_most
        positions given by the end of the year ≥ ⌊share × positions of work delegated by then⌋

    What is delegated stays delegated. The matters stand in the table `matters` (`matters.base`: the base set). The work
    that goes down with one is `volumes.cases` times the hours a case takes the township: those of its own steps
    (`steps.by`), where steps have hours or minutes, or else those of `matters`. It is work below, and the unit needs
    that much less. Where the township only cooperates (`matters.kind` cooperation, or `matters.responsible` unit), the
    unit goes on doing what it does: its need stays, and no position has to follow.

    Attributes:
        base_by: the year by whose end every township has the base set; without it nothing has to be taken
        options: the fewest (at the end of the last year) and the most optional matters of each township
        share: the share of the delegated work for which positions must be given

    References:
        Anhui, 皖政〔2022〕112号: a base set and options (基本盘+自选), township by township (一乡一策);
        编随事走、权责清单.
    """

    base_by: Annotated[int | None, Ref("year")] = None
    options: Range = field(default_factory=Range)
    share: Share = Fraction(0)
    source: str = ""
    law: bool = False
    tables: ClassVar[tuple[str, ...]] = ("matters",)

    @staticmethod
    def about() -> AboutRule:
        """The title, and how telling its limits are."""
        return AboutRule(_("Positions follow matters"), telling=6)

    def post(self, model: Model) -> None:
        """The base set; the number of options; the positions."""
        problem = model.problem
        for township in problem.townships:
            for matter in (row for row in problem.delegation.matter.values() if row.base and self.base_by):
                for year in (year for year in problem.years if year >= (self.base_by or year)):
                    taken = model.delegated(matter.matter, township, year)
                    model.add(taken >= 1, Place(township, year=year, aspect="base", item=matter.matter))
            chosen = [row.matter for row in problem.delegation.matter.values() if not row.base]
            for year in problem.years:
                number = total(model.delegated(matter, township, year) for matter in chosen)
                if self.options.at_most is not None:
                    model.add(number <= self.options.at_most, Place(township, year=year, aspect="options"))
                if self.options.at_least is not None and year == problem.last:
                    model.add(number >= self.options.at_least, Place(township, year=year, aspect="options"))
        self._post_positions(model)

    def _post_positions(self, model: Model) -> None:
        """In whole multiples of the smallest part of a hundredth of a position that the share can mean."""
        problem = model.problem
        p, q = self.share.as_integer_ratio()
        for (unit, category), works in _giving(problem).items() if p else ():
            categories = (category,) if category else problem.held.get(unit, ())
            given = Linear()
            for year in problem.years:
                given += total(model.cut(unit, one, year) for one in categories)
                work = total(model.delegated(*key, year) * amount for key, amount in works)
                place = Place(unit, "", category, year, "positions")
                model.add(100 * q * given >= p * work - (100 * q - 1), place)

    def check(self, plan: Plan) -> Iterator[Finding]:
        """Every township's base set and options, every giving unit's positions."""
        problem = plan.problem
        options = [row.matter for row in problem.county.matters if row.unit and not row.base]
        for year in problem.years:
            due = self.base_by is not None and year >= self.base_by
            for township in problem.townships:
                for row in problem.county.matters if due else ():
                    if row.unit and row.base:
                        place = Place(township, year=year, aspect="base", item=row.matter)
                        yield Finding(place, plan.delegated(row.matter, township, year), 1, 1)
                number = sum(plan.delegated(matter, township, year) for matter in options)
                least = self.options.at_least if year == problem.last else None
                yield Finding(Place(township, year=year, aspect="options"), number, least, self.options.at_most)
            yield from self._check_positions(plan, year) if self.share else ()

    def _check_positions(self, plan: Plan, year: int) -> Iterator[Finding]:
        problem = plan.problem
        rows = [row for row in problem.county.matters if row.leaves]
        works = {row.matter: sum(self._work(plan, row, t, year) for t in problem.townships) for row in rows}
        for unit, category in dict.fromkeys((row.unit, c) for row in rows for c in (row.category, "")):
            categories = problem.categories if not category else (category,)
            given = sum(plan.cut(unit, c, past) for c in categories for past in problem.years if past <= year)
            follow = (row for row in rows if row.unit == unit and category in {row.category, ""})
            hundredths = sum(works[row.matter] for row in follow)
            least = int(self.share * hundredths / 100)
            yield Finding(Place(unit, "", category, year, "positions"), given, at_least=least)

    @staticmethod
    def _work(plan: Plan, row: Matter, township: str, year: int) -> int:
        """Hundredths of positions of the matter's work that the township has taken over by the end of the year."""
        taken = plan.delegated(row.matter, township, year)
        return plan.problem.delegation.moved.get((row.matter, township), 0) if taken else 0

    def explain(self, problem: Problem, place: Place) -> str:
        """What is taken on, or given."""
        words = {"year": place.year, "holder": problem.name(place.holder), "matter": problem.name(place.item)}
        if place.aspect == "base":
            return _("{holder} has taken on “{matter}”, which is part of the base set, by the end of {year}.").format(
                **words
            )
        if place.aspect == "options":
            limits = between(self.options.at_least, self.options.at_most)
            return _("{holder} takes on {limits} matters of its own choice.").format(
                holder=words["holder"], limits=limits
            )
        share = f"{float(self.share * 100):g}"
        return _("{holder} gives at least {share} % of the positions whose work it has delegated by {year}.").format(
            holder=words["holder"], share=share, year=place.year
        )


def _giving(problem: Problem) -> dict[tuple[str, str], list[tuple[tuple[str, str], int]]]:
    """The work a unit delegates: by the category that follows it, and in all."""
    found: dict[tuple[str, str], list[tuple[tuple[str, str], int]]] = {}
    for key, work in problem.delegation.leaving.items():
        row = problem.delegation.matter[key[0]]
        for category in dict.fromkeys((row.category, "")):
            found.setdefault((row.unit, category), []).append((key, work))
    return found
