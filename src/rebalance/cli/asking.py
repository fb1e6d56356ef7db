"""What the verbs that explore have in common: the scenario, the progress, the answer in its format, plans on disk."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import RenderableType

from rebalance.cli.answers import answer, show
from rebalance.cli.files import writable
from rebalance.cli.pictured import Drawn, aloud
from rebalance.cli.trouble import DONE, NO, NO_TIME, STOPPED, told
from rebalance.exploring.claims import measured
from rebalance.goals import Goal
from rebalance.outcome import Ending
from rebalance.plan import Plan
from rebalance.reading.layers import read_layers
from rebalance.reading.scenario import read_scenario
from rebalance.record.outcome import outcome_to_json
from rebalance.scenario import Scenario
from rebalance.solving.progress import Progress, Silent
from rebalance.words import _
from rebalance.writing.files import seen_from, write, write_bytes
from rebalance.writing.progress import Plain
from rebalance.writing.sheets import FORMATS, Sheet, on_screen
from rebalance.writing.terminal import Screen


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody wants the answer."""

    as_: str = "table"
    as_json: bool = False
    quiet: bool = False
    out: Path | None = None

    def progress(self, goals: Sequence[Goal]) -> Progress:
        """Lines about goals on stderr, or nothing."""
        return Silent() if self.quiet else Plain(goals, Screen(sys.stderr))

    def say(self, sentence: str) -> None:
        """A line on stderr while people wait."""
        if not self.quiet:
            told(sentence, DONE)

    def answer(self, said: Iterable[RenderableType], sheets: Sequence[Sheet], plain: dict[str, Any]) -> None:
        """Sentences and tables for people, or one of the formats for programs."""
        if self.as_json or self.as_ == "json":
            answer(plain)
        elif self.as_ in FORMATS:
            sys.stdout.write(FORMATS[self.as_](sheets))
        else:
            show([*said, *map(on_screen, sheets)])

    def draw(self, file: Path, made: Callable[[], Drawn]) -> None:
        """Make a picture and write it."""
        with aloud():
            content = made().content(file.suffix)
        write_bytes(file, content)
        self.say(_("The picture is in {file}.").format(file=file))

    def keep(self, scenario: Scenario, plans: dict[str, Plan]) -> None:
        """Write each plan as a file of its own, which claims nothing about its goals."""
        if self.out is None or not plans:
            return
        for name, plan in plans.items():
            write(self.out / f"{name}.json", outcome_to_json(measured(scenario, plan)))
        self.say(_("Plans written to {folder}: {count}.").format(folder=self.out, count=len(plans)))


def read(file: Path, out: Path | None) -> Scenario:
    """The scenario; where plans are to be written, it knows the way from there to its county."""
    scenario = read_scenario(file)
    if out is None:
        return scenario
    return replace(scenario, county_path=seen_from(writable(out), read_layers(file)[0].beside("county")))


def verdict(ending: Ending, *, found: bool) -> int:
    """The exit code."""
    if ending is Ending.INTERRUPTED:
        return STOPPED
    if found:
        return DONE
    return NO if ending is Ending.IMPOSSIBLE else NO_TIME
