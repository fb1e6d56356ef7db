"""Figures: what an outcome, a sweep, a frontier or a stress comes to, for the program, the papers and notebooks alike.

Every function answers with a `Picture`: a Matplotlib figure, and in words what it shows. The functions stand in
`__init__.pyi`; each is loaded when it is first used.
"""

from lazy_loader import attach_stub

from rebalance.figures.undisturbed import undisturbed

_door, __dir__, __all__ = attach_stub(__name__, __file__)


def __getattr__(name: str) -> object:
    """What lies behind a door, loaded when it is first opened."""
    with undisturbed():
        return _door(name)
