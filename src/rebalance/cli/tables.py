"""Tables on stdout in the format asked for; what is said about them goes with them on the screen only."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from rebalance.cli import answers
from rebalance.writing.sheets import FORMATS, Sheet, on_screen
from rebalance.writing.terminal import line


def put(sheets: Iterable[Sheet], as_: str, said: Sequence[str] = ()) -> None:
    """Print tables; `said` follows on the screen. Tables without rows are left out there."""
    if as_ in FORMATS:
        sys.stdout.write(FORMATS[as_](sheets))
    else:
        answers.show([*(on_screen(sheet) for sheet in sheets if sheet.rows), *map(line, said)])
