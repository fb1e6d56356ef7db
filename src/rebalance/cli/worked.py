"""What is worked out before anything is decided, demand and classes, as plain data."""

from __future__ import annotations

from typing import Any

from rebalance.demand.classes import score_sheet
from rebalance.demand.methods import Demands
from rebalance.problem import Problem
from rebalance.record.values import unstructure


def demand_data(problem: Problem) -> dict[str, Any]:
    """Every demand with its steps, and what could not be worked out."""
    demands = Demands(problem.county)
    places = [
        {
            "township": working.township,
            "agency": working.agency,
            "method": working.method.value,
            "amount": unstructure(working.amount),
            "hundredths": working.hundredths,
            "steps": unstructure(working.steps),
        }
        for working in demands.workings
    ]
    return {"places": places, "remarks": unstructure(tuple(demands.gaps()))}


def classes_data(problem: Problem) -> dict[str, Any]:
    """The score sheet, if there is one; and every township's class."""
    sheet = score_sheet(problem.county)
    found: dict[str, Any] = {"classes": {township: problem.class_of(township) for township in problem.townships}}
    if sheet is None:
        return found
    weights = {one.indicator: unstructure(one.weight) for one in sheet.weights}
    return found | {
        "weights": weights,
        "scores": unstructure(sheet.scores),
        "tied": list(sheet.tied),
        "remarks": unstructure(sheet.remarks),
    }
