"""Whatever verb writes: nothing is written over that is not the program's own, and all of a file or nothing."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import click
import openpyxl
import pytest

import rebalance as rb
from rebalance import files
from rebalance.api import example
from rebalance.api.start import template
from rebalance.cli import demo
from rebalance.cli.program import VERBS, program
from rebalance.filing import RECORD
from rebalance.solver import lexicographic
from tests.cli.small import Desk, desk, rebalance
from tests.cli.test_export import agree
from tests.cli.test_show_views import MATTERS, STEPS

Captured = pytest.CaptureFixture[str]
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

TO = "TO"
"""Stands for what is written."""

SCENARIO, PLAN, TRADE = "scenarios/tiny.toml", "out/plan.json", ("worst_off_first", "few_units_touched")
DRAWN = ("--demand", "0.9..1.1", "--cases", "3")


@dataclass(frozen=True)
class Writing:
    """How a verb is asked to write, and which file comes of it in the folder `to`; whether it is named itself."""

    file: str
    words: tuple[str, ...]
    named: bool = False


WRITES: dict[tuple[str, str], tuple[Writing, ...]] = {
    ("check", "--annotate"): (Writing("marked.xlsx", ("faulty.xlsx", "--annotate", TO), named=True),),
    ("template", "file"): (Writing("empty.xlsx", (TO,), named=True),),
    ("show", "--flowcharts"): (Writing("M1.svg", (SCENARIO, "--flowcharts", TO)),),
    ("solve", "--out"): (Writing("plan.json", (SCENARIO, "--quiet", "--out", TO)),),
    ("runs", "--export"): (Writing("run-1.json", ("1", "--export", TO)),),
    ("sweep", "--picture"): (Writing("a.svg", (SCENARIO, "--quiet", "--picture", TO), named=True),),
    ("frontier", "--out"): (Writing("point-1.json", (SCENARIO, *TRADE, "--quiet", "--out", TO)),),
    ("frontier", "--picture"): (Writing("a.svg", (SCENARIO, *TRADE, "--quiet", "--picture", TO), named=True),),
    ("alternatives", "--out"): (Writing("plan-0.json", (SCENARIO, "--quiet", "--out", TO)),),
    ("stress", "--out"): (Writing("plan.json", (SCENARIO, *DRAWN, "--quiet", "--out", TO)),),
    ("stress", "--picture"): (Writing("a.png", (SCENARIO, *DRAWN, "--quiet", "--picture", TO), named=True),),
    ("export", "--to"): (
        Writing("a.xlsx", (PLAN, "--to", TO), named=True),
        Writing("a.docx", (PLAN, "--to", TO), named=True),
        Writing("a.html", (PLAN, "--to", TO), named=True),
        Writing("positions.csv", (PLAN, "--to", TO)),
    ),
    ("review", "--out"): (Writing("a.toml", (PLAN, "edited.xlsx", "--out", TO), named=True),),
    ("demo", "--out"): (Writing("plan.json", ("--out", TO)),),
}
"""Every option by which a verb writes files; an export writes several kinds."""

ELSEWHERE = {
    ("new", "folder"),
    ("import", "--to"),
    ("import", "--map"),
    ("submit", "plan"),
    ("approve", "plan"),
    ("return", "plan"),
}
"""Writes into an empty folder only; adds to a map what is asked (see tests/intake); and adds to a plan what it
says of itself. The others are tried below."""

READ = {
    "ledgers",
    "package",
    "--from",
    "words",
    "scenario",
    "--county",
    "plan",
    "--cases",
    "--with",
    "edited",
    "--paper",
}
"""What only names something to read, where it is not listed above."""

ALL = [(verb, one) for (verb, _option), several in WRITES.items() for one in several]
each = pytest.mark.parametrize(("verb", "one"), ALL, ids=[f"{verb}-{one.file}" for verb, one in ALL])


def test_every_option_that_names_a_file_is_known_to_read_or_to_write() -> None:
    group = program()
    for verb in VERBS:
        command = group.get_command(click.Context(group), verb)
        assert command is not None
        named = {option.opts[-1] for option in command.params if _is_path(option)} - {"--store"}
        writes = {option for name, option in WRITES.keys() | ELSEWHERE if name == verb}
        assert writes <= named
        assert named - writes <= READ, verb
        takes_force = any("--force" in option.opts for option in command.params)
        assert takes_force == any(name == verb for name, _option in WRITES), verb


def _is_path(option: click.Parameter) -> bool:
    heads = {"FILE", "DIR", "SCENARIO", "PACKAGE", "PLAN", "FOLDER", "SCENARIO..."}
    return isinstance(option.type, click.Path) or option.metavar in heads


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county solved, exported, edited, approved; a faulty workbook, and one filled in."""
    with pytest.MonkeyPatch.context() as patch:
        found = desk(tmp_path_factory.mktemp("desk"))
        patch.chdir(found.folder)
        patch.setenv("REBALANCE_STORE", "runs.db")
        patch.setenv("REBALANCE_LANG", "en")
        Path("models/tiny/matters.csv").write_text(MATTERS, encoding="utf-8")
        Path("models/tiny/steps.csv").write_text(STEPS, encoding="utf-8")
        assert rebalance("solve", SCENARIO, "--out", "out", "--quiet") == 0
        assert rebalance("export", PLAN, "--to", "edited.xlsx") == 0
        agree(Path("edited.xlsx"), "T1", 8)
        template("faulty.xlsx")
        shutil.copytree("out", "signed")
        patch.setenv("REBALANCE_STORE", "none.db")
        assert rebalance("submit", "signed/plan.json") == rebalance("approve", "signed/plan.json") == 0
        book = openpyxl.load_workbook("faulty.xlsx")
        book["units"]["A2"] = "U1"
        book.save("county.xlsx")
        return found.folder


