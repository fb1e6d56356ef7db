"""A slip of the pen in the program while it runs: its functions are given the code that the changed source comes to."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import CodeType, FunctionType

Key = tuple[str, int]
"""A function's name with all that stands around it, and its first line."""


@contextmanager
def planted(module: str, changed: bytes) -> Iterator[None]:
    """The program as if this were the source of one of its modules, by its name below `rebalance`.

    Only functions count, every line has to stay where it was; what has been worked out and kept stays as it is.
    """
    path = str(import_module(f"rebalance.{module}").__file__)
    codes = dict(_codes(compile(changed, path, "exec")))
    live = [one for one in gc.get_objects() if isinstance(one, FunctionType) and one.__code__.co_filename == path]
    before = [(one, one.__code__) for one in live]
    try:
        for one, code in before:
            one.__code__ = codes.get((code.co_qualname, code.co_firstlineno), code)
        yield
    finally:
        for one, code in before:
            one.__code__ = code


def _codes(code: CodeType) -> Iterator[tuple[Key, CodeType]]:
    """Every piece of code within another."""
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield (one.co_qualname, one.co_firstlineno), one
            yield from _codes(one)
