"""How the verbs that look at many plans give their answer: printed, drawn, and with the plans as files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from rich.console import RenderableType

from rebalance.api.plan import Outcome, saved
from rebalance.api.progress import Lines, Nobody, Watch
from rebalance.api.run import NoDaskError
from rebalance.cli.output import (
    DONE,
    EXIT_CODES,
    NO,
    NO_TIME,
    Drawn,
    aloud,
    answer,
    misused,
    put_text,
    show,
    told,
    writing,
)
from rebalance.fault import MisuseError
from rebalance.filing import Filing
from rebalance.table import FORMATS, Table
from rebalance.text import _


class Answering(Protocol):
    """An answer with its tables."""

    def parts(self) -> Iterable[RenderableType]:
        """What people see."""

    def tables(self) -> Sequence[Table]:
        """The tables."""

    def to_json(self) -> Any:  # noqa: ANN401  # plain data is a tree of anything JSON can hold
        """Plain data."""


def put(found: Answering, as_: str = "table", *, parts: Iterable[RenderableType] | None = None) -> int:
    """Print an answer for people (all of it, or these parts), or in one of the formats for programs."""
    if as_ == "json":
        answer(found.to_json())
    elif as_ in FORMATS:
        put_text(found.tables(), as_)
    else:
        show(found.parts() if parts is None else parts)
    return DONE


@contextmanager
def asking() -> Iterator[None]:
    """A question put to the library: what has no meaning is wrong use, what it warns of is told at once.

    Raises:
        click.UsageError: the question has no meaning.
    """
    try:
        with aloud():
            yield
    except NoDaskError:
        message = _("--on: a cluster needs Dask. Install it with: pip install 'rebalance[cluster]'")
        raise misused(message) from None
    except MisuseError as error:
        raise misused(error) from None


def watch(*, quiet: bool) -> Watch:
    """Lines on stderr, or nothing."""
    return Nobody() if quiet else Lines()


def draw(file: Path, made: Callable[[], Drawn], *, filing: Filing, quiet: bool) -> None:
    """Make a picture and write it: beside what is not written over, if that came there while the answer was found."""
    with aloud():
        content = made().content(file.suffix)
    with writing("--picture"):
        file = filing.put_aside(file, content)
    if not quiet:
        told(_("The picture is in {file}.").format(file=file), DONE)


def keep(folder: Path | None, plans: Mapping[str, Outcome], *, filing: Filing, quiet: bool) -> None:
    """Write each plan as a file of its own, which claims nothing about its goals; beside what is not written over."""
    if folder is None or not plans:
        return
    for name, outcome in plans.items():
        with writing("--out"):
            file = folder / f"{name}.json"
            to = filing.put_aside(file, saved(outcome, folder))
        if to != file:
            message = _("{file} is not written over; the plan is in {other}.")
            told(message.format(file=file, other=to), DONE)
    if not quiet:
        told(_("Plans written to {folder}: {count}.").format(folder=folder, count=len(plans)), DONE)


def verdict(ending: str, *, found: bool) -> int:
    """The exit code of a search: what was found before time ran out is an answer, unless somebody stopped it."""
    code = EXIT_CODES[ending]
    if found and code in {NO, NO_TIME}:
        return DONE
    return NO_TIME if code == DONE and not found else code