@pytest.fixture(autouse=True)
def here(laid_out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The same, to be worked in."""
    folder = shutil.copytree(laid_out, tmp_path / "desk")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("REBALANCE_STORE", "runs.db")
    monkeypatch.setattr(example, "baseline", lambda: Path(SCENARIO))
    monkeypatch.setattr(demo, "audited", lambda _plan: 0)
    return Desk(folder)


def ask(verb: str, one: Writing, *more: str) -> int:
    """Let the verb write into the folder `to`."""
    to = f"to/{one.file}" if one.named else "to"
    return rebalance(verb, *(to if word == TO else word for word in one.words), *more)


def left(folder: Path) -> list[str]:
    """What is left of files half written."""
    return [file.name for file in folder.rglob(f"{RECORD}-*")]


@each
def test_the_same_once_more_just_works(verb: str, one: Writing, here: Desk) -> None:
    file = Path("to", one.file)
    Path("to").mkdir()
    code = ask(verb, one)
    assert code in {0, 1}  # a check that finds faults; a review that finds rules broken
    first = file.read_bytes()
    file.write_bytes(b"an older answer")
    _record(file)
    assert ask(verb, one) == code
    assert len(file.read_bytes()) == pytest.approx(len(first), rel=0.01)  # but for seconds
    assert not left(here.folder)


def _record(file: Path) -> None:
    """Note what lies there as written by the program."""
    with (file.parent / RECORD).open("a") as record:
        record.write(f"{sha256(file.read_bytes()).hexdigest()}  {file.name}\n")


FOREIGN = (b"mine", b"")


@each
def test_what_somebody_else_wrote_stays_unless_it_is_meant(
    verb: str, one: Writing, here: Desk, capsys: Captured
) -> None:
    file = Path("to", one.file)
    file.parent.mkdir()
    for content in FOREIGN:
        file.write_bytes(content)
        assert ask(verb, one) == 2
        assert file.read_bytes() == content
        told = capsys.readouterr().err
        assert "--force replaces it." in told
        assert "'to" in told
    assert ask(verb, one, "--force") in {0, 1}
    assert file.read_bytes() != content
    assert not left(here.folder)


@pytest.mark.campaign
@each
def test_what_somebody_has_edited_stays(verb: str, one: Writing, here: Desk) -> None:
    file = Path("to", one.file)
    file.parent.mkdir()
    ask(verb, one)
    edited = file.read_bytes() + b"edited"
    file.write_bytes(edited)
    assert ask(verb, one) == 2
    assert file.read_bytes() == edited
    assert not left(here.folder)


NEVER = {"an approved plan": "signed/plan.json", "a store": "runs.db", "a county's workbook": "county.xlsx"}


@each
@pytest.mark.parametrize("what", NEVER.values(), ids=NEVER)
@pytest.mark.parametrize("linked", [False, True], ids=["itself", "a link to it"])
def test_what_is_never_written_over(verb: str, one: Writing, what: str, *, linked: bool) -> None:
    file, there = Path("to", one.file), Path(what)
    if what.endswith(".xlsx") and not linked and not one.file.endswith(".xlsx"):
        return  # no workbook has such a name
    file.parent.mkdir()
    content = there.read_bytes()
    if linked:
        file.symlink_to(there.resolve())
    else:
        file.write_bytes(content)
    if there.suffix != ".xlsx":  # such a workbook may go if the program has written it, and nobody has touched it
        _record(file)
        _record(there)
    assert ask(verb, one, "--force") == 2
    assert file.read_bytes() == there.read_bytes() == content


@each
@pytest.mark.parametrize("linked", ["hard link", "symbolic link", "symbolic link to the folder"])
def test_what_is_read_is_never_written(verb: str, one: Writing, linked: str) -> None:
    for number, name in enumerate(word for word in one.words if Path(word).is_file()):
        there, file = Path(name), Path("to", one.file)
        shutil.rmtree("to", ignore_errors=True)
        file.parent.mkdir()
        if linked == "hard link":
            os.link(there, file)
        elif linked == "symbolic link":
            file.symlink_to(there.resolve())
        elif there.name == file.name:
            file.parent.rmdir()
            Path("to").symlink_to(there.parent.resolve(), target_is_directory=True)
        else:
            continue
        content = there.read_bytes()
        _record(file)
        _record(there)
        assert ask(verb, one, "--force") == 2, number
        assert there.read_bytes() == content


@each
def test_a_countys_tables_stay(verb: str, one: Writing) -> None:
    before = {file.name: file.read_bytes() for file in Path("models/tiny").iterdir()}
    Path("to").symlink_to(Path("models/tiny").resolve(), target_is_directory=True)
    ask(verb, one, "--force")
    assert before.items() <= {file.name: file.read_bytes() for file in Path("models/tiny").iterdir()}.items()
    for beside in Path("models/tiny").glob("*.positions.csv"):  # what a reviewed plan stays close to is no table
        beside.unlink()
    assert rebalance("check", "models/tiny") == 0


@each
def test_a_file_that_may_not_be_written_is_named(verb: str, one: Writing, capsys: Captured) -> None:
    file = Path("to", one.file)
    file.parent.mkdir()
    file.write_bytes(b"old")
    _record(file)
    file.chmod(0o444)
    assert ask(verb, one, "--force") == 2
    assert f"{file.name} is read-only" in capsys.readouterr().err
    assert file.read_bytes() == b"old"
    file.unlink()
    file.mkdir()
    assert ask(verb, one, "--force") == 2
    assert f"{file.name} is a folder" in capsys.readouterr().err


@contextmanager
def breaking(patch: pytest.MonkeyPatch, name: str, trouble: BaseException) -> Iterator[None]:
    """Let the writing of one file end like this, when all of it but the last step is done."""
    sync = os.fsync

    def broken(handle: int) -> None:
        if name in wanted:
            raise trouble
        sync(handle)

    wanted: list[str] = []
    write = files.write_bytes

    def watched(file: Path, content: bytes) -> None:
        wanted[:] = [file.name]
        write(file, content)

    with patch.context() as inner:
        inner.setattr(os, "fsync", broken)
        inner.setattr("rebalance.filing.write_bytes", watched)
        yield


@each
def test_a_full_disk_is_named_with_the_file(
    verb: str, one: Writing, here: Desk, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    file = Path("to", one.file)
    file.parent.mkdir()
    file.write_bytes(b"old")
    _record(file)
    with breaking(monkeypatch, file.name, OSError(errno.ENOSPC, "No space left on device")):
        assert ask(verb, one) in {1, 2}
    told = capsys.readouterr().err
    assert str(file) in told
    assert "No space left on device" in told
    assert file.read_bytes() == b"old"
    assert not left(here.folder)


@pytest.mark.campaign
@each
def test_being_stopped_while_writing_leaves_the_old_file_or_the_new(
    verb: str, one: Writing, here: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Path("to", one.file)
    file.parent.mkdir()
    file.write_bytes(b"old")
    _record(file)
    with breaking(monkeypatch, file.name, KeyboardInterrupt()):
        assert ask(verb, one) == 130
    assert file.read_bytes() == b"old"
    assert not left(here.folder)
    assert ask(verb, one) in {0, 1}
    assert file.read_bytes() != b"old"


@pytest.mark.parametrize("folder", ["models/tiny", "scenarios", "."])
def test_tables_are_exported_into_a_folder_of_their_own(folder: str, capsys: Captured) -> None:
    before = {file: file.read_bytes() for file in Path(folder).iterdir() if file.is_file()}
    assert rebalance("export", PLAN, "--to", folder) == 2
    assert "folder" in capsys.readouterr().err
    assert before == {file: file.read_bytes() for file in Path(folder).iterdir() if file.is_file()}


def test_an_export_goes_where_one_was_before_beside_what_somebody_added() -> None:
    assert rebalance("export", PLAN, "--to", "tables") == 0
    Path("tables/notes.txt").write_text("mine", encoding="utf-8")
    assert rebalance("export", PLAN, "--to", "tables", "--lang", "zh") == 0
    assert Path("tables/notes.txt").read_text(encoding="utf-8") == "mine"
    assert not [file for file in Path("tables").rglob(RECORD) if file.parent != Path("tables")]
    edited = Path("tables/townships.csv")
    edited.write_text("mine", encoding="utf-8")
    others = Path("tables/positions.csv").read_bytes()
    assert rebalance("export", PLAN, "--to", "tables", "--lang", "en") == 2
    assert Path("tables/positions.csv").read_bytes() == others  # all or nothing
    assert edited.read_text(encoding="utf-8") == "mine"


def test_a_plan_approved_while_another_is_found_stays_and_neither_is_lost(
    here: Desk, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    approved, solve = Path("signed/plan.json").read_bytes(), lexicographic.solve

    def meanwhile(*args: object, **named: object) -> object:
        found = solve(*args, **named)  # type: ignore[arg-type]
        here.plan.write_bytes(approved)
        return found

    monkeypatch.setattr(lexicographic, "solve", meanwhile)
    assert rebalance("solve", SCENARIO, "--out", "out", "--fresh", "--quiet", "--force") == 0
    assert here.plan.read_bytes() == approved
    assert "plan.json came to be there meanwhile and is not written over; the plan found is in out" in (
        capsys.readouterr().err
    )
    assert rebalance("audit", "out/plan-2.json") == 0
    assert not json.loads(Path("out/plan-2.json").read_text(encoding="utf-8")).get("approval")


def test_what_is_approved_is_known_without_a_store(capsys: Captured) -> None:
    Path("runs.db").write_bytes(os.urandom(3000))
    assert rebalance("solve", SCENARIO, "--out", "signed", "--quiet") == 2
    assert "an approved plan is there" in capsys.readouterr().err


def test_a_submitted_plan_is_replaced_only_if_it_is_meant(capsys: Captured) -> None:
    assert rebalance("submit", PLAN) == 0
    assert rebalance("solve", SCENARIO, "--out", "out", "--quiet") == 2
    assert "a submitted plan is there" in capsys.readouterr().err
    assert rebalance("solve", SCENARIO, "--out", "out", "--quiet", "--force") == 0


def test_the_papers_of_an_approved_plan_stay(capsys: Captured) -> None:
    assert rebalance("export", PLAN, "--to", "out/request.docx") == 0
    assert rebalance("submit", PLAN, "--paper", "out/request.docx") == rebalance("approve", PLAN) == 0
    content = Path("out/request.docx").read_bytes()
    assert rebalance("export", PLAN, "--to", "out/request.docx", "--lang", "zh", "--force") == 2
    capsys.readouterr()
    assert Path("out/request.docx").read_bytes() == content


def test_a_store_is_made_in_no_file_of_another_kind() -> None:
    for name in ("models/tiny/units.csv", "county.xlsx", "signed/plan.json", SCENARIO):
        content = Path(name).read_bytes()
        for words in (("solve", SCENARIO, "--out", "to", "--quiet"), ("runs",), ("sweep", SCENARIO, "--quiet")):
            rebalance(*words, "--store", name)
            assert Path(name).read_bytes() == content


@pytest.mark.parametrize("verb", ["submit", "approve", "return"])
def test_a_step_is_added_to_a_plan_or_not_at_all(
    verb: str, here: Desk, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    if verb != "submit":
        assert rebalance("submit", PLAN) == 0
    before = here.plan.read_bytes()
    with breaking(monkeypatch, "plan.json", OSError(errno.ENOSPC, "No space left on device")):
        assert rebalance(verb, PLAN) in {1, 2}
    told = capsys.readouterr().err
    assert "plan.json" in told
    assert "No space left on device" in told
    assert here.plan.read_bytes() == before
    assert not left(here.folder)


def test_a_county_is_begun_in_an_empty_folder_only() -> None:
    before = {file: file.read_bytes() for file in Path("models/tiny").iterdir()}
    assert rebalance("new", "models/tiny") == 2
    assert rebalance("new", "county.xlsx") == 2
    assert before == {file: file.read_bytes() for file in Path("models/tiny").iterdir()}


def test_from_python_it_is_the_same(here: Desk) -> None:
    signed, edited = here.folder / "signed/plan.json", here.folder / "edited.xlsx"
    outcome, content = rb.read_plan(signed), edited.read_bytes()
    with pytest.raises(OSError, match="an approved plan is there"):
        rb.save(outcome, signed, force=True)
    with pytest.raises(OSError, match=r"Name another file\. force=True replaces it\."):
        rb.export(outcome, edited)
    with pytest.raises(OSError, match="a county's workbook is there"):
        rb.template(here.folder / "county.xlsx", force=True)
    assert edited.read_bytes() == content
    rb.export(outcome, edited, force=True)
    rb.export(outcome, edited)
