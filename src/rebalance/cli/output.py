"""Answers go to stdout, as tables for people or JSON for programs; faults do where they are the answer."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, Protocol

import click

from rebalance.text import _, near_miss, quoted

if TYPE_CHECKING:  # tables take a while to load, and so does what draws them: most of what the program says are lines
    from rich.console import RenderableType

    from rebalance.fault import Fault, FaultsError
    from rebalance.table import Table

DONE, NO, WRONG_USE, NO_TIME, STOPPED = 0, 1, 2, 3, 130
"""The exit codes."""

EXIT_CODES: Mapping[str, int] = {"done": DONE, "impossible": NO, "out of time": NO_TIME, "interrupted": STOPPED}
"""The exit code of an answer, by how asking for it has ended (`Ending`, which is a text and not loaded here)."""

BROKEN_PIPE = 141
"""What a shell reports of a program whose reader went away."""

DEBUG = "REBALANCE_DEBUG"


def guarded(action: Callable[[], int]) -> int:
    """The exit code of an action, whatever becomes of it; being ended is being stopped."""
    try:
        with _ended_as_stopped():
            return action()
    except (KeyboardInterrupt, click.Abort):
        return told(_("Stopped."), STOPPED)
    except click.UsageError as error:
        return told(usage(error), WRONG_USE)
    except click.ClickException as error:
        return told(error.format_message(), NO)
    except OSError as error:
        return hushed() if isinstance(error, BrokenPipeError) else told(_refused(error), NO)
    except Exception as error:  # noqa: BLE001  # no traceback ever reaches a user
        return told(_internal(error), NO)


@contextmanager
def _ended_as_stopped() -> Iterator[None]:
    """SIGTERM does what Ctrl-C does at that moment, even in a program that was started not to hear Ctrl-C.

    Where a system has no such signal, nobody sends it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(_number: int, frame: FrameType | None) -> None:
        stop = signal.getsignal(signal.SIGINT)
        (stop if callable(stop) else signal.default_int_handler)(signal.SIGINT, frame)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def told(sentence: str, code: int) -> int:
    """Say it on stderr, as far as anybody listens there."""
    try:
        click.echo(sentence, err=True)
    except OSError:
        return code
    return code


def misused(message: object, option: str = "") -> click.UsageError:
    """Wrong use of the verb at work, or of one of its options or arguments."""
    said = _("{option}: {problem}").format(option=option, problem=message) if option else str(message)
    return click.UsageError(said, click.get_current_context(silent=True))


def usage(error: click.UsageError) -> str:
    """What is wrong with the command line, and where to read about it."""
    path = error.ctx.command_path if error.ctx else "rebalance"
    hint = _("Try: {command}").format(command=f"{path} --help")
    return f"{path}: {_sentence(error)}\n{hint}"


def hushed() -> int:
    """Nobody reads what we write any more: write it nowhere, so that ending says nothing about it either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return BROKEN_PIPE


def _sentence(error: click.UsageError) -> str:
    """The sentence, in the language spoken where it is one of the usual ones."""
    match error:
        case click.NoSuchOption():
            message = _("no such option (got {value}).").format(value=quoted(error.option_name))
            return message + near_miss(error.option_name, error.possibilities or ())
        case click.MissingParameter(param=click.Parameter() as parameter):
            return _("{name} is missing.").format(name=_name(parameter))
        case click.BadParameter(param=click.Parameter() as parameter):
            return f"{_name(parameter)}: {error.message}"
        case _other:
            return error.format_message()


def _refused(error: OSError) -> str:
    """What the operating system would not do."""
    return ": ".join(str(part) for part in (error.filename, error.strerror or error) if part)


def _name(parameter: click.Parameter) -> str:
    """How a person writes it."""
    return parameter.human_readable_name if isinstance(parameter, click.Argument) else parameter.opts[-1]


def _internal(error: Exception) -> str:
    if os.environ.get(DEBUG):
        import traceback

        return "".join(traceback.format_exception(error))
    message = _(
        "internal error: {error}. Nothing is wrong with your use of it: please report this, with the files."
        " {variable}=1 shows where it happened."
    )
    what = " ".join(f"{type(error).__name__}: {error}".split())
    return message.format(error=what[:200], variable=DEBUG)


def show(parts: Iterable[RenderableType]) -> None:
    """Print tables and paragraphs."""
    from rebalance.screen import Screen

    Screen(sys.stdout).show(parts)


def answer(data: Any) -> None:  # noqa: ANN401 - plain data is a tree of anything JSON can hold
    """Print JSON."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


