"""What the verbs say of a small county, word for word, in both languages: a change nobody meant shows here.

`RECORD=1 make test TEST_FLAGS='-k recorded'` writes the records anew; read what has changed before it is handed in.
"""

from __future__ import annotations

import os
import re
import shlex
import time
from pathlib import Path

import pytest

from rebalance.cli.program import run
from tests.cli.small import ROOT

PLAN, SCENARIO, COUNTY = "new/out/plan.json", "new/scenarios/baseline.toml", "new/models/example"
VERBS = (
    "new new",
    f"check {COUNTY}",
    f"check {COUNTY} --json",
    f"show {SCENARIO}",
    f"show {SCENARIO} --resolved",
    f"show {SCENARIO} --demand",
    f"show {SCENARIO} --json",
    f"solve {SCENARIO} --out new/out --quiet",
    f"audit {PLAN}",
    f'why {PLAN} "Donghe Town"',
    f"range {PLAN} --quiet",
    f"explain {SCENARIO}",
    f"compare {SCENARIO} {SCENARIO} --quiet --format md",
    f"frontier {SCENARIO} worst_off_first few_units_touched --quiet",
    f"alternatives {SCENARIO} --quiet",
    f"stress {PLAN} --demand 0.9..1.1 --cases 5 --quiet",
    f"export {PLAN} --to new/papers",
    f"submit {PLAN}",
    "check elsewhere",
    f"show {COUNTY}/county.toml",
)
DATE = re.compile(r"\b\d{4}-\d\d-\d\d( \d\d:\d\d)?")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_says_what_is_recorded(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(time, "monotonic", lambda: 0.0)  # what took how long is another thing each time
    said = []
    for verb in VERBS:
        code = run(["--lang", language, *shlex.split(verb)])
        said.append(f"$ rebalance {verb}\n{''.join(capsys.readouterr())}= {code}\n")
    said += [_table(file) for file in sorted((tmp_path / "new/papers").rglob("*.csv"))]
    text = DATE.sub("~", "\n".join(said).replace(str(tmp_path), "~"))
    record = ROOT / f"tests/cli/recorded/{language}.txt"
    if os.environ.get("RECORD"):
        record.write_text(text, encoding="utf-8")
    assert text == record.read_text(encoding="utf-8")


def _table(file: Path) -> str:
    return f"# {file.name}\n{file.read_text(encoding='utf-8-sig')}"
