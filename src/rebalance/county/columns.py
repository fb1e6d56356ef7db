"""Columns of a county package: the kinds of cell, the headings in both languages, and what a parameter refers to.

Everything is read as text and converted here, exactly: "00123" stays an id, "NA" a name, 0.1 is one tenth.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Annotated, Any, Protocol, get_type_hints

from rebalance.county import written
from rebalance.county.written import LONGEST, PLAIN, bare
from rebalance.text import _, language, near_miss, quoted

LARGEST = 10**9  # far above any county's figures, far below what makes a solver's numbers overflow
ID_LENGTH = 64


class Kind(Protocol):
    """How one kind of cell is read."""

    def read(self, text: str) -> object:
        """Turn a cell's text, never empty, into a value; raise ValueError when it is not one."""

    def accepts(self) -> str:
        """What is accepted, in words, for the message."""


@dataclass(frozen=True, slots=True)
class Text:
    """Any text."""

    def read(self, text: str) -> str:
        """The text as it is."""
        return text

    def accepts(self) -> str:
        """Anything goes."""
        return _("any text")


@dataclass(frozen=True, slots=True)
class Id:
    """A stable identifier: what other tables refer to."""

    def read(self, text: str) -> str:
        """The text as it is; refused when too long or when it holds characters that cannot be seen."""
        if len(text) > ID_LENGTH or not text.isprintable():
            raise ValueError(text)
        return text

    def accepts(self) -> str:
        """Visible characters, of a sane length."""
        return _("an identifier of at most {most} visible characters").format(most=ID_LENGTH)


@dataclass(frozen=True, slots=True)
class Ids:
    """Several identifiers, separated by semicolons."""

    def read(self, text: str) -> tuple[str, ...]:
        """The identifiers in the order given, without empty ones."""
        return tuple(Id().read(part.strip()) for part in re.split("[;；、]", text) if part.strip())

    def accepts(self) -> str:
        """A list."""
        return _("identifiers separated by semicolons")


@dataclass(frozen=True, slots=True)
class Number:
    """A number from `least`, with up to `places` decimals, kept as a whole number of the smallest step.

    With `places=2` the cell "3.5" is read as 350 hundredths.
    """

    places: int = 0
    least: int = 0
    most: int = LARGEST

    def read(self, text: str) -> int:
        """The number in its smallest step; ValueError when it is no number, out of range, or too fine."""
        said = written.percentage(text, hundredths=False)
        if len(said) > LONGEST or not PLAIN.fullmatch(said):
            raise ValueError(text)
        steps = Fraction(said) * 10**self.places  # a Decimal would round after 28 digits
        if steps.denominator != 1:
            steps = Fraction(written.shown(said)) * 10**self.places
        if steps.denominator != 1 or not self.least * 10**self.places <= steps <= self.most * 10**self.places:
            raise ValueError(text)
        return int(steps)

    def accepts(self) -> str:
        """The range and the decimals."""
        if not self.places:
            return _("a whole number from {least} to {most}").format(least=self.least, most=self.most)
        return _("a number from {least} to {most} with at most {places} decimals").format(
            least=self.least, most=self.most, places=self.places
        )


MOST_POSITIONS = 10**6  # more than any province has; what is made of them stays far below what a solver can count
COUNT = Number(most=MOST_POSITIONS)
"""Positions or people."""
HUNDREDTHS = Number(places=2, most=MOST_POSITIONS)
"""Positions of work."""


@dataclass(frozen=True, slots=True)
class Year(Number):
    """A calendar year, also as people write it: 2026年, or a date in it."""

    least: int = 1949
    most: int = 2200

    def read(self, text: str) -> int:
        """The year; ValueError when it is none, or out of range."""
        return super(Year, self).read(written.year(text))


@dataclass(frozen=True, slots=True)
class Exact:
    """A decimal number from zero to `most`, kept exactly; `hundredths` says that it is in percent.

    `places`: the most decimals it may have, where it is multiplied with whole numbers for a solver (none: any).
    """

    most: int = LARGEST**2
    hundredths: bool = False
    places: int | None = None

    def read(self, text: str) -> Decimal:
        """The decimal; ValueError when it is negative, above the most or no number."""
        said = written.percentage(text, hundredths=self.hundredths)
        if len(said) > LONGEST or not PLAIN.fullmatch(said) or not 0 <= Decimal(said) <= self.most:
            raise ValueError(text)
        if self.places is not None and Fraction(said) * 10**self.places % 1:
            raise ValueError(text)
        return Decimal(said)

    def accepts(self) -> str:
        """A plain number."""
        if self.places is not None:
            return _("a number from {least} to {most} with at most {places} decimals").format(
                least=0, most=self.most, places=self.places
            )
        if self.most == LARGEST**2:
            return _("a number of zero or more, in plain digits")
        return _("a number from 0 to {most}, in plain digits").format(most=self.most)


