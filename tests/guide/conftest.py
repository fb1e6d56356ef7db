"""English, whatever the machine speaks, and a store of one's own, as the tests of the program have them."""

from tests.cli.conftest import english, store

__all__ = ["english", "store"]
