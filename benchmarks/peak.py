"""`python -m benchmarks.peak ...`: run `rebalance ...` in this process, then say on stderr how much memory it took.

Memory is asked of the process itself: what the system tells a parent about its child begins with the parent's own.
"""

from __future__ import annotations

import re
import resource
import sys
from pathlib import Path

STATUS = Path("/proc/self/status")


def megabytes() -> int:
    """The most memory this process has had so far."""
    if STATUS.exists():
        found = re.search(r"^VmHWM:\s*(\d+) kB", STATUS.read_text(encoding="ascii"), re.MULTILINE)
        if found:
            return int(found[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    from rebalance.cli import main

    try:
        main(sys.argv[1:])
    finally:
        print(megabytes(), file=sys.stderr)
