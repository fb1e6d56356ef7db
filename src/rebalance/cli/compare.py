"""`rebalance compare A B ...`: scenarios and runs side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click

from rebalance.analysis.cases import Case, answered
from rebalance.analysis.compare import compare, distinct, gathered, gathered_close, scenario_of
from rebalance.cli import output as tables
from rebalance.cli.options import format_option, fresh_option, limit_option, running_options, store_option
from rebalance.cli.output import DONE, NO, misused, told
from rebalance.cli.running import Answers, Running
from rebalance.cli.verb import Verb, several_argument
from rebalance.fault import Fault, FaultsError
from rebalance.plans.outcome import Outcome
from rebalance.plans.recorded import recorded_in
from rebalance.plans.runs import Wanted
from rebalance.plans.store import opened
from rebalance.scenario.inputs import inputs
from rebalance.scenario.read import parted, read_scenario, scenarios_in
from rebalance.scenario.scenario import Scenario
from rebalance.table import FORMATS
from rebalance.tables.explored import asked, compare_sheets, dominated, sentences
from rebalance.text import _, quoted


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


def shown(words: Sequence[str], store: Path, as_: str) -> int:
    """Only what differs in what is asked."""
    scenarios = [scenario_of(one) for one in taken(words, store)]
    sheet = asked(distinct(list(map(str, scenarios))), inputs(scenarios), everything=False)
    tables.put([sheet], as_, () if sheet.rows else [_("No difference.")])
    return DONE


@dataclass(frozen=True, kw_only=True)
class Asked(Running):
    """How to compare: the options, by name."""

    everything: bool
    close: bool


def compared(words: Sequence[str], asked_: Asked) -> int:
    """Everything about all that is named, side by side; what cannot be solved is told and left out."""
    those = taken(words, asked_.store)
    gather = gathered_close if asked_.close else gathered
    found = gather(those, lambda cases: _answers(cases, asked_), asked_.time_limit)
    for one in found.failed:
        told(_("{name}: not solved: {trouble}").format(name=one.case.name, trouble=one.trouble), NO)
    if asked_.close and not (found.outcomes and found.outcomes[0].plan):
        return told(_("--close: {name} has no plan to stay close to.").format(name=scenario_of(those[0])), NO)
    if found.outcomes:
        result = compare(found.in_order)
        said = [*sentences(result), *([_close(result.names[0])] if asked_.close else [])]
        shown_ = [*compare_sheets(result, everything=asked_.everything), dominated(result)]
        tables.put(shown_ if asked_.as_ in FORMATS else shown_[:-1], asked_.as_, said)
    return DONE if len(found.outcomes) == len(those) else NO


def _close(name: str) -> str:
    return _("What the goals leave open was settled as close to {name} as can be.").format(name=name)


def _answers(cases: Sequence[Case], asked_: Asked) -> Answers:
    return asked_.answers(len(cases), partial(answered, cases))


def command() -> click.Command:
    """The verb."""
    about = _(
        "Set scenarios side by side: scenario files, folders of them, plans (.json), or numbers of runs."
        " What has not been solved yet is solved. Shows what differs in what is asked, then in what comes of it,"
        " and says which scenario is dominated."
    )
    words = several_argument(_("Scenario files, folders of them, plans (.json), or numbers of runs."))
    limit = limit_option(_("Seconds for each (default: no limit)."))
    everything = click.Option(["--all", "everything"], is_flag=True, help=_("Also what is the same."))
    near = _("Settle what the goals leave open as close to the first plan as can be, so that no difference is a tie.")
    close = click.Option(["--close"], is_flag=True, help=near)
    params = (words, everything, close, limit, *running_options(), store_option(), fresh_option(), format_option())
    return Verb("compare", carry_out_compare, *params, about=about, short=_("Set scenarios side by side."))


def carry_out_compare(words: tuple[str, ...], **how: Any) -> int:  # noqa: ANN401  # the options, by name
    """Take what is named, solve what is not solved, put it side by side."""
    return compared(words, Asked(**how))
