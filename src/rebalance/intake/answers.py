"""The map of a ledger: what its words mean, one block a word; a text that people edit and the program only adds to.

`?` is an open question, `?something` a proposal that somebody has to accept. What has been answered is used again for
the next ledger, and so are the ids, which stay what they are.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rebalance.county.written import bare
from rebalance.fault import Fault, FaultsError
from rebalance.files import read_text, shown
from rebalance.text import _, clean, listed, quoted
from rebalance.toml import read_toml

OPEN = "?"
PROPOSED = re.compile(r'^(\w+ = ")\?([^"\\\n]+"[ \t]*)$', re.MULTILINE)
LEFT_ASIDE = "-"
"""Stands for: this is not to be read."""


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of block: what it is about, and what is said of it."""

    name: str
    key: str
    fields: tuple[str, ...]

    def about(self) -> str:
        """What is asked there, in the language spoken."""
        said = {
            "county": _("the county"),
            "column": _("columns (means: what stands there, or - to leave it aside)"),
            "category": _("categories (id: that of a category, or - to leave it aside)"),
            "holder": _("units and townships (id and kind)"),
            "post": _("kinds of post (means: cadres or workers)"),
            "station": _("stations (unit, township, id)"),
            "retirement": _("the age of retirement"),
        }
        return said[self.name]


COUNTY = Section("county", "", ("name", "code", "years", "authorised", "in_post"))
COLUMN = Section("column", "heading", ("means", "category"))
CATEGORY = Section("category", "word", ("id",))
HOLDER = Section("holder", "name", ("id", "kind"))
POST = Section("post", "word", ("means",))
STATION = Section("station", "name", ("unit", "township", "id"))
RETIREMENT = Section(
    "retirement",
    "",
    ("source", *(f"{who}_{what}" for who in ("men", "cadres", "workers") for what in ("from", "to", "every"))),
)
SECTIONS = {one.name: one for one in (COUNTY, COLUMN, CATEGORY, HOLDER, POST, STATION, RETIREMENT)}

Said = Mapping[str, str]
"""What a block says, by field."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that is open: where it is asked, and what the program would say itself, if anything."""

    section: Section
    key: str
    field: str
    proposal: str = ""


@dataclass(slots=True)
class Answers:
    """What a map says, what is open in it, and what is to be added to it."""

    file: str
    text: str = ""
    accept: bool = False
    said: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    asked: dict[Question, None] = field(default_factory=dict)
    blocks: list[str] = field(default_factory=list)
    used: set[tuple[str, str]] = field(default_factory=set)

    def find(self, section: Section, key: str = "") -> Said | None:
        """What the map says under a key, with what is open left out and noted; None: nothing."""
        found = self.said.get((section.name, bare(key)))
        if found is None:
            return None
        self.used.add((section.name, bare(key)))
        return {name: value for name, value in found.items() if not self._is_open(section, key, name, value)}

    def _is_open(self, section: Section, key: str, name: str, value: str) -> bool:
        if not value.startswith(OPEN):
            return False
        self.asked[Question(section, key, name, value.removeprefix(OPEN))] = None
        return True

    def add(self, section: Section, key: str, values: Said, note: str = "") -> Said:
        """Say something under a new key, with `?` before what is only proposed; what is not open of it."""
        if self.accept:
            values = {name: _accepted(value) for name, value in values.items()}
        self.said[section.name, bare(key)] = dict(values)
        lines = [f"# {clean(note)}"] if note else []
        lines.append(f"[[{section.name}]]" if section.key else f"[{section.name}]")
        named = {section.key: key, **values} if section.key else values
        lines += [f"{name} = {_text(value)}" for name, value in named.items()]
        self.blocks.append("\n".join(lines) + "\n")
        return self.find(section, key) or {}

    def keys(self, section: Section) -> Iterator[tuple[str, Said]]:
        """Every key of a section as it is compared, with all that is said of it."""
        for (name, key), values in self.said.items():
            if name == section.name:
                yield key, values

    def unused(self, section: Section) -> list[str]:
        """The keys of a section that nothing has asked for."""
        return [key for key, _said in self.keys(section) if (section.name, key) not in self.used]

    def whole(self) -> str:
        """The text of the map with everything that has been added."""
        if not self.text:
            return "\n".join([_head(), *self.blocks])
        text = PROPOSED.sub(r"\1\2", self.text) if self.accept else self.text
        gap = "" if text.endswith("\n") else "\n"
        return "\n".join([text + gap, *self.blocks]) if self.blocks else text

    def questions(self) -> list[str]:
        """What is open, one line a kind."""
        counts = Counter((one.section.name, bool(one.proposal)) for one in self.asked)
        lines = []
        for (name, proposed), count in counts.items():
            some = [one for one in self.asked if (one.section.name, bool(one.proposal)) == (name, proposed)]
            names = listed(dict.fromkeys(clean(one.key or one.field) for one in some[:MOST_NAMED]))
            more = _(" and {count} more").format(count=count - MOST_NAMED) if count > MOST_NAMED else ""
            text = (
                _("proposed, to be accepted: {what}: {names}{more}") if proposed else _("open: {what}: {names}{more}")
            )
            lines.append(text.format(what=SECTIONS[name].about(), names=names, more=more))
        return lines


