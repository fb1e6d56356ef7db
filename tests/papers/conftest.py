"""A solved plan on disk, as the tests of the program have it; and English, whatever the machine speaks."""

from tests.cli.conftest import english, solved, tiny

__all__ = ["english", "solved", "tiny"]
