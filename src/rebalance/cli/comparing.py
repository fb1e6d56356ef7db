"""What `compare` and `show A B` do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rebalance.cli import tables
from rebalance.cli.exploring import keeping, runner, watched
from rebalance.cli.taking import case_of, scenario_of, taken
from rebalance.cli.trouble import DONE, NO, told
from rebalance.exploring.answering import answered
from rebalance.exploring.closeness import as_asked, close
from rebalance.exploring.compare import compare, distinct
from rebalance.exploring.inputs import inputs
from rebalance.outcome import Outcome
from rebalance.scenario import Scenario
from rebalance.words import _
from rebalance.writing.compare import asked, dominated, sentences, sheets
from rebalance.writing.sheets import FORMATS


def shown(words: Sequence[str], store: Path, as_: str) -> int:
    """Only what differs in what is asked."""
    scenarios = [scenario_of(one) for one in taken(words, store)]
    sheet = asked(distinct([one.name for one in scenarios]), inputs(scenarios), everything=False)
    tables.put([sheet], as_, () if sheet.rows else [_("No difference.")])
    return DONE


@dataclass(frozen=True, kw_only=True)
class Asked:
    """How to compare: the options, by name."""

    everything: bool
    close: bool
    time_limit: float | None
    workers: int | None
    on: str
    quiet: bool
    store: Path
    fresh: bool
    as_: str


def compared(words: Sequence[str], asked_: Asked) -> int:
    """Everything about all that is named, side by side."""
    found = taken(words, asked_.store)
    outcomes: dict[int, Outcome] = {}
    if asked_.close:
        outcomes = _solved(found[:1], asked_)
        reference = outcomes[0].plan if outcomes else None
        if reference is None:
            return told(_("--close: {name} has no plan to stay close to.").format(name=scenario_of(found[0]).name), NO)
        near = [close(one, reference) if isinstance(one, Scenario) else one for one in found[1:]]
        rest = _solved(near, asked_)
        outcomes |= {number + 1: as_asked(one, scenario_of(found[number + 1])) for number, one in rest.items()}
    else:
        outcomes = _solved(found, asked_)
    if outcomes:
        result = compare([outcomes[number] for number in sorted(outcomes)])
        said = [*sentences(result), *([_close(result.names[0])] if asked_.close else [])]
        shown_ = [*sheets(result, everything=asked_.everything), dominated(result)]
        tables.put(shown_ if asked_.as_ in FORMATS else shown_[:-1], asked_.as_, said)
    return DONE if len(outcomes) == len(found) else NO


def _close(name: str) -> str:
    return _("What the goals leave open was settled as close to {name} as can be.").format(name=name)


def _solved(found: Sequence[Scenario | Outcome], asked_: Asked) -> dict[int, Outcome]:
    """The outcome of each, by its number; what cannot be solved is told and left out."""
    outcomes = {number: one for number, one in enumerate(found) if isinstance(one, Outcome)}
    left = [number for number in range(len(found)) if number not in outcomes]
    cases = [case_of(one, asked_.time_limit) for one in found if isinstance(one, Scenario)]
    where = runner(len(cases), asked_.workers, asked_.on)
    coming = answered(cases, where, keeping(asked_.store, fresh=asked_.fresh))
    for place, answer in watched(coming, len(cases), quiet=asked_.quiet):
        if answer.outcome is None:
            told(_("{name}: not solved: {trouble}").format(name=answer.case.name, trouble=answer.trouble), NO)
        else:
            outcomes[left[place]] = answer.outcome
    return outcomes
