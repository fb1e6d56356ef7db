"""Everything that ledgers and registers say, read and put together: a county, or what is asked first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rebalance.county.county import County
from rebalance.county.entries import IDENTITY
from rebalance.county.findings import Findings
from rebalance.county.folder import read_csv
from rebalance.county.naming import plain_name, table_named
from rebalance.county.notices import How, Note, notes
from rebalance.county.raw import Sheet
from rebalance.county.read import WORKBOOK, read_package
from rebalance.county.retirement_age import RISES, SOURCE, YEAR, Rise, Staff
from rebalance.county.tables import Table
from rebalance.county.workbook import SHEETS, sheets_in
from rebalance.county.written import bare
from rebalance.encoding import readings, settled
from rebalance.fault import Fault, FaultsError, refuse
from rebalance.files import read_bytes, shown
from rebalance.intake.answers import COUNTY, HOLDER, RETIREMENT, Answers, Question
from rebalance.intake.ledger import Holding, LedgerReader, Read, Words, holdings, ledger_head
from rebalance.intake.made import Gathered, Ids, Making
from rebalance.intake.register import People, RegisterReader, Rule, register_head
from rebalance.intake.titles import Headings
from rebalance.intake.words import category_name
from rebalance.text import _, clean, listed, quoted, run_on

COUNTY_NAME = re.compile("([\u4e00-\u9fff]{1,8}?(?:自治县|[县市区旗]))")


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of the files: a county, or none as yet where something is asked; and what has been read."""

    county: County | None
    notes: tuple[Note, ...]
    said: tuple[str, ...]
    """What was read and compared, and what could not be placed, in sentences."""


def take(files: Sequence[Path], answers: Answers, years: str) -> Taken:
    """Read the files of an office.

    Args:
        files: ledgers and registers, workbooks or CSV.
        answers: what is known of their words; takes what is asked.
        years: the calendar years planned; empty: as the map says.

    Raises:
        FaultsError: with every fault found in them.
    """
    findings = Findings()
    sheets = [sheet for file in files for sheet in _sheets(file, findings)]
    findings.settle()
    if len(files) == 1 and any(plain_name(sheet.name) in SHEETS for sheet in sheets):
        found = read_package(files[0])
        return Taken(
            found.county, found.notes, (_("The workbook is a county package already: its tables were taken."),)
        )
    return _Taking(answers, years, findings).take(sheets)


def _sheets(file: Path, findings: Findings) -> list[Sheet]:
    name = shown(file)
    if not file.exists():
        raise refuse(name, _("there is no such file. Check its name and folder."))
    if file.is_dir():
        raise refuse(name, _("a folder. Give a ledger: a workbook (.xlsx) or a CSV file."))
    if file.suffix.casefold() == WORKBOOK:
        return sheets_in(file, findings)
    if file.suffix.casefold() != ".csv":
        raise refuse(name, _("neither a workbook nor a CSV file. Save it as .xlsx."))
    reading = settled({name: readings(read_bytes(file), name)})[name]
    if reading is None:
        raise refuse(name, _("its encoding fits two readings. Save it as “CSV UTF-8”."))
    sheet = read_csv(reading.text, name)
    width = max((len(record.cells) for record in sheet.records), default=0)
    return [_squared(sheet, width)]


def _squared(sheet: Sheet, width: int) -> Sheet:
    """The sheet with rows of one width, as a workbook has them."""
    records = (replace(one, cells=(*one.cells, *[""] * (width - len(one.cells)))) for one in sheet.records)
    return replace(sheet, records=tuple(records))


