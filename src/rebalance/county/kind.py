"""What a file or folder is that somebody named where another thing is asked; and what to type with it."""

from __future__ import annotations

from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from shlex import quote

from rebalance.county.folder import ABOUT
from rebalance.county.workbook import has_county, scenario_in
from rebalance.fault import FaultsError, refuse
from rebalance.files import shown
from rebalance.text import _, run_on

WORKBOOK, PLAN, STORE = ".xlsx", "plan.json", b"SQLite format 3\0"
SAID_OF_PLANS = (b'"scenario"', b'"county_digest"')
MOST = 2**20
"""So much of a file is looked at."""


class Kind(StrEnum):
    """One of the things that verbs read."""

    COUNTY = "county"
    SCENARIO = "scenario"
    PLAN = "plan"
    RUNS = "store"

    @property
    def words(self) -> str:
        """What people call it."""
        said = {
            Kind.COUNTY: _("a county"),
            Kind.SCENARIO: _("a scenario"),
            Kind.PLAN: _("a plan"),
            Kind.RUNS: _("a store of runs"),
        }
        return said[self]


def kind_of(path: Path) -> Kind | None:
    """What is there, as far as one can see from outside; a workbook that has both is a scenario of its county."""
    with suppress(OSError, FaultsError):
        if path.is_dir():
            return _of_folder(path)
        if not path.is_file():
            return None
        if path.suffix.casefold() == WORKBOOK:
            return _of_workbook(path)
        if path.suffix.casefold() == ".toml":
            return Kind.COUNTY if path.name == ABOUT else Kind.SCENARIO
        return _of_content(path)
    return None


def _of_folder(path: Path) -> Kind | None:
    """A county's, or one with a plan; a folder of scenarios is none of these."""
    if (path / ABOUT).is_file():
        return Kind.COUNTY
    return Kind.PLAN if (path / PLAN).is_file() and not any(path.glob("*.toml")) else None


def _of_content(path: Path) -> Kind | None:
    with path.open("rb") as content:
        start = content.read(MOST)
    if start.startswith(STORE):
        return Kind.RUNS
    return Kind.PLAN if all(word in start for word in SAID_OF_PLANS) else None


def _of_workbook(path: Path) -> Kind | None:
    if scenario_in(path) is not None:
        return Kind.SCENARIO
    return Kind.COUNTY if has_county(path) else None


def wanted(path: Path, kind: Kind) -> None:
    """Refuse a path at which another thing lies than is asked for, and say what to type with it.

    Raises:
        FaultsError: it is another thing.
    """
    found = kind_of(path)
    if found is None or found is kind:
        return
    message = _("{found}, where {kind} is asked. {advice}")
    advice = run_on(_advice(path, found, kind))
    raise refuse(shown(path) or str(path), message.format(found=found.words, kind=kind.words, advice=advice))


def _advice(path: Path, found: Kind, kind: Kind) -> list[str]:
    """What to type."""
    place = path.parent if found is Kind.COUNTY and path.name == ABOUT else path
    place = path / PLAN if found is Kind.PLAN and path.is_dir() else place
    commands = {
        Kind.COUNTY: "rebalance check {place}",
        Kind.SCENARIO: "rebalance show {place}",
        Kind.PLAN: "rebalance audit {place}",
        Kind.RUNS: "rebalance runs --store {place}",
    }
    command = commands[found].format(place=quote(place.as_posix()))
    said = [_("Type: {command} .").format(command=command)]
    if (found, kind) == (Kind.COUNTY, Kind.SCENARIO):
        said.append(
            _(
                "A scenario says what is asked of it: a file with the line county = {county}, or a sheet `scenario`"
                " (情景) in its workbook; `rebalance new` and `rebalance template` write one to begin with. Then type:"
                " rebalance solve SCENARIO --out out ."
            ).format(county=f'"{place.as_posix()}"')
        )
    if (found, kind) == (Kind.SCENARIO, Kind.PLAN):
        command = f"rebalance solve {quote(place.as_posix())} --out out"
        said.append(_("A plan comes of it: {command} .").format(command=command))
    return said
