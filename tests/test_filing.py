"""The door through which files are written: what it knows as its own, and that it leaves nothing half done."""

from __future__ import annotations

import ast
import errno
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import rebalance
from rebalance import filing
from rebalance.files import NotWritableError, write_bytes
from rebalance.filing import RECORD, Filing, NotOwnError, Record, amend

PACKAGE = Path(rebalance.__file__).parent
DOORS = {"files.py", "filing.py"}


def writes(file: Path) -> list[str]:
    """Where a module writes a file by itself: into memory is no file."""
    calls = [node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    found = []
    for call in calls:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        said = [one.value for one in ast.walk(call) if isinstance(one, ast.Constant)]
        if name == "open" and any(isinstance(one, str) and set(one) & set("wax+") and len(one) <= 3 for one in said):
            found.append(name)
        if name in {"write_text", "write_bytes", "mkstemp", "NamedTemporaryFile", "mkdir", "touch", "copyfile"}:
            found.append(name)
        if name in {"save", "savefig"}:
            target = call.args[0] if call.args else None
            if not (isinstance(target, ast.Name) and target.id in {"made", "loose", "raw", "stream"}):
                found.append(name)
    return found


def test_nothing_else_writes_files() -> None:
    found = {file.relative_to(PACKAGE).as_posix(): writes(file) for file in PACKAGE.rglob("*.py")}
    alone = {name for name, calls in found.items() if calls}
    # The store is a database: it makes its folder, and keeps itself whole. The program opens the null device.
    assert alone == DOORS | {"plans/store.py", "cli/program.py"}
    assert (found["plans/store.py"], found["cli/program.py"]) == (["mkdir"], ["open"])


def test_its_own_is_what_it_wrote_and_nobody_changed(tmp_path: Path) -> None:
    file = tmp_path / "deep/er/a.txt"
    assert Filing().put(file, "one") == file
    Filing().put(file, "two")
    write_bytes(file, b"one")  # from a copy kept of it: it wrote that, too, there
    Filing().put(file, "three")
    file.write_bytes(b"three!")
    with pytest.raises(NotOwnError, match=r"changed since \(got .*a\.txt'\)\. Name another file\. force=True replaces"):
        Filing().put(file, "four")
    with pytest.raises(NotOwnError):
        Filing().look(file)
    assert file.read_text(encoding="utf-8") == "three!"
    Filing(force=True).put(file, "four")
    Filing().put(file, "five")
    assert file.read_text(encoding="utf-8") == "five"


def test_under_another_name_it_is_somebodys_copy(tmp_path: Path) -> None:
    Filing().put(tmp_path / "a.txt", "one")
    (tmp_path / "a.txt").rename(tmp_path / "kept.txt")
    with pytest.raises(NotOwnError):
        Filing().put(tmp_path / "kept.txt", "two")


def test_what_is_the_same_already_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"one")
    file.chmod(0o444)
    Filing().put(file, "one")
    assert file.stat().st_mode & 0o777 == 0o444


def test_permissions_are_kept_and_new_files_have_the_usual_ones(tmp_path: Path) -> None:
    file, usual = tmp_path / "a.txt", tmp_path / "usual"
    usual.touch()
    Filing().put(file, "one")
    assert file.stat().st_mode == usual.stat().st_mode
    file.chmod(0o640)
    Filing().put(file, "two")
    assert file.stat().st_mode & 0o777 == 0o640


def test_links_are_followed_and_stay_links(tmp_path: Path) -> None:
    real, link = tmp_path / "real/a.txt", tmp_path / "a.txt"
    Filing().put(real, "one")
    link.symlink_to(real)
    Filing().put(link, "two")
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == "two"
    real.write_bytes(b"mine")
    with pytest.raises(NotOwnError):
        Filing().put(link, "three")


@pytest.mark.parametrize("what", ["nowhere", "itself", "a device", "a pipe", "a file for a folder", "null", "long"])
def test_where_nothing_can_be_written_is_named(what: str, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    if what == "nowhere":
        file.symlink_to(tmp_path / "gone")
    elif what == "itself":
        file.symlink_to(file)
    elif what == "a device":
        file = Path("/dev/full")
    elif what == "a pipe":
        os.mkfifo(file)
    elif what == "a file for a folder":
        file.write_bytes(b"mine")
        file /= "b.txt"
    else:
        file = tmp_path / {"null": "a\0.txt", "long": "a" * 300}[what]
    with pytest.raises(NotWritableError, match="nothing can be written there"):
        Filing(force=True).put(file, "one")
    assert not (tmp_path / "gone").exists()
    assert not list(tmp_path.glob(f"{RECORD}-*"))


def test_letter_case_and_spelling_make_no_other_file_of_what_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    Filing().put(file, "one")
    (tmp_path / "folder").mkdir()
    with pytest.raises(NotOwnError, match="read, and to be written as well"):
        Filing(force=True, inputs=(tmp_path / "folder/../A.txt", tmp_path / "folder/../a.txt")).put(file, "two")


def test_a_folder_is_filled_whole_or_not_at_all(tmp_path: Path) -> None:
    files = {"a.csv": b"1", "in/b.csv": b"2"}
    Filing().fill(tmp_path / "to", files)
    (tmp_path / "to/in/b.csv").write_bytes(b"mine")
    with pytest.raises(NotOwnError, match=r"b\.csv"):
        Filing().fill(tmp_path / "to", {"a.csv": b"3", "in/b.csv": b"4"})
    assert (tmp_path / "to/a.csv").read_bytes() == b"1"


def test_no_link_leads_a_file_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "else").mkdir()
    (tmp_path / "to").mkdir()
    (tmp_path / "to/in").symlink_to(tmp_path / "else")
    with pytest.raises(NotWritableError, match="leads out of the folder"):
        Filing(force=True).fill(tmp_path / "to", {"in/b.csv": b"2"})
    assert not list((tmp_path / "else").iterdir())


