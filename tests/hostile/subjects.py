"""What is attacked: a file of an office, what is done to it, and what the program is then asked."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from rebalance.plans.file import opened
from rebalance.plans.recorded import recorded_in
from rebalance.scenario.codec import unstructure
from tests.cli.small import desk, rebalance
from tests.county.packages import Package
from tests.hostile.damage import archive_of, bytes_of, json_of, text_of


def lay_out(folder: Path) -> None:
    """The files of an office: a county as tables and as a workbook, a scenario, a plan, its workbook, a store."""
    found = desk(folder)
    Package().workbook(folder / "county.xlsx")
    store = folder / "runs.db"
    for words in (
        ("solve", found.scenario, "--out", found.out, "--quiet", "--store", store),
        ("export", found.plan, "--to", folder / "plan.xlsx"),
    ):
        if code := rebalance(*words):
            raise RuntimeError(words, code)


@dataclass(frozen=True)
class Subject:
    """Files of which one is damaged (`files`, as a pattern), how, and the questions asked about it."""

    files: str
    damage: Callable[[Random, bytes], bytes]
    asked: Sequence[Sequence[str]]
    wrong: Callable[[Path, int], str] = lambda _folder, _code: ""
    """What is wrong with an exit code, beyond what is wrong with any."""

    def attack(self, random: Random, folder: Path) -> tuple[Path, bytes]:
        """Damage a file; which one, and what it held before."""
        file = random.choice(sorted(folder.glob(self.files)))
        before = file.read_bytes()
        file.write_bytes(self.damage(random, before))
        return file, before

    def mend(self, folder: Path, file: Path, before: bytes) -> None:
        """Make all as it was."""
        file.write_bytes(before)
        for beside in (*folder.glob("*.db-*"), *folder.glob("*.new")):
            beside.unlink()
        shutil.rmtree(folder / "new", ignore_errors=True)


TAKEN = ("seconds", "before", "versions", "approval", "certificate", "unique")
"""What a plan's file says and nothing else can confirm; the audit names it as taken on trust."""

TAKEN_OF_GOALS = ("bound", "proven", "conditional", "freedom", "seconds", "questions")
TAKEN_OF_SCENARIO = ("name", "name_zh", "why", "why_zh", "sources_zh", "county")


def said(file: Path) -> Any:  # noqa: ANN401  # a tree of anything JSON can hold
    """What can be worked out again of what a plan says; rows in any order, what is asked by its meaning."""
    plan = unstructure(opened(file.read_text("utf-8")))
    rows = {key: value for key, value in plan.items() if isinstance(value, list) and key not in TAKEN}
    rows["goals"] = [_without(goal, TAKEN_OF_GOALS) for goal in plan["goals"]]
    found: dict[str, Any] = {key: sorted({json.dumps(row, sort_keys=True) for row in rows[key]}) for key in rows}
    found |= {key: value for key, value in plan.items() if key not in rows and key not in (*TAKEN, "scenario")}
    return found


def asked(plan: Path) -> Any:  # noqa: ANN401  # likewise
    """The question a plan answers, whichever way it is written down."""
    found = _without(recorded_in(plan, None).outcome.scenario.resolved(), TAKEN_OF_SCENARIO)
    return found | {"rules": {name: _without(one, ("source",)) for name, one in found["rules"].items()}}


def _without(table: Mapping[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key not in keys}


KEPT, PLAN = "out/kept.json", "out/plan.json"


def accepted(folder: Path, code: int) -> str:
    """Whether a plan passed the audit that does not say what the program said."""
    if code:
        return ""
    kept, now = folder / KEPT, folder / PLAN
    same = said(kept) == said(now) and asked(kept) == asked(now)
    return "" if same else "a changed plan passes the audit"


SUBJECTS = {
    "csv": Subject("models/tiny/*.csv", text_of, [("check", "models/tiny"), ("show", "scenarios/tiny.toml")]),
    "about": Subject("models/tiny/county.toml", text_of, [("check", "models/tiny"), ("show", "scenarios/tiny.toml")]),
    "scenario": Subject("scenarios/*.toml", text_of, [("show", "scenarios/tiny.toml")]),
    "workbook": Subject("county.xlsx", archive_of, [("check", "county.xlsx")]),
    "sheets": Subject("county.xlsx", lambda random, old: archive_of(random, old, "sheet"), [("check", "county.xlsx")]),
    "plan": Subject(PLAN, json_of, [("audit", PLAN, "--store", "none.db")], accepted),
    "review": Subject(
        "plan.xlsx",
        lambda random, old: archive_of(random, old, random.choice(("sheet", ""))),
        [("review", PLAN, "plan.xlsx", "--out", "new/reviewed.toml")],
    ),
    "store": Subject(
        "runs.db",
        bytes_of,
        [
            ("runs", "--store", "runs.db"),
            ("runs", "1", "--store", "runs.db"),
            ("runs", "--export", "new", "--store", "runs.db"),
            ("audit", PLAN, "--store", "runs.db"),
            ("runs", "1", "--delete", "--store", "runs.db"),
        ],
    ),
}
