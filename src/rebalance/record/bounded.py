"""Whether numbers are among those their parameters take (marked with `Within` and `NotBelow`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from cattrs.errors import AttributeValidationNote, ClassValidationError

from rebalance.county.parameters import NotBelow, Within
from rebalance.words import _


def range_of(kind: Any) -> Within | None:  # noqa: ANN401 - a type, in any of the forms annotations have
    """The range a number is marked with."""
    marks = get_args(kind)[1:] if get_origin(kind) is Annotated else ()
    return next((mark for mark in marks if isinstance(mark, Within)), None)


def in_order(made: object, kind: type) -> None:
    """Refuse a table in which a number is below another that it must not be below.

    Raises:
        ClassValidationError: with every such number.
    """
    errors = [error for name, others in _ordered(kind) for error in _below(made, name, others)]
    if errors:
        raise ClassValidationError("", errors, kind)


def _below(made: object, name: str, others: tuple[str, ...]) -> Iterator[ValueError]:
    number = getattr(made, name)
    for other in others:
        least = getattr(made, other, None)
        if number is not None and least is not None and number < least:
            message = _("less than {other} (got {value}). Accepted: {least} or more.")
            error = ValueError(message.format(other=other, value=number, least=least))
            error.add_note(AttributeValidationNote("", name, type(number)))
            yield error
            return


@cache
def _ordered(kind: type) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The fields marked with `NotBelow`, each with the others."""
    hints = get_type_hints(kind, include_extras=True) if is_dataclass(kind) else {}
    marks = ((item.name, mark) for item in fields(kind) for mark in get_args(hints[item.name])[1:])
    return tuple((name, mark.others) for name, mark in marks if isinstance(mark, NotBelow))
