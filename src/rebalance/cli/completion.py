"""What a shell offers while a command is typed; it loads what it must, and is silent where nothing can be offered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import click

from rebalance.fault import FaultsError


def goals(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """Goals whose name begins like this."""
    from rebalance.api.completion import goals as known

    return list(_beginning(known(), begun))


def parameters(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """Parameters of rules that begin like this."""
    from rebalance.api.completion import parameters as known

    return list(_beginning(known(), begun))


def places(context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """Places of the plan named before, whose id or name begins like this."""
    from rebalance.api.completion import places as known

    plan = context.params.get("plan")
    with suppress(FaultsError, OSError):
        return list(_beginning(known(Path(plan)), begun)) if plan else []
    return []


def _beginning(words: Iterable[str], begun: str) -> Iterator[str]:
    return (word for word in words if word.casefold().startswith(begun.casefold()))
