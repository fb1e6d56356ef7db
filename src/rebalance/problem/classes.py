"""Classes of townships (大镇、中镇): a weighted score of indicators, a cut-off, and what the county says itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from rebalance.county.county import County
from rebalance.county.holders import Township
from rebalance.county.norms import Classes
from rebalance.county.remark import Remark
from rebalance.problem.demand import Weighed, indicator_name, missing, unused, weigh
from rebalance.problem.working import digits
from rebalance.text import _

LARGE = "large"
MEDIUM = "medium"


@dataclass(frozen=True, slots=True)
class Score:
    """A township's line of the score sheet."""

    township: str
    parts: Mapping[str, Fraction]
    """By indicator, the township's figure as a share of the largest there is."""
    score: Fraction
    rank: int
    """How many score better, and one; equals share a rank."""
    by_score: str
    given: str
    """What the county says in `townships.class`; it overrides the score."""

    @property
    def class_(self) -> str:
        """The class that counts."""
        return self.given or self.by_score


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """How the classes came about: the weights, the townships from the best score down, ties, what was missing."""

    weights: tuple[Weighed, ...]
    scores: tuple[Score, ...]
    tied: tuple[str, ...]
    """Townships of the same score on both sides of the cut-off: the larger population counted, then the id."""
    remarks: tuple[Remark, ...]


def classes_of(county: County) -> dict[str, str]:
    """Every township's class: what the county says, or else the score; empty where neither says anything."""
    sheet = score_sheet(county)
    if sheet is None:
        return {row.township: row.class_ for row in county.townships}
    return {score.township: score.class_ for score in sheet.scores}


def score_sheet(county: County) -> ScoreSheet | None:
    """The score sheet; None where the county has no `[classes]`."""
    rules, townships = county.classes, county.townships
    if rules is None:
        return None
    weighed = weigh(rules, townships)
    parts = {row.township: {one.indicator: _part(one, row.township) for one in weighed} for row in townships}
    scores = {t: sum((one.weight * parts[t][one.indicator] for one in weighed), Fraction(0)) for t in parts}
    order = sorted(townships, key=lambda row: (-scores[row.township], -(row.population or 0), row.township))
    large = _large(rules, [scores[row.township] for row in order])
    lines = tuple(
        Score(
            township=row.township,
            parts=parts[row.township],
            score=scores[row.township],
            rank=1 + sum(other > scores[row.township] for other in scores.values()),
            by_score=LARGE if place < large else MEDIUM,
            given=row.class_,
        )
        for place, row in enumerate(order)
    )
    return ScoreSheet(weighed, lines, _tied(lines, large), tuple(_remarks(rules, weighed, townships)))


def _part(one: Weighed, township: str) -> Fraction:
    return one.figures[township] / max(one.figures.values())


def _large(rules: Classes, scores: Sequence[Fraction]) -> int:
    """How many of the scores, best first, make a large township."""
    if rules.large is not None:
        return min(rules.large, len(scores))
    if rules.score is not None:
        return sum(score >= rules.score for score in scores)
    return 0


def _tied(lines: Sequence[Score], large: int) -> tuple[str, ...]:
    if not 0 < large < len(lines) or lines[large - 1].score != lines[large].score:
        return ()
    return tuple(line.township for line in lines if line.score == lines[large].score)


def _remarks(rules: Classes, weighed: Sequence[Weighed], townships: Sequence[Township]) -> Iterator[Remark]:
    if not weighed:
        sentence = _("No indicator that townships have figures for has a weight: every score is 0.")
        yield Remark("classes", (), sentence)
    for indicator in unused(rules, weighed):
        sentence = _("No township has a figure for {indicator}: the other weights make up the whole.")
        yield Remark("classes", (), sentence.format(indicator=indicator_name(indicator)))
    if rules.large is None and rules.score is None:
        sentence = _("No cut-off, neither large nor score: by score every township is medium. Give one.")
        yield Remark("classes", (), sentence)
    if rules.large is None and rules.score is not None and rules.score > 1:
        sentence = _("No township can reach the cut-off of {score}: weights are made to sum to 1, so scores end at 1.")
        yield Remark("classes", (), sentence.format(score=digits(rules.score)))
    yield from missing(townships, [one.indicator for one in weighed])