@dataclass(slots=True)
class _Taking:
    """Reads sheets by what they are."""

    answers: Answers
    years: str
    findings: Findings

    def take(self, sheets: Sequence[Sheet]) -> Taken:
        words = Words.of(self.answers)
        headings = Headings.of(self.answers, words.known)
        ledgers, registers, further = self._sorted(sheets, headings)
        years = self._identity(sheets, bool(registers), bool(ledgers))
        read, people = Read(), People()
        ledger = LedgerReader(words, headings, self.findings)
        for sheet in ledgers:
            if head := ledger_head(sheet, headings):
                ledger.read(sheet, head, read)
        units = holdings(read.lines, self.findings)
        register = RegisterReader(
            words, Rule(self._rises() if registers else RISES, years), self.findings, units.keys()
        )
        for sheet in registers:
            if head := register_head(sheet):
                register.read(sheet, head, people)
        self.findings.settle()
        gathered = Gathered(units, people, further, from_register=not ledgers)
        if not ledgers:
            _from_register(gathered, units)
        making = Making(
            self.answers, words, gathered, years, self.findings, Ids(self.answers, self.findings, units.keys())
        )
        making.ask()
        differing = self._agree(units, people) if ledgers and registers else []
        self.findings.settle()
        said = [*_read(read, people), *differing, *_left(people, self.answers, units), *_codes(making.ids.refused)]
        if self.answers.asked:
            return Taken(None, notes(self.findings.notices), tuple(said))
        county = making.county()
        _prove(county, read, self.answers.file, changed=bool(differing))
        return Taken(county, notes(self.findings.notices), tuple(said))

    def _sorted(
        self, sheets: Sequence[Sheet], headings: Headings
    ) -> tuple[list[Sheet], list[Sheet], dict[Table, Sheet]]:
        """The ledgers, the registers, and other tables of a county; what is none of these is told."""
        ledgers, registers, further = [], [], {}
        for sheet in sheets:
            table = table_named(sheet.name)
            if not sheet.records or sheet.unseen:
                self.findings.notice(How.SHEETS, clean(sheet.file), said=_("hidden") if sheet.unseen else _("empty"))
            elif register_head(sheet):
                registers.append(sheet)
            elif table is not None and not table.required:
                further[table] = sheet
            elif ledger_head(sheet, headings):
                ledgers.append(sheet)
            else:
                self.findings.notice(How.SHEETS, clean(sheet.file))
        if not ledgers and not registers:
            file = listed(dict.fromkeys(sheet.file.partition("#")[0] for sheet in sheets))
            message = _(
                "no ledger and no register of people in it. A ledger has a heading for the unit (单位名称) and one for"
                " positions (行政编制数, 编制数), a register one for the unit, the category and the month of birth"
                " (出生年月)."
            )
            raise refuse(file, message)
        return ledgers, registers, further

    def _identity(self, sheets: Sequence[Sheet], register: bool, ledger: bool) -> Sequence[int]:  # noqa: FBT001
        """What the county is called, and the years planned; asked where it is not known."""
        said = self.answers.find(COUNTY)
        if said is None:
            authorised = "?in_post" if register and not ledger else ""
            guess = _county_name(sheets)
            values = {
                "name": f"?{guess}",
                "code": "?",
                "years": self.years or "?",
                "authorised": authorised,
                "in_post": "",
            }
            note = _("Name, statistical code, calendar years planned, such as 2026-2028.")
            if authorised:
                alone = _("A register has no authorised positions: in_post takes as many as there are people.")
                note = run_on((note, alone))
            said = self.answers.add(COUNTY, "", values, note)
        elif self.years:
            self.answers.said[COUNTY.name, ""]["years"] = self.years
            self.answers.asked = {one: None for one in self.answers.asked if one.field != "years"}
            said = {**said, "years": self.years}
        if register and not ledger and said.get("authorised", "in_post") != "in_post":
            message = _("a register has no authorised positions. Give the ledger as well, or write in_post.")
            self.findings.faults.append(Fault(self.answers.file, 0, "county.authorised", message))
        given = said.get("years", "")
        if not given:
            return ()
        heading = next(one for one in IDENTITY if one.field == "years")
        try:
            found: Sequence[int] = heading.column.kind.read(given)  # type: ignore[assignment]  # years
        except ValueError:
            message = _("not accepted (got {value}). Accepted: {accepted}.")
            text = message.format(value=quoted(given), accepted=heading.column.kind.accepts())
            self.findings.faults.append(Fault(self.answers.file, 0, "county.years", text, given))
            return ()
        return found

    def _rises(self) -> Mapping[Staff, Rise]:
        """How the ages of retirement rise: as the map says, which begins with the law."""
        said = self.answers.find(RETIREMENT)
        if said is None:
            values = {"source": SOURCE}
            for staff, rise in RISES.items():
                most = rise.years + rise.most // YEAR
                values |= {
                    f"{staff}_from": str(rise.years),
                    f"{staff}_to": str(most),
                    f"{staff}_every": str(rise.every),
                }
            note = _("Years of age before 2025 and in the end; a month is added for every so many months.")
            said = self.answers.add(RETIREMENT, "", values, note)
        found = {}
        for staff in Staff:
            parts = [said.get(f"{staff}_{what}", "") for what in ("from", "to", "every")]
            if not all(part.isascii() and part.isdecimal() and 0 < int(part[:3]) <= 100 for part in parts):  # noqa: PLR2004
                message = _("{staff}: not whole numbers from 1 to 100 (got {value}).")
                text = message.format(staff=staff, value=quoted(", ".join(parts)))
                raise refuse(self.answers.file, text)
            first, last, every = map(int, parts)
            found[staff] = Rise(first, max(last - first, 0) * YEAR, every)
        return found

    def _agree(self, units: Mapping[str, Holding], people: People) -> list[str]:
        """Whom to follow where ledger and register count people differently; asked, and told."""
        counted = people.by_account()
        said = self.answers.find(COUNTY) or {}
        keys = dict.fromkeys((key, category) for key, one in units.items() for category, _name in one.amounts)
        differing = [
            (key, category, units[key].amounts.get((category, "in_post"), 0), counted[key, category])
            for key, category in dict.fromkeys([*keys, *counted])
            if key in units and units[key].amounts.get((category, "in_post"), 0) != counted[key, category]
        ]
        if not differing:
            return []
        chosen = said.get("in_post", "")
        if chosen not in {"ledger", "register"}:
            self.answers.asked[Question(COUNTY, "", "in_post")] = None
        for key, category, _old, new in differing if chosen == "register" else ():
            units[key].amounts[category, "in_post"] = new
        places = listed(
            f"{clean(units[key].name)} {category_name(category)} {old}/{new}"
            for key, category, old, new in differing[:MOST]
        )
        more = _(" and {count} more").format(count=len(differing) - MOST) if len(differing) > MOST else ""
        text = _(
            "In post by the ledger / by the register: {places}{more}. In the map, county.in_post says which is taken:"
            ' "ledger" or "register".'
        )
        return [text.format(places=places, more=more)]


