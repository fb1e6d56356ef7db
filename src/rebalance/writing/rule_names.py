"""Rules and goals under the names by which the reform knows them; a scenario calls them otherwise."""

from __future__ import annotations

from rebalance.words import _


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
