"""Weights of indicators: given, or by the entropy method; together they are 1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from rebalance.county.norms import Index
from rebalance.county.organisations import Township
from rebalance.county.settings import Classes
from rebalance.demand.entropy import entropy_weights, unlikeness
from rebalance.demand.figures import digits
from rebalance.demand.indicators import INDICATORS, Column, column, indicator_name
from rebalance.demand.working import Step
from rebalance.words import _


@dataclass(frozen=True)
class Weighed:
    """An indicator that counts: its weight with the arithmetic behind it, and every township's figure."""

    indicator: str
    step: Step
    figures: Column

    @property
    def weight(self) -> Fraction:
        """The share this indicator has in the score."""
        return self.step.value

    @property
    def name(self) -> str:
        """The indicator as people call it."""
        return indicator_name(self.indicator)


def weigh(asked: Index | Classes, townships: Sequence[Township]) -> tuple[Weighed, ...]:
    """The indicators with a weight; none where no weight is given to one that has any figures.

    An indicator without figures cannot tell townships apart: it is left out, and the others make up the whole.
    """
    columns = {name: column(townships, name) for name in INDICATORS if hasattr(asked, name)}
    steps = _by_entropy(columns) if asked.entropy else _given(asked, columns)
    return tuple(Weighed(name, step, columns[name]) for name, step in steps.items() if step.value)


def unused(asked: Index | Classes, weighed: Sequence[Weighed]) -> tuple[str, ...]:
    """Indicators that are given a weight but have no figures."""
    used = {one.indicator for one in weighed}
    given = () if asked.entropy else INDICATORS
    return tuple(name for name in given if _weight(asked, name) and name not in used)


def _weight(asked: Index | Classes, indicator: str) -> Fraction:
    return Fraction(getattr(asked, indicator, 0))


def _given(asked: Index | Classes, columns: Mapping[str, Column]) -> dict[str, Step]:
    given = {name: _weight(asked, name) for name, figures in columns.items() if any(figures.values())}
    total = sum(given.values(), Fraction(0))
    return {
        name: Step(
            _label(name), _("given: {weight} ÷ {total}").format(weight=digits(w), total=digits(total)), w / total
        )
        for name, w in given.items()
        if w
    }


def _by_entropy(columns: Mapping[str, Column]) -> dict[str, Step]:
    weights = entropy_weights(columns)
    telling = {name: unlikeness(columns[name]) for name in weights}
    total = sum(map(Fraction, telling.values()), Fraction(0))
    text = _("entropy method: 1 − e = {part}, of {total} in all, to six decimals")
    if not total:
        text = _("entropy method: no indicator tells townships apart, so all weigh the same")
    return {
        name: Step(_label(name), text.format(part=digits(telling[name]), total=digits(total)), weight)
        for name, weight in weights.items()
    }


def _label(indicator: str) -> str:
    return _("weight of {indicator}").format(indicator=indicator_name(indicator))
