"""An office's own ledger, and its register of people, as a county package."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import RenderableType

from rebalance import filing
from rebalance.county.folder import ABOUT
from rebalance.files import NotWritableError
from rebalance.filing import Filing
from rebalance.intake.answers import Answers, read_answers
from rebalance.intake.gather import take
from rebalance.intake.package import files as files_of
from rebalance.screen import Shown, line
from rebalance.text import _, run_on

__all__ = ["Imported", "import_ledger"]

MAP = ".map.toml"
"""How the name of a map ends that lies beside its package."""


@dataclass(frozen=True, slots=True)
class Imported(Shown):
    """What came of an import: the package written, or what the map asks first."""

    folder: Path | None
    map: Path | None
    questions: tuple[str, ...]
    read: tuple[str, ...]
    """What was read, compared and could not be placed, one sentence a kind."""
    notes: tuple[str, ...]
    files: tuple[str, ...]

    @property
    def ending(self) -> str:
        """`done`, or `impossible` as long as something is asked."""
        return "done" if self.folder else "impossible"

    def parts(self) -> Iterator[RenderableType]:
        """What people are told."""
        yield from map(line, self.read)
        if self.notes:
            yield line(_("Read with a note:"))
            yield from map(line, self.notes)
        if self.folder is None:
            yield line(
                _("Nothing is written yet but the map: {file}. Answer there, then import once more:").format(
                    file=self.map
                )
            )
            yield from (line(f"  {question}") for question in self.questions)
            return
        yield line(_("Written: {folder} ({files}).").format(folder=self.folder, files=", ".join(self.files)))
        if self.map is not None:
            yield line(_("The map for the next ledger: {file}.").format(file=self.map))
        yield line(_("Next: rebalance check {folder}").format(folder=shlex.quote(str(self.folder))))
        if lacking := [one for one in LACKING if f"{one}.csv" not in self.files]:
            said = _("No ledger has: {tables}. Without them some rules and goals have nothing to say.")
            yield line(run_on([said.format(tables=", ".join(lacking))]))

    def to_json(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "folder": str(self.folder) if self.folder else None,
            "map": str(self.map) if self.map else None,
            "questions": list(self.questions),
            "read": list(self.read),
            "notes": list(self.notes),
            "files": list(self.files),
        }


LACKING = ("agencies", "demand", "routes", "retirements")
"""What a plan needs before long, and a ledger seldom has."""


def import_ledger(  # the verb is `import`, which Python keeps for itself
    ledgers: Path | str | Iterable[Path | str],
    folder: Path | str,
    *,
    map: Path | str | None = None,  # noqa: A002  # as the option is called
    years: str = "",
    accept: bool = False,
) -> Imported:
    """Make a county package of an office's own ledgers and registers of people.

    What their words mean is kept in a map. As long as something in it is open, only the map is written; it is used
    again for the next ledger, and keeps the ids stable. Of a register nothing personal is kept.

    Args:
        ledgers: a workbook or CSV file, or several.
        folder: the package to be made; it must be empty or not there yet.
        map: the map; none: beside the folder, with its name and `.map.toml`.
        years: the calendar years planned, such as "2026-2028"; none: as the map says.
        accept: accept everything that the map proposes.

    Raises:
        FaultsError: with every fault found in the files or the map.
        NotWritableError: the package or the map cannot be written, or something is in the folder already.
    """
    named = [ledgers] if isinstance(ledgers, Path | str) else list(ledgers)
    target = Path(folder)
    place = Path(map) if map is not None else target.with_name(target.name + MAP)
    _look(target, place, [Path(one) for one in named])
    answers = read_answers(place, accept=accept)
    found = take([Path(one) for one in named], answers, years)
    notes = tuple(str(note) for note in found.notes)
    if found.county is None:
        _keep(answers, place)
        return Imported(None, place, tuple(answers.questions()), found.said, notes, ())
    files = files_of(found.county)
    kept = _keep(answers, place)
    _write(target, files)
    return Imported(target, place if kept else None, (), found.said, notes, tuple(files))


def _look(folder: Path, place: Path, ledgers: Sequence[Path]) -> None:
    """See that the package can be written before anything is read."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotWritableError(folder, _("something is there already"))
    if place.suffix.casefold() != ".toml" or place.name == ABOUT:
        raise NotWritableError(place, _("a map ends in .toml"))
    if place.resolve().is_relative_to(folder.resolve()):
        raise NotWritableError(place, _("a map lies beside the package, not in it"))
    if any(one.exists() and place.exists() and one.samefile(place) for one in ledgers):
        raise NotWritableError(place, _("it is the ledger"))


def _keep(answers: Answers, place: Path) -> bool:
    """Write what has been added to the map, or accepted in it; whether there is one."""
    whole = answers.whole()
    if answers.text and whole != answers.text:
        filing.amend(place, answers.text, whole)
    elif answers.blocks:
        Filing().put(place, whole)
    return bool(answers.text or answers.blocks)


def _write(folder: Path, files: dict[str, str]) -> None:
    try:
        filing.new(folder, files)
    except FileExistsError:
        raise NotWritableError(folder, _("something is there already")) from None
