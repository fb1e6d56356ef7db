"""What `compare` and `show A B` do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rebalance.cli import tables
from rebalance.cli.exploring import keeping, runner, watched
from rebalance.cli.taking import case_of, scenario_of, taken
from rebalance.cli.trouble import DONE, NO, told
from rebalance.exploring.answering import answered
from rebalance.exploring.compare import compare, distinct
from rebalance.exploring.inputs import inputs
from rebalance.outcome import Outcome
from rebalance.scenario import Scenario
from rebalance.words import _
from rebalance.writing.compare import asked, sentences, sheets


def shown(words: Sequence[str], store: Path, as_: str) -> int:
    """Only what differs in what is asked."""
    scenarios = [scenario_of(one) for one in taken(words, store)]
    sheet = asked(distinct([one.name for one in scenarios]), inputs(scenarios), everything=False)
    tables.put([sheet], as_, () if sheet.rows else [_("No difference.")])
    return DONE


def compared(
    words: Sequence[str],
    store: Path,
    as_: str,
    *,
    everything: bool,
    time_limit: float | None,
    workers: int | None,
    on: str,
    quiet: bool,
    fresh: bool,
) -> int:
    """Everything about all of them, side by side."""
    found = taken(words, store)
    left = [place for place, one in enumerate(found) if isinstance(one, Scenario)]
    cases = [case_of(one, time_limit) for one in found if isinstance(one, Scenario)]
    outcomes: dict[int, Outcome] = {n: one for n, one in enumerate(found) if isinstance(one, Outcome)}
    code = DONE
    answers = answered(cases, runner(len(cases), workers, on), keeping(store, fresh=fresh))
    for number, answer in watched(answers, len(cases), quiet=quiet):
        if answer.outcome is None:
            told(_("{name}: not solved: {trouble}").format(name=answer.case.name, trouble=answer.trouble), NO)
            code = NO
        else:
            outcomes[left[number]] = answer.outcome
    if outcomes:
        result = compare([outcomes[place] for place in sorted(outcomes)])
        tables.put(sheets(result, everything=everything), as_, list(sentences(result)))
    return code
