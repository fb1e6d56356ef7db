"""Answers go to stdout, as tables for people or JSON for programs; faults do where they are the answer."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from rich.console import RenderableType

from rebalance.cli.trouble import NO
from rebalance.fault import Fault, FaultsError
from rebalance.words import _
from rebalance.writing.terminal import Screen


def show(parts: Iterable[RenderableType]) -> None:
    """Print tables and paragraphs."""
    Screen(sys.stdout).show(parts)


def answer(data: Any) -> None:  # noqa: ANN401 - plain data is a tree of anything JSON can hold
    """Print JSON."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def refuse(error: FaultsError, *, as_json: bool, answers: bool = False) -> int:
    """Tell all faults; `answers` when they are what was asked for."""
    if as_json:
        answer({"faults": plain_faults(error.faults)})
        return NO
    screen = Screen(sys.stdout if answers else sys.stderr)
    screen.lines(map(str, error.faults))
    screen.lines([_("Faults: {count}.").format(count=len(error.faults))])
    return NO


def plain_faults(faults: Sequence[Fault]) -> list[dict[str, Any]]:
    """Faults as plain data."""
    return [asdict(fault) for fault in faults]
