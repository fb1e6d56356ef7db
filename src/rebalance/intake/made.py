"""A county out of what ledgers and registers say: ids, kinds, tables; and what was asked on the way."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rebalance.county.columns import Heading, headings
from rebalance.county.county import County
from rebalance.county.findings import Findings
from rebalance.county.holders import (
    HOLDER_KINDS,
    HolderKind,
    Position,
    Retirement,
    Township,
    TownshipKind,
    Unit,
    UnitKind,
)
from rebalance.county.norms import Source
from rebalance.county.raw import About, Given, Raw, Record, Sheet
from rebalance.county.read import package_of
from rebalance.county.reform import Station
from rebalance.county.retirement_age import SOURCE
from rebalance.county.tables import TABLES, Table, cell_text
from rebalance.county.tables import cell as plain_cell
from rebalance.county.written import bare
from rebalance.fault import Fault
from rebalance.files import RESERVED
from rebalance.intake.answers import CATEGORY, COUNTY, HOLDER, STATION, Answers, Said
from rebalance.intake.ledger import ID, Holding, Words
from rebalance.intake.register import People, Where
from rebalance.intake.words import BELOW, CATEGORIES, ENDINGS, GROUPS, PLACES, kind_by, kind_said
from rebalance.text import _, clean, listed, quoted

BELOW_KINDS = frozenset({HolderKind.TOWN, HolderKind.TOWNSHIP, HolderKind.SUBDISTRICT})

BY_NAME = {table.name: table for table in TABLES}


@dataclass(frozen=True, slots=True)
class Gathered:
    """What all files say together."""

    holdings: Mapping[str, Holding]
    people: People
    further: Mapping[Table, Sheet]
    from_register: bool
    """Whether there is no ledger, so that positions are known from the register alone."""


@dataclass(slots=True)
class Ids:
    """Makes ids that are free, and takes those there are."""

    answers: Answers
    findings: Findings
    present: Collection[str]
    """The units of the ledger: of these, no two have one id."""
    taken: dict[str, str] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    """Codes of the ledger that are no ids, or stand twice."""

    def __post_init__(self) -> None:
        """Take the ids of the map."""
        for section in (HOLDER, STATION):
            for key, said in self.answers.keys(section):
                if not said.get("id", "").startswith("?"):
                    self._take(said.get("id", ""), key)

    def _take(self, id_: str, key: str) -> None:
        problem = "" if is_id(id_) else _("not an id (got {value}). Accepted: letters, digits, - and _, at most 40.")
        other = self.taken.setdefault(id_.casefold(), key)
        if other not in self.present:  # the old name of a unit, or what a register calls it
            self.taken[id_.casefold()] = key
        elif not problem and other != key and key in self.present:
            problem = _("the id of another one too (got {value}). Give each its own.")
        if problem:
            self.findings.faults.append(Fault(self.answers.file, 0, "id", problem.format(value=quoted(id_)), id_))

    def free(self, wanted: str, key: str, letter: str) -> str:
        """The id wanted, if it can be one and is free; else the next number behind a letter."""
        if is_id(wanted) and wanted.casefold() not in self.taken:
            self.taken[wanted.casefold()] = key
            return wanted
        if wanted:
            self.refused.append(wanted)
        number = self.last.get(letter, 0) + 1
        while f"{letter}{number:03}".casefold() in self.taken:
            number += 1
        self.last[letter] = number
        self.taken[f"{letter}{number:03}".casefold()] = key
        return f"{letter}{number:03}"


def is_id(text: str) -> bool:
    """Whether a text can be an id here."""
    return ID.fullmatch(text) is not None and not RESERVED.fullmatch(text) and text.casefold() != HolderKind.RESERVE


@dataclass(slots=True)
class Making:
    """Makes a county, and asks what is not known."""

    answers: Answers
    words: Words
    gathered: Gathered
    years: Sequence[int]
    findings: Findings
    ids: Ids
    found: dict[str, Said] = field(default_factory=dict)

    def ask(self) -> None:
        """Find out, or ask, what every unit and township is, and what concerns the register."""
        lost = self._lost()
        for key, holding in self.gathered.holdings.items():
            self.found[key] = self._holder(key, holding, lost)
        self.gathered.people.rename(self._called())
        for where in self.gathered.people.in_post:
            if where.station:
                self._station(where)

    def _lost(self) -> list[str]:
        """Units of the map that no file has any more: a new name may be theirs."""
        known = {key for key, _said in self.answers.keys(HOLDER)}
        ids = {said.get("id", "") for key, said in self.answers.keys(HOLDER) if key in self.gathered.holdings}
        lost = known - self.gathered.holdings.keys()
        return sorted(key for key in lost if self.answers.said[HOLDER.name, key].get("id", "") not in ids)

    def _holder(self, key: str, holding: Holding, lost: Sequence[str]) -> Said:
        said = self.answers.find(HOLDER, holding.name)
        if said is not None:
            return said
        kind = _kind_known(holding)
        guess = kind or kind_by(ENDINGS, holding.name)
        letter = "T" if guess in BELOW_KINDS else "U"
        id_ = self.ids.free(str(holding.said.get("code", "")), key, letter)
        shown = _kind_word(guess) if guess else ""
        note = ""
        given = id_
        if lost and self.answers.text:
            names = listed(f"{clean(one)} {self.answers.said[HOLDER.name, one].get('id', '')}" for one in lost[:8])
            note = _(
                "New: its id is {id}. Or the new name of one that is no longer there: then its id is that of {names}."
            )
            note = note.format(id=id_, names=names)
            given = "?"
        values = {"id": given, "kind": shown if kind else f"?{shown}"}
        return self.answers.add(HOLDER, holding.name, values, note)

    def _called(self) -> dict[str, str]:
        """What the ledger calls the units of the register; asked where it has none of the name."""
        by_id = {said.get("id", ""): self.gathered.holdings[key].name for key, said in self.found.items()}
        names: dict[str, str] = {}
        for name in dict.fromkeys(where.unit for where in self.gathered.people.in_post):
            if (known := self.gathered.holdings.get(bare(name))) is not None:
                names[name] = known.name
                continue
            said = self.answers.find(HOLDER, name)
            if said is None:
                note = _("In the register, and not in the ledger: the id of the unit that it is.")
                said = self.answers.add(HOLDER, name, {"id": "?", "kind": ""}, note)
            id_ = said.get("id", "")
            if id_ and id_ not in by_id:
                text = _("not the id of a unit in the ledger (got {value}).").format(value=quoted(id_))
                self.findings.faults.append(Fault(self.answers.file, 0, f"holder {name}", text, id_))
            names[name] = by_id.get(id_, name)
        return names

    def _station(self, where: Where) -> Said:
        key = station_key(where)
        said = self.answers.find(STATION, key)
        if said is not None:
            return said
        places = [one.name for one in self.gathered.holdings.values() if self._is_below(one)]
        near = [name for name in places if bare(name) in bare(where.station)]
        township = self.gathered.people.townships.get((where.unit, where.station)) or (
            f"?{near[0]}" if len(near) == 1 else "?"
        )
        id_ = self.ids.free("", f"station {bare(key)}", "S")
        return self.answers.add(STATION, key, {"unit": where.unit, "township": township, "id": id_})

    def _is_below(self, holding: Holding) -> bool:
        kind = _kind_known(holding) or kind_by(PLACES, holding.name)
        return kind in BELOW_KINDS

    def county(self) -> County:
        """The county, every question being answered.

        Raises:
            FaultsError: with all that is wrong.
        """
        sheets = {BY_NAME[name]: sheet for name, sheet in self._sheets()}
        self.findings.settle()
        raw = Raw(self._about(), sheets | dict(self.gathered.further))
        return package_of(raw, self.findings).county

    def _about(self) -> About:
        said = self.answers.find(COUNTY) or {}
        own = {name: Given(said.get(name, "")) for name in ("name", "code")}
        own["years"] = Given(";".join(map(str, self.years)))
        own["name_zh"] = own["name"]
        if self.gathered.from_register or self.gathered.people.in_post:
            own["source"] = Given(_("The office's own ledger and register of people, as imported."))
        else:
            own["source"] = Given(_("The office's own ledger, as imported."))
        usual = {one.id: one for one in CATEGORIES}
        own_words = {said.get("id", ""): key for key, said in self.answers.keys(CATEGORY)}
        categories = {}
        for id_ in self._categories():
            name = usual[id_].name if id_ in usual else own_words.get(id_, id_)
            name_zh = usual[id_].name_zh if id_ in usual else own_words.get(id_, id_)
            categories[id_] = {"name": Given(name), "name_zh": Given(name_zh)}
        return About(self.answers.file, own, categories, {})

    def _categories(self) -> list[str]:
        """Every category that anybody has, in the usual order."""
        found = {category for holding in self.gathered.holdings.values() for category, _name in holding.amounts}
        found |= {where.category for where in self.gathered.people.in_post}
        usual = [one.id for one in CATEGORIES if one.id in found]
        return [*usual, *sorted(found - set(usual))]

    def _sheets(self) -> Iterator[tuple[str, Sheet]]:
        yield "units", self._holders("units", Unit, set(map(str, UnitKind)))
        yield "townships", self._holders("townships", Township, set(map(str, TownshipKind)))
        yield "positions", _sheet("positions", headings(Position), list(self._positions()))
        people = self.gathered.people
        if people.in_post:
            yield "retirements", _sheet("retirements", headings(Retirement), list(self._retirements()))
            yield "sources", _sheet("sources", headings(Source), list(self._sources()))
        if stations := list(self._stations()):
            yield "stations", _sheet("stations", headings(Station), stations)

    def _holders(self, name: str, row: type, kinds: set[str]) -> Sheet:
        columns = headings(row)
        rows = []
        for key, holding in self.gathered.holdings.items():
            kind = self._kind(key)
            if kind in kinds:
                said = {one.field: holding.said.get(one.field, one.default) for one in columns}
                rows.append(
                    {**said, columns[0].field: self.id_of(key), "name": holding.name, "kind": kind, "name_zh": ""}
                )
        return _sheet(name, columns, rows)

    def _kind(self, key: str) -> str:
        said = self.found[key].get("kind", "")
        kind = kind_said(said)
        if kind is None:
            accepted = listed(_kind_word(one) for one in HolderKind if one is not HolderKind.RESERVE)
            text = _("not a kind (got {value}). Accepted: {accepted}.").format(value=quoted(said), accepted=accepted)
            fault = Fault(self.answers.file, 0, f"holder {clean(self.gathered.holdings[key].name)}", text, said)
            if fault not in self.findings.faults:
                self.findings.faults.append(fault)
            return ""
        return str(kind)

    def id_of(self, key: str) -> str:
        """The id of a unit or township, by its name as it is compared."""
        return self.found[key].get("id", "")

    def _positions(self) -> Iterator[dict[str, object]]:
        for key, holding in self.gathered.holdings.items():
            for category in dict.fromkeys(category for category, _name in holding.amounts):
                row = {name: holding.amounts.get((category, name), 0) for name in ("authorised", "in_post")}
                yield {"holder": self.id_of(key), "category": category, **row}

    def _retirements(self) -> Iterator[dict[str, object]]:
        for (where, year), count in self.gathered.people.retiring.items():
            station = self._station_id(where) if where.station else ""
            unit = self.id_of(bare(where.unit))
            yield {"holder": unit, "category": where.category, "year": year, "count": count, "station": station}

    def _stations(self) -> Iterator[dict[str, object]]:
        below = {key: self.id_of(key) for key in self.found if self._kind(key) in BELOW_KINDS}
        for where, count in self.gathered.people.in_post.items():
            if not where.station:
                continue
            said = self.answers.find(STATION, station_key(where)) or {}
            township = self._township(where, said.get("township", ""), below)
            kind = where.station.removeprefix(where.unit)
            yield {
                "station": self._station_id(where),
                "unit": self.id_of(bare(where.unit)),
                "township": township,
                "agency": "",
                "category": where.category,
                "authorised": count,
                "in_post": count,
                "kind": kind,
                "kind_zh": "",
            }

    def _township(self, where: Where, said: str, below: Mapping[str, str]) -> str:
        """The id of the township in which a station sits; `below` are the ids of all, by name."""
        if said in below.values():
            return said
        if bare(said) not in below:
            text = _("not a township of the ledger (got {value}). Write its name.").format(value=quoted(said))
            self.findings.faults.append(Fault(self.answers.file, 0, f"station {station_key(where)}", text, said))
        return below.get(bare(said), "")

    def _station_id(self, where: Where) -> str:
        """Its id; behind it the category, where people of several work there."""
        id_ = (self.answers.find(STATION, station_key(where)) or {}).get("id", "")
        first = self.gathered.people.first_category(where)
        return id_ if first == where.category else f"{id_}-{where.category}"

    def _sources(self) -> Iterator[dict[str, object]]:
        rule = _("Months of birth of the register, under: {source}").format(source=SOURCE)
        yield {"table": "retirements", "column": "count", "id": "", "source": rule, "made_up": False}
        if any(where.station for where in self.gathered.people.in_post):
            text = _("Taken as the people in post: a register has no authorised positions.")
            yield {"table": "stations", "column": "authorised", "id": "", "source": text, "made_up": True}
        if self.gathered.from_register:
            text = _("Taken as the people in post: a register has no authorised positions.")
            yield {"table": "positions", "column": "authorised", "id": "", "source": text, "made_up": True}


def station_key(where: Where) -> str:
    """What the map calls a station."""
    return f"{where.unit}/{where.station}"


def _kind_known(holding: Holding) -> HolderKind | None:
    """What the ledger itself says that it is: in a column, or by the title of its group."""
    if word := str(holding.said.get("kind", "")):
        return kind_said(word) or kind_by(GROUPS, word)
    if BELOW.search(bare(holding.group)):
        return kind_by(PLACES, holding.name)
    return kind_by(GROUPS, holding.group) if holding.group else None


def _kind_word(kind: HolderKind) -> str:
    """A kind in the language spoken."""
    return HOLDER_KINDS.spoken()[list(HolderKind).index(kind)]


def _sheet(name: str, columns: Sequence[Heading], rows: Sequence[Mapping[str, object]]) -> Sheet:
    """A table of the county, as its file would have it."""
    header = Record(1, tuple(one.header for one in columns))
    records = [
        Record(number, tuple(_text(one, row.get(one.field, one.default)) for one in columns))
        for number, row in enumerate(rows, 2)
    ]
    return Sheet(f"{name}.csv", (header, *records))


def _text(heading: Heading, value: object) -> str:
    return "" if value is None else cell_text(plain_cell(heading, value))
