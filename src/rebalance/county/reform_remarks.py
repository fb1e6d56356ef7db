"""What is odd about stations, mergers, posts and matters without being wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from rebalance.county.county import County
from rebalance.county.remark import Remark
from rebalance.words import _


def stations(county: County) -> Iterator[Remark]:
    """Stations with more people than positions."""
    for row in county.stations:
        if row.in_post > row.authorised:
            text = _("More staff are in post ({in_post}) than are authorised ({authorised}).")
            yield Remark("stations", (row.station,), text.format(in_post=row.in_post, authorised=row.authorised))


def mergers(county: County) -> Iterator[Remark]:
    """Old agencies that together had another number of positions than today's agency has."""
    placed: Counter[tuple[str, str]] = Counter()
    for row in county.placed:
        placed[row.township, row.agency] += row.positions
    old: dict[tuple[str, str], list[int | None]] = defaultdict(list)
    for merger in county.mergers:
        old[merger.township, merger.agency].append(merger.authorised)
    for key, numbers in old.items() if placed else ():
        known = [number for number in numbers if number is not None]
        if len(known) == len(numbers) and sum(known) != placed[key]:
            text = _("The agencies merged into it had {old} positions together, {placed} are placed there today.")
            yield Remark("mergers", key, text.format(old=sum(known), placed=placed[key]))


def posts(county: County) -> Iterator[Remark]:
    """Agencies with posts for more staff than they may have."""
    most = {row.agency: row.most for row in county.agencies}
    meant: Counter[tuple[str, str]] = Counter()
    for row in county.posts:
        meant[row.township, row.agency] += row.number
    for (township, agency), number in meant.items():
        limit = most[agency]
        if limit is not None and number > limit:
            text = _("The posts are meant for {posts} positions, more than the most the agency may have ({most}).")
            yield Remark("posts", tuple(filter(None, (township, agency))), text.format(posts=number, most=limit))


def hours(county: County) -> Iterator[Remark]:
    """Matters whose hours are given twice, by themselves and by their steps."""
    by_steps = {row.matter for row in county.steps if row.hours is not None}
    for row in county.matters:
        if row.hours and row.matter in by_steps:
            sentence = _("Hours are given here and in its steps: those of the steps count.")
            yield Remark("matters", (row.matter,), sentence)