class Printable(Protocol):
    """An answer, as the program sees it."""

    @property
    def ending(self) -> str:
        """How asking for it has ended."""

    def parts(self) -> Iterable[RenderableType]:
        """What people are told."""

    def to_json(self) -> dict[str, Any]:
        """What programs are told."""


def print_answer(found: Printable, *, as_json: bool) -> int:
    """Print an answer, for people or for programs; its exit code."""
    if as_json:
        answer(found.to_json())
    else:
        show(found.parts())
    return EXIT_CODES[found.ending]


def refuse(error: FaultsError, *, as_json: bool, answers: bool = False) -> int:
    """Tell all faults; `answers` when they are what was asked for."""
    if as_json:
        answer({"faults": plain_faults(error.faults)})
        return NO
    from rebalance.screen import Screen

    screen = Screen(sys.stdout if answers else sys.stderr)
    screen.lines(map(str, error.faults))
    screen.lines([_("Faults: {count}.").format(count=len(error.faults))])
    return NO


def plain_faults(faults: Sequence[Fault]) -> list[dict[str, Any]]:
    """Faults as plain data."""
    return [asdict(fault) for fault in faults]


def put(sheets: Iterable[Table], as_: str, said: Sequence[str] = ()) -> None:
    """Print tables; `said` follows on the screen. Tables without rows are left out there."""
    from rebalance.table import FORMATS

    if as_ in FORMATS:
        sys.stdout.write(FORMATS[as_](sheets))
    else:
        from rebalance.screen import line, on_screen

        show([*(on_screen(sheet) for sheet in sheets if sheet.rows), *map(line, said)])


@contextmanager
def writing(option: str) -> Iterator[None]:
    """Where nothing can be written, say which option named the place.

    Raises:
        click.UsageError: nothing can be written there.
    """
    from rebalance.files import NotWritableError

    try:
        yield
    except NotWritableError as error:
        message = _("nothing can be written there (got {value}; {problem}). Name another folder.")
        raise misused(message.format(value=quoted(str(error.folder)), problem=error.problem), option) from None


KINDS = (".svg", ".png", ".pdf")
"""Said here too, so that no other verb waits for what draws; a test compares."""


class Drawn(Protocol):
    """A picture, as the program sees it: what draws is loaded only where something is drawn."""

    def content(self, ending: str) -> bytes:
        """The bytes of a file with this ending."""


def picture_option() -> click.Option:
    """`--picture`."""
    about = _("Draw a picture of it as well (.svg, .png or .pdf).")
    return click.Option(["--picture"], callback=_picture, metavar="FILE", default=None, help=about)


def _picture(context: click.Context, option: click.Parameter, value: str | None) -> Path | None:
    if value is None:
        return None
    file = Path(value)
    if "\0" in value or file.suffix not in KINDS or file.is_dir() or not file.parent.is_dir():
        message = _("not accepted (got {value}). Accepted: a file ending in {accepted}, in a folder that exists.")
        raise click.BadParameter(message.format(value=quoted(value), accepted=", ".join(KINDS)), context, option)
    return file


@contextmanager
def aloud() -> Iterator[None]:
    """What the library warns of goes to stderr, each as a sentence and once: missing fonts, trouble with a store."""
    heard: set[str] = set()

    def hear(message: Warning | str, *_where: object, **_more: object) -> None:
        if str(message) not in heard:
            told(str(message), DONE)
        heard.add(str(message))

    with warnings.catch_warnings():
        warnings.simplefilter("always", UserWarning)
        warnings.showwarning = hear
        yield


def writable(folder: Path, option: str = "--out") -> Path:
    """The folder, made if need be.

    Raises:
        click.UsageError: nothing can be written there.
    """
    from rebalance.files import writable as tried

    with writing(option):
        return tried(folder, "plan.json")
