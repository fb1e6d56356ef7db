"""`--lang`, before or after the verb: taken out of the words before anything else looks at them."""

from __future__ import annotations

from collections.abc import Sequence

import click

from rebalance.words import LANGUAGES, _, activate

OPTION = "--lang"


def chosen(args: Sequence[str]) -> list[str]:
    """The words without `--lang`, whose language is spoken from now on (none given: that of the environment).

    Raises:
        click.UsageError: it names no language we speak.
    """
    activate(None)
    rest, wanted, end = [], None, list(args).index("--") if "--" in args else len(args)
    words = iter(args[:end])
    for word in words:
        name, equals, value = word.partition("=")
        if name == OPTION:
            wanted = value if equals else next(words, "")
        else:
            rest.append(word)
    if wanted is not None and wanted not in LANGUAGES:
        message = _("{option}: no such language (got {value}). Accepted: {accepted}.")
        accepted = ", ".join(LANGUAGES)
        raise click.UsageError(message.format(option=OPTION, value=repr(wanted), accepted=accepted))
    activate(wanted)
    return [*rest, *args[end:]]
