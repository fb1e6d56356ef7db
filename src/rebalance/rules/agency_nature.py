"""Office or institution (既可为内设机构,也可为事业单位): what an agency is settles what it may hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from rebalance.county.agencies import Nature
from rebalance.county.columns import Ref
from rebalance.model.finding import Finding, Place
from rebalance.model.linear import total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem
from rebalance.rules.rule import AboutRule
from rebalance.text import _

Categories = tuple[Annotated[str, Ref("category")], ...]


@dataclass(frozen=True)
class AgencyNature:
    """An office holds only the categories in `office`, an institution only those in `institution`.

    For every township and agency, and every category c that does not belong there:

        placed(c) ≤ placed(c) today
        an agency that may be either is one of the two in each township, the same every year

    What an agency is stands in `agencies.nature`; the categories named in `agencies.categories` bind besides.
    Positions placed otherwise today may stay, not grow.

    Attributes:
        office: categories that an internal office may hold; none named: any
        institution: categories that a public institution may hold; none named: any

    References:
        The reform's document: an agency of a town 既可以为内设机构，也可以为事业单位.
    """

    office: Categories = ()
    institution: Categories = ()
    source: str = ""
    law: bool = False
    tables: ClassVar[tuple[str, ...]] = ("agencies",)

    @staticmethod
    def about() -> AboutRule:
        """The title."""
        return AboutRule(_("Office or institution"))

    def post(self, model: Model) -> None:
        """Nothing beyond today where the category does not belong; one nature for an agency that may be either."""
        problem = model.problem
        for township in problem.townships:
            for row in problem.county.agencies:
                for category in (c for c in problem.categories if not self._may_hold(problem, row.agency, c)):
                    today = problem.placed.get((township, row.agency, category), 0)
                    for year in problem.years:
                        place = Place(township, row.agency, category, year, "category")
                        model.add(model.placed(township, row.agency, category, year) <= today, place)
                if row.nature is Nature.EITHER:
                    self._post_either(model, township, row.agency)

    def _post_either(self, model: Model, township: str, agency: str) -> None:
        problem = model.problem
        office, institution = self._apart(problem)
        if not office or not institution:
            return
        place = Place(township, agency, aspect="either")
        chosen = model.variable(("office", township, agency), 0, 1)
        for categories, allowed in ((office, chosen), (institution, 1 - chosen)):
            today = sum(problem.placed.get((township, agency, category), 0) for category in categories)
            for year in problem.years:
                there = total(model.placed(township, agency, category, year) for category in categories)
                model.add(there <= today + model.bounds(there)[1] * allowed, place)

    def check(self, plan: Plan) -> Iterator[Finding]:
        """Every agency of every township."""
        problem = plan.problem
        for township in problem.townships:
            for row in problem.county.agencies:
                for category in problem.categories:
                    if self._may_hold(problem, row.agency, category):
                        continue
                    today = problem.placed.get((township, row.agency, category), 0)
                    for year in problem.years:
                        found = plan.placed(township, row.agency, category, year)
                        place = Place(township, row.agency, category, year, "category")
                        yield Finding(place, found, at_most=today, inherited=today > 0, asked=0)
                if row.nature is Nature.EITHER:
                    yield from self._check_either(plan, township, row.agency)

    def _check_either(self, plan: Plan, township: str, agency: str) -> Iterator[Finding]:
        """The lesser of what has grown on either side: one of the two must not have."""
        grown, mixed = [], True
        for categories in self._apart(plan.problem):
            today = sum(plan.problem.placed.get((township, agency, category), 0) for category in categories)
            years = (sum(plan.placed(township, agency, c, year) for c in categories) for year in plan.problem.years)
            grown.append(max(0, *(there - today for there in years)))
            mixed = mixed and today > 0
        yield Finding(Place(township, agency, aspect="either"), min(grown), at_most=0, inherited=mixed)

    def explain(self, problem: Problem, place: Place) -> str:
        """What an agency may hold."""
        words = {"township": problem.name(place.holder), "agency": problem.name(place.agency)}
        if place.aspect == "either":
            return _("{township}, {agency}: either an internal office or a public institution, for good.").format(
                **words
            )
        return _("{township}, {agency}: no further positions of the category {category}.").format(
            **words, category=problem.name(place.category)
        )

    def _may_hold(self, problem: Problem, agency: str, category: str) -> bool:
        row, everything = problem.agency[agency], problem.categories
        office, institution = self.office or everything, self.institution or everything
        of_nature = {Nature.OFFICE: office, Nature.INSTITUTION: institution, Nature.EITHER: (*office, *institution)}
        return category in of_nature[row.nature] and (not row.categories or category in row.categories)

    def _apart(self, problem: Problem) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The categories only an office may hold, and those only an institution may."""
        office, institution = self.office or problem.categories, self.institution or problem.categories
        return tuple(c for c in office if c not in institution), tuple(c for c in institution if c not in office)
