from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rebalance.analysis.processes import INHERITED, apart, cores, end
from rebalance.analysis.runners import Lost, Pool
from tests.cli.small import Desk, desk

ROOT = Path(__file__).parents[2]
PYTHON = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
ENVIRONMENT = os.environ | {"PYTHONPATH": PYTHON, "LC_ALL": "C.UTF-8", "REBALANCE_LANG": "en"}

VALUES = ("--set", "data.townships.T1.population=1,2", "--workers", "2", "--quiet")

SWEEP = """
import sys
from rebalance.cli.program import run
if run(sys.argv[1:]):
    raise SystemExit(1)
print(*(name for name in {name.partition(".")[0] for name in sys.modules} if name.isidentifier()))
"""
"""A sweep, and the name of everything that is loaded by its end."""


def python(*words: str | Path, folder: Path, script: str | None = None) -> subprocess.CompletedProcess[str]:
    """Python, in a folder."""
    return subprocess.run(
        [sys.executable, *map(str, words)],
        cwd=folder,
        env=ENVIRONMENT,
        input=script,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def tiny(tmp_path: Path) -> Desk:
    return desk(tmp_path)


def traps(folder: Path, names: list[str]) -> Path:
    """A file for each name, which leaves a mark when it is run; and settings of libraries that nobody can read."""
    mark = folder / "RUN"
    text = f"open({str(mark)!r}, 'a').write(__name__ + chr(10))\n"
    for name in (*names, "sitecustomize", "usercustomize"):
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    (folder / "trap.pth").write_text(f"import os; {text}", encoding="utf-8")
    for name in ("matplotlibrc", "dask.yaml", ".dask", "pyvenv.cfg"):
        (folder / name).write_bytes(b"\xff\xfe: [")
    return mark


def test_a_sweep_runs_nothing_of_the_folder_it_is_started_in(tiny: Desk, tmp_path: Path) -> None:
    words = ("sweep", tiny.scenario, *VALUES, "--store", "none.db", "--fresh")
    loaded = python("-P", "-c", SWEEP, *words, folder=tmp_path)
    names = loaded.stdout.splitlines()[-1].split()
    assert {"multiprocessing", "json", "click", "numpy", "ortools", "rebalance"} <= {*names}
    mark = traps(tmp_path, names)
    done = python("-P", "-c", SWEEP, *words, "--picture", "sweep.svg", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert not mark.exists(), mark.read_text(encoding="utf-8")
    assert done.stdout.count("proven") >= 2


def test_started_as_a_module_we_take_the_folder_off_the_path_first(tiny: Desk, tmp_path: Path) -> None:
    mark = traps(tmp_path, ["multiprocessing", "click", "json", "rich", "sqlite3", "ortools", "numpy"])
    done = python("-m", "rebalance", "sweep", tiny.scenario, *VALUES, "--store", "none.db", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert not mark.exists(), mark.read_text(encoding="utf-8")


def test_a_backend_that_is_not_installed_is_not_asked_for(
    tiny: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ENVIRONMENT, "MPLBACKEND", "ipympl")
    words = ("-P", "-m", "rebalance", "sweep", tiny.scenario, *VALUES, "--store", "none.db", "--picture", "sweep.png")
    done = python(*words, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "sweep.png").exists()


UNGUARDED = """
print("begins", flush=True)
import rebalance
found = rebalance.sweep(
    rebalance.read_scenario("scenarios/tiny.toml"), {"data.townships.T1.population": [1, 2]}, workers=2, quiet=True
)
print(*(line.ending for line in found) if hasattr(found[0], "ending") else [one.trouble for one in found])
"""


@pytest.mark.usefixtures("tiny")
@pytest.mark.parametrize("read", [False, True], ids=["as a file", "from standard input"])
def test_a_script_without_a_guard_is_run_once(read: bool, tmp_path: Path) -> None:  # noqa: FBT001  # a case
    (tmp_path / "script.py").write_text(UNGUARDED, encoding="utf-8")
    done = python(*(["-"] if read else ["script.py"]), folder=tmp_path, script=UNGUARDED if read else None)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("begins") == 1
    assert "broke" not in done.stdout


def test_nothing_stays_as_it_is_only_for_the_start() -> None:
    main, before = sys.modules["__main__"], dict(os.environ)
    with apart():
        assert sys.modules["__main__"] is not main
        assert {name: os.environ[name] for name in INHERITED}["PYTHONSAFEPATH"]
    assert sys.modules["__main__"] is main
    assert dict(os.environ) == before


def crashes(number: int) -> None:
    os.kill(os.getpid(), number)


@pytest.mark.parametrize(
    ("number", "said"),
    [(signal.SIGKILL, "as a system does when memory runs out"), (signal.SIGSEGV, "crashed again and again (SIGSEGV)")],
    ids=str,
)
def test_each_way_to_die_has_its_own_words(number: signal.Signals, said: str) -> None:
    ((_number, lost),) = Pool(1).run(crashes, [number])
    assert isinstance(lost, Lost)
    assert said in lost.why


def test_an_exit_code_and_a_silent_end_have_their_own_words_too() -> None:
    found = [end([3]), end([]), end([-signal.SIGXCPU]), end([-250])]
    assert len(set(found)) == len(found)
    assert ("exit code 3" in found[0], "250" in found[3]) == (True, True)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"cpu.max": "150000 100000\n"}, 2),
        ({"cpu.max": "100000 100000\n"}, 1),
        ({"cpu.max": "20000 100000\n"}, 1),
        ({"cpu/cpu.cfs_quota_us": "100000\n", "cpu/cpu.cfs_period_us": "100000\n"}, 1),
    ],
    ids=["one and a half", "one", "a fifth", "of the older kind"],
)
def test_a_container_keeps_busy_what_it_is_allowed(
    files: dict[str, str], expected: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: set(range(64)), raising=False)
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="ascii")
    assert cores(tmp_path) == expected


def test_without_a_limit_all_processors_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: set(range(64)), raising=False)
    (tmp_path / "cpu.max").write_text("max 100000\n", encoding="ascii")
    assert cores(tmp_path) == cores(tmp_path / "nowhere") == 64


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM], ids=str)
def test_a_sweep_that_is_ended_leaves_no_process_and_no_word_of_one(
    number: signal.Signals, tiny: Desk, tmp_path: Path
) -> None:
    program = [
        sys.executable,
        "-P",
        "-m",
        "rebalance",
        "sweep",
        str(tiny.scenario),
        "--workers",
        "2",
        "--store",
        "none.db",
    ]
    values = ["--set", "data.townships.T1.population=1..400/1"]
    mark = {"OF_THIS_SWEEP": str(tmp_path)}
    with (tmp_path / "err").open("w") as err:
        process = subprocess.Popen([*program, *values], cwd=tmp_path, env=ENVIRONMENT | mark, stdout=err, stderr=err)
        while (tmp_path / "err").stat().st_size == 0:
            time.sleep(0.05)
        process.send_signal(number)
        process.wait()
    while left(str(tmp_path)):
        time.sleep(0.05)
    text = (tmp_path / "err").read_text(encoding="utf-8")
    assert ("resource_tracker" in text, "Traceback" in text, "leaked" in text) == (False, False, False)
    assert not [*tmp_path.glob("**/*.part")]


def left(mark: str) -> list[str]:
    """Processes that were started by a sweep."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"OF_THIS_SWEEP={mark}".encode() in (folder / "environ").read_bytes():
                found.append(folder.name)
        except OSError:  # gone, or somebody else's
            continue
    return found
