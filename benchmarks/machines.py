"""A Dask cluster on this machine: a scheduler and its workers, each a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from distributed import Client

from rebalance.analysis.cluster import Cluster

PATIENCE = 60


@contextmanager
def cluster(workers: int) -> Iterator[Cluster]:
    """So many workers with one thread each, until the block ends."""
    processes: list[subprocess.Popen[bytes]] = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scheduler.json"
        try:
            processes.append(_start("scheduler", "--port", "0", "--host", "127.0.0.1", "--scheduler-file", str(file)))
            address = _address(file)
            own = ("--nthreads", "1", "--no-nanny", "--local-directory", folder)
            processes += [_start("worker", address, *own) for _number in range(workers)]
            with Client(address, set_as_default=False) as client:
                client.wait_for_workers(workers, timeout=PATIENCE)
            yield Cluster(address)
        finally:
            for process in processes:
                process.kill()
                process.wait()


def _start(what: str, *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *words, "--no-dashboard"]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, stdout=quiet, stderr=quiet)  # noqa: S603  # ourselves


def _address(file: Path) -> str:
    """Where the scheduler listens, as soon as it says so."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if file.exists() and (said := file.read_text(encoding="utf-8")):
            return str(json.loads(said)["address"])
        time.sleep(0.05)
    raise TimeoutError(file)
