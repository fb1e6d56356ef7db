"""Demand: each agency by the method it names (given, bands, index, workload, posts), and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from fractions import Fraction
from functools import cached_property

from rebalance.county.agencies import Method
from rebalance.county.county import County
from rebalance.county.holders import Township
from rebalance.county.norms import Band, BandUse, Classes, Index
from rebalance.county.remark import Remark
from rebalance.problem.posted import Posted
from rebalance.problem.working import HUNDRED, Model, Step, Working, digits, last_step, summed
from rebalance.problem.workload import Workload
from rebalance.text import _


@dataclass(frozen=True)
class Given:
    """The rows of the table `demand`."""

    county: County

    def work_out(self, township: str, agency: str) -> Working | None:
        """What the row says; None where there is no row."""
        if (township, agency) not in self.rows:
            return None
        positions = Fraction(self.rows[township, agency], HUNDRED)
        step = Step(_("demand"), _("as given in the table demand"), positions)
        return Working(township, agency, Method.GIVEN, positions, own=(step,))

    def gaps(self, agency: str) -> Iterator[Remark]:
        """None: where there is no row, there is no demand."""
        yield from ()

    @cached_property
    def rows(self) -> Mapping[tuple[str, str], int]:
        """Hundredths of positions by township and agency; agency empty: the township as one."""
        return {(row.township, row.agency): row.positions for row in self.county.demand}


@dataclass(frozen=True)
class Banded:
    """The rows of the table `bands` for staffing.

    What an agency needs is the `least` of the first band that reaches to the township's population: a demand is what
    must be there, and `most` is left to limits. Every agency that says bands has the whole of the band to itself, so
    as a rule one agency does.
    """

    county: County

    def work_out(self, township: str, agency: str) -> Working | None:
        """The least of the band; None where the population is not known or beyond the last band."""
        row = self._townships[township]
        band = self._band(row)
        if row.population is None or band is None:
            return None
        origin = ", ".join(part for part in (band.source, band.place, str(band.year or "")) if part)
        found = _("band up to {up_to} residents: at least {least}, at most {most}").format(
            up_to=band.up_to, least=band.least, most=band.most
        )
        steps = (
            Step(_("residents"), _("as given in the table townships"), Fraction(row.population)),
            Step(_("demand"), f"{found} ({origin})" if origin else found, Fraction(band.least)),
        )
        return Working(township, agency, Method.BANDS, Fraction(band.least), own=steps)

    def gaps(self, agency: str) -> Iterator[Remark]:
        """No bands, a population that is not known or too large for them, more than one agency with the same bands."""
        sentence = _("Its demand is to come from bands, but the table bands has none for staffing: it has none.")
        if not self._bands:
            yield Remark("agencies", (agency,), sentence)
            return
        others = [row.agency for row in self.county.agencies if row.demand is Method.BANDS and row.agency != agency]
        if others:
            sentence = _("Other agencies' demand comes from bands too ({others}): each counts the whole band.")
            yield Remark("agencies", (agency,), sentence.format(others=", ".join(others)))
        for row in self.county.townships:
            if row.population is None:
                sentence = _("No population, so no band fits: {agency} has no demand here. Give it in the table.")
                yield Remark("townships", (row.township,), sentence.format(agency=agency))
            elif self._band(row) is None:
                sentence = _("A population of {population} is beyond the last band: {agency} has no demand here.")
                sentence = sentence.format(population=digits(row.population), agency=agency)
                yield Remark("townships", (row.township,), sentence)

    def _band(self, township: Township) -> Band | None:
        population = township.population
        return next((band for band in self._bands if population is not None and population <= band.up_to), None)

    @cached_property
    def _bands(self) -> tuple[Band, ...]:
        rows = (row for row in self.county.bands if row.applies_to is BandUse.STAFFING)
        return tuple(sorted(rows, key=lambda row: row.up_to))

    @cached_property
    def _townships(self) -> Mapping[str, Township]:
        return {row.township: row for row in self.county.townships}


INDICATORS = ("population", "area_km2", "gdp", "revenue", "villages")
"""Columns of the table `townships`; those of `[classes]` are all but the villages."""

Column = Mapping[str, Fraction]
"""A figure for every township, by id."""


def column(townships: Sequence[Township], indicator: str) -> Column:
    """The figures of all townships; a missing one counts as 0."""
    return {row.township: Fraction(getattr(row, indicator) or 0) for row in townships}


def missing(townships: Sequence[Township], indicators: Collection[str]) -> Iterator[Remark]:
    """A remark for every figure that is not there and had to count as 0."""
    for row in townships:
        for indicator in indicators:
            if getattr(row, indicator) is None:
                sentence = _("No figure for {indicator}: it counts as 0. Give it in the table.")
                yield Remark("townships", (row.township,), sentence.format(indicator=indicator_name(indicator)))


def indicator_name(indicator: str) -> str:
    """The indicator as people call it."""
    names = {
        "population": _("population"),
        "area_km2": _("area"),
        "gdp": _("gross product"),
        "revenue": _("fiscal revenue"),
        "villages": _("villages"),
    }
    return names[indicator]


DIGITS = Context(prec=50, rounding=ROUND_HALF_EVEN)
CERTAIN = Decimal("1e-40")
"""Differences from 1 smaller than this are what 50 digits leave of a 1."""

MILLION = 10**6
"""Weights are rounded to millionths, shown, and used as shown."""


def unlikeness(column: Column) -> Decimal:
    """1 − e. 0 where all are alike, where all figures are 0, and where there is one township only."""
    total = sum(column.values())
    if len(column) < 2 or not total:  # noqa: PLR2004 - two are the fewest that can differ
        return Decimal(0)
    with localcontext(DIGITS):
        shares = [_decimal(x / total) for x in column.values() if x]
        entropy = -sum((p * p.ln() for p in shares), Decimal(0)) / Decimal(len(column)).ln()
        return max(Decimal(0), (1 - entropy).quantize(CERTAIN))


def entropy_weights(columns: Mapping[str, Column]) -> dict[str, Fraction]:
    """Weights in millionths that sum to 1; none where no indicator has any figure.

    An indicator without figures weighs 0. Where the others tell no two townships apart, they weigh the same.
    What rounding leaves over goes to the largest, the first of equals.
    """
    telling = {name: unlikeness(column) for name, column in columns.items() if any(column.values())}
    if not any(telling.values()):
        telling = dict.fromkeys(telling, Decimal(1))
    total = sum(map(Fraction, telling.values()), Fraction(0))
    parts = {name: round(MILLION * Fraction(one) / total) for name, one in telling.items()}
    if parts:
        largest = max(parts, key=parts.__getitem__)
        parts[largest] += MILLION - sum(parts.values())
    return {name: Fraction(parts.get(name, 0), MILLION) for name in columns} if parts else {}


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


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


@dataclass(frozen=True)
class Shared:
    """The table `indices`: what an agency has in all townships together, and the weights."""

    county: County

    def work_out(self, township: str, agency: str) -> Working | None:
        """Positions × Σ weight × share; None without a row in `indices`, or without any weight that counts."""
        weighed = self._weighed.get(agency, ())
        if not weighed:
            return None
        shares = tuple(_share(one, township) for one in weighed)
        parts = [one.weight * step.value for one, step in zip(weighed, shares, strict=True)]
        positions = Fraction(self._rows[agency].positions, HUNDRED)
        share = sum(parts, Fraction(0))
        amount = positions * share
        own = (
            *shares,
            Step(_("weighted share"), summed(parts), share),
            Step(_("share of the positions"), f"{digits(positions)} × {digits(share)}", amount),
            last_step(amount),
        )
        pool = Step(_("positions to share out"), _("as given in the table indices"), positions)
        return Working(township, agency, Method.INDEX, amount, (pool, *(one.step for one in weighed)), own)

    def gaps(self, agency: str) -> Iterator[Remark]:
        """No row, no weight that counts, figures that are missing."""
        if agency not in self._rows:
            sentence = _("Its demand is to come from an index, but it has no row in the table indices: it has none.")
            yield Remark("agencies", (agency,), sentence)
            return
        weighed = self._weighed[agency]
        if not weighed:
            sentence = _("No indicator that townships have figures for has a weight: the agency has no demand.")
            yield Remark("indices", (agency,), sentence)
        for indicator in unused(self._rows[agency], weighed):
            sentence = _("No township has a figure for {indicator}: the other weights make up the whole.")
            yield Remark("indices", (agency,), sentence.format(indicator=indicator_name(indicator)))
        yield from missing(self.county.townships, [one.indicator for one in weighed])

    @cached_property
    def _rows(self) -> Mapping[str, Index]:
        return {row.agency: row for row in self.county.indices}

    @cached_property
    def _weighed(self) -> Mapping[str, tuple[Weighed, ...]]:
        return {agency: weigh(row, self.county.townships) for agency, row in self._rows.items()}


def _share(one: Weighed, township: str) -> Step:
    part, total = one.figures[township], sum(one.figures.values())
    label = _("share of {indicator}").format(indicator=one.name)
    return Step(label, f"{digits(part)} ÷ {digits(total)}", part / total)


METHODS: Mapping[Method, Callable[[County], Model]] = {
    Method.GIVEN: Given,
    Method.WORKLOAD: Workload,
    Method.INDEX: Shared,
    Method.BANDS: Banded,
    Method.POSTS: Posted,
}
"""Every method and its model."""


@dataclass(frozen=True)
class Demands:
    """A county's demand, worked out.

    A township given as one, by a row without an agency, has that demand and no other. Where an agency names a method,
    the rows that give its demand are not used.
    """

    county: County

    @cached_property
    def workings(self) -> tuple[Working, ...]:
        """Every demand there is, by township and agency in order of their ids."""
        given = self._models[Method.GIVEN]
        found: list[Working | None] = []
        for row in self.county.townships:
            if row.township in self._whole:
                found.append(given.work_out(row.township, ""))
            else:
                found += (self._models[one.demand].work_out(row.township, one.agency) for one in self.county.agencies)
        return tuple(working for working in found if working is not None)

    @cached_property
    def hundredths(self) -> Mapping[tuple[str, str], int]:
        """Hundredths of positions by (township, agency), where there is any demand."""
        return {(one.township, one.agency): one.hundredths for one in self.workings if one.hundredths}

    def gaps(self) -> Iterator[Remark]:
        """What could not be worked out, and figures that are not used."""
        found: dict[Remark, None] = {}  # each once, in order
        for agency in self.county.agencies:
            found |= dict.fromkeys(self._models[agency.demand].gaps(agency.agency))
        yield from found
        methods = {row.agency: row.demand for row in self.county.agencies}
        for row in self.county.demand:
            method = methods.get(row.agency, Method.GIVEN)
            if method is not Method.GIVEN:
                sentence = _("Not used: the agency's demand comes from {method}. Take the row out.")
                yield Remark("demand", (row.township, row.agency), sentence.format(method=method))
        if any(method is not Method.GIVEN for method in methods.values()):
            sentence = _("Given for the township as one: what its agencies' methods come to is not used.")
            yield from (Remark("demand", (township,), sentence) for township in sorted(self._whole))

    @cached_property
    def _models(self) -> Mapping[Method, Model]:
        return {method: model(self.county) for method, model in METHODS.items()}

    @cached_property
    def _whole(self) -> frozenset[str]:
        """Townships whose demand is given as one."""
        return frozenset(row.township for row in self.county.demand if not row.agency)