YES = frozenset({"yes", "true", "1", "y"}) | written.TICKS
NO = frozenset({"no", "false", "0", "n"}) | written.CROSSES


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""

    def read(self, text: str) -> bool:
        """True or False; ValueError for anything else."""
        word = bare(text)
        if word not in YES | NO:
            raise ValueError(text)
        return word in YES

    def accepts(self) -> str:
        """The words taken."""
        return _("yes or no")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a fixed list, in English or in Chinese."""

    choices: type[StrEnum]
    chinese: tuple[tuple[str, str], ...] = ()

    def read(self, text: str) -> StrEnum:
        """The member; ValueError for anything else."""
        word = bare(text)
        return self.choices(dict(self.chinese).get(word, word))

    def words(self) -> tuple[str, ...]:
        """Everything that is accepted."""
        return (*map(str, self.choices), *(word for word, _english in self.chinese))

    def accepts(self) -> str:
        """The list."""
        return _("one of: {words}").format(words=", ".join(self.spoken()))

    def spoken(self) -> tuple[str, ...]:
        """The list in the language spoken: a word for each."""
        words = {english: chinese for chinese, english in reversed(self.chinese)}
        if language() != "zh":
            words = {}
        return tuple(dict.fromkeys(words.get(str(choice), str(choice)) for choice in self.choices))


@dataclass(frozen=True, slots=True)
class Column:
    """What is said once about a column: its kind, its usual Chinese headers, a note, and where its ids live.

    `blank` lets the cells of a required column be empty (the whole township, say): they read as "".
    `key` is the header where it is not the name of the field: a dotted key of `county.toml`. `twin` is the column that
    says the same in another unit: one of the two is given. `usual` are other words for it in the ledgers of offices,
    taken where none of its own headings is there.
    """

    kind: Kind
    chinese: tuple[str, ...]
    note: str
    refers: str = ""
    blank: bool = False
    key: str = ""
    twin: str = ""
    usual: tuple[str, ...] = ()


def described(column: Column, note: str, *, blank: bool = False) -> Column:
    """The same column with another note; `blank` lets its cells be empty."""
    return replace(column, note=note, blank=blank or column.blank)


@dataclass(frozen=True, slots=True)
class Heading:
    """A column in its place: its field, whether it must be there, and what an empty cell stands for."""

    field: str
    column: Column
    required: bool
    default: object

    @property
    def header(self) -> str:
        """The English header (a field named after a Python keyword carries a trailing underscore)."""
        return self.column.key or self.field.rstrip("_")

    @property
    def blank(self) -> bool:
        """Whether a cell may be empty."""
        return self.column.blank or not self.required

    @property
    def title(self) -> str:
        """The header in the language spoken."""
        return self.column.chinese[0] if language() == "zh" and self.column.chinese else self.header

    @property
    def is_figure(self) -> bool:
        """Whether it holds numbers."""
        return isinstance(self.column.kind, Number | Exact) and not isinstance(self.column.kind, Year)


@cache
def headings(row: type) -> tuple[Heading, ...]:
    """The columns of a table, read off its row dataclass, in order."""
    hints = get_type_hints(row, include_extras=True)
    return tuple(_heading(item.name, hints[item.name], item.default) for item in fields(row))


def _heading(name: str, hint: Any, default: object) -> Heading:  # noqa: ANN401 - a type
    column = next(part for part in hint.__metadata__ if isinstance(part, Column))
    required = default is MISSING
    return Heading(name, column, required, "" if required else default)


@dataclass(frozen=True, slots=True)
class Match:
    """The columns found, one for each header (None: no column, or one found before), and what is wrong."""

    headings: tuple[Heading | None, ...]
    problems: tuple[tuple[str, str], ...]
    """A header and what is wrong with it."""
    missing: tuple[Heading, ...]
    """Columns that must be there and are not."""


NAME, IN_CHINESE = "name", "name_zh"
"""Of the two names a row may have, one is enough."""


def named_in_chinese(columns: Sequence[Heading | None], cells: Sequence[object]) -> bool:
    """Whether a row has only a Chinese name, which then stands for the other one too."""
    said = {heading.field: cell for heading, cell in zip(columns, cells, strict=False) if heading is not None}
    return bool(said.get(IN_CHINESE)) and not said.get(NAME)


def match(headers: Sequence[str], columns: Sequence[Heading], others: Sequence[str] = ()) -> Match:
    """Find the column of each header, English or Chinese; an empty header stands for nothing.

    `others` are names that may stand beside the columns and have been dealt with; a message names them too.
    """
    known = named(columns)
    usual = {bare(name): heading for heading in columns for name in heading.column.usual}
    own = {known[plain] for plain in map(plain_header, headers) if plain in known}
    found: dict[Heading, str] = {}
    places: list[Heading | None] = []
    problems = []
    for header in headers:
        heading = known.get(plain_header(header)) or usual.get(plain_header(header))
        if heading in own and plain_header(header) not in known:
            heading = None  # the usual word beside the column's own heading: a name beside the code
        if header and heading is None:
            problems.append((header, _unknown(header, [*(one.title for one in columns), *others], columns)))
        elif heading in found:
            message = _("the column stands here twice (got {value} and {other}). Keep one of the two.")
            problems.append((header, message.format(value=quoted(header), other=quoted(found[heading]))))
            heading = None
        elif heading:
            found[heading] = header
        places.append(heading)
    fields = {heading.field for heading in found}
    missing = tuple(
        heading
        for heading in columns
        if heading.required and heading not in found and not (heading.field == NAME and IN_CHINESE in fields)
    )
    return Match(tuple(places), tuple(problems), missing)


def named(columns: Iterable[Heading]) -> dict[str, Heading]:
    """The columns by their headings, English and Chinese, as `plain_header` compares them."""
    return {bare(name): heading for heading in columns for name in (heading.header, *heading.column.chinese)}


MEASURES = re.compile(r"[(\[](人|名|个|件|年|单位:?[人名个件]|平方公里|km2|百万元|必填|选填)[)\]]$")
"""Measures that a heading may name behind it: those its column is in."""


def plain_header(header: str) -> str:
    """What is compared of a heading: not its width, white space or capitals, and not the measure behind it."""
    return MEASURES.sub("", bare(header).strip("*:"))


def absent(heading: Heading) -> str:
    """What to say of a column that must be there and is not."""
    return _("missing. Accepted: {accepted}.").format(accepted=heading.column.kind.accepts())


def dotted(given: Mapping[str, object], columns: Sequence[Heading]) -> dict[str, object]:
    """What a table says, with the keys of its inner tables written behind a dot where columns have such headers."""
    outer = {heading.header.partition(".")[0] for heading in columns if "." in heading.header}
    found: dict[str, object] = {}
    for key, value in given.items():
        if key in outer and isinstance(value, Mapping) and value:
            found |= {f"{key}.{_bare(name)}": inner for name, inner in value.items()}
        else:
            found[_bare(key)] = value
    return found


def _bare(key: str) -> str:
    """The key, in quotes if it is empty or has a dot of its own: it must not pass for nothing, or for two keys."""
    return key if key and "." not in key else quoted(key)


def _unknown(header: str, accepted: Sequence[str], columns: Iterable[Heading]) -> str:
    message = _("unknown name (got {value}). Accepted: {accepted}.")
    names = dict.fromkeys(name for heading in columns for name in (heading.header, *heading.column.chinese))
    return message.format(value=quoted(header), accepted=", ".join(accepted)) + near_miss(header, [*names, *accepted])


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a parameter as the id of a holder, unit, township, category or agency, as a year, or as a word of a table.

    Write `holder: Annotated[str, Ref("holder")] = ""`; the empty text names nothing. The words of a column are named
    with their table: `Ref("units.force")`.
    """

    refers: str


@dataclass(frozen=True, slots=True)
class Within:
    """Marks a number as one from `least` to `most`; without a most there is no end."""

    least: int
    most: int | None = None

    def holds(self, number: Fraction) -> bool:
        """Whether the number lies there."""
        return self.least <= number and (self.most is None or number <= self.most)


@dataclass(frozen=True, slots=True)
class NotBelow:
    """Marks a number as no smaller than others of the same table, where these are given."""

    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unless:
    """Marks a choice of which one value does not go with a value of another choice of the same table."""

    value: StrEnum
    other: str
    taken: StrEnum


Count = Annotated[int, Within(0)]
Share = Annotated[Fraction, Within(0, 1)]
AtMost = Annotated[Count | None, NotBelow(("at_least", "exactly"))]
Exactly = Annotated[Count | None, NotBelow(("at_least",))]
