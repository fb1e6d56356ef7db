"""Large and medium townships: what the county says, or else a weighted score and a cut-off."""

from __future__ import annotations

from fractions import Fraction

from tests.independent.county import Register
from tests.independent.work import weighed


def class_of(register: Register, town: str) -> str:
    """The class of a township; empty where nothing tells."""
    said, rules = str(register.township[town].class_), register.county.classes
    if said or rules is None:
        return said
    scores = scores_of(register)
    if rules.large is None:
        return "large" if rules.score is not None and scores[town] >= rules.score else "medium"
    order = sorted(scores, key=lambda one: (-scores[one], -(register.township[one].population or 0), one))
    return "large" if town in order[: rules.large] else "medium"


def scores_of(register: Register) -> dict[str, Fraction]:
    """The weighted score of every township: each figure as a part of the largest there is."""
    columns = weighed(register, register.county.classes, ("population", "area_km2", "gdp", "revenue"))
    return {
        town: sum((weight * column[town] / max(column.values()) for weight, column in columns), Fraction(0))
        for town in register.township
    }
