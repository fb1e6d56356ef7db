"""`python -m tests.hostile SUBJECT FIRST COUNT FOLDER`: attacks, one after another; what went wrong, as JSON.

A process of its own, so that its memory can be measured and a hang ends nothing else.
"""

from __future__ import annotations

import io
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import warnings
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from random import Random

from rebalance.cli.program import run
from tests.hostile.subjects import KEPT, PLAN, SUBJECTS

LONGEST = 20.0
"""Seconds of processor time after which a question counts as hanging."""

CODES = frozenset({0, 1, 2})


class HangsError(BaseException):
    """Nothing that is asked takes so long."""


def _hangs(*_where: object) -> None:
    raise HangsError


def trouble(words: Sequence[str]) -> tuple[int, str]:
    """The exit code of a command, and what is wrong with how it answers."""
    out, err = io.StringIO(), io.StringIO()
    signal.setitimer(signal.ITIMER_PROF, LONGEST)
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = run(words)
    except HangsError:
        return 1, "hangs"
    except BaseException as error:  # noqa: BLE001  # that is what is looked for
        return 1, f"raises {error!r}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    text = out.getvalue() + err.getvalue()
    for sign in ("internal error", "Traceback", "Warning:"):
        if sign in text:
            return code, text[text.index(sign) :][:300]
    if code not in CODES:
        return code, f"exit code {code}"
    return code, "" if text.strip() else f"says nothing, exit code {code}"


def attacks(name: str, first: int, count: int, folder: Path) -> list[str]:
    """What went wrong, each with the seed that shows it."""
    subject, found = SUBJECTS[name], []
    for seed in range(first, first + count):
        file, before = subject.attack(Random(f"{name} {seed}"), folder)
        for words in subject.asked:
            code, problem = trouble(words)
            if problem := problem or subject.wrong(folder, code):
                found.append(f"{name} {seed} {words[0]}: {problem}")
        subject.mend(folder, file, before)
    return found


def main(name: str, first: str, count: str, office: str) -> None:
    """Attack a copy of an office's files."""
    warnings.simplefilter("always")
    signal.signal(signal.SIGPROF, _hangs)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        shutil.copytree(office, folder, dirs_exist_ok=True)
        shutil.copyfile(folder / PLAN, folder / KEPT)
        os.chdir(folder)
        found = attacks(name, int(first), int(count), folder)
        os.chdir(office)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sys.stdout.write(json.dumps({"found": found, "megabytes": most >> (20 if sys.platform == "darwin" else 10)}))


main(*sys.argv[1:])
