"""`python -m benchmarks [--quick] [--only NAME]`: print every benchmark's table, or those whose name holds NAME."""

from __future__ import annotations

import argparse
import time
from typing import Protocol

from benchmarks import large, outside, papers, solving


class Benchmark(Protocol):
    """Compares things side by side and prints a table."""

    __name__: str

    def __call__(self, *, quick: bool) -> None:
        """Run it, on smaller counties and with less patience when `quick`."""


BENCHMARKS: tuple[Benchmark, ...] = (
    outside.starts,
    outside.parts,
    outside.whole,
    papers.papers_langxi,
    papers.papers_large,
    solving.all_goals_small,
    solving.all_goals_county,
    solving.scalar_goals,
    solving.every_level,
    large.scalar_goals_large,
    large.all_goals_large,
    large.every_level_large,
)


def main() -> None:
    """Run the benchmarks asked for."""
    asked = _arguments()
    start = time.monotonic()
    for benchmark in BENCHMARKS:
        if asked.only in benchmark.__name__:
            benchmark(quick=asked.quick)
    print(f"\n{time.monotonic() - start:.0f} seconds in all")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small counties, short limits: under a minute")
    parser.add_argument("--only", metavar="NAME", default="", help="only those whose name holds this")
    parser.epilog = "Names: " + ", ".join(benchmark.__name__ for benchmark in BENCHMARKS) + "."
    return parser.parse_args()


if __name__ == "__main__":
    main()
