"""What the columns of a ledger mean: by their headings, by the map, or not yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rebalance.county.columns import Heading, plain_header
from rebalance.county.raw import Record, Sheet
from rebalance.county.sheet import Head
from rebalance.county.wide import Wide
from rebalance.county.written import PLAIN, bare, nothing, number
from rebalance.intake.answers import COLUMN, LEFT_ASIDE, Answers
from rebalance.intake.words import IDLE, LEDGER, NEUTRAL, SUMS, heading_words
from rebalance.text import _, listed

AMOUNTS = ("authorised", "in_post")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What stands in a column: a field, of one category where it has one; `total`: of all categories together."""

    heading: Heading
    category: str = ""
    total: bool = False

    @property
    def is_amount(self) -> bool:
        """Whether positions or people are counted there."""
        return self.heading.field in AMOUNTS


ASIDE = "aside"
"""Nothing that is read stands there."""


@dataclass(frozen=True, slots=True)
class Title:
    """A heading of one storey or two."""

    upper: str
    lower: str

    def __str__(self) -> str:
        """As the map names it."""
        return f"{self.upper}/{self.lower}" if self.upper and self.lower else self.upper or self.lower


def titles_of(sheet: Sheet, head: Head) -> tuple[Title, ...]:
    """The headings; an upper one stands over all that follow, up to the next."""
    rows = [
        [str(cell) if isinstance(cell, str) else "" for cell in one.cells]
        for one in sheet.records[head.above : head.end]
    ]
    width = max(map(len, rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    if head.storeys == 1:
        return tuple(Title("", one) for one in rows[0])
    found, over = [], ""
    for top, bottom in zip(*rows, strict=True):
        over = top or over
        found.append(Title(over if bottom else top, bottom))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Headings:
    """Looks headings up: in the map first, then among the usual words."""

    answers: Answers
    wide: Wide
    by_field: Mapping[str, Heading]
    by_word: Mapping[str, Heading]

    @classmethod
    def of(cls, answers: Answers, categories: Mapping[str, str]) -> Headings:
        """With the categories there are, by the words for them."""
        by_word: dict[str, Heading] = {}
        for heading in LEDGER.headings:
            for word in heading_words(heading):
                by_word.setdefault(word, heading)
        return cls(answers, Wide(LEDGER, categories), {one.field: one for one in LEDGER.headings}, by_word)

    def meanings(self, titles: Sequence[Title], records: Sequence[Record]) -> list[Meaning | None]:
        """What each column means; None: it is not read, or not yet known, and then it has been asked."""
        found = [self._meaning(title) if str(title) else ASIDE for title in titles]
        counts = Counter(one for one in found if isinstance(one, Meaning) and not one.total)
        meanings: list[Meaning | None] = []
        for place, (title, one) in enumerate(zip(titles, found, strict=True)):
            if one is None or (isinstance(one, Meaning) and counts[one] > 1 and not self._is_mapped(title)):
                self._ask(title, records, place)
                meanings.append(None)
            else:
                meanings.append(one if isinstance(one, Meaning) else None)
        if any(one and one.category for one in meanings):
            return [_together(one) for one in meanings]
        return meanings

    def _is_mapped(self, title: Title) -> bool:
        return any(key == bare(str(title)) for key, _values in self.answers.keys(COLUMN))

    def _meaning(self, title: Title) -> Meaning | str | None:
        said = self.answers.find(COLUMN, str(title))
        if said is not None:
            return self._mapped(said)
        upper, lower = plain_header(title.upper), plain_header(title.lower)
        if upper and lower:
            return self._of_two(title, upper, lower)
        return self._of_one(upper or lower)

    def _mapped(self, said: Mapping[str, str]) -> Meaning | str | None:
        """What the map says of a column; ASIDE also where the question is open, which has been noted."""
        means = said.get("means", "")
        heading = self.by_word.get(plain_header(means)) or self.by_field.get(means)
        if heading is None or means == LEFT_ASIDE:
            return ASIDE
        category = said.get("category", "")
        return Meaning(heading, self.wide.categories.get(bare(category), category))

    def _of_one(self, plain: str) -> Meaning | str | None:
        if spread := self.wide.spread(plain):
            return Meaning(self.by_field[spread.heading.field], spread.value)
        if heading := self.by_word.get(plain):
            return Meaning(heading)
        if plain in SUMS:
            return Meaning(self.by_field["authorised"], total=True)
        return ASIDE if plain in IDLE else None

    def _of_two(self, title: Title, upper: str, lower: str) -> Meaning | str | None:
        if upper in SUMS or lower in SUMS:
            heading = self.by_word.get(lower if upper in SUMS else upper)
            return Meaning(heading, total=True) if heading is not None and heading.field in AMOUNTS else None
        if spread := self.wide.spread(title.upper + title.lower):
            return Meaning(self.by_field[spread.heading.field], spread.value)
        alone = self._of_one(lower)
        if upper in NEUTRAL or not isinstance(alone, Meaning):
            return alone if alone is not None else self._joined(upper + lower)
        return None if alone.is_amount else alone

    def _joined(self, plain: str) -> Meaning | None:
        heading = self.by_word.get(plain)
        return Meaning(heading) if heading else None

    def _ask(self, title: Title, records: Sequence[Record], place: int) -> None:
        if self._is_mapped(title):
            return
        cells = [one.cells[place] for one in records if place < len(one.cells) and one.cells[place]]
        figures = any(isinstance(one, str) and PLAIN.fullmatch(number(one)) for one in cells)
        quiet = all(isinstance(one, str) and nothing(one) for one in cells)
        words = listed([one.title for one in LEDGER.headings])
        note = _("Accepted: {words}, or -. With a figure of one category, its category too.").format(words=words)
        means = "?" if figures and not quiet else f"?{LEFT_ASIDE}"
        self.answers.add(COLUMN, str(title), {"means": means, "category": ""}, note)


def _together(one: Meaning | None) -> Meaning | None:
    """A figure of no category beside others that have one: that of all together."""
    if one is not None and one.is_amount and not one.category:
        return Meaning(one.heading, total=True)
    return one
