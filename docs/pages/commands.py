"""What the program says of its verbs under `--help`, as a page, in either language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import click

from docs.pages.markdown import page, table
from docs.pages.spoken import spoken
from rebalance.cli.program import NAME, program

TITLES = {"en": "Commands", "zh": "命令"}
ABOUT = {
    "en": "Every verb also says this itself: `rebalance solve --help`.",
    "zh": "每个命令也会自己说明：`rebalance --lang zh solve --help`。",
}
COLUMNS = {"en": ("argument or option", "what it is or does"), "zh": ("参数或选项", "含义或作用")}


def command_pages() -> Mapping[str, str]:
    """The same page in both languages."""
    return {"commands.md": _spoken("en"), "zh/commands.md": _spoken("zh")}


def _spoken(lang: str) -> str:
    with spoken(lang):
        return page(f"# {TITLES[lang]}", ABOUT[lang], *_program(lang))


def _program(lang: str) -> Iterator[str]:
    group = program()
    context = group.context_class(group, info_name=NAME)
    yield from _command(group, context, lang)
    for name in group.list_commands(context):
        if verb := group.get_command(context, name):
            yield f"## {name}"
            yield from _command(verb, verb.context_class(verb, info_name=name, parent=context), lang)


def _command(command: click.Command, context: click.Context, lang: str) -> Iterator[str]:
    usage = " ".join((context.command_path, *command.collect_usage_pieces(context)))
    yield f"```{{code-block}} text\n{usage}\n```"
    yield command.help or ""
    records = filter(None, (param.get_help_record(context) for param in command.params))
    yield table(COLUMNS[lang], ((f"`{option}`", says) for option, says in records if says))