MOST_NAMED = 6


def _accepted(value: str) -> str:
    return value.removeprefix(OPEN) if value != OPEN else value


def _text(value: str) -> str:
    """A basic string of TOML: what JSON writes, but for the one character TOML wants escaped as well."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _head() -> str:
    lines = (
        _("What the words of the ledger mean. Used again for the next one: keep it, and correct what is wrong."),
        _('"?" is a question: write the answer in its place. "?something" is a proposal: take the ? away to accept,'),
        _("or import with --accept, which accepts all of them. Then import once more, with the same words."),
    )
    return "\n".join(f"# {line}" for line in lines) + "\n"


def read_answers(file: Path, *, accept: bool) -> Answers:
    """The map in a file; an empty one where there is none yet.

    Args:
        file: the map.
        accept: whether all proposals are accepted.

    Raises:
        FaultsError: it is no map.
    """
    name = shown(file)
    if not file.exists():
        return Answers(name, accept=accept)
    content = read_toml(file)
    answers = Answers(name, read_text(file), accept)
    faults: list[Fault] = []
    for section_name, found in content.items():
        section = SECTIONS.get(section_name)
        if section is None:
            text = _("unknown name (got {value}). Accepted: {accepted}.")
            accepted = ", ".join(SECTIONS)
            faults.append(
                Fault(name, 0, clean(section_name), text.format(value=quoted(section_name), accepted=accepted))
            )
            continue
        _read(section, found, answers, faults)
    if faults:
        raise FaultsError(faults)
    return answers


def _read(section: Section, found: Any, answers: Answers, faults: list[Fault]) -> None:  # noqa: ANN401  # from TOML
    blocks: Sequence[Any] = found if isinstance(found, list) and section.key else [found]
    for number, block in enumerate(blocks, 1):
        where = f"{section.name} {number}" if section.key else section.name
        problem = _problem(section, block)
        key = "" if problem or not section.key else block[section.key]
        if not problem and (section.name, bare(key)) in answers.said:
            problem = _("stands here twice (got {value}). Keep one of the two.").format(value=quoted(key))
        if problem:
            faults.append(Fault(answers.file, 0, where, problem))
            continue
        values = {one: block[one].strip() for one in section.fields if one in block}
        if answers.accept:
            values = {one: _accepted(value) for one, value in values.items()}
        answers.said[section.name, bare(key)] = values


def _problem(section: Section, block: object) -> str:
    """Why this is no block of the section; empty where it is one."""
    names = [section.key] * bool(section.key) + list(section.fields)
    accepted = ", ".join(names)
    if not isinstance(block, dict):
        return _("not a block of {accepted} (got {value}).").format(value=quoted(block), accepted=accepted)
    strange = next((one for one in block if one not in names), None)
    if strange is not None:
        return _("unknown name (got {value}). Accepted: {accepted}.").format(value=quoted(strange), accepted=accepted)
    wrong = next((one for one in block if not isinstance(block[one], str)), None)
    if wrong is not None:
        return _("{name} is not a text in quotes (got {value}).").format(name=wrong, value=quoted(block[wrong]))
    if section.key and not block.get(section.key, "").strip():
        return _("missing: {name}.").format(name=section.key)
    return ""
