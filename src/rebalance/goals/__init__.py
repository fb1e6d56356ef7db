"""What to aim for: every goal by the name a scenario gives it."""

from __future__ import annotations

from collections.abc import Mapping

from rebalance.goals.canonical import Canonical
from rebalance.goals.few_moves import FewMoves
from rebalance.goals.few_people_moved import FewPeopleMoved
from rebalance.goals.few_units_touched import FewUnitsTouched
from rebalance.goals.fill_shortages import FillShortages, Weight
from rebalance.goals.fill_vacancies import FillVacancies
from rebalance.goals.goal import AboutGoal, Goal, KnownGoal, Slack, about
from rebalance.goals.hand_down_matters import Counted, HandDownMatters
from rebalance.goals.in_proportion import Figure, InProportion, Method
from rebalance.goals.serve_early import ServeEarly
from rebalance.goals.spare_the_units import SpareTheUnits
from rebalance.goals.stay_close import Reference, StayClose
from rebalance.goals.worst_off_first import Of, Per, WorstOffFirst

GOALS: Mapping[str, type[KnownGoal]] = {
    "worst_off_first": WorstOffFirst,
    "fill_shortages": FillShortages,
    "fill_vacancies": FillVacancies,
    "spare_the_units": SpareTheUnits,
    "few_units_touched": FewUnitsTouched,
    "few_people_moved": FewPeopleMoved,
    "serve_early": ServeEarly,
    "hand_down_matters": HandDownMatters,
    "few_moves": FewMoves,
    "stay_close": StayClose,
    "in_proportion": InProportion,
    "canonical": Canonical,
}

__all__ = [
    "GOALS",
    "AboutGoal",
    "Canonical",
    "Counted",
    "FewMoves",
    "FewPeopleMoved",
    "FewUnitsTouched",
    "Figure",
    "FillShortages",
    "FillVacancies",
    "Goal",
    "HandDownMatters",
    "InProportion",
    "KnownGoal",
    "Method",
    "Of",
    "Per",
    "Reference",
    "ServeEarly",
    "Slack",
    "SpareTheUnits",
    "StayClose",
    "Weight",
    "WorstOffFirst",
    "about",
]
