"""A register of people, reduced on reading to numbers: in post, and retirements by year and station.

Of a row only unit, category, station, sex, kind of post and month of birth are looked at, and nothing of them but the
names of units, stations, categories and kinds of post leaves this module. Its faults give rows, never what stands
there.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rebalance.county.columns import plain_header
from rebalance.county.findings import Findings
from rebalance.county.notices import How
from rebalance.county.persons import NUMBER, SHORTEST, holds_identity_number, is_personal
from rebalance.county.raw import Record, Seen, Sheet
from rebalance.county.retirement_age import Month, Rise, Staff
from rebalance.county.sheet import Body, Head, head_of, tell_hidden
from rebalance.county.wide import Wide
from rebalance.county.written import bare, narrow, nothing
from rebalance.fault import Fault
from rebalance.intake.answers import HOLDER, LEFT_ASIDE, POST, STATION
from rebalance.intake.ledger import Words
from rebalance.intake.words import (
    CUSTOM,
    IN_POST,
    NAMED_CATEGORY,
    NAMED_POST,
    ORGANISATION,
    PLACES,
    POSTS,
    REGISTER,
    SEXES,
    heading_words,
    kind_by,
    sounds_like_a_name,
)
from rebalance.text import _, clean

BIRTH = re.compile(
    r"((?:19|20)[0-9]{2})(?:[-/.年]?([01][0-9])(?:[-/.月]?[0-3]?[0-9]日?)?|[-/年]([0-9])(?:月|[-/月][0-3]?[0-9]日?)?|\.([2-9]))月?"
)
"""A month of birth: 1965-01, 196501, 1965年1月, 1965.02, with or without a day; 1965.1 could be January or October."""


def month_of(text: str) -> Month | None:
    """The month that a text names; None where it names none, or could name two."""
    said = "".join(narrow(text).split())
    dotted = re.fullmatch(r"((?:19|20)[0-9]{2})\.([1-9]|1[0-2])\.[0-3]?[0-9]", said)
    found = dotted or BIRTH.fullmatch(said)
    if not found:
        return None
    month = next(part for part in found.groups()[1:] if part)
    return Month(int(found[1]), int(month)) if 1 <= int(month) <= 12 else None  # noqa: PLR2004  # months


@dataclass(frozen=True, slots=True)
class Where:
    """Where people are: unit, category, and station (empty: headquarters)."""

    unit: str
    category: str
    station: str = ""


@dataclass(slots=True)
class People:
    """How many are in post and retire where, and how many rows could not be counted among either, by reason."""

    in_post: Counter[Where] = field(default_factory=Counter)
    retiring: Counter[tuple[Where, int]] = field(default_factory=Counter)
    rows: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    sheets: list[str] = field(default_factory=list)
    townships: dict[tuple[str, str], str] = field(default_factory=dict)
    """Where stations sit, as far as the register says so."""
    firsts: dict[tuple[str, str], str] = field(default_factory=dict)

    def first_category(self, where: Where) -> str:
        """The first, by its id, of the categories of the people in a station."""
        if not self.firsts:
            for one in sorted(self.in_post, key=lambda one: one.category):
                self.firsts.setdefault((one.unit, one.station), one.category)
        return self.firsts[where.unit, where.station]

    def rename(self, names: Mapping[str, str]) -> None:
        """Call units by other names, which may be the same for several."""
        old_posts, old_years = self.in_post, self.retiring
        self.in_post, self.retiring = Counter(), Counter()
        for where, count in old_posts.items():
            self.in_post[replace(where, unit=names.get(where.unit, where.unit))] += count
        self.townships = {(names.get(unit, unit), station): one for (unit, station), one in self.townships.items()}
        for (where, year), count in old_years.items():
            self.retiring[replace(where, unit=names.get(where.unit, where.unit)), year] += count

    def by_account(self) -> Counter[tuple[str, str]]:
        """People in post by unit and category, wherever they sit."""
        found: Counter[tuple[str, str]] = Counter()
        for where, count in self.in_post.items():
            found[bare(where.unit), where.category] += count
        return found


@dataclass(frozen=True, slots=True)
class Rule:
    """Under which ages people retire, and which years are looked at."""

    rises: Mapping[Staff, Rise]
    years: Sequence[int]


def register_head(sheet: Sheet) -> Head | None:
    """Where the headings of a register of people stand; None where the sheet is none."""
    if not sheet.records:
        return None
    head = head_of(REGISTER, sheet, Wide(REGISTER, {}))
    fields = set(_columns(head).values())
    return head if "holder" in fields and fields & {"born", "identity"} else None


def _columns(head: Head) -> dict[int, str]:
    words = {word: one.field for one in reversed(REGISTER.headings) for word in heading_words(one)}
    found: dict[int, str] = {}
    for place, title in enumerate(head.titles):
        name = words.get(plain_header(title))
        if name and name not in found.values():
            found[place] = name
    return found


@dataclass(frozen=True, slots=True)
class RegisterReader:
    """Reads the sheets of registers."""

    words: Words
    rule: Rule
    findings: Findings
    units: Collection[str]
    """The units of the ledger, as they are compared."""

    def read(self, sheet: Sheet, head: Head, into: People) -> None:
        """Add the people of a sheet to those counted."""
        tell_hidden(sheet, self.findings)
        columns = _columns(head)
        if "category" not in columns.values():
            message = _("a register of people without a column for the category. Add one, such as 编制类别.")
            self.findings.faults.append(Fault(sheet.file, sheet.records[head.above].row, "", message))
            return
        headings = {one.field: one for one in REGISTER.headings}
        meant = [headings.get(columns.get(place, "")) for place in range(len(head.titles))]
        unnamed = replace(head, titles=tuple(one.title if one else "" for one in meant))
        for record in sheet.records[: head.above]:
            self.findings.notice(How.TITLE, sheet.file, record.row)
        rows = Body(sheet, unnamed, meant, self.findings).rows()
        _look_for_twins(sheet, rows, columns, self.findings)
        into.sheets.append(sheet.file)
        persons = _of_persons(head, rows)
        reader = _Reader(sheet, columns, self.words, self.rule, self.findings, into, persons, self.units)
        for record in rows:
            reader.count(record)
        reader.settle()


def _of_persons(head: Head, rows: Sequence[Record]) -> frozenset[str]:
    """Everything in columns of persons: it must not come up where units, categories and posts are named."""
    places = [place for place, title in enumerate(head.titles) if is_personal(title)]
    cells = (record.cells[place] for record in rows for place in places if place < len(record.cells))
    return frozenset(bare(cell) for cell in cells if isinstance(cell, str) and cell and not nothing(cell))


def _look_for_twins(sheet: Sheet, rows: Sequence[Record], columns: Mapping[int, str], findings: Findings) -> None:
    """The same person twice would be counted twice."""
    seen: dict[str, int] = {}
    for place in (one for one, name in columns.items() if name == "identity"):
        for record in rows:
            cell = record.cells[place] if place < len(record.cells) else ""
            said = bare(cell) if isinstance(cell, str) else ""
            if len(said) >= SHORTEST and seen.setdefault(said, record.row) != record.row:
                message = _("the same person stands here twice. Keep one of the rows.")
                findings.faults += [Fault(sheet.file, row, "", message) for row in (seen[said], record.row)]


@dataclass(slots=True)
class _Reader:
    """Counts people, row by row."""

    sheet: Sheet
    columns: Mapping[int, str]
    words: Words
    rule: Rule
    findings: Findings
    people: People
    persons: frozenset[str]
    units: Collection[str]
    wrong: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def count(self, record: Record) -> None:
        """Count the person in a row."""
        said = dict(self._said(record))
        if "state" in self.columns.values() and bare(said.get("state", "")) not in IN_POST | {""}:
            self.people.left_out[_("not in post by the column of their state")] += 1
            return
        unit, word = said.get("holder", ""), said.get("category", "")
        if not unit or not word:
            self.wrong[_("a person without a unit or a category. Fill both in, or take the row out.")].append(
                record.row
            )
            return
        if any(self._is_personal(said.get(name, "")) for name in ("holder", "category", "station", "township", "post")):
            self.wrong[
                _("what belongs to a person stands where unit, category, station or post is asked. Correct the row.")
            ].append(record.row)
            return
        if problem := self._unknown(unit, word, said):
            self.wrong[problem].append(record.row)
            return
        self.people.rows += 1
        category = self.words.id_of(word)
        if category == LEFT_ASIDE:
            self.people.left_out[_("of categories that the map leaves aside")] += 1
        if category in {"", LEFT_ASIDE}:
            return
        station = said.get("station", "")
        where = Where(clean(unit), category, clean(station))
        place = _place(said) if station else ""
        if place and self.people.townships.setdefault((where.unit, where.station), place) != place:
            self.wrong[_("a station in two townships. Correct one of the rows.")].append(record.row)
        self.people.in_post[where] += 1
        self._retire(where, word, said, record)

    def _is_personal(self, text: str) -> bool:
        return bare(text) in self.persons or holds_identity_number(text) or month_of(text) is not None

    def _unknown(self, unit: str, word: str, said: Mapping[str, str]) -> str:
        """Why the row cannot be placed: a word that nobody knows, and that could be the name of a person."""
        said_of = self.words.answers.said
        known = bare(unit) in self.units or (HOLDER.name, bare(unit)) in said_of
        if not known and sounds_like_a_name(unit, ORGANISATION):
            return _("no unit of the ledger or the map stands there. Correct it, or add a [[holder]] to the map.")
        if not self.words.knows(word) and sounds_like_a_name(word, NAMED_CATEGORY):
            return _("no category that is known stands there. Correct it, or add a [[category]] to the map.")
        station = said.get("station", "")
        if (
            station
            and (STATION.name, bare(f"{unit}/{station}")) not in said_of
            and sounds_like_a_name(station, ORGANISATION)
        ):
            return _("no station stands there. Correct it, or add a [[station]] to the map.")
        return ""

    def _said(self, record: Record) -> Iterator[tuple[str, str]]:
        for place, name in self.columns.items():
            cell = record.cells[place] if place < len(record.cells) else ""
            if not isinstance(cell, str):
                self.wrong[_("a cell that cannot be read. Type its value.")].append(record.row)
            elif cell and not nothing(cell):
                yield name, str.__str__(cell) if isinstance(cell, Seen) else cell

    def _retire(self, where: Where, word: str, said: Mapping[str, str], record: Record) -> None:
        born, man = self._born(said, record), _is_man(said)
        if born is None or man is None:
            self.people.left_out[_("without a month of birth or a sex: in post, not among the retirements")] += 1
            return
        staff = Staff.MEN if man else self._staff(said.get("post", ""), word, where.category, record.row)
        if staff is None:
            return
        year = self.rule.rises[staff].retires(born).year
        if self.rule.years and year < self.rule.years[0]:
            self.people.left_out[_("past their month already: in post, not among the retirements")] += 1
        elif year in self.rule.years:
            self.people.retiring[where, year] += 1

    def _born(self, said: Mapping[str, str], record: Record) -> Month | None:
        given = said.get("born", "")
        if given:
            found = month_of(given)
            if found is None:
                message = _("no month of birth, or one that could be January or October. Write it like 1980-01.")
                self.wrong[message].append(record.row)
            return found
        digits = NUMBER.search(narrow(said.get("identity", "")))
        return month_of(digits[0][6:12]) if digits and holds_identity_number(digits[0]) else None

    def _staff(self, post: str, word: str, category: str, row: int) -> Staff | None:
        """Whose age a woman's is, by her kind of post, or else by her category; None where that is asked."""
        plain = re.sub("岗位?$", "", bare(post))
        if plain in POSTS:
            return POSTS[plain]
        if post and sounds_like_a_name(post, NAMED_POST) and self.words.answers.find(POST, post) is None:
            message = _("a woman's kind of post that is not known. Write 干部 or 工人, or add a [[post]] to the map.")
            self.wrong[message].append(row)
            return None
        asked = clean(post or word)
        said = self.words.answers.find(POST, asked)
        if said is None:
            proposal = "?" if post else f"?{CUSTOM.get(category, Staff.CADRES).value}"
            note = _("Women: cadres retired at 55 before 2025, workers at 50. Accepted: cadres, workers.")
            said = self.words.answers.add(POST, asked, {"means": proposal}, note)
        return POSTS.get(bare(said.get("means", "")))

    def settle(self) -> None:
        """Turn what is wrong into faults, which give rows alone."""
        for message, rows in self.wrong.items():
            self.findings.faults += [Fault(self.sheet.file, row, "", message) for row in dict.fromkeys(rows)]


def _place(said: Mapping[str, str]) -> str:
    """The township of a station, where it is the name of one."""
    given = clean(said.get("township", ""))
    return given if kind_by(PLACES, given) else ""


def _is_man(said: Mapping[str, str]) -> bool | None:
    given = bare(said.get("sex", ""))
    if given in SEXES:
        return SEXES[given]
    digits = NUMBER.search(narrow(said.get("identity", "")))
    if not given and digits and holds_identity_number(digits[0]):
        return int(digits[0][16]) % 2 == 1
    return None
