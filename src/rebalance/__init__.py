"""Finds, proves and explains the best lawful reallocation of a county's authorised positions.

The doors of the library stand in `__init__.pyi`; what lies behind each is loaded when it is first opened.
"""

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
