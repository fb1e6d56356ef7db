"""What `solve` does with a folder of scenarios, or a family of them: each in turn, and a table at the end."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from rebalance.cli import tables
from rebalance.cli.solving import Carried, Settings, carried, said
from rebalance.cli.trouble import DONE, STOPPED, told
from rebalance.exploring.answering import Answered
from rebalance.exploring.cases import Case
from rebalance.exploring.sweep import Line, Point, line
from rebalance.fault import Fault, FaultsError, gathered
from rebalance.reading.layers import parted
from rebalance.reading.scenario import read_scenario
from rebalance.words import _
from rebalance.writing.file_names import file_names
from rebalance.writing.sweep import brief


def carry_out_all(files: Sequence[Path], out: Path, settings: Settings, *, as_json: bool) -> int:
    """Each scenario into a folder of its own; the gravest exit code.

    Raises:
        FaultsError: with what is wrong with any of them, before anything is solved.
    """
    _read(files)
    done: dict[str, Carried] = {}
    for name, file in _folders(files).items():
        if not settings.quiet:
            told(f"{len(done) + 1}/{len(files)} {name}", DONE)
        done[name] = carried(file, out / name, settings)
        said(done[name], out / name, settings)
        if done[name].code == STOPPED:
            break
    _show(done, as_json=as_json)
    if len(done) < len(files):
        told(_("Stopped: {done} of {count} scenarios were begun.").format(done=len(done), count=len(files)), STOPPED)
    return max(one.code for one in done.values())


def _read(files: Sequence[Path]) -> None:
    faults: list[Fault] = []
    for file in files:
        with gathered(faults):
            read_scenario(file)
    if faults:
        raise FaultsError(list(dict.fromkeys(faults)))


def _folders(files: Sequence[Path]) -> dict[str, Path]:
    """A name for the folder of each: the file's, the variant's where all are of one family, or both."""
    alone = len({parted(file)[0] for file in files}) == 1
    labels = {_label(file, alone=alone): file for file in files}
    return {name: labels[label] for label, name in file_names(labels).items()}


def _label(file: Path, *, alone: bool) -> str:
    path, variant = parted(file)
    if path == file:
        return path.stem
    return variant if alone else f"{path.stem}-{variant}"


def _show(done: dict[str, Carried], *, as_json: bool) -> None:
    if as_json:
        texts = (f"{json.dumps(name, ensure_ascii=False)}: {one.text.strip()}" for name, one in done.items())
        sys.stdout.write("{\n" + ",\n".join(texts) + "\n}\n")
    else:
        tables.put([brief([_line(one) for one in done.values()])], "table")


def _line(one: Carried) -> Line:
    scenario = one.outcome.scenario
    answer = Answered(Case(str(scenario), scenario), one.outcome, run=one.run)
    return line(Point(str(scenario), {}, scenario), answer)
