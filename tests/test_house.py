"""The house rules: portable files, modules that say what they are, short files and functions, layers."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST_FILE = 450
LONGEST_FUNCTION = 60

MACHINE_PATHS = re.compile(r"(?<![\w.~)}-])/(?:work|root|home|Users)/|\b[A-Z]:\\Users\\")
REGISTRIES = re.compile(r"\b(?:pypi[.]org|pythonhosted[.]org|npmjs[.](?:com|org)|deb[.]debian[.]org)\b")


def sources() -> dict[str, str]:
    """The text of every module of the package."""
    found = sorted((ROOT / "src/rebalance").rglob("*.py"))
    assert found
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in found}


def tracked() -> Iterator[Path]:
    """Every file that is, or could be, under version control."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode()
    return (path for name in listing.split("\0") if name and (path := ROOT / name).is_file())


def lines_that_match(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in tracked()
        for number, line in enumerate(path.read_bytes().decode(errors="replace").splitlines(), start=1)
        if pattern.search(line)
    ]


@pytest.mark.parametrize("pattern", [MACHINE_PATHS, REGISTRIES], ids=["paths", "registries"])
def test_no_file_depends_on_one_machine(pattern: re.Pattern[str]) -> None:
    assert lines_that_match(pattern) == []


@pytest.mark.parametrize("folder", ["work", "root", "home", "Users"])
def test_a_path_of_one_machine_is_noticed(folder: str) -> None:
    path = f"/{folder}/me"
    assert all(MACHINE_PATHS.search(text) for text in (path, f'"{path}"', f"see {path}", f"file://{path}"))
    assert not any(MACHINE_PATHS.search(text) for text in (f"docs{path}", f"..{path}", f"$(TOP){path}"))


def test_modules_say_what_they_are() -> None:
    trees = {name: ast.parse(text) for name, text in sources().items()}
    assert [name for name, tree in trees.items() if not ast.get_docstring(tree)] == []


def test_files_are_short() -> None:
    lengths = {name: len(text.splitlines()) for name, text in sources().items()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_functions_are_short() -> None:
    lengths = {
        f"{name}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for name, text in sources().items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_parts_import_only_what_lies_below_them() -> None:
    check = "from importlinter.cli import lint_imports_command as check; check()"
    command = [sys.executable, "-c", check, "--no-cache", "--no-logo"]
    result = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, encoding="utf-8")
    assert result.returncode == 0, result.stdout + result.stderr
