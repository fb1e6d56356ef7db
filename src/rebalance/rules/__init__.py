"""What must hold: every rule, in the order in which the reform states them."""

from __future__ import annotations

from collections.abc import Mapping

from rebalance.rules.agency_nature import AgencyNature
from rebalance.rules.agency_quota import AgencyQuota
from rebalance.rules.budget import Budget
from rebalance.rules.compulsory_agencies import CompulsoryAgencies
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.dispatched_staff import DispatchedStaff
from rebalance.rules.enforcement_brigade import EnforcementBrigade
from rebalance.rules.hiring import HiringPlan
from rebalance.rules.hold_total import HoldTotal
from rebalance.rules.holder_limits import HolderLimits
from rebalance.rules.leadership import Leadership
from rebalance.rules.ledgers import Ledgers
from rebalance.rules.no_worse_on_the_way import NoWorseOnTheWay
from rebalance.rules.phasing import Phasing
from rebalance.rules.pinned import Pin, PinAgency, PinHired, Pinned, PinTotal
from rebalance.rules.platforms import Platforms
from rebalance.rules.posts_filled import PostsFilled
from rebalance.rules.return_borrowed import ReturnBorrowed
from rebalance.rules.routes import Routes
from rebalance.rules.rule import AboutRule, KnownRule, Range, Rule, about
from rebalance.rules.stations_go_down import StationsGoDown
from rebalance.rules.sure_retirements import SureRetirements
from rebalance.rules.unified_use import Opening, UnifiedUse
from rebalance.rules.vacancies_first import VacanciesFirst
from rebalance.rules.work_follows_matters import WorkFollowsMatters

RULES: Mapping[str, type[KnownRule]] = {
    "ledgers": Ledgers,
    "hold_total": HoldTotal,
    "cut_above_add_below": CutAboveAddBelow,
    "vacancies_first": VacanciesFirst,
    "routes": Routes,
    "holder_limits": HolderLimits,
    "compulsory_agencies": CompulsoryAgencies,
    "agency_quota": AgencyQuota,
    "agency_nature": AgencyNature,
    "platforms": Platforms,
    "stations_go_down": StationsGoDown,
    "dispatched_staff": DispatchedStaff,
    "return_borrowed": ReturnBorrowed,
    "enforcement_brigade": EnforcementBrigade,
    "unified_use": UnifiedUse,
    "posts_filled": PostsFilled,
    "work_follows_matters": WorkFollowsMatters,
    "leadership": Leadership,
    "hiring": HiringPlan,
    "phasing": Phasing,
    "no_worse_on_the_way": NoWorseOnTheWay,
    "sure_retirements": SureRetirements,
    "budget": Budget,
    "pinned": Pinned,
}

__all__ = [
    "RULES",
    "AboutRule",
    "AgencyNature",
    "AgencyQuota",
    "Budget",
    "CompulsoryAgencies",
    "CutAboveAddBelow",
    "DispatchedStaff",
    "EnforcementBrigade",
    "HiringPlan",
    "HoldTotal",
    "HolderLimits",
    "KnownRule",
    "Leadership",
    "Ledgers",
    "NoWorseOnTheWay",
    "Opening",
    "Phasing",
    "Pin",
    "PinAgency",
    "PinHired",
    "PinTotal",
    "Pinned",
    "Platforms",
    "PostsFilled",
    "Range",
    "ReturnBorrowed",
    "Routes",
    "Rule",
    "StationsGoDown",
    "SureRetirements",
    "UnifiedUse",
    "VacanciesFirst",
    "WorkFollowsMatters",
    "about",
]
