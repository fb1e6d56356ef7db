"""Small scenarios, quickly solved."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rebalance.goals.fill_shortages import FillShortages
from rebalance.goals.worst_off_first import WorstOffFirst
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.rule import Range
from rebalance.rules.vacancies_first import VacanciesFirst
from rebalance.scenario.scenario import Scenario
from tests.counties import Has, Sketch

COUNTY = Sketch(
    units={"U1": Has(6, 3), "U2": Has(4, 3)},
    townships={"T1": Has(3, 3), "T2": 2},
    demand={"T1": "5.5", "T2": "4"},
)
"""Three vacant positions above, and room for five below."""


def scenario(most: int = 2, sketch: Sketch = COUNTY) -> Scenario:
    """At most so many positions go down."""
    rules = (CutAboveAddBelow(total=Range(at_most=most)), VacanciesFirst())
    return sketch.scenario(*rules, goals=(WorstOffFirst(), FillShortages()))


def variants(count: int) -> Iterator[tuple[int, Scenario]]:
    """So many scenarios, each with one position more."""
    return ((most, scenario(most)) for most in range(count))


def masked(text: str) -> str:
    """The text of a plan without its times."""
    return re.sub(r'"(seconds|questions)": [0-9.]+', "", text)
