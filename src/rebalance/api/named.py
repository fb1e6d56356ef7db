"""What words stand for: scenario files, families and folders of them, plans on disk, runs that are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rebalance.analysis.compare import distinct
from rebalance.county.read import WORKBOOK
from rebalance.fault import Fault, FaultsError, MisuseError, gathered
from rebalance.plans.outcome import Outcome, scenario_of
from rebalance.plans.recorded import package_of, recorded_in
from rebalance.plans.runs import Wanted
from rebalance.plans.store import opened
from rebalance.scenario.inputs import asked, inputs
from rebalance.scenario.read import parted, read_scenario, scenarios_in
from rebalance.scenario.scenario import Scenario
from rebalance.table import Table
from rebalance.text import _, quoted


def named(those: Sequence[Outcome | Scenario | Path | str], store: Path | str | None) -> list[Scenario | Outcome]:
    """The scenarios and outcomes that are given, or that words name; a number is that of a run in the store.

    Raises:
        FaultsError: with everything wrong with any of them.
        MisuseError: a word names none of these.
    """
    found: list[Scenario | Outcome] = []
    faults: list[Fault] = []
    for one in those:
        for each in [one] if isinstance(one, Scenario | Outcome) else members(str(one)):
            with gathered(faults):
                found.append(each if isinstance(each, Scenario | Outcome) else _one(each, store))
    if faults:
        raise FaultsError(list(dict.fromkeys(faults)))
    return found


def members(word: str) -> Sequence[str]:
    """The word itself, or the scenarios in the folder or the family that it names.

    Raises:
        MisuseError: no scenario is in the folder.
    """
    place = Path(word)
    if not place.is_dir() and place.suffix != ".toml":
        return [word]
    found = scenarios_in(place)
    if not found:
        raise MisuseError(_("{folder}: no scenario is in this folder. Name one with .toml files.").format(folder=word))
    return list(map(str, found))


def difference(those: Sequence[Outcome | Scenario | Path | str], store: Path | str | None) -> Table:
    """What is asked differently by scenarios and outcomes, or what words name, a column each.

    Raises:
        FaultsError: with everything wrong with any of them.
        MisuseError: a word names none of these.
    """
    scenarios = [scenario_of(one) for one in named(those, store)]
    return asked(distinct(list(map(str, scenarios))), inputs(scenarios), everything=False)


def _one(word: str, store: Path | str | None) -> Scenario | Outcome:
    number = word.removeprefix("#")
    if store is not None and number.isascii() and number.isdecimal() and not Path(word).exists():
        return _run(int(number[:15]), Path(store))
    match parted(Path(word))[0].suffix:
        case suffix if suffix in {".toml", WORKBOOK}:
            return read_scenario(Path(word))
        case ".json":
            found = recorded_in(Path(word), None).outcome
            county = package_of(Path(word)).resolve().as_posix()
            return replace(found, scenario=replace(found.scenario, county_path=county))
        case _other:
            message = _("neither a scenario, a plan nor the number of a run (got {value}). Name a .toml or .json file.")
            raise MisuseError(message.format(value=quoted(word)))


def _run(number: int, store: Path) -> Outcome:
    with opened(store, new=False) as found:
        for run in found.runs(Wanted((number,))):
            return found.outcome(run)
        message = _("no such run (got {value}). `rebalance runs` lists them.")
        raise FaultsError([Fault(found.file, 0, "", message.format(value=number))])
