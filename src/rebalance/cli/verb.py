"""What all verbs have in common: the language of their help, and how faults in what they read are told."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from rebalance.cli.output import hushed
from rebalance.fault import FaultsError
from rebalance.text import _


def plugins_option() -> click.Option:
    """`--allow-plugins`."""
    about = _("Run the rules and goals that a scenario brings itself, under plugins: these are programs.")
    return click.Option(["--allow-plugins"], is_flag=True, expose_value=False, callback=_allow, help=about)


def _allow(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from rebalance.api.scenario import allowing

        context.with_resource(allowing(allowed=True))
        context.with_resource(_looking_here())


@contextmanager
def _looking_here() -> Iterator[None]:
    """Let Python look in this folder too, after everywhere else: nothing that lies here stands in for anything."""
    here = str(Path.cwd())
    sys.path.append(here)
    try:
        yield
    finally:
        sys.path.remove(here)


class Formatter(click.HelpFormatter):
    """Help with its headings in the language spoken."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The first line."""
        super().write_usage(prog, args, prefix or _("Usage: "))

    def write_heading(self, heading: str) -> None:
        """The line above a list."""
        super().write_heading(
            {"Positional arguments": _("Arguments"), "Options": _("Options"), "Commands": _("Commands")}.get(
                heading, heading
            )
        )


class Context(click.Context):
    """A context that writes its help in the language spoken."""

    formatter_class = Formatter


class Verb(click.Command):
    """A command whose callback gives the exit code; where what it reads has faults, all are told."""

    context_class = Context

    def __init__(
        self,
        name: str,
        callback: Callable[..., int],
        *params: click.Parameter,
        about: str,
        short: str,
        scenarios: bool = True,
    ) -> None:
        """A verb with its parameters, `--help` among them; `short` stands in the list of verbs.

        One that reads `scenarios`, or plans, can be told that they may bring code of their own.
        """
        options: list[click.Parameter] = [*params, *([plugins_option()] if scenarios else []), help_option()]
        super().__init__(name, callback=callback, help=about, short_help=short, params=options, add_help_option=False)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Understand the words; where one is missing after something that is no scenario, that is told first."""
        try:
            return super().parse_args(ctx, args)
        except click.MissingParameter:
            given = ctx.params.get("scenario")
            if isinstance(given, Path):
                from rebalance.api.scenario import mistaken
                from rebalance.cli.output import misused

                if said := mistaken(given):
                    raise misused(said) from None
            raise

    def invoke(self, ctx: click.Context) -> int:
        """Run the verb."""
        try:
            code: int = super().invoke(ctx)
        except FaultsError as error:
            from rebalance.cli.output import refuse

            return refuse(error, as_json=bool(ctx.params.get("as_json")))
        except BrokenPipeError:
            return hushed()
        return code


def help_option() -> click.Option:
    """`--help`."""
    return click.Option(
        ["-h", "--help"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_help,
        help=_("Show this text and exit."),
    )


def json_option() -> click.Option:
    """`--json`."""
    return click.Option(["--json", "as_json"], is_flag=True, help=_("Answer with JSON, for programs."))


def path_argument(name: str, about: str) -> click.Argument:
    """A file or folder."""
    return click.Argument([name], type=click.Path(path_type=Path), help=about)


def plan_argument() -> click.Argument:
    """A plan that is read."""
    return path_argument("plan", _("A plan.json, as `solve` writes it."))


def scenario_argument() -> click.Argument:
    """A scenario that is read."""
    return path_argument("scenario", _("A scenario file, or FILE#NAME, one of its variants."))


def several_argument(about: str) -> click.Argument:
    """Scenarios and what else can stand for one, as they were typed."""
    return click.Argument(["words"], nargs=-1, required=True, metavar="SCENARIO...", help=about)


def _help(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        click.echo(context.get_help())
        context.exit()
