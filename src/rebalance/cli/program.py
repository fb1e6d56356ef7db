"""The program: finds the verb, runs it, and turns whatever happens into an exit code and a sentence."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, NoReturn

import click

from rebalance.cli.output import guarded
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
    sys.exit(run(sys.argv[1:] if args is None else args))


def run(args: Sequence[str]) -> int:
    """Do what the words of a command line ask; the answer is the exit code, and nothing is raised."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # better an odd character than no answer
    return guarded(lambda: _obey(args))


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
        " 130 stopped by Ctrl-C."
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
