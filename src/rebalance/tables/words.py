"""The names of what the law and the reform distinguish, and the titles of tables, in the language spoken."""

from __future__ import annotations

from rebalance.county.agencies import Nature, Platform, Role
from rebalance.county.holders import Approval, HolderKind
from rebalance.county.reform import Side
from rebalance.model.finding import Finding
from rebalance.text import NOTHING, _


def limits(finding: Finding) -> str:
    """Between what a figure has to lie; where today already breaks that, what is asked, and what may stay."""
    least, most = finding.at_least, finding.at_most
    if finding.inherited and finding.asked is not None:
        if most is not None and finding.asked < most:
            return _("at most {asked}, today {today}").format(asked=finding.asked, today=most)
        if least is not None and finding.asked > least:
            return _("at least {asked}, today {today}").format(asked=finding.asked, today=least)
    if least is not None and most is not None:
        return str(least) if least == most else _("{least} to {most}").format(least=least, most=most)
    if least is not None:
        return _("at least {least}").format(least=least)
    return _("at most {most}").format(most=most) if most is not None else NOTHING


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
