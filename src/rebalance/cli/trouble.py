"""Whatever goes wrong becomes a sentence on stderr and an exit code; tracebacks only for those who ask."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import click

from rebalance.hints import near_miss, quoted
from rebalance.words import _

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
