"""A real scheduler and real workers, on this machine."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from rebalance.analysis.cases import Case
from rebalance.analysis.runners import Here, Lost
from rebalance.fault import FaultsError
from rebalance.plans.recorded import outcome_to_json
from tests.analysis.small import masked, variants
from tests.analysis.test_running import answers, killed_if_odd, said, square, wrong

pytest.importorskip("distributed")
from rebalance.analysis.cluster import Cluster  # only where Dask is

ROOT = Path(__file__).parents[2]
PYTHON = os.pathsep.join((str(ROOT / "src"), str(ROOT)))


@dataclass
class Machines:
    """A scheduler and its workers, each a process of its own."""

    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """One process more."""
        command = [sys.executable, "-m", f"distributed.cli.{words[0]}", *words[1:], "--no-dashboard"]
        env = os.environ | {"PYTHONPATH": PYTHON, "LC_ALL": "C.UTF-8", **self.settings}
        quiet = subprocess.DEVNULL
        self.processes.append(subprocess.Popen(command, env=env, cwd=self.folder, stdout=quiet, stderr=quiet))
        return self.processes[-1]

    def schedule(self) -> str:
        """The address of a new scheduler."""
        file = self.folder / "scheduler.json"
        self.start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
        while not file.exists() or not file.read_text():
            time.sleep(0.05)
        return str(json.loads(file.read_text())["address"])

    def work(self, address: str) -> subprocess.Popen[bytes]:
        """A new worker with one thread."""
        return self.start(
            "dask_worker", address, "--nthreads", "1", "--no-nanny", "--local-directory", str(self.folder)
        )

    def stop(self) -> None:
        """All of them."""
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    found = Machines(tmp_path)
    yield found
    found.stop()


def joined(address: str, count: int) -> None:
    """Wait for so many workers."""
    from distributed import Client  # noqa: PLC0415  # only where Dask is

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(count, timeout=60)


def slowly(job: tuple[Path, int]) -> int:
    """Leaves a trace of every attempt."""
    folder, number = job
    with (folder / f"{number}.txt").open("a", encoding="utf-8") as trace:
        trace.write(f"{os.getpid()}\n")
    time.sleep(0.5)
    return number


def attempts(folder: Path) -> dict[int, list[int]]:
    """Who has worked on each job."""
    return {int(file.stem): list(map(int, file.read_text().split())) for file in folder.glob("*.txt")}


def test_a_lost_worker_is_made_good_and_answers_are_the_same(machines: Machines) -> None:
    address = machines.schedule()
    with pytest.raises(FaultsError, match="the cluster has no workers"):
        list(Cluster(address).run(square, [1]))
    workers = [machines.work(address) for _number in range(2)]
    joined(address, 2)

    assert sorted(Cluster(address).run(square, range(100))) == [(n, n * n) for n in range(100)]
    assert list(Cluster(address).run(said, [1])) == list(Here().run(said, [1]))
    with pytest.raises(ZeroDivisionError):
        list(Cluster(address).run(wrong, [1]))

    cases = [Case(str(total), scenario) for total, scenario in variants(3)]
    there, here = (
        [masked(outcome_to_json(found.outcome)) for found in answers(runner, cases)]
        for runner in (Cluster(address), Here())
    )
    assert there == here

    folder = machines.folder
    coming = Cluster(address).run(slowly, [(folder, number) for number in range(8)])
    found = [next(coming)]
    while not any(workers[0].pid in pids for pids in attempts(folder).values()):
        time.sleep(0.02)
    workers[0].kill()
    found += coming
    assert sorted(found) == [(number, number) for number in range(8)]
    tried = attempts(folder)
    again = [number for number, pids in tried.items() if len(pids) > 1]
    assert again, "the worker was killed between two jobs"
    assert all(pids[-1] == workers[1].pid for number, pids in tried.items() if number in again)


def test_what_kills_its_workers_is_lost(machines: Machines) -> None:
    machines.settings = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    address = machines.schedule()
    machines.work(address)
    joined(address, 1)
    (found,) = Cluster(address).run(killed_if_odd, [3])
    assert isinstance(found[1], Lost)


def test_no_scheduler_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rebalance.analysis.cluster.GREETING", 1)
    for address in ("tcp://127.0.0.1:9", "nonsense://here", "no address at all"):
        with pytest.raises(FaultsError, match="no Dask scheduler answers there"):
            list(Cluster(address).run(square, [1]))


def test_a_port_that_takes_the_call_and_says_nothing_is_no_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rebalance.analysis.cluster.GREETING", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(FaultsError, match=r"it takes the call and says nothing\). Check the port"):
            list(Cluster(address).run(square, [1]))


def test_workers_of_other_versions_are_refused(machines: Machines, monkeypatch: pytest.MonkeyPatch) -> None:
    address = machines.schedule()
    machines.work(address)
    joined(address, 1)
    monkeypatch.setattr("rebalance.analysis.cluster._ours", lambda: "ortools 0.1")
    expected = r"has other versions \(rebalance .*Needed for the same answers: ortools 0.1"
    with pytest.raises(FaultsError, match=expected):
        list(Cluster(address).run(square, [1]))
