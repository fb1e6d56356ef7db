"""The program: finds the verb, runs it, and turns whatever happens into an exit code and a sentence."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click

from rebalance.cli.output import OutputError, guarded, settled
from rebalance.cli.verb import Context, help_option
from rebalance.text import LANGUAGES, VARIABLE, _, activate, near_miss, quoted

OPTION = "--lang"


def chosen(args: Sequence[str]) -> list[str]:
    """The words without `--lang`, whose language is spoken from now on (none given: that of the environment).

    Raises:
        click.UsageError: it names no language we speak.
    """
    activate(None)
    wanted, source = os.environ.get(VARIABLE) or None, VARIABLE
    rest, end = [], list(args).index("--") if "--" in args else len(args)
    words = iter(args[:end])
    for word in words:
        name, equals, value = word.partition("=")
        if name == OPTION:
            wanted, source = value if equals else next(words, ""), OPTION
        else:
            rest.append(word)
    if wanted is not None and wanted not in LANGUAGES:
        message = _("{option}: no such language (got {value}). Accepted: {accepted}.")
        accepted = ", ".join(LANGUAGES)
        raise click.UsageError(message.format(option=source, value=repr(wanted), accepted=accepted))
    activate(wanted)
    return [*rest, *args[end:]]


NAME = "rebalance"
VERBS: Mapping[str, str] = {
    "import": "intake:command",
    "check": "check:check_command",
    "template": "check:template_command",
    "new": "check:new_command",
    "show": "show:command",
    "solve": "solve:command",
    "audit": "audit:command",
    "runs": "runs:command",
    "compare": "compare:command",
    "sweep": "sweep:command",
    "frontier": "frontier:frontier_command",
    "alternatives": "frontier:alternatives_command",
    "stress": "stress:command",
    "explain": "explain:command",
    "why": "why:why_command",
    "range": "why:range_command",
    "price": "why:price_command",
    "export": "export:export_command",
    "review": "export:review_command",
    "submit": "approve:submit_command",
    "approve": "approve:approve_command",
    "return": "approve:return_command",
    "withdraw": "approve:withdraw_command",
    "demo": "demo:command",
}
"""Every verb, in the order in which they are used: the module of this folder and the function in it that make it."""


class Program(click.Group):
    """The verbs, each in a file of its own that is loaded when it is asked for."""

    context_class = Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All verbs, in the order in which they are used."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb of this name."""
        if cmd_name not in VERBS:
            return None
        module, made = VERBS[cmd_name].split(":")
        command: click.Command = getattr(import_module(f"rebalance.cli.{module}"), made)()
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb and what follows it, or a hint at what may have been meant."""
        name = args[0]
        if name not in VERBS and not name.startswith("-"):
            message = _("no such verb (got {value}). Accepted: {accepted}.")
            text = message.format(value=quoted(name), accepted=", ".join(VERBS))
            raise click.UsageError(text + near_miss(name, VERBS), ctx)
        return super().resolve_command(ctx, args)


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Do what the command line asks, and exit."""
    ready()
    sys.exit(run(sys.argv[1:] if args is None else args))


class Patient(io.FileIO):
    """Where we say how things go: whoever listened may go away, and the work goes on."""

    def write(self, content: Any) -> int:  # noqa: ANN401  # any bytes
        """Write as much as can be; all of it where nobody reads any more."""
        try:
            return super().write(content) or 0
        except OSError:
            return len(content)


class Named(io.FileIO):
    """Where our answer goes: trouble with it is told from trouble with any other file."""

    def write(self, content: Any) -> int:  # noqa: ANN401  # any bytes
        """Write as much as can be.

        Raises:
            OutputError: it cannot be written.
        """
        try:
            return super().write(content) or 0
        except OSError as error:
            raise OutputError(error) from None


def ready() -> None:
    """Make sure that there are streams to write to: a program may be started without, and a window may be shut."""
    for number, (name, kind) in enumerate(STREAMS.items()):
        stream = getattr(sys, name)
        if stream is None:  # opening takes the lowest number that is free, which is its own
            setattr(sys, name, Path(os.devnull).open("w" if number else "r", encoding="utf-8"))  # noqa: SIM115  # stays
        elif kind and isinstance(stream, io.TextIOWrapper) and type(_raw(stream.buffer)) is io.FileIO:
            buffer = io.BufferedWriter(kind(stream.fileno(), "w", closefd=False))
            setattr(sys, name, io.TextIOWrapper(buffer, stream.encoding, line_buffering=stream.line_buffering))


def _raw(buffer: object) -> object:
    """What a stream writes to in the end: Python may have been told not to buffer."""
    return getattr(buffer, "raw", buffer)


STREAMS: Mapping[str, type[io.FileIO] | None] = {"stdin": None, "stdout": Named, "stderr": Patient}
"""In the order of their numbers; the console of Windows is left as it is."""


def run(args: Sequence[str]) -> int:
    """Do what the words of a command line ask; the answer is the exit code, and nothing is raised."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # better an odd character than no answer
    return settled(guarded(lambda: _obey(args)))


def _obey(args: Sequence[str]) -> int:
    words = chosen(args) or ["--help"]
    if words[0] == "help":
        words = [*words[1:2], "--help"]
    code = program().main(words, NAME, standalone_mode=False)
    sys.stdout.flush()
    return int(code or 0)


def program() -> Program:
    """The program, in the language spoken."""
    about = _(
        "Finds, proves and explains the best lawful reallocation of a county's authorised positions."
        " Exit codes: 0 done; 1 the answer is no; 2 wrong use; 3 out of time without a plan;"
        " 130 stopped by Ctrl-C; 141 whoever read the answer went away."
    )
    language = click.Option([OPTION], type=click.Choice(LANGUAGES), expose_value=False, help=_("Language."))
    version = click.Option(
        ["-V", "--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_version,
        help=_("Show the version and exit."),
    )
    params: list[Any] = [language, version, help_option()]
    return Program(NAME, help=about, params=params, add_help_option=False)


def _version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from rebalance.api.plan import __version__

        click.echo(f"{NAME} {__version__}")
        context.exit()
