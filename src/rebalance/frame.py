"""Tables for programs: DataFrames with one row a fact, exact, whose columns are described once, where their rows are.

Pandas takes a fifth of a second to load, so it is loaded when the first table is asked for; until then `DataFrame` is
a name for type checkers only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from fractions import Fraction
from math import nan
from types import NoneType
from typing import TYPE_CHECKING, Annotated, Any, Protocol, TypeVar, get_args, get_origin, get_type_hints

from rebalance.table import facts
from rebalance.text import _

if TYPE_CHECKING:
    from pandas import DataFrame as DataFrame  # noqa: PLC0414  # others take it from here
    from pandas import Series
else:
    DataFrame = "DataFrame"

FLOAT = "_float"
"""Ends the name of the column that has the nearest floats of an exact one, for pictures and nothing else."""

NAME = "_name"
"""Ends the name of the column with the names of ids."""

IDS = ("holder", "unit", "township", "agency", "category", "station", "matter")

DTYPES: Mapping[tuple[type, ...], str] = {
    (int,): "int64",
    (int, NoneType): "Int64",
    (bool,): "bool",
    (bool, NoneType): "boolean",
    (float,): "float64",
    (str,): "str",
}
"""How pandas keeps a column; whatever else there is it keeps as it is."""

Method = TypeVar("Method", bound=Callable[..., DataFrame])


def frame(kind: type, rows: Iterable[object]) -> DataFrame:
    """The rows of one kind as a table; beside a column of fractions, or of values of any sort, stand floats."""
    import pandas as pd

    listed = list(rows)
    columns: dict[str, Series[Any]] = {}
    for name, types in _types(kind).items():
        values = [getattr(row, name) for row in listed]
        columns[name] = pd.Series(values, dtype=DTYPES.get(types, "object"))
        if types not in DTYPES:
            columns[f"{name}{FLOAT}"] = pd.Series(map(nearest, values), dtype="float64")
    return pd.DataFrame(columns)


def plain_frame(rows: Sequence[object], columns: list[str] | None = None) -> DataFrame:
    """Rows of which nothing is known beforehand, with the names of their columns (none: each row has its own)."""
    import pandas as pd

    return pd.DataFrame(rows, columns=columns)


def nearest(value: Any) -> float:  # noqa: ANN401  # any value a figure can have
    """The float nearest to a figure; of a profile, to its worst level; no number where there is none."""
    if isinstance(value, tuple):
        return nearest(value[0][0]) if value else nan
    try:
        return nan if isinstance(value, bool) else float(Fraction(value))
    except (TypeError, ValueError, OverflowError, ZeroDivisionError):
        return nan


def shows(kind: type) -> Callable[[Method], Method]:
    """Says of a method which table it gives, and in its docstring what the columns are."""

    def told(method: Method) -> Method:
        lines = [f"    {name}: {_line(fact.note, fact.unit.value)}" for name, fact in facts(kind).items()]
        method.__doc__ = "\n".join((method.__doc__ or "", "", "Columns:", *lines, ""))
        method.__dict__["row"] = kind
        return method

    return told


def described(kinds: Mapping[str, type], table: str | None) -> DataFrame:
    """What is said of the columns of one table, or all: the table, the column, its unit, and what stands there.

    Raises:
        ValueError: there is no such table.
    """
    import pandas as pd

    if table is not None and table not in kinds:
        message = _("no such table (got {value}). Accepted: {accepted}.")
        raise ValueError(message.format(value=table, accepted=", ".join(kinds)))
    rows = [
        (name, column, fact.unit.words, _(fact.note))
        for name in ([table] if table else kinds)
        for column, fact in facts(kinds[name]).items()
    ]
    return pd.DataFrame(rows, columns=["table", "column", "unit", "note"], dtype="str")


class Names(Protocol):
    """Whoever knows what is behind an id."""

    def name(self, key: str) -> str:
        """The name of whatever has the id, in the language spoken."""


def named(names: Names, table: DataFrame) -> DataFrame:
    """The table with the name beside every id, in the language spoken, under the column's name with `_name`."""
    import pandas as pd

    found = table.copy()
    for column in [name for name in table.columns if name in IDS]:
        said = [names.name(one) if one else "" for one in table[column]]
        place = list(found.columns).index(column) + 1
        found.insert(place, f"{column}{NAME}", pd.Series(said, found.index, "str"))
    return found


def _types(kind: type) -> dict[str, tuple[type, ...]]:
    """The types of every column."""
    hints = get_type_hints(kind, include_extras=True)
    return {item.name: tuple(_arms(hints[item.name])) for item in fields(kind)}


def _arms(hint: Any) -> Iterable[type]:  # noqa: ANN401  # a type, in any of the forms annotations have
    inner = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    return get_args(inner) if get_origin(inner) not in {None, tuple} and NoneType in get_args(inner) else (inner,)


def _line(note: str, unit: str) -> str:
    return f"{note[:-1]} ({unit})." if unit else note
