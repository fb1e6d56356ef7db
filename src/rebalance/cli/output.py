"""Answers go to stdout, as tables for people or JSON for programs; faults do where they are the answer."""

from __future__ import annotations

import errno
import io
import json
import os
import signal
import stat
import sys
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

import click
from click.core import ParameterSource

from rebalance.text import _, near_miss, quoted

if TYPE_CHECKING:  # tables take a while to load, and so does what draws them: most of what the program says are lines
    from rich.console import RenderableType

    from rebalance.fault import Fault, FaultsError
    from rebalance.filing import Filing
    from rebalance.table import Table

DONE, NO, WRONG_USE, NO_TIME, STOPPED = 0, 1, 2, 3, 130
"""The exit codes."""

EXIT_CODES: Mapping[str, int] = {"done": DONE, "impossible": NO, "out of time": NO_TIME, "interrupted": STOPPED}
"""The exit code of an answer, by how asking for it has ended (`Ending`, which is a text and not loaded here)."""

BROKEN_PIPE = 141
"""What a shell reports of a program whose reader went away."""

DEBUG = "REBALANCE_DEBUG"


GONE = frozenset({errno.EPIPE, errno.EIO, errno.EINVAL, errno.EBADF})
"""What the system says where nobody reads any more: of a pipe, of a window that was shut, on Windows, of nothing."""


class OutputError(Exception):
    """Our answer cannot be written; no `OSError`, so that it is not taken for trouble with some other file."""

    def __init__(self, error: OSError) -> None:
        """What the system says."""
        super().__init__(error.strerror or type(error).__name__)
        self.gone = error.errno in GONE


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
    except (OSError, OutputError) as error:
        return _unsaid(error) or told(_refused(error), NO)
    except Exception as error:  # noqa: BLE001  # no traceback ever reaches a user
        return told(_internal(error), NO)


def _unsaid(error: OSError | OutputError) -> int:
    """The exit code where nobody reads our answer any more; 0 where something else is the matter."""
    gone = error.gone if isinstance(error, OutputError) else isinstance(error, BrokenPipeError)
    return hushed() if gone else 0


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
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError:  # not a file at all
        sys.stdout = io.StringIO()
    return BROKEN_PIPE


def settled(code: int) -> int:
    """The exit code, with nothing left over that could not be written, which would change it."""
    try:
        sys.stdout.flush()
    except (OSError, OutputError):
        hushed()
    return code


def _sentence(error: click.UsageError) -> str:
    """The sentence, in the language spoken where it is one of the usual ones."""
    match error:
        case click.NoSuchOption():
            message = _("no such option (got {value}).").format(value=quoted(error.option_name))
            return message + near_miss(error.option_name, error.possibilities or ())
        case click.MissingParameter(param=click.Parameter() as parameter):
            return _("{name} is missing.").format(name=_name(parameter))
        case click.BadParameter(param=click.Parameter() as parameter):
            return f"{_source(error.ctx, parameter)}: {error.message}"
        case _other:
            return error.format_message()


def _refused(error: OSError | OutputError) -> str:
    """What the operating system would not do."""
    if isinstance(error, OutputError):
        return _("the answer could not be written ({problem}). Make room, or send it elsewhere.").format(problem=error)
    return ": ".join(str(part) for part in (error.filename, error.strerror or error) if part)


def _name(parameter: click.Parameter) -> str:
    """How a person writes it."""
    return parameter.human_readable_name if isinstance(parameter, click.Argument) else parameter.opts[-1]


def _source(context: click.Context | None, parameter: click.Parameter) -> str:
    """Where its value comes from: a variable of the environment, or what was typed."""
    found = context.get_parameter_source(str(parameter.name)) if context else None
    return str(parameter.envvar) if found is ParameterSource.ENVIRONMENT else _name(parameter)


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


def for_programs(text: str, mark: str = "") -> None:
    """Print what programs read, in UTF-8 whatever the console speaks; `mark` leads where it goes into a file."""
    sys.stdout.flush()
    raw = sys.stdout.buffer
    if mark and _is_file(raw):
        text = mark + text
    raw.write(text.encode("utf-8", "backslashreplace"))
    raw.flush()


def _is_file(stream: BinaryIO) -> bool:
    """Whether a stream goes into a file, and not to a screen or another program."""
    try:
        return stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):
        return False


def answer(data: Any) -> None:  # noqa: ANN401 - plain data is a tree of anything JSON can hold
    """Print JSON."""
    for_programs(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


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
        notes = {"notes": list(error.notes)} if answers else {}
        answer({"faults": plain_faults(error.faults), **notes})
        return NO
    from rebalance.fault import alike
    from rebalance.screen import Screen

    screen = Screen(sys.stdout if answers else sys.stderr)
    groups = alike(error.faults)
    screen.lines(map(str, groups))
    screen.lines([_("Faults: {count}.").format(count=len(error.faults))])
    if answers and error.notes:
        screen.lines([_("Read with a note:"), *error.notes])
    return NO


def plain_faults(faults: Sequence[Fault]) -> list[dict[str, Any]]:
    """Faults as plain data."""
    return [fault.plain() for fault in faults]


def put_text(sheets: Iterable[Table], as_: str) -> None:
    """Print tables in one of the formats for programs."""
    from rebalance.table import FORMATS, MARK

    for_programs(FORMATS[as_](sheets), MARK if as_ == "csv" else "")


def put(sheets: Iterable[Table], as_: str, said: Sequence[str] = ()) -> None:
    """Print tables; `said` follows on the screen. Tables without rows are left out there."""
    from rebalance.table import FORMATS

    if as_ in FORMATS:
        put_text(sheets, as_)
    else:
        from rebalance.screen import line, on_screen

        show([*(on_screen(sheet) for sheet in sheets if sheet.rows), *map(line, said)])


FORCE = "--force"


def force_option() -> click.Option:
    """`--force`."""
    about = _(
        "Replace what is there even if this program has not written it, or it has been changed since; never an"
        " approved plan or a county's table."
    )
    return click.Option([FORCE], is_flag=True, help=about)


def filing_of(force: bool, *inputs: Path | str) -> Filing:  # as the option says it
    """How a verb writes, that has read these scenarios, or other files."""
    from rebalance.api.scenario import read_with
    from rebalance.filing import Filing

    return Filing(force, tuple(file for one in inputs for file in read_with(Path(one))))


@contextmanager
def writing(option: str) -> Iterator[None]:
    """Where nothing can be written, or something is not written over, say which option named the place.

    Raises:
        click.UsageError: nothing is written there.
    """
    from rebalance.files import NotWritableError

    try:
        yield
    except NotWritableError as error:
        raise misused(error.said(FORCE), option) from None


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
    if file.suffix not in KINDS or not file.parent.is_dir():
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


def ready(filing: Filing, file: Path | None, option: str = "--out") -> None:
    """See that a file can be written, if there is to be one, before long work begins.

    Raises:
        click.UsageError: nothing is written there.
    """
    if file is not None:
        with writing(option):
            filing.ready(file)
