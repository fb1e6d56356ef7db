"""The blocks of a Markdown document, as a reader would use them: files written, commands typed, code run."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from rebalance.cli.program import run

ROOT = Path(__file__).parents[1]
IN_THE_CHECKOUT = ("README.md", "README.zh.md", "docs/langxi.md", "docs/overview.md")
"""Documents about the example county as it lies in the checkout, and what a README leaves to them."""

LEFT_OUT = "…"
FENCE = re.compile(
    r"(?:^`(?P<file>[^`\n]+)`:\n\n)?^(?P<fence>`{3,})(?P<language>[a-z]+)\n(?P<text>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)
TYPED = frozenset({"bash", "console"})


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block; `file` is the name that stands alone, with a colon, in the paragraph above it."""

    language: str
    text: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """A command as words, with the lines shown below it."""

    words: tuple[str, ...]
    shown: tuple[str, ...] = ()


def blocks(document: str, *languages: str) -> list[Block]:
    """The fenced blocks of some languages, or all."""
    found = (Block(one["language"], one["text"], one["file"] or "") for one in FENCE.finditer(document))
    return [one for one in found if not languages or one.language in languages]


def typed(block: Block) -> Iterator[Typed]:
    """Every command of a block: a line each, or whatever stands behind a `$`."""
    if block.language == "bash":
        yield from (Typed(tuple(shlex.split(line, comments=True))) for line in block.text.splitlines() if line)
    for session in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:] if block.language == "console" else ():
        command, *shown = session.splitlines()
        yield Typed(tuple(shlex.split(command)), tuple(line.rstrip() for line in shown if line.strip()))


def sessions(document: str) -> list[Typed]:
    """Every command of a document."""
    return [one for block in blocks(document, *TYPED) for one in typed(block)]


def targets() -> set[str]:
    """What `make` knows."""
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def unseen(shown: Iterable[str], *printed: Iterable[str]) -> list[str]:
    """Lines shown that none of the streams printed, in order within each; `…` stands for anything."""
    streams, missing = [[line.rstrip() for line in stream] for stream in printed], []
    for line in (one for one in shown if one != LEFT_OUT):
        pattern = re.compile(".*".join(map(re.escape, line.split(LEFT_OUT))))
        stream = next((one for one in streams if any(map(pattern.fullmatch, one))), None)
        if stream is None:
            missing.append(line)
        else:
            del stream[: next(n for n, one in enumerate(stream) if pattern.fullmatch(one)) + 1]
    return missing


@dataclass(frozen=True)
class Reader:
    """Somebody who follows a document in a folder of their own."""

    capsys: pytest.CaptureFixture[str]

    def follow(self, document: str) -> None:
        """Write every file, type every command, run all code, and look at what is shown."""
        names: dict[str, object] = {}
        code, printed = 0, list[str]()
        for block in blocks(document):
            if block.file:
                Path(block.file).parent.mkdir(parents=True, exist_ok=True)
                Path(block.file).write_text(block.text, encoding="utf-8")
            elif block.language in TYPED:
                for one in typed(block):
                    code = self._type(one, code)
            elif block.language == "python":
                exec(compile(block.text, "a block", "exec", dont_inherit=True), names)  # noqa: S102  # our own text
                printed = self.capsys.readouterr().out.splitlines()
            else:
                assert block.language == "text", f"nobody looks at a block of {block.language}"
                assert unseen(block.text.splitlines(), printed) == [], f"printed: {printed}"
        assert code == 0, "the last command failed"

    def _type(self, one: Typed, before: int) -> int:
        """Type a command; answer with its exit code, which is 0 unless the reader then asks for it."""
        if one.words == ("echo", "$?"):
            assert one.shown == (str(before),)
            return 0
        assert before == 0, f"failed before {one.words}"
        if one.words[0] == "make":
            assert one.words[1] in targets()
            return 0
        assert one.words[0] == "rebalance", one.words
        code = run(one.words[1:])
        out, err = self.capsys.readouterr()
        missing = unseen(one.shown, out.splitlines(), err.splitlines())
        assert missing == [], f"{one.words} did not show {missing}, but:\n{err}{out}"
        return code
