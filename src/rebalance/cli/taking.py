"""What a person names on the command line as scenarios or runs, and the outcomes they lead to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rebalance.cli.trouble import misused
from rebalance.fault import Fault, FaultsError
from rebalance.hints import quoted
from rebalance.outcome import Outcome
from rebalance.reading.layers import parted, scenarios_in
from rebalance.reading.recorded import recorded_in
from rebalance.reading.scenario import read_scenario
from rebalance.scenario import Scenario
from rebalance.store import Wanted, opened
from rebalance.words import _


def taken(words: Sequence[str], store: Path) -> list[Scenario | Outcome]:
    """What the words name: scenario files, families and folders of them, plans on disk, numbers of runs.

    Raises:
        FaultsError: with everything wrong with any of them.
        click.UsageError: a word names none of these.
    """
    found: list[Scenario | Outcome] = []
    faults: list[Fault] = []
    for word in words:
        for one in each(word):
            try:
                found.append(_one(one, store))
            except FaultsError as error:
                faults += error.faults
    if faults:
        raise FaultsError(list(dict.fromkeys(faults)))
    return found


def each(word: str) -> Sequence[str]:
    """The word itself, or the scenarios in the folder or the family that it names.

    Raises:
        click.UsageError: no scenario is in the folder.
    """
    place = Path(word)
    if not place.is_dir() and place.suffix != ".toml":
        return [word]
    found = scenarios_in(place)
    if not found:
        raise misused(_("{folder}: no scenario is in this folder. Name one with .toml files.").format(folder=word))
    return list(map(str, found))


def _one(word: str, store: Path) -> Scenario | Outcome:
    number = word.removeprefix("#")
    if number.isascii() and number.isdecimal() and not Path(word).exists():
        return _run(int(number[:15]), store)
    match parted(Path(word))[0].suffix:
        case ".toml":
            return read_scenario(Path(word))
        case ".json":
            return recorded_in(Path(word), None).outcome
        case _other:
            message = _("neither a scenario, a plan nor the number of a run (got {value}). Name a .toml or .json file.")
            raise misused(message.format(value=quoted(word)))


def _run(number: int, store: Path) -> Outcome:
    with opened(store, new=False) as found:
        for run in found.runs(Wanted((number,))):
            return found.outcome(run)
        message = _("no such run (got {value}). `rebalance runs` lists them.")
        raise FaultsError([Fault(found.file, 0, "", message.format(value=number))])
