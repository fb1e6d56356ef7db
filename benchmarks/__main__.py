"""`python -m benchmarks [--quick] [--only NAME] [--count N]`: every benchmark's table, or those with NAME in theirs."""

from __future__ import annotations

import argparse
import time
from typing import Protocol

from benchmarks import large, outside, papers, pools, province, questions, reform, solving, sweeping


class Benchmark(Protocol):
    """Compares things side by side and prints a table."""

    __name__: str

    def __call__(self, *, quick: bool) -> None:
        """Run it, on smaller counties and with less patience when `quick`."""


class OfMany(Protocol):
    """Measures how long many of the same take, as many as one has time for."""

    __name__: str

    def __call__(self, count: int) -> None:
        """Run it with so many."""


BENCHMARKS: tuple[Benchmark, ...] = (
    outside.starts,
    outside.parts,
    outside.whole,
    papers.papers_langxi,
    papers.papers_large,
    questions.questions_small,
    questions.questions_langxi,
    solving.all_goals_small,
    solving.all_goals_county,
    solving.scalar_goals,
    solving.every_level,
    reform.whole_reform,
    reform.whole_reform_to_the_last,
    pools.pools,
    large.scalar_goals_large,
    large.all_goals_large,
    large.every_level_large,
    reform.whole_reform_large,
)
MANY: dict[OfMany, int] = {sweeping.sweep_on_two_cores: 200, sweeping.dask_beside_pool: 200, province.province: 100}
"""With how many each is run by default."""

FEW = 4
"""With how many when `quick`."""


def main() -> None:
    """Run the benchmarks asked for."""
    asked = _arguments()
    start = time.monotonic()
    names = [asked.only] if asked.only in _names() else [name for name in _names() if asked.only in name]
    for benchmark in BENCHMARKS:
        if benchmark.__name__ in names:
            benchmark(quick=asked.quick)
    for of_many, usual in MANY.items():
        if of_many.__name__ in names:
            of_many(asked.count or (FEW if asked.quick else usual))
    print(f"\n{time.monotonic() - start:.0f} seconds in all")


def _names() -> list[str]:
    return [*(one.__name__ for one in BENCHMARKS), *(one.__name__ for one in MANY)]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small counties, short limits: under a minute")
    parser.add_argument(
        "--only", metavar="NAME", default="", help="only the one of that name, or those whose name holds it"
    )
    parser.add_argument("--count", metavar="N", type=int, default=0, help="cases of a sweep, counties of a province")
    parser.epilog = "Names: " + ", ".join(_names()) + "."
    return parser.parse_args()


if __name__ == "__main__":
    main()
