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
    columns = weighed(register, rules, ("population", "area_km2", "gdp", "revenue"))
    scores = {
        one: sum((weight * column[one] / max(column.values()) for weight, column in columns), Fraction(0))
        for one in register.township
    }
    if rules.large is None:
        return "large" if rules.score is not None and scores[town] >= rules.score else "medium"
    order = sorted(scores, key=lambda one: (-scores[one], -(register.township[one].population or 0), one))
    return "large" if town in order[: rules.large] else "medium"
