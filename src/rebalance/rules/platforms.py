"""Five platforms (五大平台): every agency is on one, and every platform of every township has its strength."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from rebalance.county.agencies import Platform
from rebalance.county.columns import Count, Ref
from rebalance.model.finding import Finding, Place
from rebalance.model.linear import total
from rebalance.model.model import Model
from rebalance.model.plan import Plan
from rebalance.problem.problem import Problem
from rebalance.rules.rule import AboutRule
from rebalance.text import _


@dataclass(frozen=True)
class Platforms:
    """Each platform of a township has at least `least` strength from the end of year `by` on.

    Every agency is on one of the five platforms (`agencies.platform`). For every township and platform:

        Σ strength of its agencies ≥ least                          from year `by` on
        Σ strength of its agencies ≥ min(least, today's strength)   every year, without `by`

    Attributes:
        least: the least strength of every platform
        by: the first year in which it must be there; without it, what is weaker today may stay as it is

    References:
        The reform's five platforms (五大平台), “平台＋机构＋岗位”.
    """

    least: Count = 0
    by: Annotated[int | None, Ref("year")] = None
    source: str = ""
    law: bool = False
    tables: ClassVar[tuple[str, ...]] = ("agencies",)

    @staticmethod
    def about() -> AboutRule:
        """The title."""
        return AboutRule(_("Five platforms"))

    def post(self, model: Model) -> None:
        """The sum of its agencies' strength."""
        problem = model.problem
        for township in problem.townships:
            for platform, agencies in _on_platforms(problem).items():
                least = self.least
                if self.by is None:
                    least = min(least, sum(problem.strength(township, agency) for agency in agencies))
                for year in (year for year in problem.years if year >= (self.by or year)):
                    strength = total(model.strength(township, agency, year) for agency in agencies)
                    model.add(strength >= least, Place(township, year=year, item=platform))

    def check(self, plan: Plan) -> Iterator[Finding]:
        """Every platform of every township, every year it is due."""
        problem = plan.problem
        for township in problem.townships:
            for platform, agencies in _on_platforms(problem).items():
                today = sum(problem.strength(township, agency) for agency in agencies)
                weak = self.by is None and today < self.least
                for year in problem.years:
                    if self.by is not None and year < self.by:
                        continue
                    found = sum(plan.strength(township, agency, year) for agency in agencies)
                    place = Place(township, year=year, item=platform)
                    yield Finding(
                        place, found, at_least=today if weak else self.least, inherited=weak, asked=self.least
                    )

    def explain(self, problem: Problem, place: Place) -> str:
        """The strength of a platform."""
        return _("{township}, {year}: the platform for {platform} has at least {least} positions.").format(
            township=problem.name(place.holder), year=place.year, platform=platform_name(place.item), least=self.least
        )


def platform_name(platform: str) -> str:
    """The name of a platform in the language in use."""
    return {
        Platform.PARTY_BUILDING: _("party building"),
        Platform.ECONOMIC_DEVELOPMENT: _("economic development"),
        Platform.COMPREHENSIVE_GOVERNANCE: _("comprehensive governance"),
        Platform.ENFORCEMENT: _("integrated enforcement"),
        Platform.PUBLIC_SERVICE: _("public service"),
    }[Platform(platform)]


def _on_platforms(problem: Problem) -> dict[Platform, list[str]]:
    """The agencies on each of the platforms that have any."""
    found: dict[Platform, list[str]] = {}
    for row in problem.county.agencies:
        found.setdefault(row.platform, []).append(row.agency)
    return found
