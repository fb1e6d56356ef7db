"""The names of what the law and the reform distinguish, and the titles of tables, in the language spoken."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from rebalance.county.agencies import Nature, Platform, Role
from rebalance.county.holders import Approval, HolderKind
from rebalance.county.reform import Side
from rebalance.model.finding import Finding, between
from rebalance.problem.working import digits
from rebalance.table import Cell, Figure
from rebalance.text import _


def in_hundredths(hours: Fraction) -> Cell:
    """Hours as a column of hundredths has them; one that is none in hundredths says itself how long it is."""
    amount = hours * 100
    return int(amount) if amount.denominator == 1 else Figure(amount, digits(hours))


def limits(finding: Finding, written: Callable[[int], str] = str) -> str:
    """Between what a figure has to lie, each limit as figures of its rule are written.

    Where today already breaks that, what is asked, and what may stay.
    """
    least, most, asked = (
        None if one is None else written(one) for one in (finding.at_least, finding.at_most, finding.asked)
    )
    if finding.inherited and finding.asked is not None:
        if finding.at_most is not None and finding.asked < finding.at_most:
            return _("at most {asked}, today {today}").format(asked=asked, today=most)
        if finding.at_least is not None and finding.asked > finding.at_least:
            return _("at least {asked}, today {today}").format(asked=asked, today=least)
    return between(least, most)


def kind_name(kind: HolderKind) -> str:
    """What a holder is."""
    names = {
        HolderKind.DEPARTMENT: _("department"),
        HolderKind.INSTITUTION: _("public institution"),
        HolderKind.VERTICAL: _("vertically managed unit"),
        HolderKind.TOWN: _("town"),
        HolderKind.TOWNSHIP: _("township (rural)"),
        HolderKind.SUBDISTRICT: _("sub-district"),
        HolderKind.RESERVE: _("reserve"),
    }
    return names[kind]


def approval_name(level: Approval) -> str:
    """Who must approve."""
    names = {
        Approval.COUNTY: _("county"),
        Approval.CITY: _("city"),
        Approval.PROVINCE: _("province"),
        Approval.CENTRE: _("central government"),
    }
    return names[level]


def platform_name(platform: Platform) -> str:
    """One of the five platforms."""
    names = {
        Platform.PARTY_BUILDING: _("Party building"),
        Platform.ECONOMIC_DEVELOPMENT: _("economic development"),
        Platform.COMPREHENSIVE_GOVERNANCE: _("comprehensive governance"),
        Platform.ENFORCEMENT: _("integrated enforcement"),
        Platform.PUBLIC_SERVICE: _("public service"),
    }
    return names[platform]


def role_name(role: Role) -> str:
    """Office, brigade or centre."""
    return {Role.OFFICE: _("office"), Role.BRIGADE: _("brigade"), Role.CENTRE: _("centre")}[role]


def nature_name(nature: Nature) -> str:
    """What an agency may be."""
    names = {
        Nature.OFFICE: _("internal office"),
        Nature.INSTITUTION: _("public institution"),
        Nature.EITHER: _("either"),
    }
    return names[nature]


def side_name(side: Side) -> str:
    """Who answers for a matter."""
    return {Side.TOWNSHIP: _("township"), Side.UNIT: _("county unit")}[side]


def yes_no(said: object) -> str:
    """A flag."""
    return _("yes") if said else _("no")


def sentence(text: str) -> str:
    """The text with which a heading begins."""
    return text[:1].upper() + text[1:]


def short_title(name: str) -> str:
    """A few words for a table, by its name."""
    titles = {
        "overview": _("Overview"),
        "positions": _("Before and after"),
        "categories": _("Categories"),
        "givers": _("Units that give"),
        "townships": _("Townships"),
        "origins": _("New here"),
        "agencies": _("Agencies"),
        "platforms": _("Platforms"),
        "posts": _("Posts and duties"),
        "staffing": _("Posts and people"),
        "mergers": _("Mergers"),
        "schedule": _("Schedule"),
        "yearly": _("Changes by year"),
        "stations": _("Stations"),
        "dispatched": _("Dispatched"),
        "borrowed": _("Borrowed"),
        "matters": _("Matters"),
        "lists": _("Matters by township"),
        "leadership": _("Leadership"),
        "coverage": _("Coverage"),
        "coverage_by_year": _("Coverage by year"),
        "hires": _("Plan to use positions"),
        "cost": _("Cost"),
        "history": _("Earlier years"),  # a spreadsheet keeps the name History for itself
        "comparison": _("Scenarios"),
        "approvals": _("Approvals"),
        "goals": _("Goals"),
        "rules": _("Rules"),
        "findings": _("Findings"),
        "changes": _("Changes to data"),
        "sources": _("Sources"),
        "digests": _("Fingerprints"),
    }
    return titles[name]
