"""What the county's own lists are called, as people read them: kinds, levels, platforms."""

from __future__ import annotations

from rebalance.county.agencies import Nature, Platform, Role
from rebalance.county.matters import Side
from rebalance.county.positions import Approval, HolderKind
from rebalance.words import _


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
