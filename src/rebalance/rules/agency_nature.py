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

    What an agency is stands in `agencies.nature`; the categories named in `agencies.categories` bind besides.
    Positions placed otherwise today may stay, not grow. For an agency that may be either it is decided, township by
    township, and stands in the plan; for every year:

        Σ placed of categories that only an institution may hold = 0      where it is an office
        Σ placed of categories that only an office may hold = 0           where it is an institution
        what it is, is the same in every year in which it is open

    One that holds both today may keep as many as it has of those that do not belong to what it becomes.

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
                if row.nature is Nature.EITHER and self.tells_apart(problem):
                    self._post_either(model, township, row.agency)

    def _post_either(self, model: Model, township: str, agency: str) -> None:
        """Nothing of the other side, or no more than today where both are there; one nature for all years."""
        problem = model.problem
        sides = self._apart(problem)
        today = [sum(problem.placed.get((township, agency, c), 0) for c in categories) for categories in sides]
        lasting = model.variable(("lasting", township, agency), 0, 1)
        for year in problem.years:
            office, for_good = model.office(township, agency, year), Place(township, agency, aspect="for good")
            model.add(office <= lasting, for_good)
            model.add(model.open(township, agency, year) - office <= 1 - lasting, for_good)
            for categories, allowed, before in zip(sides, (office, 1 - office), today, strict=True):
                there = total(model.placed(township, agency, category, year) for category in categories)
                room = (before if all(today) else 0) + model.bounds(there)[1] * allowed
                model.add(there <= room, Place(township, agency, "", year, "either"))

    def check(self, plan: Plan) -> Iterator[Finding]:
        """Every agency of every township."""
        problem, apart = plan.problem, {Nature.OFFICE, Nature.INSTITUTION}
        for township in problem.townships:
            for row in problem.county.agencies:
                for category in problem.categories:
                    holders = self._holders(category) & ({row.nature} if row.nature in apart else apart)
                    if holders and (not row.categories or category in row.categories):
                        continue
                    today = problem.placed.get((township, row.agency, category), 0)
                    for year in problem.years:
                        found = plan.placed(township, row.agency, category, year)
                        place = Place(township, row.agency, category, year, "category")
                        yield Finding(place, found, at_most=today, inherited=today > 0, asked=0)
                if row.nature is Nature.EITHER and any(len(self._holders(c)) == 1 for c in problem.categories):
                    yield from self._check_either(plan, township, row.agency)

    def _check_either(self, plan: Plan, township: str, agency: str) -> Iterator[Finding]:
        """What does not belong to what the agency was decided to be, year by year; and whether that lasts."""
        problem, seen = plan.problem, {Nature.OFFICE: 0, Nature.INSTITUTION: 0}
        only_office = [c for c in problem.categories if self._holders(c) == {Nature.OFFICE}]
        only_institution = [c for c in problem.categories if self._holders(c) == {Nature.INSTITUTION}]
        held = {c: problem.placed.get((township, agency, c), 0) for c in problem.categories}
        mixed = any(held[c] for c in only_office) and any(held[c] for c in only_institution)
        for year in problem.years:
            office = plan.office(township, agency, year)
            wrong = only_institution if office else only_office
            found = sum(plan.placed(township, agency, category, year) for category in wrong)
            most = sum(held[category] for category in wrong) if mixed else 0
            yield Finding(Place(township, agency, "", year, "either"), found, at_most=most, inherited=mixed)
            if plan.open(township, agency, year):
                seen[Nature.OFFICE if office else Nature.INSTITUTION] += 1
        yield Finding(Place(township, agency, aspect="for good"), min(seen.values()), at_most=0)

    def _holders(self, category: str) -> set[Nature]:
        """What may hold a category, of offices and institutions."""
        said = ((Nature.OFFICE, self.office), (Nature.INSTITUTION, self.institution))
        return {nature for nature, named in said if not named or category in named}

    def explain(self, problem: Problem, place: Place) -> str:
        """What an agency may hold."""
        words = {"township": problem.name(place.holder), "agency": problem.name(place.agency)}
        if place.aspect == "either":
            return _(
                "{township}, {agency}, {year}: holds what an internal office may hold, or what a public institution"
                " may, as it is the one or the other."
            ).format(**words, year=place.year)
        if place.aspect == "for good":
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

    def tells_apart(self, problem: Problem) -> bool:
        """Whether an office may hold anything else than an institution: only then is it decided which one it is."""
        return any(self._apart(problem))

    def _apart(self, problem: Problem) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The categories only an office may hold, and those only an institution may."""
        office, institution = self.office or problem.categories, self.institution or problem.categories
        return tuple(c for c in office if c not in institution), tuple(c for c in institution if c not in office)