MOST = 6


def _county_name(sheets: Sequence[Sheet]) -> str:
    """What a title above the headings calls the county; only ever a proposal."""
    for sheet in sheets:
        for record in sheet.records[:2]:
            cells = [cell for cell in record.cells if cell]
            found = COUNTY_NAME.match(str(cells[0])) if len(cells) == 1 and isinstance(cells[0], str) else None
            if found:
                return found[1]
    return ""


def _from_register(gathered: Gathered, units: dict[str, Holding]) -> None:
    """Positions as many as there are people, where nothing else is known."""
    for where, count in gathered.people.in_post.items():
        holding = units.setdefault(bare(where.unit), Holding(where.unit))
        for name in ("authorised", "in_post"):
            holding.amounts[where.category, name] = holding.amounts.get((where.category, name), 0) + count


def _read(read: Read, people: People) -> list[str]:
    """What has been read, in sentences."""
    said = []
    if read.sheets:
        sums = {
            name: sum(count for (_category, one), count in read.sums.items() if one == name)
            for name in ("authorised", "in_post")
        }
        text = _("Ledger: rows {rows}, authorised {authorised}, in post {in_post} ({sheets}).")
        said.append(text.format(rows=len(read.lines), **sums, sheets=listed(map(clean, read.sheets))))
    if any(read.aside.values()):
        text = _("Left aside by the map: authorised {authorised}, in post {in_post}.")
        said.append(text.format(authorised=read.aside["authorised"], in_post=read.aside["in_post"]))
    if people.sheets:
        text = _("Register: people {people}, in post {in_post}, retiring in the years planned {retiring} ({sheets}).")
        counts = {"in_post": people.in_post.total(), "retiring": people.retiring.total()}
        said.append(text.format(people=people.rows, **counts, sheets=listed(map(clean, people.sheets))))
        said.append(_("A register has no authorised positions; names, numbers and months of birth are kept nowhere."))
    return said


def _left(people: People, answers: Answers, units: Mapping[str, Holding]) -> list[str]:
    """What could not be placed, one line a kind."""
    said = [
        _("People {reason}: {count}.").format(reason=reason, count=count) for reason, count in people.left_out.items()
    ]
    gone = [key for key in answers.unused(HOLDER) if key not in units]
    if gone:
        said.append(_("In the map, and in no file any more: {names}.").format(names=listed(map(clean, gone[:12]))))
    return said


def _codes(refused: Sequence[str]) -> list[str]:
    """Which codes were not taken for ids."""
    if not refused:
        return []
    text = _("Codes that stand twice, or cannot be ids, were replaced by ids made here: {codes}.")
    return [text.format(codes=listed(map(quoted, dict.fromkeys(refused))))]


def _prove(county: County, read: Read, file: str, *, changed: bool) -> None:
    """See that the package adds up to what the ledger adds up to, column by column."""
    for (category, name), total in read.sums.items():
        got = sum(getattr(row, name) for row in county.positions if row.category == category)
        if got != total and not (changed and name == "in_post"):
            message = _("{category}, {name}: the ledger adds up to {total}, the package to {got}.")
            text = message.format(category=category, name=name, total=total, got=got)
            raise FaultsError([Fault(file, 0, "", text)])
    for name, total in read.cells.items():
        got = sum(getattr(row, name) for row in county.positions) + read.aside[name]
        if got != total and not (changed and name == "in_post"):
            message = _("{name}: the cells of the ledger add up to {total}, the package to {got}.")
            raise FaultsError([Fault(file, 0, "", message.format(name=name, total=total, got=got))])