def test_what_must_not_be_lost_goes_beside(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_bytes(b"mine")
    (tmp_path / "plan-2.json").symlink_to("nowhere")
    assert Filing().put_aside(file, "one") == tmp_path / "plan-3.json"
    assert file.read_bytes() == b"mine"


def test_something_is_added_only_to_what_was_read(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text("one", encoding="utf-8")
    amend(file, "one", "two")
    with pytest.raises(NotOwnError, match="changed meanwhile"):
        amend(file, "one", "three")
    assert file.read_text(encoding="utf-8") == "two"
    with pytest.raises(NotOwnError):  # it was not the program's own before
        Filing().put(file, "four")


@pytest.mark.parametrize("text", ['{"approval": [{"state": "approved"}', "[" * 9999 + '"approval""approved"'])
def test_an_approved_plan_that_is_broken_is_taken_for_one(text: str, tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(NotOwnError, match="an approved plan is there"):
        Filing(force=True).put(file, "one")


@pytest.mark.parametrize("content", [b"", b"\xff\n\n", b"0" * 64 + b"  a.txt\n", b"x" * 10**6])
def test_a_record_that_says_nothing_makes_nothing_its_own(content: bytes, tmp_path: Path) -> None:
    (tmp_path / RECORD).write_bytes(content)
    (tmp_path / "a.txt").write_bytes(b"mine")
    with pytest.raises(NotOwnError):
        Filing().put(tmp_path / "a.txt", "one")
    Filing().put(tmp_path / "b.txt", "one")


def test_no_record_leads_elsewhere(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_bytes(b"mine")
    (tmp_path / "to").mkdir()
    (tmp_path / "to" / RECORD).symlink_to(other)
    with pytest.raises(NotWritableError):
        Filing().put(tmp_path / "to/a.txt", "one")
    assert other.read_bytes() == b"mine"


def test_a_long_record_is_shortened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filing, "MOST_RECORDED", 400)
    for number in range(20):
        Filing().put(tmp_path / "a.txt", str(number))
    assert len(Record.of(tmp_path).lines) <= 5
    Filing().put(tmp_path / "a.txt", "last")


def test_programs_that_write_side_by_side_know_each_others_files(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as several:
        list(several.map(lambda number: Filing().put(tmp_path / f"{number}.txt", "one"), range(40)))
    for number in range(40):
        Filing().put(tmp_path / f"{number}.txt", "two")


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    Filing().put(file, "one")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(NotWritableError, match=r"a\.txt'; No space left on device"):
            Filing().put(file, "two")
    assert {one.name for one in tmp_path.iterdir()} == {"a.txt", RECORD}
    assert file.read_text(encoding="utf-8") == "one"
    Filing().put(file, "three")


KILLED = """
import os, signal, sys
from pathlib import Path
from rebalance.filing import Filing
os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)
Filing().put(Path(sys.argv[1]), "two")
"""


def test_a_program_killed_while_writing_leaves_the_old_file_and_nothing_for_long(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    Filing().put(file, "one")
    ended = subprocess.run([sys.executable, "-c", KILLED, file], check=False).returncode
    assert ended == -signal.SIGKILL
    assert file.read_text(encoding="utf-8") == "one"
    (part,) = tmp_path.glob(f"{RECORD}-*")
    long_ago = time.time() - 61
    os.utime(part, (long_ago, long_ago))
    Filing().put(file, "three")
    assert {one.name for one in tmp_path.iterdir()} == {"a.txt", RECORD}


def test_nothing_is_exported_into_a_countys_folder_not_even_under_a_new_name(tmp_path: Path) -> None:
    (tmp_path / "county.toml").write_bytes(b"")
    with pytest.raises(NotOwnError, match="a county's folder") as refused:
        Filing(force=True).fill(tmp_path, {"new.svg": b"1"}, alone=False)
    assert not refused.value.forcible
    assert [one.name for one in tmp_path.iterdir()] == ["county.toml"]
