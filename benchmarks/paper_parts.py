"""A process of its own that reads a plan and writes all its papers, and prints as JSON how long each took.

    python -m benchmarks.paper_parts FOLDER

In the folder are `plan.json` and `county.json`. Nothing is imported before it is timed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from functools import partial
from importlib import import_module
from pathlib import Path

from benchmarks.parts import Parts
from benchmarks.peak import megabytes

Writer = Callable[[object], bytes | Iterable[tuple[str, bytes]]]
PAPERS = ("workbook", "document", "page", "folder")


def main(folder: Path) -> None:
    """Read and audit once, then write every paper."""
    parts = Parts()
    values = parts.do("import", lambda: import_module("rebalance.scenario.codec"))
    outcomes = parts.do("import", lambda: import_module("rebalance.plans.recorded"))
    counties = parts.do("import", lambda: import_module("rebalance.county.county"))
    data = json.loads((folder / "county.json").read_text(encoding="utf-8"))
    county = parts.do("read", lambda: values.structure(data, counties.County, "", "county.json"))
    text = (folder / "plan.json").read_text(encoding="utf-8")
    recorded = parts.do("audit", lambda: outcomes.read_outcome(text, county))
    kilobytes = {}
    for name in PAPERS:
        write = parts.do("import", partial(writer, name))
        files = parts.do(name, partial(written, write, recorded))
        kilobytes[name] = sum(map(len, files)) // 1024
    print(json.dumps({"seconds": parts.seconds, "kilobytes": kilobytes, "megabytes": megabytes()}))


def writer(name: str) -> Writer:
    """What writes a paper."""
    found: Writer = getattr(import_module(f"rebalance.papers.{name}"), name)
    return found


def written(write: Writer, recorded: object) -> list[bytes]:
    """A paper's files: one, or as many as a folder has."""
    made = write(recorded)
    return [made] if isinstance(made, bytes) else [content for _path, content in made]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
