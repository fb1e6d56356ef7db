"""What `compare` and `show A B` do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rebalance.cli import tables
from rebalance.cli.exploring import Answers, Running
from rebalance.cli.taking import taken
from rebalance.cli.trouble import DONE, NO, told
from rebalance.exploring.answering import answered
from rebalance.exploring.cases import Case
from rebalance.exploring.compare import compare, distinct
from rebalance.exploring.gathering import gathered, gathered_close, scenario_of
from rebalance.exploring.inputs import inputs
from rebalance.words import _
from rebalance.writing.compare import asked, dominated, sentences, sheets
from rebalance.writing.sheets import FORMATS


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
        shown_ = [*sheets(result, everything=asked_.everything), dominated(result)]
        tables.put(shown_ if asked_.as_ in FORMATS else shown_[:-1], asked_.as_, said)
    return DONE if len(found.outcomes) == len(those) else NO


def _close(name: str) -> str:
    return _("What the goals leave open was settled as close to {name} as can be.").format(name=name)


def _answers(cases: Sequence[Case], asked_: Asked) -> Answers:
    return asked_.answers(len(cases), partial(answered, cases))
