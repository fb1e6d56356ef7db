"""Exact figures as people read them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from hashlib import blake2b

from rebalance.county.agencies import Nature, Platform, Role
from rebalance.county.holders import Approval, HolderKind
from rebalance.county.reform import Side
from rebalance.goals.canonical import Canonical
from rebalance.goals.few_moves import FewMoves
from rebalance.goals.few_people_moved import FewPeopleMoved
from rebalance.goals.few_units_touched import FewUnitsTouched
from rebalance.goals.fill_shortages import FillShortages
from rebalance.goals.goal import Goal, LeximinVector, Value
from rebalance.goals.hand_down_matters import Counted, HandDownMatters
from rebalance.goals.in_proportion import InProportion
from rebalance.goals.serve_early import ServeEarly
from rebalance.goals.stay_close import StayClose
from rebalance.model.finding import Finding
from rebalance.scenario.parts import goal_name
from rebalance.scenario.settings import parameters
from rebalance.text import NOTHING, _, hundredths, listed, percent

LEVELS = 2
"""How many levels of a leximin goal are shown."""


def limits(finding: Finding) -> str:
    """Between what a figure has to lie."""
    least, most = finding.at_least, finding.at_most
    if least is not None and most is not None:
        return str(least) if least == most else _("{least} to {most}").format(least=least, most=most)
    if least is not None:
        return _("at least {least}").format(least=least)
    return _("at most {most}").format(most=most) if most is not None else NOTHING


def value(goal: Goal, found: Value | None) -> str:
    """What a goal came to, in short, with its unit."""
    if found is None:
        return NOTHING
    if isinstance(found, int):
        return _amount(goal, found)
    return _levels(found, str if isinstance(goal, InProportion) else percent)


def instead(goal: Goal, now: int, was: int) -> str:
    """What a scalar goal comes to now, instead of before, with its unit said once."""
    text = _("{now} instead of {was}")
    return _unit(goal).format(count=text.format(now=_bare(goal, now), was=_bare(goal, was)))


def _amount(goal: Goal, found: int) -> str:
    if isinstance(goal, Canonical):
        return fingerprint(found)
    return _unit(goal).format(count=_bare(goal, found))


def _bare(goal: Goal, found: int) -> str:
    return hundredths(found) if counts_work(goal) else str(found)


def counts_work(goal: Goal) -> bool:
    """Whether a goal counts hundredths of positions of work."""
    return isinstance(goal, FillShortages | ServeEarly) or getattr(goal, "count", None) is Counted.WORK


def _unit(goal: Goal) -> str:
    """What a scalar goal counts."""
    units: dict[type[Goal], str] = {
        FillShortages: _("positions short: {count}"),
        ServeEarly: _("positions short: {count}"),
        FewUnitsTouched: _("units: {count}"),
        FewPeopleMoved: _("people: {count}"),
        FewMoves: _("moves: {count}"),
        HandDownMatters: _("not delegated: {count}"),
        StayClose: _("positions apart: {count}"),
    }
    return units.get(type(goal), "{count}")


def fingerprint(name: int) -> str:
    """The number that identifies a plan, which is very long, as one that people can compare at a glance."""
    return blake2b(f"{name:x}".encode(), digest_size=5).hexdigest()


def _levels(found: LeximinVector, written: Callable[[Fraction], str]) -> str:
    shown = [f"{written(level)} × {count}" for level, count in found[:LEVELS]]
    if len(found) > LEVELS:
        shown.append(_("… ({count} levels)").format(count=len(found)))
    return ", ".join(shown) or NOTHING


def rule_title(name: str) -> str:
    """A rule for people; one that is not ours keeps its own name."""
    titles = {
        "ledgers": _("The books add up"),
        "hold_total": _("Hold the total"),
        "cut_above_add_below": _("Cut above, add below"),
        "vacancies_first": _("Vacancies first, nobody forced"),
        "routes": _("Routes of each category, and who approves"),
        "holder_limits": _("Floors and ceilings"),
        "compulsory_agencies": _("Compulsory agencies"),
        "agency_quota": _("Quota of agencies"),
        "agency_nature": _("Office or institution"),
        "platforms": _("Five platforms"),
        "stations_go_down": _("Stations go down"),
        "dispatched_staff": _("Dispatched staff"),
        "return_borrowed": _("Borrowed staff return"),
        "enforcement_brigade": _("One brigade enforces"),
        "unified_use": _("Positions used together"),
        "work_follows_matters": _("Positions follow matters"),
        "leadership": _("Leadership posts"),
        "hiring": _("Hiring plan"),
        "phasing": _("Year by year"),
        "budget": _("Budget"),
        "pinned": _("Fixed by hand"),
    }
    return titles.get(name, name)


def goal_title(name: str) -> str:
    """A goal for people; one that is not ours keeps its own name."""
    titles = {
        "worst_off_first": _("The worst off first"),
        "fill_shortages": _("Fill shortages"),
        "in_proportion": _("In proportion"),
        "spare_the_units": _("Spare the units"),
        "hand_down_matters": _("Hand down matters"),
        "few_people_moved": _("Few people moved"),
        "few_units_touched": _("Few units touched"),
        "few_moves": _("Few moves"),
        "serve_early": _("Serve early"),
        "stay_close": _("Stay close to a plan"),
        "canonical": _("One of the equals"),
    }
    return titles.get(name, name)


def titled(goal: Goal) -> str:
    """A goal's name for people, with the options that change what it measures; slack does not."""
    options = [said for said in parameters(goal, resolved=False) if not said.startswith("slack")]
    name = goal_title(goal_name(goal))
    return _("{goal} ({options})").format(goal=name, options=listed(options)) if options else name


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
