"""`rebalance new FOLDER`: a county of one's own that solves at once, in both languages, wherever its folder is."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from subprocess import run as spawn

import nbformat
import pytest
from nbclient import NotebookClient

from rebalance.api.start import BLOCK, HERE, new, notebook
from rebalance.county.read import read_county
from tests.cli.small import ROOT, rebalance

LANGUAGES = ("en", "zh")
NAMES = {"en": "Sample County", "zh": "示例县"}
FILES = (
    *("README.md", "scenarios/baseline.toml", "notebooks/first_plan.ipynb", "models/example/county.toml"),
    *(
        f"models/example/{name}.csv"
        for name in ("units", "townships", "positions", "retirements", "hiring", "routes", "agencies")
    ),
    *(f"models/example/{name}.csv" for name in ("placed", "demand", "sources")),
)


@pytest.fixture(params=LANGUAGES)
def started(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A new folder, in one of the languages, with a name to stumble over."""
    folder: Path = tmp_path / "a county 我们的县" / request.param
    assert rebalance("--lang", request.param, "new", folder) == 0
    return folder


def test_it_holds_what_it_says(started: Path) -> None:
    files = [file for file in started.rglob("*") if file.is_file()]
    assert sorted(str(file.relative_to(started).as_posix()) for file in files) == sorted(FILES)
    readme = (started / "README.md").read_text(encoding="utf-8")
    assert all(Path(name).name in readme for name in FILES if name != "README.md")


def test_it_reads_without_a_fault_and_says_that_it_is_made_up(
    started: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert rebalance("--lang", started.name, "check", started / "models/example") == 0
    said = capsys.readouterr().out
    assert NAMES[started.name] in said
    assert {"en": "made up", "zh": "虚构"}[started.name] in said
    county = read_county(started / "models/example")
    assert county.synthetic
    assert county == read_county(HERE / "county"), "the languages differ in words only"


def test_it_solves_at_once_with_every_goal_proven(started: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert rebalance("solve", started / "scenarios/baseline.toml", "--out", out, "--quiet") == 0
    plan = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    assert plan["proven"]
    assert plan["unique"] is False
    assert all(goal["proven"] for goal in plan["goals"])
    down = [row["after"] - row["before"] for row in plan["positions"] if row["holder"].startswith("T")]
    assert sum(down) == 16
    assert rebalance("audit", out / "plan.json") == 0


def test_every_cell_of_its_notebook_runs(started: Path) -> None:
    file = started / "notebooks/first_plan.ipynb"
    book = nbformat.read(file, as_version=4)
    nbformat.validate(book)
    NotebookClient(book, timeout=250, resources={"metadata": {"path": str(file.parent)}}).execute()
    shown = [one.data for cell in book.cells for one in cell.get("outputs", ()) if "data" in one]
    assert sum("<table>" in one.get("text/html", "") for one in shown) >= 5
    assert any({"en": "Every goal is proven", "zh": "各个目标均已证明"}[started.name] in str(one) for one in shown)
    assert (started / "out/plan.docx").stat().st_size > 5000


def test_the_installed_program_starts_one_and_says_how_to_go_on(tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("rebalance")
    folder = tmp_path / "county 县 'x'"
    done = spawn([program, "--lang", "en", "new", folder], check=False, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith(f"Started in {folder}: 14 files, all figures made up.")
    command = done.stderr.splitlines()[-1].strip().removeprefix("rebalance ")
    line = f"'{program}' {command} --quiet --store '{tmp_path}/runs.db'"
    assert spawn(line, shell=True, check=False, capture_output=True).returncode == 0  # noqa: S602  # as a person would
    assert (folder / "out/plan.json").exists()


def test_nothing_is_written_over(started: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {file: file.read_bytes() for file in started.rglob("*") if file.is_file()}
    capsys.readouterr()
    assert rebalance("new", started) == 2
    assert "FOLDER: something is there already (got " in capsys.readouterr().err
    assert {file: file.read_bytes() for file in started.rglob("*") if file.is_file()} == before


def test_a_file_in_its_place_is_refused_and_an_empty_folder_is_not(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    assert rebalance("new", tmp_path / "file") == 2
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/notes.txt").write_text("mine", encoding="utf-8")
    assert rebalance("new", tmp_path / "mine") == 2
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["notes.txt"]
    (tmp_path / "empty").mkdir()
    assert rebalance("new", tmp_path / "empty") == 0


def test_both_languages_run_the_same_code() -> None:
    english, chinese = (BLOCK.findall((HERE / lang / "first_plan.md").read_text("utf-8")) for lang in LANGUAGES)
    assert english == [block.replace('rb.speak("zh")', 'rb.speak("en")') for block in chinese]
    headings = [(HERE / lang / "first_plan.md").read_text("utf-8").count("\n#") for lang in LANGUAGES]
    assert headings[0] == headings[1]


def test_a_notebook_is_made_of_a_text() -> None:
    book = json.loads(notebook("# Title\n\nWords.\n\n```python\na = 1\na\n```\n\nMore.\n"))
    assert [(cell["cell_type"], "".join(cell["source"])) for cell in book["cells"]] == [
        ("markdown", "# Title\n\nWords."),
        ("code", "a = 1\na"),
        ("markdown", "More."),
    ]


def test_the_example_county_can_be_begun_with(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "mine"
    assert rebalance("new", place, "--example", "langxi") == 0
    assert "scenarios/baseline.toml" in capsys.readouterr().err
    for name in ("models/langxi", "scenarios"):
        names = {file.name for file in (ROOT / name).iterdir()}
        assert {file.name for file in (place / name).iterdir()} == names
        assert all((place / name / one).read_text("utf-8") == (ROOT / name / one).read_text("utf-8") for one in names)
    assert rebalance("check", place / "models/langxi") == 0
    assert rebalance("show", place / "scenarios/workload.toml") == 0


def test_no_other_example(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match=r"no such example \(got 'elsewhere'\)"):
        new(tmp_path / "mine", example="elsewhere")
    assert rebalance("new", tmp_path / "mine", "--example", "elsewhere") == 2
    assert "langxi" in capsys.readouterr().err
    assert not (tmp_path / "mine").exists()
