"""Figures: what an outcome, a sweep, a frontier or a stress comes to, for the program, the papers and notebooks alike.

Every function answers with a `Picture`: a Matplotlib figure, and in words what it shows. The functions stand in
`__init__.pyi`; each is loaded when it is first used.
"""

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
