"""Finds, proves and explains the best lawful reallocation of a county's authorised positions.

The doors of the library stand in `__init__.pyi`; what lies behind each is loaded when it is first opened.
"""

import sys
from types import ModuleType

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)


class _Doors(ModuleType):
    """`audit` is a door and a part of the library at once: whoever opens it gets the door, whatever is loaded."""

    def __setattr__(self, name: str, value: object) -> None:
        """Python would put every part it has loaded in the place of the door."""
        if name != "audit" or not isinstance(value, ModuleType):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Doors
