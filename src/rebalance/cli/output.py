"""Answers go to stdout, as tables for people or JSON for programs; faults do where they are the answer."""

from __future__ import annotations

import json
import os
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

import click
from rich.console import RenderableType

from rebalance.county.county import County, digest
from rebalance.county.remarks import Remark
from rebalance.county.tables import TABLES
from rebalance.fault import Fault, FaultsError
from rebalance.files import write
from rebalance.plans.approval import Trail, state_of
from rebalance.plans.audit import Audit, Mismatch
from rebalance.plans.file import Recorded, written_value
from rebalance.plans.rows import finding_rows
from rebalance.scenario.codec import unstructure
from rebalance.scenario.parts import resolved
from rebalance.scenario.scenario import Scenario
from rebalance.screen import Screen, line, on_screen
from rebalance.table import FORMATS, Table
from rebalance.text import _, near_miss, quoted

DONE, NO, WRONG_USE, NO_TIME, STOPPED = 0, 1, 2, 3, 130
"""The exit codes."""

BROKEN_PIPE = 141
"""What a shell reports of a program whose reader went away."""

DEBUG = "REBALANCE_DEBUG"


def guarded(action: Callable[[], int]) -> int:
    """The exit code of an action, whatever becomes of it."""
    try:
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


def told(sentence: str, code: int) -> int:
    """Say it on stderr, as far as anybody listens there."""
    try:
        click.echo(sentence, err=True)
    except OSError:
        return code
    return code


def misused(message: object) -> click.UsageError:
    """Wrong use of the verb at work."""
    return click.UsageError(str(message), click.get_current_context(silent=True))


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
    Screen(sys.stdout).show(parts)


def answer(data: Any) -> None:  # noqa: ANN401 - plain data is a tree of anything JSON can hold
    """Print JSON."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def refuse(error: FaultsError, *, as_json: bool, answers: bool = False) -> int:
    """Tell all faults; `answers` when they are what was asked for."""
    if as_json:
        answer({"faults": plain_faults(error.faults)})
        return NO
    screen = Screen(sys.stdout if answers else sys.stderr)
    screen.lines(map(str, error.faults))
    screen.lines([_("Faults: {count}.").format(count=len(error.faults))])
    return NO


def plain_faults(faults: Sequence[Fault]) -> list[dict[str, Any]]:
    """Faults as plain data."""
    return [asdict(fault) for fault in faults]


def put(sheets: Iterable[Table], as_: str, said: Sequence[str] = ()) -> None:
    """Print tables; `said` follows on the screen. Tables without rows are left out there."""
    if as_ in FORMATS:
        sys.stdout.write(FORMATS[as_](sheets))
    else:
        show([*(on_screen(sheet) for sheet in sheets if sheet.rows), *map(line, said)])


def checked(county: County, remarks: Sequence[Remark], audit: Audit) -> dict[str, Any]:
    """What `check` has to say about a county without faults."""
    return {
        "faults": [],
        "county": {"name": county.name, "name_zh": county.name_zh, "code": county.code},
        "years": list(county.years),
        "synthetic": county.synthetic,
        "digest": digest(county),
        "tables": {table.name: len(getattr(county, table.name)) for table in TABLES},
        "remarks": [asdict(remark) for remark in remarks],
        "today": [row for row in unstructure(finding_rows(audit)) if row["broken"] or row["inherited"]],
        "silent": list(audit.scenario.silent()),
    }


def asked(scenario: Scenario) -> dict[str, Any]:
    """What `show` has to say about a scenario: all of it, and the rules that have nothing to say."""
    return resolved(scenario) | {"silent": list(scenario.silent())}


def audited(recorded: Recorded) -> dict[str, Any]:
    """What `audit` has to say about a plan."""
    audit = recorded.audit
    return {
        "sound": recorded.sound,
        "lawful": audit.lawful,
        "proven": recorded.outcome.proven,
        "checked": {name: len(found) for name, found in audit.findings.items()},
        "goals": [{"name": name, "measured": written_value(value)} for name, value in audit.values],
        "mismatches": [_mismatch(one) for one in audit.mismatches],
        "stated": [{"where": one.where, "said": one.said, "is": one.is_} for one in recorded.stated],
        "findings": unstructure(finding_rows(audit)),
    }


def approved(trail: Trail, run: int | None, changes: Sequence[str]) -> dict[str, Any]:
    """Where a plan stands in the commission, in which run of the store, and what has changed since it was signed."""
    return {
        "state": state_of(trail) or "draft",
        "run": run,
        "steps": unstructure(trail),
        "changed": list(changes),
    }


def _mismatch(one: Mismatch) -> dict[str, Any]:
    values = {"claimed": written_value(one.claimed), "measured": written_value(one.measured)}
    return {"number": one.number, "goal": one.goal} | values


PLAN = "plan.json"


def writable(folder: Path, option: str = "--out") -> Path:
    """The folder, made if need be, after a file has been written there on trial.

    Raises:
        click.UsageError: nothing can be written there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / PLAN).is_dir():
            raise IsADirectoryError(None, _("{name} is a folder").format(name=PLAN))
        write(folder / ".rebalance-trial", "")
        (folder / ".rebalance-trial").unlink()
    except OSError as error:
        message = _("{option}: nothing can be written there (got {value}; {problem}). Name another folder.")
        raise misused(message.format(option=option, value=quoted(str(folder)), problem=error.strerror)) from None
    return folder


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
