"""What the converter complains of becomes faults with key paths."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cattrs.errors import (
    AttributeValidationNote,
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
    IterableValidationNote,
)

from rebalance.fault import Fault
from rebalance.hints import near_miss, plain, quoted
from rebalance.record.unfit import UnfitError, accepted, describe, keys
from rebalance.words import _


def misfits(error: Exception, kind: Any, where: str, file: str) -> Iterator[Fault]:  # noqa: ANN401 - a type
    """Every fault in an error of the converter, down to the single value.

    Args:
        error: what the converter raised.
        kind: the type that was called for.
        where: the key path there.
        file: the file's name.
    """
    match error:
        case ClassValidationError() | IterableValidationError():
            noted, others = error.group_exceptions()
            for inner, note in noted:
                yield from misfits(inner, note.type, _path(where, note), file)
            for inner in others:
                yield from misfits(inner, error.cl, where, file)
        case ForbiddenExtraKeysError():
            yield from (_unknown(key, error.cl, where, file) for key in sorted(error.extra_fields))
        case UnfitError():
            yield Fault(file, 0, where, describe(error.value, kind), plain(error.value))
        case KeyError():
            yield Fault(file, 0, where, _("missing. Accepted: {accepted}.").format(accepted=accepted(kind)))
        case ValueError():  # a dataclass that checks itself
            yield Fault(file, 0, where, str(error))
        case _:
            raise error


def _path(where: str, note: AttributeValidationNote | IterableValidationNote) -> str:
    """The key path one step further in; items of lists are counted from 1."""
    if isinstance(note, AttributeValidationNote):
        return _join(where, note.name.rstrip("_"))
    return f"{where}[{note.index + 1}]" if isinstance(note.index, int) else _join(where, note.index)


def _unknown(key: str, kind: type | None, where: str, file: str) -> Fault:
    known = keys(kind) if kind else ()
    message = _("unknown key (got {value}). Accepted: {accepted}.")
    text = message.format(value=quoted(key), accepted=", ".join(known) or _("no keys"))
    return Fault(file, 0, _join(where, key), text + near_miss(key, known), key)


def _join(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name
