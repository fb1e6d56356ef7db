"""What must hold: every rule, in the order in which the reform states them."""

from __future__ import annotations

from collections.abc import Mapping

from rebalance.rules.agency_quota import AgencyQuota
from rebalance.rules.compulsory_agencies import CompulsoryAgencies
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.hiring import HiringPlan
from rebalance.rules.hold_total import HoldTotal
from rebalance.rules.holder_limits import HolderLimits
from rebalance.rules.ledgers import Ledgers
from rebalance.rules.phasing import Phasing
from rebalance.rules.pinned import Pinned
from rebalance.rules.routes import Routes
from rebalance.rules.rule import Rule
from rebalance.rules.vacancies_first import VacanciesFirst

RULES: Mapping[str, type[Rule]] = {
    "ledgers": Ledgers,
    "hold_total": HoldTotal,
    "cut_above_add_below": CutAboveAddBelow,
    "vacancies_first": VacanciesFirst,
    "routes": Routes,
    "holder_limits": HolderLimits,
    "compulsory_agencies": CompulsoryAgencies,
    "agency_quota": AgencyQuota,
    "hiring": HiringPlan,
    "phasing": Phasing,
    "pinned": Pinned,
}

__all__ = ["RULES", "Rule"]
